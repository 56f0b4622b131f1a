"""The computation graph on the page: its numbers, its player and keys, both languages, a phone."""

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.actions import address_of, at_step
from tests.browser.reading import number

READY = "#graph[open][data-step]"
LECTURE = "log(1 + exp(-1*(0.5 + x*2 + y*(-1))))"


def shown(page, node, kind):
    return number(page.locator(f'.node[data-id="{node}"] .{kind}').text_content())


def step(page):
    return int(page.get_attribute("#graph", "data-step"))


def is_seen(page, node, kind):
    text = page.locator(f'.node[data-id="{node}"] .{kind}')
    return text.evaluate("text => getComputedStyle(text).opacity") == "1"


def test_the_button_opens_the_graph_of_the_selected_runs_point(open_page, server):
    page = open_page("#surface=rosenbrock&start=-0.5,2.6&run=sgd&run=adam&edit=1&step=7")
    at_step(page, 7)
    page.click("#open-graph")
    page.wait_for_selector(READY)
    path = page.request.post(f"{server}/api/v1/trajectories", data={
        "surface": {"id": "rosenbrock"}, "starts": [[-0.5, 2.6]],
        "runs": [{"optimizer": {"id": "sgd"}}]}).json()["runs"][0]["trajectories"][0]  # fmt: skip
    at = [path["x"][7], path["y"][7]]
    probed = page.request.post(f"{server}/api/v1/probe", data={
        "surface": {"id": "rosenbrock"}, "at": [at]}).json()["points"][0]  # fmt: skip
    for node, value, slope in zip("xy", at, probed["gradient"].values(), strict=True):
        assert shown(page, node, "value") == pytest.approx(value, rel=1e-3)
        assert shown(page, node, "adjoint") == pytest.approx(slope, rel=1e-3)
    assert "graph" in address_of(page, graph=1)
    page.keyboard.press("Escape")
    expect(page.locator("#graph")).not_to_be_visible()
    page.wait_for_url(lambda url: "graph=1" not in url)


def test_keys_step_forward_then_back(open_page):
    page = open_page("#surface=rosenbrock&start=-0.5,2.6&graph=1&step=0")
    page.wait_for_selector(READY)
    # Nine nodes: nothing, both inputs, seven values, nine adjoints. Calm opens at the end.
    assert step(page) == 17
    page.keyboard.press("Home")
    assert step(page) == 0
    assert not is_seen(page, "x", "value")
    page.keyboard.press("ArrowRight")
    assert is_seen(page, "x", "value") and is_seen(page, "y", "value")
    assert not is_seen(page, "v1", "value")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    assert is_seen(page, "v7", "value") and not is_seen(page, "v7", "adjoint")
    # By hand at (−0.5, 2.6): v₄ = y − x² = 2.35, f = 1.5² + 100·2.35².
    assert shown(page, "v7", "value") == pytest.approx(554.5, rel=1e-3)
    page.keyboard.press("ArrowRight")
    assert is_seen(page, "v7", "adjoint") and not is_seen(page, "v6", "adjoint")
    page.keyboard.press("End")
    assert is_seen(page, "x", "adjoint")
    sentence = page.locator(".graph-sentence").inner_text()
    assert "∂f/∂x = ∂f/∂v₁ · ∂v₁/∂x + ∂f/∂v₃ · ∂v₃/∂x" in sentence
    assert sentence.endswith("3 · (−1) + (−470) · (−1) = 467")
    page.keyboard.press("ArrowLeft")
    assert step(page) == 16 and not is_seen(page, "x", "adjoint")
    page.fill("#graph-scrub", "3")
    assert step(page) == 3
    page.keyboard.press("ArrowRight")
    assert step(page) == 4
    page.keyboard.press("Shift+ArrowRight")
    assert step(page) == 14
    page.click("#graph-first")
    assert step(page) == 0
    # Where the focus is nowhere in the dialog its keys are the graph's all the same.
    page.click(".graph-sentence")
    page.keyboard.press("ArrowRight")
    assert step(page) == 1
    page.click("#graph-last")
    assert step(page) == 17
    # The list of keys has the graph's, and as long as it is open they are nobody's.
    page.keyboard.press("?")
    expect(page.locator("#keys caption").last).to_have_text("Computation graph")
    page.keyboard.press("ArrowLeft")
    assert step(page) == 17
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).not_to_be_visible()
    page.keyboard.press("ArrowLeft")
    assert step(page) == 16


def test_space_plays_to_the_end_and_the_race_behind_stands_still(open_page):
    page = open_page("#surface=saddle&graph=1&step=0")
    page.wait_for_selector(READY)
    page.keyboard.press("Home")
    page.focus("#graph-scrub")
    page.keyboard.press(" ")
    page.wait_for_selector(f'{READY[: -len("[data-step]")]}[data-step="11"]')
    at_step(page, 0)


def test_arrows_walk_the_nodes_once_the_graph_has_the_focus(open_page):
    page = open_page("#surface=bowl&graph=1&step=0")
    page.wait_for_selector(READY)
    page.locator('.node[data-id="x"]').focus()
    focused = "document.activeElement.dataset.id"
    # (x² + 10y²)/2: v₁ = x², v₂ = y², v₃ = 10v₂, v₄ = v₁ + v₃, v₅ = v₄/2.
    for key, node in (
        ("ArrowRight", "v1"), ("ArrowRight", "v4"), ("ArrowRight", "v5"), ("ArrowLeft", "v4"),
        ("ArrowLeft", "v3"), ("ArrowLeft", "v2"), ("ArrowUp", "v1"), ("ArrowDown", "v2"),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate(focused) == node
    assert step(page) == 13
    label = page.locator('.node[data-id="v2"]').get_attribute("aria-label")
    assert label == "v₂ = y²; value 2.25; ∂f/∂v₂ = 5"
    page.keyboard.press("Home")
    assert "value" not in page.locator('.node[data-id="v2"]').get_attribute("aria-label")


def test_the_lectures_example_is_one_click_and_one_address(open_page):
    page = open_page("#surface=bowl&graph=1&step=0&lang=ru")
    page.wait_for_selector(READY)
    page.click("#graph-lecture")
    expect(page.locator(".graph-note")).to_contain_text("w₀ = 0,5")
    expect(page.locator(".graph-where")).to_contain_text("x = 0,5; y = 1")
    page.wait_for_selector(READY)
    power = math.exp(-(0.5 + 2 * 0.5 - 1))
    for node, factor in (("x", 2), ("y", -1)):
        assert shown(page, node, "adjoint") == pytest.approx(
            -factor * power / (1 + power), rel=1e-3
        )
    page.wait_for_url(re.compile("formula=.*start=0.5,1.*graph=1"))
    again = open_page(f"#{page.url.split('#')[1]}")
    again.wait_for_selector(READY)
    assert again.locator(".node").count() == 10
    assert shown(again, "x", "adjoint") == shown(page, "x", "adjoint")
    assert again.locator("#graph h2").inner_text() == "Граф вычислений"


def test_points_and_a_table_for_those_who_read(open_page):
    page = open_page("#surface=linear_regression&graph=1&step=0")
    page.wait_for_selector(READY)
    assert "[50]" in page.locator('.node[data-id="v1"] .formula-line').text_content()
    page.click(".graph-details summary")
    rows = page.locator(".graph-values tbody tr")
    assert rows.count() == page.locator(".node").count() + 2
    adjoint = number(rows.first.locator("td").last.inner_text())
    assert adjoint == shown(page, "w", "adjoint")


def test_where_numbers_end_is_said(open_page):
    open_page.mistakes = True
    page = open_page("#surface=formula&formula=y%2Bsqrt(x)&start=0,1&graph=1", ready=False)
    page.wait_for_selector(READY)
    expect(page.locator(".graph-message")).to_contain_text("The gradient is not finite here")
    assert page.locator('.node[data-id="x"] .adjoint').text_content() == "not finite"


@pytest.mark.parametrize("surface", ["rosenbrock", "goldstein_price"])
def test_a_phone_shows_it_without_overflow(open_page, surface):
    page = open_page(f"#surface={surface}&graph=1&step=0&lang=ru", size=(390, 844), has_touch=True)
    page.wait_for_selector(READY)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('#graph').scrollWidth") <= 390
    for button in ("#graph-play", "#graph-last", "#graph-close", "#graph-lecture"):
        expect(page.locator(button)).to_be_in_viewport()
    size = page.locator(".node .value").first.evaluate(
        "text => text.getBoundingClientRect().height"
    )
    assert size >= 11


def test_a_run_out_of_reach_has_no_graph_and_says_so(open_page):
    # At rate 5 on curvatures 1 and 10 the iterate grows 49 times a step.
    page = open_page("#surface=bowl&run=sgd,learning_rate:5&run=adam&edit=1&step=100")
    at_step(page, 100)
    page.click("#open-graph")
    expect(page.locator('.notice[data-kind="graph"]')).to_contain_text("gone too far")
    page.locator("#table tbody tr").last.click()
    assert not page.locator("#graph").is_visible()
    page.click("#open-graph")
    page.wait_for_selector(READY)
    assert page.locator('.notice[data-kind="graph"]').count() == 0


def test_a_power_of_ten_is_one_operand(open_page):
    page = open_page("#surface=formula&formula=x%5E2%2By&start=0.00001,-2&graph=1&step=0")
    page.wait_for_selector(READY)
    page.fill("#graph-scrub", "2")
    assert "(1×10⁻⁵)² = 1×10⁻¹⁰" in page.inner_text(".graph-sentence")


def test_a_run_that_follows_more_than_f_is_told_apart(open_page):
    page = open_page("#surface=bowl&run=sgd,penalty.l2:1&run=adam&edit=2&graph=1&step=0")
    page.wait_for_selector(READY)
    assert not page.locator("#graph-alone").is_visible()
    page.keyboard.press("Escape")
    page.locator("#table tbody tr").first.click()
    page.click("#open-graph")
    expect(page.locator("#graph-alone")).to_be_visible()


def test_a_closed_graph_does_not_play(open_page):
    page = open_page("#surface=rosenbrock&step=3", reduced_motion="no-preference")
    page.route("**/api/v1/backpropagation*", lambda route: None)
    with page.expect_request("**/api/v1/backpropagation*"):
        page.click("#open-graph")
    # Nobody waits for the answer of a closed one.
    with page.expect_event("requestfailed"):
        page.keyboard.press("Escape")
    expect(page.locator("#graph")).not_to_be_visible()
    assert page.get_attribute("#graph", "data-step") is None
    page.unroute("**/api/v1/backpropagation*")
    page.click("#open-graph")
    # Opened anew it plays from the start, and it is what is played.
    page.wait_for_selector(READY)
    page.wait_for_selector('#graph[data-step="17"]')


def test_its_output_is_called_f_and_it_fills_its_window(open_page):
    page = open_page("#surface=bowl&graph=1&step=0", size=(1366, 768))
    page.wait_for_selector(READY)
    output = page.locator(".node.loss")
    assert output.locator(".formula-line").text_content() == "f = v₄ / 2"
    page.keyboard.press("Home")
    page.fill("#graph-scrub", "7")
    assert page.inner_text(".graph-sentence") == "Backward. f is what is differentiated: ∂f/∂f = 1"
    page.keyboard.press("ArrowRight")
    assert "∂f/∂v₄ = ∂f/∂f · ∂f/∂v₄" in page.inner_text(".graph-sentence")
    window, graph = (
        page.locator(one).evaluate("one => one.getBoundingClientRect().toJSON()")
        for one in (".graph-pane", "svg.graph")
    )
    assert max(graph["width"] / window["width"], graph["height"] / window["height"]) > 0.95
    dialog = page.locator("#graph").evaluate("one => one.getBoundingClientRect().toJSON()")
    assert dialog["width"] > 1300 and window["height"] > 0.6 * 768
