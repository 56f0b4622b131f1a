"""What the page's tests do and wait for; nothing here sleeps."""

import json
import re
import urllib.parse
from pathlib import Path

FRONTEND = Path(__file__).parents[2] / "frontend"
PICTURE = "#picture"
SIZES = [(1366, 768), (1920, 1080), (1024, 768), (390, 844), (360, 740)]


def asked(request):
    """What a page asks the server, in the address or in the body."""
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(request.url).query)
    return json.loads(query["request"][0]) if "request" in query else request.post_data_json


def with_sources(page):
    """The page, which can import the modules that its bundle was made of, under /sources."""

    def read(route):
        path = urllib.parse.urlsplit(route.request.url).path.removeprefix("/sources/")
        route.fulfill(path=FRONTEND / path)

    page.route("**/sources/**", read)
    return page


def until(page, true):
    """Let the browser go on until something is so that the page itself does not say."""
    while not true():
        page.wait_for_timeout(20)


def revision(page):
    return int(page.get_attribute(PICTURE, "data-revision"))


def next_picture(page, before):
    """Wait until paths newer than ``before`` are drawn."""
    page.wait_for_selector(f'{PICTURE}:not([data-revision="{before}"])')


def step(page):
    return int(page.get_attribute(PICTURE, "data-step"))


def at_step(page, number):
    page.wait_for_selector(f'{PICTURE}[data-step="{number}"]')


def final_losses(page):
    return page.locator("#table td.column-final").all_inner_texts()


def fragment(page):
    return urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).fragment)


def address_of(page, **expected):
    """The address, once it has been written with what is expected."""
    pattern = "|".join(re.escape(f"{name}={value}") for name, value in expected.items())
    page.wait_for_url(re.compile(f".*({pattern}).*"))
    return fragment(page)


def pixels(page, selector):
    """How many pixels of a canvas are painted."""
    return page.locator(selector).evaluate(
        """canvas => {
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          let painted = 0;
          for (let i = 3; i < data.length; i += 4) if (data[i] > 0) painted += 1;
          return painted;
        }"""
    )


def fits(page, width):
    """Wait until a page that was resized has nothing wider than its window."""
    page.wait_for_function(
        "width => innerWidth === width && document.documentElement.scrollWidth <= width", arg=width
    )


def tiles(page):
    """How many tiles of maps the server has computed, once it computes none any more."""
    page.wait_for_function(
        """async () => {
          window.told = await (await fetch("metrics")).text();
          return /^steepest_maps_running 0/m.test(told);
        }"""
    )
    told = page.evaluate("told.match(/^steepest_map_tiles_total (\\S+)/m)[1]")
    return float(told)
