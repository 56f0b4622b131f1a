"""The Functions page as a whole: links, languages, layout, undo, reading without seeing."""

import math
import re

import pytest

from tests.browser.actions import SIZES, fits
from tests.browser.functions_page import current_z, logistic, open_functions, shown
from tests.browser.reading import number
from tests.browser.ready import ALL_DRAWN, COMPARED, COUNTED

VIEWS = [("activations", ALL_DRAWN), ("losses", COMPARED), ("jacobians", COUNTED)]


def test_a_link_restores_the_page(open_page):
    page = open_functions(
        open_page,
        "#view=losses&mode=regression&regression=1:2,3:1&point=2&lang=ru&theme=dark",
        COMPARED,
    )
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.title() == "Потери · Steepest"
    assert number(page.inner_text(".mean[data-loss=mse]")) == 2.5
    assert number(page.inner_text(".mean[data-loss=mae]")) == 1.5
    assert page.inner_text(".mean[data-loss=cross_entropy]") == "–"
    assert page.locator(".points-chart .handle").count() == 2
    again = open_functions(open_page, "#z=-2.5&leaky_relu.slope=0.2&lang=ru")
    assert shown(again, "leaky_relu") == (-0.5, 0.2)


def test_a_broken_link_is_explained_and_the_rest_used(open_page):
    page = open_functions(
        open_page, "#z=9&elu.alpha=7&classes=0.5:0.5&points=1&leaky_relu.slope=0.5&view=plots"
    )
    notice = page.inner_text('.notice[data-kind="address"]')
    for wrong in ("z=9", "elu.alpha=7", "classes=0.5:0.5", "points=1", "view=plots"):
        assert wrong in notice
    assert page.input_value('[id="parameter-leaky_relu.slope"]') == "0.5"
    assert page.input_value('[id="parameter-elu.alpha"]') == "1"


@pytest.mark.parametrize("locale, word", [("ru-RU", "Сигмоида"), ("en-GB", "Sigmoid")])
@pytest.mark.parametrize("view, ready", VIEWS)
def test_languages(open_page, locale, word, view, ready):
    page = open_functions(open_page, f"#view={view}", ready, locale=locale)
    page.click("#view-activations")
    assert page.inner_text("[data-activation=sigmoid] h2") == word
    page.click(f"#view-{view}")
    page.click("#language-ru")
    page.wait_for_selector("html[lang=ru]")
    page.wait_for_selector("#copy-link:has-text('Ссылка')")
    texts = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) {
            const { parentElement: parent, data } = walker.currentNode;
            if (!parent.closest("math, script, noscript") && data.trim()) texts.push(data.trim());
          }
          return texts;
        }"""
    )
    names = r"(?i)re ?lu|leaky|[gs]elu|silu|elu|tanh|softplus|mse|mae|log loss|log|loss"
    allowed = re.compile(names + r"|Steepest|API|EN|RU|JAX|PyTorch")
    assert [text for text in texts if re.search("[A-Za-z]{2}", allowed.sub("", text))] == []


@pytest.mark.parametrize("view, ready", VIEWS)
def test_nothing_overflows(open_page, view, ready):
    page = open_functions(open_page, f"#view={view}", ready, locale="ru-RU")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        fits(page, width)
        if width > 760:
            page.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
        wide = page.evaluate(
            """() => [...document.querySelectorAll(".card:not([hidden])")]
              .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"""
        )
        assert wide == []
        if (width, view) == (1366, "activations"):
            inner, outer = page.locator(".cards").evaluate(
                "one => [one.scrollHeight, one.clientHeight]"
            )
            assert inner <= outer
            clipped = page.evaluate(
                """() => [...document.querySelectorAll(".equation")]
                  .filter((one) => one.scrollWidth > one.clientWidth + 1)
                  .map((one) => one.textContent)"""
            )
            assert clipped == []


def test_pages_lead_to_each_other_and_keep_language_and_theme(open_page):
    page = open_functions(open_page, "#lang=ru&theme=dark")
    page.click("text=Спуск")
    page.wait_for_selector("#picture[data-drawn]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.click("text=Функции")
    page.wait_for_selector(ALL_DRAWN)
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_settings_are_undone_and_the_address_is_live(open_page):
    foreign = "constructor=1&__proto__=2&elu.constructor=3&z=%E0%A4%A"
    page = open_functions(open_page, f"#{foreign}&leaky_relu.slope=0.5")
    notice = page.inner_text('.notice[data-kind="address"]')
    for wrong in ("constructor=1", "__proto__=2", "elu.constructor=3", "z=%E0%A4%A"):
        assert wrong in notice
    assert shown(page, "leaky_relu") == (1, 1)
    page.evaluate("window.isTheSame = true")
    page.focus("#z")
    page.keyboard.press("End")
    page.wait_for_selector('#activations[data-z="6"]')
    page.click("#view-losses")
    page.wait_for_selector(COMPARED)
    # Choosing a view is an entry of the history, a number is none.
    page.go_back()
    page.wait_for_selector("#losses", state="hidden")
    assert current_z(page) == 6
    page.evaluate("location.hash = '#z=-2&elu.alpha=2'")
    page.wait_for_selector('#activations[data-z="-2"]')
    page.wait_for_selector('.notice[data-kind="address"]', state="detached")
    page.wait_for_selector('[data-activation="elu"] [data-of=value]:text-is("−1.729")')
    page.keyboard.press("Control+z")
    page.wait_for_selector('#activations[data-z="6"]')
    page.keyboard.press("Control+Shift+z")
    page.wait_for_selector('#activations[data-z="-2"]')
    page.click("#reset-all")
    page.wait_for_selector('#activations[data-z="1"]')
    assert page.input_value('[id="parameter-elu.alpha"]') == "1"
    assert page.evaluate("window.isTheSame")


def test_curves_are_read_without_seeing_them(open_page):
    page = open_functions(open_page)
    for z in (-3, 0, 2):
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=str(z).replace("-", "−"), exact=True)
        )
        softplus = page.get_by_role("article", name="Softplus").locator(row)
        cells = [number(text) for text in softplus.get_by_role("cell").all_inner_texts()]
        value = math.log1p(math.exp(z))
        assert cells == pytest.approx([value, logistic(z)], rel=6e-4)
    page.click("#view-losses")
    page.wait_for_selector(COMPARED)
    # Each curve has its name at its end, a mark and a dash of its own.
    names = page.locator(".curve-name").all_text_contents()
    assert sorted(names) == sorted(2 * ["MSE", "MAE", "Log loss"])
    marks = page.evaluate(
        """() => ["mse", "mae", "cross_entropy"].map((id) => [
          document.querySelector(`.key .spot.${id}`).getAttribute("d"),
          getComputedStyle(document.querySelector(`.curves-picture .curve.${id}`)).strokeDasharray,
        ].join())"""
    )
    assert len(set(marks)) == 3
