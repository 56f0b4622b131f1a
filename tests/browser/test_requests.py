"""What the page asks the server: once for each setting shown, never for one that is gone."""

import re

from playwright.sync_api import expect

from tests.browser.actions import PICTURE, address_of, asked, at_step

RATE = '#editor input[type=range][data-parameter="learning_rate"]'
# As many inputs as a hand makes in a third of a second, with no time between them.
DRAG = """slider => {
  for (let k = 1; k <= 20; k += 1) {
    slider.value = Number(slider.value) - 5;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def kind(request):
    """The path under the API, and whether it is the small grid by which a surface is measured."""
    path = re.search(r"/api/v1/([\w-]+)", request.url)[1]
    return "measure" if path == "grid" and asked(request)["nx"] == 2 else path


class Asked(list):
    """Every request of a page to the API since a test began to look."""

    def __init__(self, page):
        page.on("request", lambda one: self.append(one) if "/api/v1/" in one.url else None)

    def of(self, name):
        return [asked(one) for one in self if kind(one) == name]


def is_told(page, step):
    """Wait until the local truth is that of a step."""
    page.wait_for_selector(f'#truth[data-step="{step}"]')


def test_a_drag_asks_for_what_it_shows_and_for_nothing_twice(open_page):
    page = open_page("#surface=rosenbrock&run=sgd&edit=1&steps=50")
    is_told(page, 50)
    seen = Asked(page)
    held = []
    page.route("**/trajectories*", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/trajectories*"):
        page.locator(RATE).evaluate(DRAG)
    # Either it is answered now, or it was given up for the newest: a hand does not wait for long.
    held[0].continue_()
    address_of(page, run="sgd,learning_rate")
    is_told(page, 50)
    rates = [body["runs"][0]["optimizer"]["learning_rate"] for body in seen.of("trajectories")]
    # The first input is asked for at once, the last one when it is answered; none between them.
    assert len(rates) == 2 and rates[0] > rates[1]
    assert f"learning_rate:{rates[1]}" in address_of(page, run="sgd,learning_rate")["run"][0]
    assert 1 <= len(seen.of("probe")) <= 2
    assert seen.of("grid") == []


def test_a_parameter_of_ones_own_points_asks_once_for_each_thing(open_page):
    page = open_page("#surface=linear_regression&points=0,0%0A1,2.1%0A2,3.9&run=sgd&steps=40")
    is_told(page, 40)
    seen = Asked(page)
    with page.expect_response("**/probe*"):
        page.select_option("#parameter-loss_function", "mae")
    is_told(page, 40)
    page.wait_for_selector(f"{PICTURE}:not(.waiting-grid):not(.waiting-paths)")
    asked_for = [kind(one) for one in seen]
    assert sorted(asked_for) == ["grid", "measure", "probe", "trajectories"]
    for body in (asked(one) for one in seen):
        assert body["surface"]["parameters"] == {"loss_function": "mae"}


def test_moving_the_view_leaves_losses_and_table_alone(open_page):
    page = open_page("#surface=bowl&run=sgd&run=adam&steps=50")
    is_told(page, 50)
    page.evaluate(
        """() => {
          window.rebuilt = 0;
          const watch = new MutationObserver((changes) => (window.rebuilt += changes.length));
          const all = { childList: true, subtree: true, attributes: true, characterData: true };
          for (const id of ["losses", "table"]) watch.observe(document.getElementById(id), all);
        }"""
    )
    seen = Asked(page)
    box = page.locator(PICTURE).bounding_box()
    x, y = box["x"] + 0.5 * box["width"], box["y"] + 0.25 * box["height"]
    page.mouse.move(x, y)
    page.mouse.down()
    with page.expect_response("**/grid*"):
        page.mouse.move(x + 80, y + 40, steps=10)
    page.mouse.up()
    address_of(page, view="")
    page.wait_for_selector(f"{PICTURE}:not(.waiting-grid)")
    assert page.evaluate("window.rebuilt") == 0
    assert {kind(one) for one in seen} == {"grid"}


def test_a_point_looked_up_while_the_speed_changes_is_of_its_step(open_page):
    page = open_page("#surface=bowl&run=sgd&steps=50&step=4")
    is_told(page, 4)
    held = []

    def hold(route):
        if len(held) < 2:
            held.append(route)
        else:
            route.continue_()

    page.route("**/probe*", hold)
    with page.expect_request("**/probe*"):
        page.click("#forward")
    at_step(page, 5)
    page.select_option("#speed", "2")
    held[0].continue_()
    is_told(page, 5)
    # One that is overtaken is not waited for, and never shown.
    with page.expect_request("**/probe*"):
        page.click("#forward")
    with page.expect_event("requestfailed"):
        page.click("#forward")
    is_told(page, 7)
    assert "step 7" in page.inner_text("#truth")


def test_the_language_is_the_last_that_was_chosen(open_page):
    page = open_page("#surface=bowl&run=sgd")
    held = []
    page.route("**/trajectories*", lambda route: held.append(route))
    page.click("#language-ru")
    with page.expect_request("**/trajectories*"):
        page.fill("#steps", "40")
        page.press("#steps", "Enter")
    page.click("#language-en")
    with page.expect_response("**/trajectories*"):
        held[0].continue_()
    at_step(page, 40)
    expect(page.locator("#table th.column-run").first).to_have_text("Optimizer")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert address_of(page, lang="en")
    assert "потери" not in page.inner_text("body") and page.title() == "Bowl · Steepest"


def test_a_tooltip_goes_with_its_surface(open_page):
    page = open_page("#surface=bowl&run=sgd")
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.3 * box["height"])
    page.wait_for_selector("#tooltip:not([hidden])")
    before = page.inner_text("#tooltip")
    page.route("**/grid*", lambda _: None)
    page.select_option("#surface-picker", "booth")
    page.wait_for_selector(f"{PICTURE}.waiting-grid")
    assert page.locator("#tooltip").is_hidden() or page.inner_text("#tooltip") != before
