"""A race is shown over its own surface only: refusals leave nothing of the one before."""

import pytest

from tests.browser.actions import PICTURE, address_of, asked, next_picture, pixels, revision

X = 'input[data-start="0"][data-axis="x"]'
LOG = "#surface=formula&formula=log(x)%2By%5E2&start=2,1&run=sgd&run=adam"
TRAILS = "#picture canvas.trails"


def move_start(page, x):
    page.fill(X, str(x))
    page.press(X, "Enter")


def is_cleared(page):
    """Wait until nothing of a race is left: no path, no curve, no row, nothing to play."""
    page.wait_for_selector('#play[aria-disabled="true"]')
    page.wait_for_selector("#table tbody:not(:has(tr))", state="attached")
    page.wait_for_selector("#loss-plot:not(:has(.main-svg))", state="attached")
    assert pixels(page, TRAILS) == 0
    assert pixels(page, "#losses canvas.trails") == 0
    assert page.get_attribute("#player", "data-playing") == "false"
    assert page.locator("#truth [data-fact]").count() == 0


def is_back(page, runs):
    page.wait_for_selector("#play:not([aria-disabled])")
    page.wait_for_function(
        "runs => document.querySelectorAll('#table tbody tr').length === runs", arg=runs
    )
    page.wait_for_selector("#loss-plot .main-svg >> nth=0")
    assert page.get_attribute("#losses", "data-missing") == ""


def test_a_refused_start_leaves_nothing_and_brings_all_back(open_page):
    open_page.mistakes = True
    page = open_page(LOG)
    is_back(page, 2)
    assert pixels(page, TRAILS) > 0
    move_start(page, -1)
    is_cleared(page)
    assert "start 1" in page.inner_text(".notice.error")
    assert "start 1" in page.get_attribute("#losses", "data-missing")
    assert "No paths" in page.inner_text("#table")
    # The keys do not play what is not there.
    page.locator("body").press(" ")
    assert page.get_attribute("#player", "data-playing") == "false"
    seen = revision(page)
    move_start(page, 1.5)
    next_picture(page, seen)
    is_back(page, 2)
    assert page.locator(".notice").count() == 0


def test_a_race_that_was_playing_plays_on(open_page):
    open_page.mistakes = True
    page = open_page(f"{LOG}&steps=10000", reduced_motion="no-preference")
    page.wait_for_selector('#player[data-playing="true"]')
    move_start(page, -1)
    is_cleared(page)
    move_start(page, 1.5)
    page.wait_for_selector('#player[data-playing="true"]')


def test_a_formula_whose_start_was_not_moved_starts_where_it_is_finite(open_page):
    page = open_page("#surface=formula&formula=x%5E2%2By%5E2&run=sgd")
    assert float(page.input_value(X)) == -3
    page.fill("#formula", "f(x, y) = √(x − 1) + y²")
    page.wait_for_function(f"() => Number(document.querySelector('{X}').value) > 1")
    is_back(page, 1)
    page.wait_for_function(
        "text => decodeURIComponent(location.hash).includes(`formula=${text}`)",
        arg="f(x, y) = √(x − 1) + y²",
    )


def test_a_formula_that_refuses_a_moved_start_leaves_nothing_of_the_old_race(open_page):
    open_page.mistakes = True
    page = open_page("#surface=formula&formula=x%5E2%2By%5E2&start=-2,1&run=sgd")
    is_back(page, 1)
    page.fill("#formula", "log(x)")
    is_cleared(page)
    page.fill("#formula", "x^2 + 2y^2")
    is_back(page, 1)


def test_a_refused_formula_keeps_the_picture_and_the_race_of_the_last(open_page):
    open_page.mistakes = True
    page = open_page("#surface=formula&formula=x%5E2%2By%5E2&run=sgd")
    before = page.locator("#surface math").inner_html()
    for text, says in (("1/2x", "1/2*x or 1/(2*x)"), ("log(-1-x²)", "from −4 to 4")):
        page.fill("#formula", text)
        page.wait_for_function(
            "says => document.querySelector('#formula-error').textContent.includes(says)", arg=says
        )
        assert "still of the last" in page.inner_text("#formula-error")
        assert page.locator("#surface math").inner_html() == before
        is_back(page, 1)


def test_a_mistake_is_marked_behind_letters_of_two_units(open_page):
    open_page.mistakes = True
    page = open_page("#surface=formula&formula=x%5E2%2By%5E2&run=sgd")
    page.fill("#formula", "𝑥² + 2𝑥𝑦 + 1")
    page.wait_for_selector(".formula-mirror mark")
    assert page.locator(".formula-mirror mark").inner_text() == "𝑥𝑦"
    assert "x*y" in page.inner_text("#formula-error")


def test_no_answer_leaves_nothing_of_another_start(open_page):
    open_page.expected = ("ERR_FAILED",)
    page = open_page("#surface=bowl&run=sgd")
    offline = []

    def answer(route):
        if offline:
            route.abort()
        else:
            route.continue_()

    page.route("**/trajectories*", answer)
    offline.append(True)
    move_start(page, 1)
    is_cleared(page)
    assert "does not answer" in page.inner_text(".notice")
    offline.clear()
    is_back(page, 1)
    page.wait_for_selector(".notice", state="detached")


def test_no_answer_leaves_no_picture_of_another_surface(open_page):
    open_page.expected = ("ERR_FAILED",)
    page = open_page("#surface=bowl&run=sgd")
    page.route("**/grid*", lambda route: route.abort())
    page.select_option("#surface-picker", "booth")
    page.wait_for_selector("#plot:not(:has(.main-svg))", state="attached")
    page.wait_for_selector("#picture:not(:has(.contour))")
    page.wait_for_function("() => document.querySelectorAll('#table tbody tr').length === 1")
    assert pixels(page, TRAILS) == 0
    page.unroute("**/grid*")
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    page.wait_for_selector("#plot .main-svg >> nth=0")
    is_back(page, 1)


@pytest.mark.parametrize("first", ["grid", "trajectories"])
def test_paths_are_never_shown_over_another_surface(open_page, first):
    """Whichever of picture and paths is answered first, they are seen together."""
    page = open_page("#surface=bowl&run=sgd")
    held = []
    late = "trajectories" if first == "grid" else "grid"

    def hold(route):
        if asked(route.request)["surface"].get("id") == "booth":
            held.append(route)
        else:
            route.continue_()

    page.route(f"**/{late}*", hold)
    with page.expect_response(f"**/{first}*"):
        page.select_option("#surface-picker", "booth")
    # One of the two has come: neither the bowl's race nor Booth's is over the other's picture.
    shown = "booth" if first == "grid" else "bowl"
    page.wait_for_selector(f'{PICTURE}[data-surface="{shown}"]')
    page.wait_for_selector("#table tbody:not(:has(tr))", state="attached")
    assert pixels(page, TRAILS) == 0
    for route in held:
        route.continue_()
    page.unroute(f"**/{late}*")
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    is_back(page, 1)


def test_a_formula_still_on_its_way_does_not_replace_a_surface_chosen_since(open_page):
    page = open_page("#surface=formula&formula=x%5E2%2By%5E2&run=sgd")
    held = []
    page.route("**/grid*", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**/grid*"):
        page.fill("#formula", "x^2 + 3y^2")
    # Nobody waits for its answer any more.
    with page.expect_event("requestfailed"):
        page.select_option("#surface-picker", "booth")
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    is_back(page, 1)
    assert page.input_value("#surface-picker") == "booth"
    assert address_of(page, surface="booth")
