"""The page in Chromium: what opening it asks for and takes, and script time per animation frame."""

import statistics
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.report import Figure, Skipped
from benchmarks.server import process, wait_until_ready
from tests.browser import chromium

DRAWN = '#picture[data-drawn]:not([data-revision="0"])'
SEVEN = "&".join(
    f"run={run}"
    for run in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adam,pytorch")
)
SIZE = {"width": 1366, "height": 768}

# Counts what the page's own frame callbacks take, in milliseconds, while `recording` is set.
RECORD_FRAMES = """
  window.frames_taken = [];
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => request((now) => {
    const begun = performance.now();
    callback(now);
    if (window.recording) window.frames_taken.push(performance.now() - begun);
  });
"""

# What Lighthouse tells of a visit, as it defines it: of each long task what is over 50 ms blocks,
# and what moves without being asked to counts by how much and how far.
WATCH = """
  window.visit = { largest: 0, blocked: 0, moved: 0 };
  const watch = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({ type, buffered: true });
  watch("largest-contentful-paint", ({ startTime }) => (visit.largest = startTime));
  watch("longtask", ({ duration }) => (visit.blocked += Math.max(0, duration - 50)));
  watch("layout-shift", ({ value, hadRecentInput }) => (visit.moved += hadRecentInput ? 0 : value));
"""
READ = """() => {
  const at = (name) => performance.getEntriesByName(name)[0].startTime / 1000;
  return { ...visit, largest: visit.largest / 1000, first: at("first-contentful-paint"),
    picture: at("first-picture") };
}"""


@dataclass
class Opening:
    """What one visit asked of the network, and when what was there.

    Attributes:
        requests: how many, but for what the browser has kept.
        bytes: of their answers, as sent.
        first: seconds until the first content is painted, the skeleton.
        largest: seconds until the largest content is.
        picture: seconds until the first picture is drawn.
        blocked: milliseconds for which scripts left the page without an ear: total blocking time.
        moved: how much of it moved by itself: cumulative layout shift.
    """

    requests: int
    bytes: int
    first: float
    largest: float
    picture: float
    blocked: float
    moved: float


@dataclass
class Network:
    """What a page asks of the network; what its browser has kept is no part of it."""

    page: Page
    sizes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.requestServedFromCache", self._kept)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict) -> None:
        if event["request"]["url"].startswith("http"):
            self.sizes[event["requestId"]] = 0

    def _kept(self, event: dict) -> None:
        self.sizes.pop(event["requestId"], None)

    def _answered(self, event: dict) -> None:
        if event["response"].get("fromDiskCache"):
            self._kept(event)

    def _finished(self, event: dict) -> None:
        if event["requestId"] in self.sizes:
            self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def opening(self, address: str) -> Opening:
        """Visit an address, and wait until nothing more is asked."""
        self.sizes.clear()
        self.page.goto("about:blank")
        self.page.goto(address)
        self.page.wait_for_selector(DRAWN)
        self.page.wait_for_load_state("networkidle")
        told = self.page.evaluate(READ)
        return Opening(len(self.sizes), sum(self.sizes.values()), **told)


def measure(rounds: int) -> list[Figure | Skipped]:
    """At 1366 x 768 on localhost, the bundle as a hall is served it."""
    with process("server") as (port, *_), sync_playwright() as playwright:
        wait_until_ready(port, afterwards=True)
        browser = chromium.launch(playwright)
        address = f"http://127.0.0.1:{port}/"
        visits = [_visits(browser, address) for _ in range(5 if rounds >= 100 else 2)]
        frames = _frames(browser, f"{address}#surface=rosenbrock&{SEVEN}&steps=500&step=0")
        browser.close()
    figures: list[Figure | Skipped] = []
    for kind, most, opened in (
        ("cold", 15, [cold for cold, _ in visits]),
        ("warm", 3, [warm for _, warm in visits]),
    ):

        def median(name: str, opened: list[Opening] = opened) -> float:
            return statistics.median(getattr(one, name) for one in opened)

        soon = 1.5 if kind == "cold" else 1.2
        figures += [
            Figure("page", f"requests, {kind}", max(one.requests for one in opened), "", most),
            Figure("page", f"received, {kind}", median("bytes") / 1000, "kB"),
            Figure("page", f"first contentful paint, {kind}", median("first"), "s"),
            Figure("page", f"navigation to first picture, {kind}", median("picture"), "s", soon),
            Figure("page", f"largest contentful paint, {kind}", median("largest"), "s"),
            Figure("page", f"total blocking time, {kind}", median("blocked"), "ms"),
            Figure("page", f"cumulative layout shift, {kind}", median("moved"), "", 0.1),
        ]
    return [
        *figures,
        Figure("page", f"script a frame, p50 of {len(frames)}", frames[len(frames) // 2], "ms"),
        Figure("page", "script a frame, p95", frames[int(0.95 * len(frames))], "ms", 1),
    ]


def _visits(browser: Browser, address: str) -> tuple[Opening, Opening]:
    """The first visit of a browser that has kept nothing, and its second."""
    with browser.new_context(viewport=SIZE) as context:
        context.add_init_script(WATCH)
        network = Network(context.new_page())
        return network.opening(address), network.opening(address)


def _frames(browser: Browser, address: str) -> list[float]:
    """Milliseconds of script in each frame of a race, sorted."""
    with browser.new_context(viewport=SIZE, reduced_motion="reduce") as context:
        page = context.new_page()
        page.add_init_script(RECORD_FRAMES)
        page.goto(address)
        page.wait_for_selector(DRAWN)
        page.evaluate("window.recording = true")
        page.click("#play")
        page.wait_for_selector('#picture[data-step="500"]', timeout=120_000)
        return sorted(page.evaluate("window.frames_taken"))
