"""The Scoreboard page: what the server says, in cells that open their races."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import DRAWN

READY = '#board:not([data-revision="0"])[aria-busy="false"]'
SMALL = "scoreboard.html#tags=convex&runs=sgd,adam&starts=3&lang=en"
BODY = {
    "surfaces": [{"id": "bowl"}],
    "runs": [{"optimizer": {"id": "sgd"}}, {"optimizer": {"id": "adam"}}],
    "starts": 3,
}


def opened(open_page, address, **options):
    page = open_page(address, ready=False, **options)
    page.wait_for_selector(READY)
    return page


def test_a_cell_says_what_the_server_does_and_opens_the_race_behind_it(open_page, server):
    page = opened(open_page, SMALL)
    answer = page.request.post(f"{server}/api/v1/scoreboard", data=BODY).json()
    (board,) = answer["surfaces"]
    cells = page.locator('tr[data-surface="bowl"] td a')
    shown = [
        f"{share} {soon}"
        for share, soon in zip(
            cells.locator("b").all_inner_texts(),
            cells.locator(".soon").all_inner_texts(),
            strict=True,
        )
    ]
    assert shown == [f"{cell['solved']:.0%} {cell['median']:g}" for cell in board["cells"]]
    cells.nth(1).click()
    page.wait_for_selector(DRAWN)
    hash_ = page.evaluate("decodeURIComponent(location.hash)")
    starts = [[*map(float, pair.split(","))] for pair in re.findall(r"start=([^&]+)", hash_)]
    assert starts == board["starts"]
    assert re.findall(r"run=(\w+)", hash_) == ["sgd", "adam"]
    assert "surface=bowl&" in hash_ and "edit=2" in hash_ and "lang=en" in hash_
    expect(page.locator(".run.selected")).to_have_attribute("data-optimizer", "adam")
    # The path that is drawn there arrives when the cell says, from the start in the middle.
    paths = page.request.post(
        f"{server}/api/v1/trajectories",
        data={"surface": {"id": "bowl"}, "runs": BODY["runs"], "starts": starts},
    ).json()["runs"][1]["trajectories"]
    arrived = sorted(
        next(k for k, loss in enumerate(one["loss"]) if loss <= 1e-4 * one["loss"][0])
        for one in paths
    )
    assert arrived[1] == board["cells"][1]["median"]


def test_controls_ask_anew_and_the_address_brings_all_of_it_back(open_page):
    page = opened(open_page, SMALL)
    page.click('[data-tag="ravine"]')
    page.wait_for_selector('tr[data-surface="rosenbrock"]')
    page.uncheck('[data-optimizer="sgd"]')
    page.wait_for_function("() => document.querySelectorAll('#board thead th').length === 2")
    page.select_option("#board-tuned", "both")
    page.wait_for_selector("#shown-tuned")
    page.click("#shown-tuned")
    expect(page.locator(".verdict")).to_contain_text("Schmidt")
    table = page.locator("#board table").inner_text()
    # It is written a moment after the state has changed.
    page.wait_for_function("() => location.hash.includes('shown=tuned')")
    address = page.evaluate("location.hash")
    again = opened(open_page, f"scoreboard.html{address}")
    assert again.locator("#board table").inner_text() == table
    assert again.evaluate("location.hash") == address
    # The last run stays: without one there is nothing to compare.
    again.click('[data-optimizer="adam"]')
    assert again.is_checked('[data-optimizer="adam"]')


def test_a_phone_has_no_sideways_scroll_and_texts_are_in_russian(open_page):
    page = opened(open_page, f"{SMALL[:-2]}ru&tuned=both", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#standings")).to_contain_text("Всё вместе")
    assert page.title() == "Сравнение · Steepest"


def test_what_is_too_dear_says_what_would_fit(open_page):
    open_page.mistakes = True
    page = open_page(
        "scoreboard.html#tags=deep&unknown=1&steps=10000&starts=5&lang=en", ready=False
    )
    expect(page.locator(".notice.error")).to_contain_text("of computing")
    # The others are computed as soon as that is not asked any more.
    page.fill("#board-steps", "100")
    page.press("#board-steps", "Enter")
    page.wait_for_selector(READY)
    expect(page.locator(".notice.error")).to_have_count(0)
    page.wait_for_function("() => location.hash.includes('steps=100&')")
