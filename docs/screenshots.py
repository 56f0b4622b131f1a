"""The README's pictures of the page: ``python -m docs.screenshots [NAME …]``; without names all."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.conftest import DRAWN
from tests.serving import serving

FOLDER = Path(__file__).parent

SIGNAL = 'body:not([data-revision="0"])'
TRAINED = '#training[data-state="done"]'
GRAPH = "#graph[open][data-step]"
DESCENT = [DRAWN, "#truth [data-fact]"]

PICTURES = {
    "page": {"size": (1366, 768), "address": "#step=420"},
    "page-dark-ru": {
        "size": (1366, 768),
        "address": "#surface=himmelblau&step=120&lang=ru&theme=dark",
    },
    "phone": {"size": (390, 844), "address": "#surface=rippled_bowl&step=160"},
    "signal": {
        "size": (1366, 768),
        "address": "signal.html#depth=30&activation=sigmoid&initializer=xavier"
        "&b=activation:relu,initializer:he",
        "drawn": [SIGNAL],
    },
    "training": {
        "size": (1366, 768),
        "address": "signal.html#view=training&depth=20&activation=sigmoid&initializer=xavier"
        "&b=activation:relu,initializer:he",
        "drawn": [TRAINED],
    },
    "graph": {
        "size": (1366, 768),
        "address": "#surface=rosenbrock&graph=1&step=0",
        "drawn": [GRAPH],
    },
    "basins": {
        "size": (1366, 768),
        "address": "#surface=himmelblau&start=3.4,-4&run=sgd,learning_rate:0.005"
        "&run=momentum,learning_rate:0.0025&run=adam&edit=2&steps=400&ground=basins&step=400",
        "drawn": [*DESCENT, '#picture[data-map="basins"]'],
    },
    "stability": {
        "size": (1366, 768),
        "address": "maps.html#view=stability",
        "drawn": ['#picture[data-status="ready"][data-done="1"]', "#chosen .curve"],
    },
}


def main() -> None:
    """Start a server, open each address, wait until it is drawn, and save it."""
    with serving() as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for name in sys.argv[1:] or PICTURES:
            picture = PICTURES[name]
            width, height = picture["size"]
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale="en-US",
                color_scheme="light",
                reduced_motion="reduce",
                device_scale_factor=2 if width < 500 else 1,
            )
            page = context.new_page()
            page.goto(f"{server.address}/{picture['address']}")
            # A link shows a training and does not begin it.
            if name == "training":
                page.click("#train")
            for drawn in picture.get("drawn", DESCENT):
                page.wait_for_selector(drawn, timeout=120_000)
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
