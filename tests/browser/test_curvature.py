"""Regions that curvature decides, in a real browser: the picture against the Hessian by hand."""

import numpy as np

from tests.browser.actions import next_picture, revision
from tests.browser.axe import serious

# f = (x² − 1)² + 5y²: f_xx = 12x² − 4, f_yy = 10, so it is convex where |x| ≥ 1/√3.
PAGE = (
    "#surface=formula&formula=(x^2-1)^2%2B5*y^2&view=-2,2,-2,2&run=sgd,learning_rate:0.1"
    "&steps=20&start=1.2,0.5&curvature="
)
REGION = '#picture[data-region="{}"]'


def tinted(page):
    """Whether each pixel is within the region, row 0 lowest, and the places along both axes."""
    shown = page.evaluate(
        """() => {
          const canvas = document.querySelector("#picture .tinted");
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          const { layout } = document.querySelector("#plot");
          return { width, height, data: [...data], x: layout.xaxis.range, y: layout.yaxis.range };
        }"""
    )
    width, height = shown["width"], shown["height"]
    inside = np.array(shown["data"]).reshape(height, width, 4)[::-1, :, 3] > 0
    return inside, np.linspace(*shown["x"], width), np.linspace(*shown["y"], height)


def test_the_picture_is_tinted_where_the_hessian_says(open_page):
    page = open_page(PAGE + "convex")
    page.wait_for_selector(REGION.format("convex"))
    inside, x, _ = tinted(page)
    away = np.abs(12 * x**2 - 4) > 1
    assert (inside == (12 * x**2 - 4 >= 0))[:, away].all()
    assert page.get_by_text("convex here").is_visible()
    assert serious(page) == []


def test_a_rate_is_stable_where_it_is_under_two_over_the_curvature(open_page):
    page = open_page(PAGE + "stable")
    page.wait_for_selector(REGION.format("stable"))
    for rate in (0.1, 0.06):
        if rate != 0.1:
            before = revision(page)
            page.fill("#parameter-learning_rate", str(rate))
            page.press("#parameter-learning_rate", "Enter")
            next_picture(page, before)
        inside, x, _ = tinted(page)
        largest = np.maximum(12 * x**2 - 4, 10)
        away = np.abs(rate * largest / 2 - 1) > 0.05
        assert (inside == (rate < 2 / largest))[:, away].all()
