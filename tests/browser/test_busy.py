"""A server that cannot answer now is asked again, without a word at first and never in red."""

import pytest
from playwright.sync_api import expect

from tests.browser.actions import asked, next_picture, revision
from tests.browser.ready import DRAWN
from tests.browser.training_page import open_training

REFUSED = "status of 503"
HINT = '.notice[data-kind="waiting"]'
HINTS = {"en-US": "The server is busy just now.", "ru-RU": "Сервер сейчас занят."}
# Writes down every notice that was ever shown as an error.
RECORD = """() => {
  window.errors = [];
  new MutationObserver(() => window.errors.push(...[...document.querySelectorAll(".notice.error")]
    .map((one) => one.textContent))).observe(document.querySelector("#notices"),
    { childList: true, subtree: true });
}"""


def busy(route):
    """As a server answers whose queue is full."""
    route.fulfill(
        status=503,
        headers={"Retry-After": "1"},
        json={"detail": [{"loc": [], "msg": "at capacity", "type": "at_capacity"}]},
    )


class Refusing:
    """Refuses what a page asks of some paths, until it is over."""

    def __init__(self, page, pattern):
        self.page, self.pattern, self.refused = page, pattern, []
        page.route(pattern, self._refuse)

    def _refuse(self, route):
        self.refused.append(route.request)
        busy(route)

    def over(self):
        self.page.unroute(self.pattern)


@pytest.fixture
def blank(open_page, server):
    """A page of this server before anything of it was asked; errors are written down."""

    def blank(**options):
        open_page.expected = ("responded with a status of", "ERR_FAILED")
        page = open_page("healthz", ready=False, **options)
        page.add_init_script(f"document.addEventListener('DOMContentLoaded', {RECORD})")
        return page

    return blank


@pytest.mark.parametrize("locale", HINTS)
def test_an_opening_page_waits_for_a_busy_server(blank, server, locale):
    page = blank(locale=locale)
    refusing = Refusing(page, "**/api/v1/**")
    page.goto(f"{server}/#surface=bowl&run=sgd")
    hint = page.locator(HINT)
    expect(hint).to_contain_text(HINTS[locale])
    expect(hint).to_have_count(1)
    assert all("catalog" in one.url for one in refusing.refused)
    assert len(refusing.refused) > 1
    refusing.over()
    page.wait_for_selector(DRAWN)
    expect(hint).to_have_count(0)
    assert page.evaluate("window.errors") == []


@pytest.mark.parametrize("address", ["signal.html", "functions.html"])
def test_the_other_pages_wait_as_well(blank, server, address):
    page = blank()
    refusing = Refusing(page, "**/api/v1/*/**")
    page.goto(f"{server}/{address}")
    hint = page.locator(HINT)
    expect(hint).to_contain_text(HINTS["en-US"])
    expect(hint).to_have_count(1)
    refusing.over()
    expect(hint).to_have_count(0)
    assert page.evaluate("window.errors") == []


def test_a_drag_drops_what_it_replaced_and_ends_where_the_finger_is(blank, server):
    page = blank()
    page.goto(f"{server}/#surface=rosenbrock&run=sgd")
    page.wait_for_selector(DRAWN)
    before = revision(page)
    refusing = Refusing(page, "**/api/v1/trajectories*")
    for steps in (310, 320, 330, 340):
        page.fill("#steps", str(steps))
        page.press("#steps", "Enter")
    expect(page.locator(HINT)).to_contain_text(HINTS["en-US"])
    # What is awaited is not said to be missing.
    for panel in ("#table", "#truth"):
        expect(page.locator(panel)).to_contain_text("The paths are still awaited.")
    with page.expect_response(lambda one: "trajectories" in one.url and one.ok) as answered:
        refusing.over()
    next_picture(page, before)
    assert asked(answered.value.request)["steps"] == 340
    # Not each of them was asked, and the last as often as the server said.
    assert {asked(one)["steps"] for one in refusing.refused} <= {310, 340}
    expect(page.locator(HINT)).to_have_count(0)
    assert page.evaluate("window.errors") == []


def test_a_proxy_without_its_server_is_waited_for(blank, server):
    """What stands between answers in a form of its own, and some networks answer nothing."""
    page = blank()
    open_again = []
    failures = ["abort", 502, 504, 429]

    def fail(route):
        how = failures.pop(0) if failures else None
        open_again.append(how)
        if how is None:
            route.continue_()
        elif how == "abort":
            route.abort()
        else:
            route.fulfill(status=how, body="<h1>Bad gateway</h1>", content_type="text/html")

    page.route("**/api/v1/catalog*", fail)
    page.goto(f"{server}/#surface=bowl&run=sgd")
    page.wait_for_selector(DRAWN, timeout=60_000)
    assert open_again == ["abort", 502, 504, 429, None]
    assert page.evaluate("window.errors") == []


def test_a_library_that_did_not_come_is_asked_for_again(blank, server):
    page = blank()
    failed = []

    def fail(route):
        if len(failed) < 2:
            failed.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/assets/plotly*", fail)
    page.goto(f"{server}/#surface=bowl&run=sgd")
    page.wait_for_selector(DRAWN)
    assert len(failed) == 2


def test_a_training_waits_and_can_be_cancelled_meanwhile(open_page):
    open_page.expected = (REFUSED,)
    page, _ = open_training(open_page, "depth=2&width=16&steps=50")
    page.evaluate(f"({RECORD})()")
    refusing = Refusing(page, "**/networks/training*")
    page.click("#train")
    expect(page.locator(HINT)).to_contain_text(HINTS["en-US"])
    page.click("#cancel")
    page.wait_for_selector('#training[data-state="cancelled"]')
    expect(page.locator(HINT)).to_have_count(0)
    page.click("#train")
    refusing.over()
    page.wait_for_selector('#training[data-state="done"]', timeout=120_000)
    assert page.evaluate("window.errors") == []


def test_a_graph_and_a_search_say_so_where_they_are(open_page):
    open_page.expected = (REFUSED,)
    page = open_page("#surface=bowl&run=sgd&step=3")
    for opener, path, dialog, ready in (
        ("#open-graph", "backpropagation", "#graph", "#graph[data-step]"),
        ("#tune", "learning-rate-search", "#tuning", "#tuning[data-objective]"),
    ):
        if opener == "#tune":
            page.locator("#table tbody tr").first.click()
        refusing = Refusing(page, f"**/api/v1/{path}*")
        page.click(opener)
        expect(page.locator(f"{dialog} [role=alert]")).to_contain_text(HINTS["en-US"])
        refusing.over()
        page.wait_for_selector(ready)
        expect(page.locator(HINT)).to_have_count(0)
        page.keyboard.press("Escape")
