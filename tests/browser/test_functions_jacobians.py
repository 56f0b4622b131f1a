"""What a layer's Jacobian would take, and what is kept instead."""

import math

import pytest

from tests.browser.actions import address_of
from tests.browser.functions_page import open_functions
from tests.browser.ready import COUNTED


def test_a_layer_is_counted_as_it_is_changed(open_page):
    page = open_functions(open_page, "#view=jacobians&n=2&m=3&k=5", COUNTED)

    def numbers(name):
        return int(page.get_attribute(f'[data-size="{name}"]', "data-numbers"))

    def drawn(name):
        return page.locator(f'[data-size="{name}"] .log-bar').evaluate(
            "one => one.getBoundingClientRect().width / one.parentElement.clientWidth"
        )

    # 2 × 5 outputs by 2 × 3 inputs; X and the gradient by Y.
    assert (numbers("jacobian"), numbers("kept")) == (60, 16)
    assert page.inner_text('[data-size="jacobian"] output') == "60"
    # The axis is logarithmic, fifteen powers of ten long.
    for name in ("jacobian", "kept"):
        assert drawn(name) == pytest.approx(math.log10(numbers(name)) / 15, abs=2e-3)
    page.fill("#layer-n", "4")
    page.wait_for_selector('[data-size="jacobian"][data-numbers="240"]')
    assert numbers("kept") == 32
    address_of(page, n=4)
    page.focus('input.slider[data-parameter="k"]')
    page.keyboard.press("End")
    page.wait_for_selector(f'[data-size="kept"][data-numbers="{4 * 3 + 4 * 4096}"]')
    page.keyboard.press("Control+z")
    page.wait_for_selector('[data-size="kept"][data-numbers="32"]')
    page.click("#reset-all")
    page.wait_for_selector(f'[data-size="jacobian"][data-numbers="{64**2 * 1024**2}"]')
    assert "17.2" in page.inner_text('[data-size="jacobian"] .size-head')
