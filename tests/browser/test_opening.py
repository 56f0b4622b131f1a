"""A page opens in few requests, and in fewer the second time; unbuilt it opens as well."""

import pytest

from tests.browser.actions import SIZES
from tests.browser.ready import ALL_DRAWN, DRAWN, SIGNALLED
from tests.browser.watching import watch
from tests.serving import serving

LOOKED = "#truth [data-fact]"
GALLERY = "#gallery:not([hidden])"
PAGES = {
    "": (DRAWN, LOOKED),
    "signal.html": (SIGNALLED,),
    "functions.html": (ALL_DRAWN,),
    "lecture.html": (GALLERY,),
}
MOST_COLD, MOST_WARM = 15, 3
FOR_EVER = "public, max-age=31536000, immutable"
# Asked only where an answer is long in coming, as on a busy machine.
APART = ("/preparing",)


class Asked:
    """Addresses that a page asks the network for; what its browser has kept is none of them."""

    def __init__(self, page):
        self.addresses = {}
        # How long each answer may be kept, by its address.
        self.kept = {}
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.on("Network.requestServedFromCache", self._kept)
        self.session.on("Network.responseReceived", self._answered)

    def _sent(self, event):
        url = event["request"]["url"]
        if url.startswith("http") and not url.endswith(APART):
            self.addresses[event["requestId"]] = url

    def _kept(self, event):
        self.addresses.pop(event["requestId"], None)

    def _answered(self, event):
        headers = {name.lower(): text for name, text in event["response"]["headers"].items()}
        if event["requestId"] in self.addresses:
            self.kept[event["response"]["url"]] = headers.get("cache-control")
        if event["response"].get("fromDiskCache"):
            self._kept(event)


@pytest.fixture
def fresh(browser):
    """A page of a browser that has kept nothing."""
    complaints = []
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="en-US", reduced_motion="reduce"
    )
    watch(context, complaints)
    with context:
        yield context.new_page()
    assert complaints == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_in_few_requests(fresh, server, address):
    asked = Asked(fresh)

    def opened():
        for drawn in PAGES[address]:
            fresh.wait_for_selector(drawn)
        fresh.wait_for_load_state("networkidle")
        found = sorted(asked.addresses.values())
        asked.addresses.clear()
        return found

    fresh.goto(f"{server}/{address}")
    cold = opened()
    assert f"{server}/{address}" in cold
    # The gallery's pictures come as they are scrolled to.
    assert len([one for one in cold if "/thumbnails/" not in one]) <= MOST_COLD, cold
    # So that a visit of next week asks no more than one of the next minute.
    assert {one for one in cold if asked.kept[one] != FOR_EVER} == {f"{server}/{address}"}
    fresh.reload()
    warm = opened()
    assert len(warm) <= MOST_WARM, warm
    # Another visit, as by a link, asks no more.
    fresh.goto("about:blank")
    fresh.goto(f"{server}/{address}")
    again = opened()
    assert len(again) <= MOST_WARM, again


def test_activations_are_asked_for_together(fresh, server):
    asked = Asked(fresh)
    fresh.goto(f"{server}/functions.html")
    fresh.wait_for_selector(ALL_DRAWN)
    fresh.wait_for_load_state("networkidle")
    assert len(asked.addresses) <= 10, asked.addresses
    of_values = [one for one in asked.addresses.values() if "/activations/values" in one]
    assert len(of_values) == 1


def test_a_page_whose_code_does_not_come_says_so_and_asks_again(browser, server):
    # A context of its own: the browser complains of what does not come.
    with browser.new_context(viewport={"width": 1366, "height": 768}, locale="ru-RU") as context:
        page = context.new_page()
        page.route("**/assets/chunk-*", lambda route: route.abort())
        page.goto(f"{server}/functions.html#view=losses&lang=en")
        notice = page.locator(".unloaded")
        notice.wait_for(state="visible")
        assert notice.locator("[lang=en]").is_visible()
        assert notice.locator("[lang=ru]").is_hidden()
        assert page.locator("#skeleton").inner_text() == "Loading…"
        # Where it is and the ways on are there before any code.
        assert page.locator("#header").inner_text().split() == [
            "Steepest", "Lecture", "Descent", "Signal", "Functions", "Maps", "Scoreboard",
        ]  # fmt: skip
        page.unroute("**/assets/chunk-*")
        page.wait_for_selector("#losses:not([hidden])")
        assert page.locator(".unloaded, #skeleton").count() == 0


def test_plain_modules_open_as_well(fresh):
    with serving(STEEPEST_PAGE="off") as unbuilt:
        for address, drawn in PAGES.items():
            fresh.goto(f"{unbuilt.address}/{address}")
            for selector in drawn:
                fresh.wait_for_selector(selector)
            assert "assets/" not in fresh.content()
        fresh.goto(f"{unbuilt.address}/docs")
        fresh.wait_for_selector(".opblock")


def test_the_docs_open(fresh, server):
    fresh.goto(f"{server}/docs")
    fresh.wait_for_selector(".opblock")


def test_what_the_policy_refuses_fails_a_test(open_page):
    page = open_page("functions.html", ready=False, size=SIZES[0])
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.head.append(script);
        }"""
    )
    page.wait_for_selector(ALL_DRAWN)
    assert page.evaluate("window.ran") is None
    assert [one for one in open_page.complaints if "refused by script-src" in one]
    open_page.complaints.clear()
