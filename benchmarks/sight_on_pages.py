"""How soon a wheel shows another map on the pages, and the longest task while a large one comes."""

import statistics

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.asking_maps import OPEN
from benchmarks.report import Figure, Skipped
from benchmarks.server import process, wait_until_alive
from tests.browser import chromium

BASINS = "#surface=himmelblau&run=sgd,learning_rate:0.005&steps=300&step=0&ground=basins"
NUMBERS = (
    "maps.html#surface=rosenbrock&run=momentum&steps=400"
    "&x=learning_rate:0.00001:0.01&y=momentum:0:0.99&detail="
)
WHOLE = {
    "": '#picture[data-map="basins"]:has(.mapped:not([data-painting]))',
    "maps.html": '#picture[data-status="ready"]:has(.map-image:not([data-painting]))',
}
"""When nothing is left to be done, by page."""

# What is moved from the map before is there sooner, and does not count: `own` is the first frame
# after something was painted once a tile of the new map had come.
WATCH = """
  const sight = (window.sight = {});
  const begin = ({ timeStamp }) => Object.assign(sight, { begun: timeStamp, isTold: false,
    isPainted: false, own: null, longest: 0 });
  addEventListener("wheel", begin, { capture: true, passive: true });
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = async function () {
    const got = await read.call(this);
    if (typeof got.value === "string" && got.value.includes("event: tile")) sight.isTold = true;
    return got;
  };
  const { putImageData } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.putImageData = function (...all) {
    putImageData.apply(this, all);
    if (!sight.isTold || sight.isPainted || !this.canvas.matches(".mapped, .map-image")) return;
    sight.isPainted = true;
    requestAnimationFrame(() => (sight.own = performance.now() - sight.begun));
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) sight.longest = Math.max(sight.longest, duration);
  }).observe({ type: "longtask" });
"""
# The pages' policy lets nobody wait for a condition as a text.
SETTLED = """async (whole) => {
  const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
  while (sight.own === null || !document.querySelector(whole)) await turn();
  return sight;
}"""


def measure(rounds: int) -> list[Figure | Skipped]:
    """At 1366 x 768; each view is another, and the server keeps none."""
    few = max(5, rounds // 20)
    with process("server", **OPEN) as (port, *_), sync_playwright() as playwright:
        wait_until_alive(port)
        browser = chromium.launch(playwright)
        at = f"http://127.0.0.1:{port}/"
        basins, _ = _wheels(browser, at + BASINS, WHOLE[""], few)
        numbers, _ = _wheels(browser, f"{at}{NUMBERS}512", WHOLE["maps.html"], few)
        _, longest = _wheels(browser, f"{at}{NUMBERS}1024", WHOLE["maps.html"], 5)
        browser.close()
    return [
        Figure("sight", "wheel to the first of another map, Descent page", basins, "ms", 100),
        Figure("sight", "wheel to the first of another map, maps page", numbers, "ms", 100),
        Figure("sight", "longest task from 50 ms on, 1024² after a wheel", longest, "ms", 50),
    ]


def _wheels(browser: Browser, address: str, whole: str, rounds: int) -> tuple[float, float]:
    """Median milliseconds until a wheel's own map is seen, and of the longest task until whole."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        page.wait_for_selector(whole, timeout=240_000)
        _point(page)
        told = []
        # Some that warm workers and page.
        for turn in range(rounds + 3):
            # The pointer's page hears of it later than this returns.
            page.evaluate("sight.own = null")
            page.mouse.wheel(0, 100 if turn % 2 else -100)
            told.append(page.evaluate(SETTLED, whole))
        own, longest = (
            statistics.median(one[name] for one in told[3:]) for name in ("own", "longest")
        )
        return own, longest


def _point(page: Page) -> None:
    box = page.locator("#picture").bounding_box()
    if box is None:
        raise RuntimeError("there is no picture")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
