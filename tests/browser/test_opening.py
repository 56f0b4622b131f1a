"""A page opens in few requests, and in fewer the second time; unbuilt it opens as well."""

import pytest

from tests.browser.actions import SIZES
from tests.browser.conftest import DRAWN
from tests.browser.test_functions import ALL_DRAWN
from tests.browser.test_signal import DRAWN as SIGNALLED
from tests.browser.watching import watch
from tests.serving import serving

LOOKED = "#truth [data-fact]"
PAGES = {"": (DRAWN, LOOKED), "signal.html": (SIGNALLED,), "functions.html": (ALL_DRAWN,)}
MOST_COLD, MOST_WARM = 15, 3
# Asked only where an answer is long in coming, as on a busy machine.
APART = ("/preparing",)


class Asked:
    """Addresses that a page asks the network for; what its browser has kept is none of them."""

    def __init__(self, page):
        self.addresses = {}
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
    assert len(cold) <= MOST_COLD, cold
    fresh.reload()
    warm = opened()
    assert len(warm) <= MOST_WARM, warm
    # Another visit, as by a link, asks no more.
    fresh.goto("about:blank")
    fresh.goto(f"{server}/{address}")
    again = opened()
    assert len(again) <= MOST_WARM, again


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
