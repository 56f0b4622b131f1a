"""The page in Chromium: time to the first picture, and script time per animation frame."""

import statistics

from playwright.sync_api import sync_playwright

from benchmarks.report import Figure, Skipped
from benchmarks.server import process, wait_until_ready
from tests.browser import chromium

DRAWN = '#picture[data-drawn]:not([data-revision="0"])'
SEVEN = "&".join(
    f"run={run}"
    for run in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adam,pytorch")
)

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


def measure(rounds: int) -> list[Figure | Skipped]:
    """Both at 1366 x 768 on localhost."""
    with process("server") as (port, *_), sync_playwright() as playwright:
        wait_until_ready(port, afterwards=True)
        browser = chromium.launch(playwright)
        firsts: list[float] = []
        for _ in range(5 if rounds >= 100 else 2):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            page = context.new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            page.wait_for_selector(DRAWN)
            mark = "performance.getEntriesByName('first-picture')[0].startTime"
            firsts.append(page.evaluate(mark) / 1000)
            context.close()
        context = browser.new_context(
            viewport={"width": 1366, "height": 768}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.add_init_script(RECORD_FRAMES)
        page.goto(f"http://127.0.0.1:{port}/#surface=rosenbrock&{SEVEN}&steps=500&step=0")
        page.wait_for_selector(DRAWN)
        page.evaluate("window.recording = true")
        page.click("#play")
        page.wait_for_selector('#picture[data-step="500"]', timeout=120_000)
        frames = sorted(page.evaluate("window.frames_taken"))
        browser.close()
    return [
        Figure("page", "navigation to first picture", statistics.median(firsts), "s", 1.5),
        Figure("page", f"script a frame, p50 of {len(frames)}", frames[len(frames) // 2], "ms"),
        Figure("page", "script a frame, p95", frames[int(0.95 * len(frames))], "ms", 1),
    ]
