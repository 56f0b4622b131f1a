"""The Signal page: what it shows is what the API measures, and B differs from A as it says."""

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.actions import address_of, asked
from tests.browser.reading import number, rounding
from tests.browser.signal_page import SMALL, after, answered, column, open_signal


def agrees(page, setting, answer):
    for name in ("activation_mean", "activation_std", "gradient_norm", "weight_gradient_norm"):
        shown = [number(text) for text in column(page, setting, name)]
        measured = [layer[name] for layer in answer["layers"]]
        assert len(shown) == len(measured)
        for one, other in zip(shown, measured, strict=True):
            assert one == pytest.approx(other, rel=rounding(other)), name


def bar_tops(page, panel):
    path = page.get_attribute(f"{panel} path.bar", "d")
    return [float(top) for top in re.findall(r"M[\d.]+ [\d.]+V([\d.]+)H", path)]


def test_the_table_says_what_the_api_measures(open_page, server):
    page = open_signal(
        open_page, f"{SMALL}&show=numbers&activation=elu&activation.alpha=0.5&skip=1"
    )
    answer = answered(server, activation={"id": "elu", "alpha": 0.5}, skip=True)
    agrees(page, "A", answer)
    predicted = [layer["predicted"]["gradient_norm"] for layer in answer["layers"]]
    shown = [number(text) for text in column(page, "A", "gradient_norm_theory")]
    assert shown == pytest.approx(predicted, rel=6e-3)
    least, most = answer["layers"][2]["spread"]["gradient_norm"]
    spread = page.get_attribute('tr[data-layer="3"] [data-column=gradient_norm]', "title")
    found = [number(text) for text in re.findall(r"[−\d.]+(?:×10[⁻⁰-⁹¹²³]+)?", spread)]
    assert found == pytest.approx([least, most], rel=6e-3)


def test_bars_stand_as_high_as_logarithms(open_page, server):
    page = open_signal(open_page)
    layers = answered(server)["layers"]
    for name in ("gradient_norm", "weight_gradient_norm", "activation_std"):
        tops = bar_tops(page, f'[data-metric="{name}"]')
        logs = [math.log10(layer[name]) for layer in layers]
        ticks = page.evaluate(
            """(panel) => [...document.querySelectorAll(`${panel} .tick[text-anchor=end]`)]
              .map((tick) => [tick.textContent, Number(tick.getAttribute("y")) - 3.5])""",
            f'[data-metric="{name}"]',
        )
        decades = [(number(text), y) for text, y in ticks if "10" in text]
        (one, low), (other, high) = decades[0], decades[-1]
        decade = (high - low) / (math.log10(one) - math.log10(other))
        moved = [(tops[i] - tops[0]) / decade for i in range(len(tops))]
        assert moved == pytest.approx([logs[0] - log for log in logs], abs=0.3 / decade), name


def test_a_turned_knob_draws_anew(open_page, server):
    page = open_signal(open_page, f"{SMALL}&show=numbers")
    page.focus('input.slider[data-parameter="depth"]')
    after(page, lambda: page.keyboard.press("End"))
    page.wait_for_function("() => document.querySelectorAll('.numbers tbody tr').length === 64")
    address_of(page, depth="64")
    after(page, lambda: page.fill("#parameter-depth", "3"))
    page.wait_for_function("() => document.querySelectorAll('.numbers tbody tr').length === 3")
    after(page, lambda: page.select_option("#parameter-activation", "leaky_relu"))
    after(page, lambda: page.fill('[id="parameter-activation.slope"]', "0.3"))
    page.wait_for_function("() => location.hash.includes('slope=0.3')")
    agrees(page, "A", answered(server, depth=3, activation={"id": "leaky_relu", "slope": 0.3}))


def test_a_comparison_names_what_b_changes(open_page, server):
    page = open_signal(open_page, f"{SMALL}&seed=5&show=numbers")
    after(page, lambda: page.click("#compare"))
    assert "the same as A" in page.inner_text("#difference")
    after(page, lambda: page.select_option("#parameter-activation", "relu"))
    after(page, lambda: page.select_option("#parameter-initializer", "he"))
    assert page.locator("#difference li").all_inner_texts() == [
        "Activation: Sigmoid → ReLU",
        "Initialiser: Xavier → He",
    ]
    agrees(page, "A", answered(server, seed=5))
    agrees(page, "B", answered(server, seed=5, activation={"id": "relu"}, initializer={"id": "he"}))
    address_of(page, b="activation:relu,initializer:he")
    # Data and chance are the same for both, whichever is edited.
    after(page, lambda: page.fill('[id="parameter-dataset.noise"]', "0.4"))
    page.wait_for_function("() => location.hash.includes('noise=0.4')")
    noisy = {"id": "moons", "size": 32, "noise": 0.4}
    agrees(page, "A", answered(server, seed=5, dataset=noisy))
    after(page, lambda: page.click("#compare-no-more"))
    assert page.input_value("#parameter-activation") == "relu"
    assert not page.locator("#difference").is_visible()


def test_both_settings_stand_on_the_same_axes(open_page):
    page = open_signal(open_page, f"{SMALL}&b=depth:12,initializer:normal")
    for metric in ("gradient_norm", "weight_gradient_norm", "activation_std"):
        of_a, of_b = (
            page.locator(f'.of-{letter}[data-metric="{metric}"] .tick').all_inner_texts()
            for letter in "AB"
        )
        assert of_a == of_b and len(of_a) > 4


def test_a_drag_asks_only_what_it_draws(open_page):
    page = open_signal(open_page)
    requests = []
    page.on("request", lambda one: "networks/signal" in one.url and requests.append(one))
    seen = page.get_attribute("body", "data-revision")
    page.evaluate(
        """() => {
          const slider = document.querySelector('input.slider[data-parameter="width"]');
          for (let at = 100; at <= 900; at += 100) {
            slider.value = at;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    width = page.input_value("#parameter-width")
    address_of(page, width=width)
    page.wait_for_selector("#stage:not(.waiting)")
    # The first at once, the last when that had come; one between where it was long in coming.
    assert [asked(one)["width"] for one in requests][-1] == int(width)
    assert len(requests) <= 3
    revision = page.get_attribute("body", "data-revision")
    assert 1 <= int(revision) - int(seen) <= len(requests)


def test_scenarios_show_what_they_claim(open_page):
    page = open_signal(open_page)

    def first_and_last(letter, name="gradient_norm"):
        texts = column(page, letter, name)
        return number(texts[0]), number(texts[-1])

    def choose(name):
        after(page, lambda: page.click(f"[data-scenario={name}]"))
        page.wait_for_selector(f"[data-scenario={name}][aria-current]")
        after(page, lambda: page.click("#show-numbers"))

    choose("remedy")
    first, last = first_and_last("A")
    assert first < 1e-15 * last
    first, last = first_and_last("B")
    assert 0.1 < first / last < 10
    choose("skip")
    assert first_and_last("A")[0] < 1e-15 < 1e-3 < first_and_last("B")[0]
    choose("factor_two")
    ratio = first_and_last("A", "activation_std")
    assert ratio[1] / ratio[0] == pytest.approx(2 ** (-39 / 2), rel=0.9)
    choose("exploding")
    assert first_and_last("A")[0] > 1e20
    assert 0.1 < first_and_last("B")[0] < 10
    choose("saturated")
    share = [float(text.rstrip("%")) for text in column(page, "A", "saturated_fraction")]
    assert min(share[1:]) > 50
    after(page, lambda: page.click("[data-scenario=zeros]"))
    assert page.locator('.of-A[data-metric="gradient_norm"] .zero-sign').count() == 10
    assert page.locator(".of-A .bar[d='']").count() >= 3
    assert "not random" in page.inner_text(".column.of-A")


def test_what_overflows_is_said_to(open_page):
    page = open_signal(
        open_page,
        "#depth=64&width=8&activation=linear&initializer=normal"
        "&initializer.standard_deviation=10&seeds=1",
    )
    assert page.locator('[data-metric="gradient_norm"] .overflow').count() == 64
    assert page.locator("[data-key=overflow]").is_visible()
    assert "loss not finite" in page.inner_text(".column")


def test_a_layer_is_read_by_pointer_and_keyboard(open_page, server):
    page = open_signal(open_page)
    norms = [layer["gradient_norm"] for layer in answered(server)["layers"]]

    def shows(layer):
        page.wait_for_function("(text) => document.querySelector('#layer-value').value === text",
                               arg=f"{layer} / 6")  # fmt: skip
        text = page.inner_text(".of-layer [data-column=gradient_norm]")
        assert number(text) == pytest.approx(norms[layer - 1], rel=6e-3)

    box = page.locator('[data-metric="activation_std"] svg.pane').bounding_box()
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2)
    shows(5)
    page.focus("#layer")
    page.keyboard.press("ArrowRight")
    shows(6)
    address_of(page, layer="6")


def test_distributions_hold_every_value(open_page):
    page = open_signal(open_page, f"{SMALL}&show=distributions&activation=relu&layer=2")
    outlines = page.get_attribute('[data-distribution="activation"] .violin', "d")
    assert outlines.count("M") == 6
    assert page.get_attribute('[data-distribution="gradient"] .violin', "d").count("M") == 6


@pytest.mark.parametrize("language, theme", [("en", "light"), ("ru", "dark")])
def test_a_phone_needs_no_sideways_scrolling(open_page, language, theme):
    page = open_signal(
        open_page,
        f"{SMALL}&b=initializer:he&lang={language}&theme={theme}",
        size=(390, 844),
        has_touch=True,
        is_mobile=True,
    )
    for show in ("norms", "distributions", "numbers"):
        after(page, lambda show=show: page.click(f"#show-{show}")) if show != "norms" else None
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == 390, show
        words = page.evaluate("document.body.innerText + document.title")
        assert not re.search(r"\b(signal|trained|training|nav)\.[a-z_]+", words)


def test_the_choice_of_a_layer_outlives_pointing_and_smaller_depths(open_page):
    page = open_signal(open_page, f"{SMALL}&layer=6")
    box = page.locator(".of-layers .pane").first.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 20)
    expect(page.locator("#layer-value")).to_have_text("1 / 6")
    page.mouse.move(1, 1)
    expect(page.locator("#layer-value")).to_have_text("6 / 6")
    after(page, lambda: page.fill('[id="parameter-depth"]', "3"))
    assert page.inner_text("#layer-value") == "3 / 3"
    marked, pane = (page.locator(one).first for one in (".marked", ".of-layers .pane"))
    x, width = (float(marked.get_attribute(name)) for name in ("x", "width"))
    assert x + width == pytest.approx(float(pane.get_attribute("width")), abs=1)


def test_the_keyboards_focus_stays_on_what_was_pressed(open_page):
    page = open_signal(open_page)
    after(page, lambda: page.press("#show-numbers", "Enter"))
    expect(page.locator("#show-numbers")).to_be_focused()
    after(page, lambda: page.press("#compare", "Enter"))
    expect(page.locator("#setting-B")).to_be_focused()
    page.press("#scenario-skip", "Enter")
    expect(page.locator("#scenario-skip")).to_be_focused()
