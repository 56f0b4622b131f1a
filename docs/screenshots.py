"""The README's pictures of the page: ``python -m docs.screenshots``."""

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
}


def main() -> None:
    """Start a server, open each address, wait until it is drawn, and save it."""
    with serving() as server, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for name, picture in PICTURES.items():
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
