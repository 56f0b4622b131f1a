"""Formulas that are typed, points that are pasted, and the panel of data and fit."""

import numpy as np
import pytest

from surfaces.data import LinearRegression, Neuron
from tests.browser.actions import PICTURE, address_of, at_step, next_picture, revision, with_sources

FORMULA = "#surface=formula"


def pasted(page, text):
    """Choose no file, press no button: what is pasted is drawn."""
    page.locator("#points").fill(text)


def test_a_formula_is_drawn_at_the_next_keystroke_that_parses(open_page):
    open_page.mistakes = True
    page = open_page(f"{FORMULA}&formula=x^2%2By^2")
    page.focus("#formula")
    page.keyboard.press("End")
    seen = revision(page)
    page.keyboard.type("+")
    page.wait_for_selector('#formula[aria-invalid="true"]')
    assert revision(page) == seen
    page.keyboard.type("3")
    next_picture(page, seen)
    page.wait_for_selector('#formula:not([aria-invalid="true"])')
    assert page.inner_text("#formula-error") == ""
    # f(0, 0) = 3 now, so the table's losses end above 3.
    page.wait_for_function(
        "() => [...document.querySelectorAll('#table td.column-final')]"
        ".every(cell => Number(cell.textContent) >= 2.99)"
    )
    assert address_of(page, formula="x%5E2+y%5E2+3")


def test_a_mistake_is_marked_under_its_character(open_page):
    open_page.mistakes = True
    page = open_page(f"{FORMULA}&formula=x^2%2By^2")
    before = page.locator("#picture .contour").inner_html()
    page.fill("#formula", "x^2 + foo(y) + 1")
    page.wait_for_selector(".formula-mirror mark")
    assert page.locator(".formula-mirror mark").inner_text() == "foo"
    assert "foo" in page.inner_text("#formula-error")
    # The mark lies exactly behind the word: as far from the left as six characters are wide.
    place = page.evaluate(
        """() => {
          const field = document.querySelector("#formula");
          const style = getComputedStyle(field);
          const ruler = document.createElement("canvas").getContext("2d");
          ruler.font = style.font;
          const mark = document.querySelector(".formula-mirror mark").getBoundingClientRect();
          const left = field.getBoundingClientRect().left + parseFloat(style.paddingLeft)
            + parseFloat(style.borderLeftWidth);
          return [mark.left - left, ruler.measureText("x^2 + ").width,
                  mark.width, ruler.measureText("foo").width];
        }"""
    )
    assert place[0] == pytest.approx(place[1], abs=1.5)
    assert place[2] == pytest.approx(place[3], abs=1.5)
    assert page.locator("#picture .contour").inner_html() == before
    assert page.locator(".notice").count() == 0


def test_mistakes_speak_russian_too(open_page):
    open_page.mistakes = True
    page = open_page(f"{FORMULA}&lang=ru")
    page.fill("#formula", "2 3")
    page.wait_for_selector(".formula-mirror mark")
    assert "пропущено действие" in page.inner_text("#formula-error")


def test_the_picker_offers_a_formula_and_comes_back(open_page):
    page = open_page("#surface=bowl")
    page.select_option("#surface-picker", "formula")
    page.wait_for_selector(f'{PICTURE}[data-surface="formula"]')
    assert page.input_value("#formula")
    assert page.locator("#surface math").count() > 0
    page.select_option("#surface-picker", "booth")
    page.wait_for_selector(f'{PICTURE}[data-surface="booth"]')
    assert page.locator("#formula").count() == 0


def test_a_link_with_a_bad_formula_says_so_and_shows_the_usual_picture(open_page):
    open_page.mistakes = True
    page = open_page(f"{FORMULA}&formula=x%2B")
    page.wait_for_selector(".notice.error")
    assert page.get_attribute(PICTURE, "data-surface") == "rosenbrock"


def test_the_fit_follows_the_step(open_page):
    page = open_page("#surface=linear_regression&step=0&run=sgd")
    page.wait_for_selector("#fit:not([hidden])")

    def picture():
        return page.locator("#fit canvas.moving").evaluate("canvas => canvas.toDataURL()")

    first = picture()
    page.locator("#scrub").press("ArrowRight")
    at_step(page, 1)
    second = picture()
    assert second != first
    page.select_option("#surface-picker", "bowl")
    page.wait_for_selector(f'{PICTURE}[data-surface="bowl"]')
    page.wait_for_selector("#fit", state="hidden")


def test_the_pages_models_are_the_servers(open_page):
    """The lines drawn are those whose loss is descended."""
    page = with_sources(open_page())
    at = np.linspace(-3, 3, 13)
    features = np.stack([at, 0 * at], axis=1)
    cases = [(LinearRegression(), "linear_regression", {})]
    cases += [
        (Neuron(activation=word), "neuron", {"activation": word})
        for word in ("sigmoid", "tanh", "relu")
    ]
    for surface, name, parameters in cases:
        drawn = page.evaluate(
            """async ([name, parameters, at]) => {
              const { MODELS } = await import("/sources/charts/models.js");
              return at.map(MODELS[name](parameters)(0.7, -0.3));
            }""",
            [name, parameters, at.tolist()],
        )
        assert drawn == pytest.approx(np.asarray(surface.predict(0.7, -0.3, features)), rel=1e-12)
    border = page.evaluate(
        """async () => {
          const { border } = await import("/sources/charts/models.js");
          return [border(0.5, 1, 2, [-3, 3], [-2, 2]), border(0.5, 2, 1, [-3, 3], [-2, 2])];
        }"""
    )
    for line, (w1, w2) in zip(border, [(1, 2), (2, 1)], strict=True):
        for x1, x2 in line:
            assert 0.5 + w1 * x1 + w2 * x2 == pytest.approx(0, abs=1e-12)


def test_pasted_points_are_fitted_and_errors_name_row_and_column(open_page):
    open_page.mistakes = True
    page = open_page("#surface=linear_regression&run=newton")
    page.click(".own-points summary")
    seen = revision(page)
    pasted(page, "x,y\n0,1\n1,3\n2,5")
    next_picture(page, seen)
    page.wait_for_function(
        "() => document.querySelector('#fit-plot')._fullData?.[0].x.length === 3"
    )
    # Newton ends at y = 2x + 1 at once, where nothing is left to lose.
    page.wait_for_function(
        "() => Number(document.querySelector('#table td.column-final').textContent"
        ".replace('×10⁻', 'e-').replace(/[⁰-⁹²³¹]/g, '')) < 1e-6"
    )
    pasted(page, "x,y\n0,1\n1,three")
    page.wait_for_selector('#points[aria-invalid="true"]')
    assert "row 3, column 2" in page.inner_text("#points-error")
    assert page.evaluate("document.querySelector('#fit-plot')._fullData[0].x.length") == 3
    link = address_of(page, points="x,y")
    assert link["points"][0].startswith("x,y\n0,1")
    page.get_by_role("button", name="Back to synthetic points").click()
    page.wait_for_function("() => document.querySelector('#fit-plot')._fullData[0].x.length === 50")


def test_a_link_brings_the_points_along(open_page):
    page = open_page("#surface=neuron&points=0,0%0A1,0.5%0A2,1&run=adam,batch:2")
    page.wait_for_function(
        "() => document.querySelector('#fit-plot')._fullData?.[0].x.length === 3"
    )
    assert page.locator(".notice").count() == 0
