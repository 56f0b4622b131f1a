"""The Scoreboard page: what the server says, in cells that open their races."""

import re

from playwright.sync_api import expect

from tests.browser.actions import until
from tests.browser.ready import COMPARED_ALL, DRAWN

SMALL = "scoreboard.html#tags=convex&runs=sgd,adam&starts=3&lang=en"
BODY = {
    "surfaces": [{"id": "bowl"}],
    "runs": [{"optimizer": {"id": "sgd"}}, {"optimizer": {"id": "adam"}}],
    "starts": 3,
}


def opened(open_page, address, **options):
    page = open_page(address, ready=False, **options)
    page.wait_for_selector(COMPARED_ALL)
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
    page.click('[data-optimizer="sgd"] .remove')
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
    expect(again.locator('[data-optimizer="adam"] .remove')).to_be_disabled()


def test_a_run_with_numbers_of_its_own_descends_a_typed_formula(open_page, server):
    """Chosen by hand; the cell that opens has the race of just these numbers from these starts."""
    page = opened(open_page, SMALL)
    page.click('[data-optimizer="adam"] .run-name')
    page.click("#run-again")
    page.check("#own-rate")
    catalog = page.request.get(f"{server}/api/v1/catalog").json()
    bowl = next(one for one in catalog["surfaces"] if one["id"] == "bowl")
    own = page.locator("#parameter-learning_rate")
    assert float(own.input_value()) == bowl["learning_rates"]["adam"]
    page.fill("#parameter-learning_rate", "0.3")
    page.press("#parameter-learning_rate", "Enter")
    page.click("#add-formula")
    expect(page.locator("#formula-1")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("x^2+3y^2")
    row = page.locator('tr[data-surface="formula"]')
    expect(row.locator("th")).to_have_text("x^2+3y^2 *")
    expect(page.locator("#board thead th").nth(3)).to_contain_text("Adam, α = 0.3")
    page.wait_for_selector(COMPARED_ALL)
    # What is wrong stands under the formula, and nothing else is said.
    open_page.mistakes = True
    page.keyboard.type("+")
    expect(page.locator("#formula-1-error")).to_contain_text("formula")
    expect(page.locator(".notice.error")).to_have_count(0)
    # The table stays, of what was there before.
    expect(row.locator("th")).to_have_text("x^2+3y^2 *")
    expect(page.locator('.board-table[data-old][aria-busy="false"]')).to_have_count(1)
    page.keyboard.press("Backspace")
    page.wait_for_selector(COMPARED_ALL)
    # Sorted by a button of the head, by the keyboard: the formula is what Adam solves soonest.
    page.focus('[data-order="3"]')
    page.keyboard.press("Enter")
    expect(page.locator("#board thead th").nth(3)).to_have_attribute("aria-sort", "ascending")
    page.wait_for_function("() => location.hash.includes('order=3')")
    order = page.locator("#board tbody .soon").all_inner_texts()[2::3]
    assert [int(one) for one in order] == sorted(int(one) for one in order)
    body = {
        **BODY,
        "surfaces": [{"formula": "x^2+3y^2"}],
        "runs": [*BODY["runs"], {"optimizer": {"id": "adam", "learning_rate": 0.3}}],
    }
    answer = page.request.post(f"{server}/api/v1/scoreboard", data=body).json()
    (board,) = answer["surfaces"]
    assert abs(board["minimum"]) < 1e-12
    cell = row.locator("td a").nth(2)
    assert cell.locator(".soon").inner_text() == f"{board['cells'][2]['median']:g}"
    with page.expect_download() as saved:
        page.click("#board-csv")
    rows = saved.value.path().read_text().splitlines()
    assert len(rows) == 1 + page.locator("#board td").count()
    assert any(one.startswith('x^2+3y^2,"Adam, α = 0.3",false,0.3,1,') for one in rows)
    cell.click()
    page.wait_for_selector(DRAWN)
    # As the page writes it itself.
    page.wait_for_function("() => location.hash.includes('run=adam,learning_rate:0.3')")
    hash_ = page.evaluate("decodeURIComponent(location.hash)")
    starts = [[*map(float, pair.split(","))] for pair in re.findall(r"start=([^&]+)", hash_)]
    assert starts == board["starts"]
    assert "formula=x^2+3y^2" in hash_
    # Back it is as it was left.
    page.go_back()
    page.wait_for_selector(COMPARED_ALL)
    expect(page.locator("#board thead th").nth(3)).to_contain_text("Adam, α = 0.3")
    assert page.evaluate("location.hash").count("run=") == 3


def test_a_comparison_is_stopped_and_gone_on_with(open_page):
    page = opened(open_page, SMALL)
    before = page.locator("#board tbody").inner_text()
    page.select_option("#board-tuned", "both")
    page.click("#all-surfaces")
    # By the keyboard, which stays on the button; what was there before stays to be read.
    page.focus("#board-turn")
    page.keyboard.press("Enter")
    expect(page.locator("#board-turn")).to_have_text("Compute")
    expect(page.locator("#board-turn")).to_be_focused()
    expect(page.locator("#board [role=status]")).to_contain_text("Stopped.")
    expect(page.locator("#board progress")).to_have_count(0)
    expect(page.locator('.board-table[data-old][aria-busy="false"]')).to_have_count(1)
    expect(page.locator("#standings[data-old] .stairs")).to_have_count(2)
    assert page.locator("#board tbody").inner_text() == before
    # Another question is asked by itself; the stopped one by the button.
    page.keyboard.press("Enter")
    expect(page.locator("#board progress")).to_have_count(1)
    page.click("#board-turn")
    page.focus('[data-optimizer="sgd"] .remove')
    page.keyboard.press("Enter")
    expect(page.locator('[data-optimizer="adam"] .run-name')).to_be_focused()
    page.click('[data-tag="convex"]')
    page.focus("#board-turn")
    page.wait_for_selector(COMPARED_ALL)
    expect(page.locator(".board-table")).to_be_focused()


def test_where_there_is_nothing_to_compare_the_page_says_so(open_page):
    page = opened(
        open_page, "scoreboard.html#surfaces=&formula=x^2%2By^2&runs=sgd&starts=2&lang=en"
    )
    page.fill("#formula-1", " ")
    expect(page.locator("#board [role=status]")).to_contain_text("Nothing to compare")
    expect(page.locator(".board-table[data-old]")).to_have_count(1)
    expect(page.locator("#board-turn")).to_have_count(0)
    page.fill("#formula-1", "x^2+2y^2")
    page.wait_for_selector(COMPARED_ALL)


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
    page.wait_for_selector(COMPARED_ALL, timeout=120_000)
    expect(page.locator(".notice.error")).to_have_count(0)
    page.wait_for_function("() => location.hash.includes('steps=100&')")


def test_who_reads_the_end_of_a_table_stays_there_while_another_is_computed(open_page):
    """More runs than there is room for, so that what fits is measured."""
    runs = "sgd,momentum,nesterov,adagrad,rmsprop,adam,adamw,nadam"
    page = opened(open_page, f"scoreboard.html#runs={runs}&starts=1&steps=40&lang=en")
    table = page.locator(".board-table[data-tight]")
    scrolled = "table => table.scrollTop"
    end = table.evaluate(
        "table => { table.scrollTop = table.scrollHeight; return table.scrollTop; }"
    )
    assert end > 100
    held = []
    page.route("**/api/v1/scoreboard", lambda route: held.append(route))
    page.fill("#board-steps", "50")
    page.press("#board-steps", "Enter")
    expect(page.locator("#board progress")).to_have_count(1)
    assert table.evaluate(scrolled) == end
    until(page, lambda: held)
    held[0].continue_()
    page.wait_for_selector(COMPARED_ALL)
    assert table.evaluate(scrolled) == end
    # With fewer columns, and in a wider window, there is room for names and counts again.
    page.set_viewport_size({"width": 1920, "height": 768})
    expect(table).to_have_count(0)
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(table).to_have_count(1)
    held.clear()
    page.click('[data-optimizer="nadam"] .remove')
    until(page, lambda: held)
    held[0].continue_()
    page.wait_for_selector(COMPARED_ALL)
    expect(table).to_have_count(0)
