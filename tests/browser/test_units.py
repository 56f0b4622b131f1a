"""Data in their own units: names of the parameters, the fit read out, axes scaled apart."""

import re
import urllib.parse

import numpy as np
import pytest

from tests.browser.actions import PICTURE, address_of, at_step, next_picture, revision, with_sources
from tests.surfaces.houses import AREA, PRICE, csv

HOUSES = f"#surface=linear_regression&points={urllib.parse.quote(csv())}"
SLOPE, HEIGHT = np.polyfit(AREA, PRICE, 1)


def axis_titles(page):
    return [
        page.evaluate("axis => document.querySelector('#plot')._fullLayout[axis].title.text", axis)
        for axis in ("xaxis", "yaxis")
    ]


def line(page):
    """Slope and height of the line that the panel of data reads out."""
    text = page.inner_text("#fit-equation").replace("−", "-").replace("- ", "-").replace("+ ", "")
    slope, height = re.fullmatch(r"y = (\S+)·x (\S+)", text).groups()
    return float(slope), float(height)


@pytest.mark.parametrize("surface, names", [
    ("linear_regression", ["w", "b"]), ("logistic_regression", ["w₁", "w₂"]),
    ("deep_chain", ["w₁", "w₂"]), ("recurrent_unit", ["w", "b"]), ("booth", ["x", "y"]),
])  # fmt: skip
def test_axes_fields_and_tooltips_have_the_names_of_the_parameters(open_page, surface, names):
    page = open_page(f"#surface={surface}&run=sgd&step=0")
    assert axis_titles(page) == names
    assert page.locator("#starts .axis").all_inner_texts() == names
    assert page.get_attribute('#starts input[data-axis="y"]', "aria-label").startswith(names[1])
    assert f"f({names[0]}, {names[1]})" in page.evaluate(
        "document.querySelector('#plot')._fullData[0].marker.colorbar.title.text"
    )
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.2 * box["height"])
    page.wait_for_selector("#tooltip:not([hidden])")
    assert f"{names[0]}; {names[1]}" in page.inner_text("#tooltip")


def test_the_graph_calls_its_inputs_by_their_names(open_page):
    page = open_page("#surface=linear_regression&run=sgd&step=0&graph=1")
    page.wait_for_selector('.node[data-id="w"]')
    assert page.locator('.node[data-id="b"]').count() == 1
    assert "w = " in page.inner_text(".graph-where")
    assert "w" in page.locator('.node[data-id="v1"] .formula-line').text_content()
    page.click("#graph-first")
    page.click("#graph-forward")
    assert "w = −2" in page.inner_text(".graph-sentence")


def test_house_prices_train_as_pasted_and_are_read_out_in_dollars(open_page):
    page = open_page(f"{HOUSES}&run=sgd")
    page.wait_for_selector("#units:not([hidden])")
    assert "10⁴" in page.inner_text("#units")
    assert page.locator("#surface .formula mover").count() >= 4
    assert line(page) == pytest.approx((SLOPE, HEIGHT), rel=1e-5)
    # The points are drawn as they were pasted.
    assert page.evaluate("document.querySelector('#fit-plot')._fullData[0].x")[0] == AREA[0]


def test_a_standardised_path_is_read_out_at_every_step(open_page):
    """The start (w, b) of scaled columns, worked by hand into dollars."""
    page = open_page(f"{HOUSES}&run=sgd&step=0&start=2,-1")
    slope = 2 * PRICE.std() / AREA.std()
    assert line(page) == pytest.approx(
        (slope, PRICE.mean() - PRICE.std() - slope * AREA.mean()), rel=1e-5
    )
    page.locator("#scrub").press("End")
    at_step(page, 500)
    assert line(page) == pytest.approx((SLOPE, HEIGHT), rel=1e-4)


def test_switching_it_off_brings_the_raw_plane_with_axes_apart(open_page):
    page = open_page(f"{HOUSES}&run=newton")
    assert page.locator("#aspect-note").is_hidden()
    seen = revision(page)
    page.select_option("#parameter-standardise", "off")
    next_picture(page, seen)
    page.wait_for_selector("#aspect-note:not([hidden])")
    page.wait_for_function(
        "() => document.querySelectorAll('#surface .formula mover').length === 0"
    )
    assert line(page) == pytest.approx((SLOPE, HEIGHT), rel=1e-5)
    start = [float(one) for one in page.locator("#starts input[data-start]").evaluate_all(
        "fields => fields.map(field => field.value)")]  # fmt: skip
    assert start[1] > 1e4
    assert address_of(page, standardise="off")["points"]
    # One scale for both draws the plane of 100 dollars a foot by 500 000 dollars as a line.
    ranges = """() => ['xaxis', 'yaxis'].map(axis => {
      const [low, high] = document.querySelector('#plot')._fullLayout[axis].range;
      return high - low;
    })"""
    apart = page.evaluate(ranges)
    assert max(apart[0] / apart[1], apart[1] / apart[0]) > 20
    page.click("#aspect")
    address_of(page, aspect="equal")
    page.wait_for_selector("#aspect-note", state="hidden")
    equal = page.evaluate(ranges)
    assert 0.1 < equal[0] / equal[1] < 10
    page.click("#aspect")
    address_of(page, aspect="apart")


def test_a_link_scales_the_axes_apart(open_page):
    page = open_page("#surface=booth&aspect=apart")
    assert page.locator("#aspect-note").is_visible()
    page.select_option("#surface-picker", "bowl")
    page.wait_for_selector(f'{PICTURE}[data-surface="bowl"]')
    page.wait_for_selector("#aspect-note", state="hidden")


def test_unlike_is_more_than_twenty_to_one(open_page):
    page = with_sources(open_page())
    rule = """async (domain) => {
      const { isApart } = await import("/sources/scene/geometry.js");
      return [null, "equal", "apart"].map((aspect) => isApart(aspect, domain));
    }"""
    assert page.evaluate(rule, [[0, 20], [0, 1]]) == [False, False, True]
    assert page.evaluate(rule, [[0, 20.1], [0, 1]]) == [True, False, True]
    assert page.evaluate(rule, [[0, 1], [-10, 10.1]]) == [True, False, True]


def test_what_does_nothing_is_not_offered(open_page):
    page = open_page("#surface=linear_regression&run=sgd")
    delta = page.locator('[data-control="huber_delta"]')
    assert delta.is_hidden()
    page.select_option("#parameter-loss_function", "huber")
    delta.wait_for(state="visible")
    page.select_option("#parameter-loss_function", "mae")
    delta.wait_for(state="hidden")
    page.locator('[data-part="noise"] summary').click()
    assert page.locator("#seed").is_disabled()
    page.locator('[data-control="training.noise"] input.number').fill("0.5")
    page.wait_for_selector("#seed:not([disabled])")


def test_the_formula_shown_follows_the_loss(open_page):
    page = open_page("#surface=linear_regression&run=sgd")
    rule = page.locator("#surface .formula").first
    half = page.wait_for_function
    assert "2𝑛" not in rule.inner_text().replace("\n", "")
    page.select_option("#parameter-loss_function", "mse_half")
    half("() => document.querySelector('#surface .formula').textContent.includes('12n')")
    page.select_option("#parameter-loss_function", "mae")
    half("() => document.querySelector('#surface .formula').textContent.includes('|')")


def test_rates_of_any_size_are_taken_and_the_slider_holds_them(open_page):
    page = open_page(f"{HOUSES}&standardise=off&run=sgd,learning_rate:1e-7")
    assert page.locator(".notice").count() == 0
    field = page.locator('#editor [data-control="learning_rate"] input.number')
    assert float(field.input_value()) == 1e-7
    ticks = int(page.locator('#editor [data-control="learning_rate"] .slider').input_value())
    assert 50 < ticks < 950
    seen = revision(page)
    field.fill("2e-9")
    next_picture(page, seen)
    assert page.locator('#editor [aria-invalid="true"]').count() == 0
