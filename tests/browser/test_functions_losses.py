"""Three losses of the same points."""

import math

import pytest

from tests.browser.actions import address_of
from tests.browser.functions_page import open_functions
from tests.browser.reading import number
from tests.browser.ready import COMPARED


def test_a_dragged_prediction_changes_every_loss(open_page):
    page = open_functions(open_page, "#view=losses&classes=1:0.5,0:0.5", COMPARED)
    assert number(page.inner_text(".mean[data-loss=mse]")) == 0.25
    assert number(page.inner_text(".mean[data-loss=cross_entropy]")) == pytest.approx(
        math.log(2), rel=1e-3
    )
    handle = page.locator('.handle[data-point="1"] .prediction').bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 30, steps=3)
    page.mouse.up()
    page.focus('.handle[data-point="1"]')
    at = float(page.get_attribute('.handle[data-point="1"]', "aria-valuenow"))
    assert 0.5 < at < 0.99
    page.keyboard.press("ArrowDown")
    at = round(at - 0.01, 3)
    page.wait_for_selector(f'.handle[data-point="1"][aria-valuenow="{at:g}"]')
    address_of(page, classes=f"1:{at:g},0:0.5")
    mean = ((1 - at) ** 2 + 0.25) / 2
    log_loss = (math.log(2) - math.log(at)) / 2
    page.wait_for_selector(f'.mean[data-loss=mse]:text-is("{mean:.4g}")')
    assert number(page.inner_text(".mean[data-loss=cross_entropy]")) == pytest.approx(
        log_loss, rel=6e-4
    )
    assert page.evaluate("document.activeElement.dataset.point") == "1"


def test_the_sigmoids_factor_is_shown_with_its_numbers(open_page):
    page = open_functions(open_page, "#view=losses&classes=1:0.02,0:0.1&point=1", COMPARED)
    factor = 0.02 * 0.98
    for loss, slope in (("mse", -1.96 * factor), ("mae", -factor), ("cross_entropy", -0.98)):
        found = number(page.inner_text(f".by-z[data-loss={loss}]"))
        assert found == pytest.approx(slope, rel=6e-3)


def test_an_outlier_weighs_more_in_mse(open_page):
    page = open_functions(
        open_page, "#view=losses&mode=regression&regression=1:2,1:2,1:2,1:6&point=4", COMPARED
    )
    shares = [number(text.rstrip("%")) for text in page.locator(".shares b").all_inner_texts()]
    assert shares == pytest.approx([100 * 25 / 28, 100 * 5 / 8], abs=0.51)
    assert page.inner_text(".words-card p:last-child").endswith("median, 1.")
