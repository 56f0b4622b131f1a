"""The Functions page: one pointer for all activations, and three losses of the same points."""

import math
import re

import pytest

from tests.browser.actions import SIZES, address_of, fits

ALL_DRAWN = '#activations[data-drawn="10"]'
COMPARED = '#losses:not([data-revision="0"])'
COUNTED = "#jacobians:not([hidden]) .size"
VIEWS = [("activations", ALL_DRAWN), ("losses", COMPARED), ("jacobians", COUNTED)]


def normal(z):
    return 0.5 * math.erfc(-z / math.sqrt(2))


def logistic(z):
    return 1 / (1 + math.exp(-z))


# φ and φ′ at a z that is not 0, with the leak 0.01 and α = 1.
CLOSED = {
    "linear": lambda z: (z, 1),
    "binary_step": lambda z: (float(z > 0), 0),
    "sigmoid": lambda z: (logistic(z), logistic(z) * (1 - logistic(z))),
    "tanh": lambda z: (math.tanh(z), 1 - math.tanh(z) ** 2),
    "relu": lambda z: (max(z, 0), float(z > 0)),
    "softplus": lambda z: (math.log1p(math.exp(z)), logistic(z)),
    "leaky_relu": lambda z: (z, 1) if z > 0 else (0.01 * z, 0.01),
    "elu": lambda z: (z, 1) if z > 0 else (math.expm1(z), math.exp(z)),
    "gelu": lambda z: (
        z * normal(z),
        normal(z) + z * math.exp(-z * z / 2) / math.sqrt(2 * math.pi),
    ),
    "silu": lambda z: (z * logistic(z), logistic(z) * (1 + z * (1 - logistic(z)))),
}
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(text):
    """What a person reads: −1.2×10⁻⁵, in either language."""
    plain = text.replace("−", "-").replace(",", ".")
    mantissa, _, power = plain.partition("×10")
    return float(mantissa) * 10.0 ** int(power.translate(DIGITS) or 0)


def rounding(value):
    """Four digits are shown, and three beside a power of ten."""
    return 6e-4 if abs(value) >= 1e-3 else 6e-3


def shown(page, activation):
    card = f'[data-activation="{activation}"]'
    return tuple(
        number(page.locator(f"{card} [data-of={name}]").inner_text())
        for name in ("value", "derivative")
    )


def open_functions(open_page, address="", wait=ALL_DRAWN, **options):
    page = open_page(f"functions.html{address}", ready=False, **options)
    page.wait_for_selector(wait)
    return page


def hover(page, activation, part):
    """Put the pointer over a card's picture, a part of its width from the left."""
    box = page.locator(f'[data-activation="{activation}"] svg.pane').first.bounding_box()
    page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)


def current_z(page):
    return float(page.get_attribute("#activations", "data-z"))


@pytest.mark.parametrize("part, over", [(0.3, "tanh"), (0.62, "elu"), (0.999, "linear")])
def test_one_pointer_shows_every_activation_at_its_z(open_page, part, over):
    page = open_functions(open_page, "#z=3")
    hover(page, over, part)
    page.wait_for_selector('#activations:not([data-z="3"])')
    z = current_z(page)
    assert z == pytest.approx(12 * part - 6, abs=0.05)
    assert number(page.inner_text("#z-value")) == z
    for activation, closed in CLOSED.items():
        value, slope = closed(z)
        found_value, found_slope = shown(page, activation)
        assert found_value == pytest.approx(value, rel=rounding(value), abs=1e-12), activation
        assert found_slope == pytest.approx(slope, rel=rounding(slope), abs=1e-12), activation
    # Pointing shows, pressing chooses.
    page.mouse.move(1, 1)
    page.wait_for_selector('#activations[data-z="3"]')
    hover(page, over, part)
    page.mouse.down()
    page.mouse.up()
    page.mouse.move(1, 1)
    address_of(page, z=f"{z:g}")
    assert current_z(page) == z


def test_the_slider_moves_z_by_the_keyboard(open_page):
    page = open_functions(open_page)
    page.focus("#z")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('#activations[data-z="1.05"]')
    assert shown(page, "tanh")[0] == pytest.approx(math.tanh(1.05), rel=6e-4)
    page.click("#z-zero")
    page.wait_for_selector('#activations[data-z="0"]')
    # What the server takes where there is no derivative.
    assert shown(page, "relu") == (0, 0)
    assert shown(page, "binary_step") == (1, 0)
    assert shown(page, "leaky_relu") == (0, 0.01)
    assert shown(page, "gelu") == (0, 0.5)


def test_a_number_redraws_its_card_and_no_other(open_page):
    page = open_functions(open_page, "#z=-1")

    def path(activation, name):
        return page.get_attribute(f'[data-activation="{activation}"] path.curve.{name}', "d")

    before, other = path("elu", "value"), path("leaky_relu", "value")
    revision = page.get_attribute("#activations", "data-revision")
    page.fill('[id="parameter-elu.alpha"]', "2.5")
    page.wait_for_selector(f'#activations:not([data-revision="{revision}"])')
    assert shown(page, "elu") == pytest.approx((2.5 * math.expm1(-1), 2.5 * math.exp(-1)), rel=6e-4)
    assert path("elu", "value") != before
    assert path("leaky_relu", "value") == other
    # A corner now: two dots say which slope is taken at 0.
    assert page.locator('[data-activation="elu"] .end').count() == 2
    page.focus('input.slider[data-parameter="elu.alpha"]')
    page.keyboard.press("Home")
    page.wait_for_selector('[data-activation="elu"] [data-of=derivative]:text-is("0")')
    address_of(page, **{"elu.alpha": 0})


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
            page.wait_for_function("document.documentElement.scrollHeight <= innerHeight")
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


def test_a_number_that_is_taken_back_before_the_answer_leaves_its_own_curve(open_page):
    page = open_functions(open_page, "#z=-1")
    curve = page.get_attribute('[data-activation="elu"] path.curve.value', "d")

    def hold(route):
        # Never answered: it is for the page to end it.
        if "1.5" not in route.request.url:
            route.continue_()

    page.route("**/activations/values**", hold)
    with page.expect_event("requestfailed", lambda request: "1.5" in request.url):
        page.fill('[id="parameter-elu.alpha"]', "1.5")
        page.click('[data-activation="elu"] .parameter button')
    assert page.input_value('[id="parameter-elu.alpha"]') == "1"
    # Another number's answer comes all the same.
    page.fill('[id="parameter-leaky_relu.slope"]', "0.5")
    page.wait_for_selector('[data-activation="leaky_relu"] [data-of=value]:text-is("−0.5")')
    assert page.get_attribute('[data-activation="elu"] path.curve.value', "d") == curve
    assert shown(page, "elu") == pytest.approx(CLOSED["elu"](-1), rel=6e-4)


def test_a_dragged_slider_asks_no_question_twice_and_none_that_is_stale(open_page):
    page = open_functions(open_page, "#z=-1")
    asked = []
    page.on("request", lambda one: asked.append(one) if "/values" in one.url else None)
    page.evaluate(
        """() => {
          const slider = document.querySelector('input.slider[data-parameter="elu.alpha"]');
          for (let i = 1; i <= 20; i += 1) {
            slider.value = Number(slider.max) * (0.5 + 0.025 * i);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    # ELU at −1 with the largest α, 3.
    page.wait_for_selector('[data-activation="elu"] [data-of=value]:text-is("−1.896")')
    # The first, and the last after its answer: what lay between was never the state.
    assert len(asked) == 2
    assert all("leaky_relu" not in one.url for one in asked)


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
