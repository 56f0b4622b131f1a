"""One pointer for all activations, and numbers that redraw their card alone."""

import math

import pytest

from tests.browser.actions import address_of
from tests.browser.functions_page import current_z, logistic, open_functions, shown
from tests.browser.reading import number, rounding


def normal(z):
    return 0.5 * math.erfc(-z / math.sqrt(2))


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


def hover(page, activation, part):
    """Put the pointer over a card's picture, a part of its width from the left."""
    box = page.locator(f'[data-activation="{activation}"] svg.pane').first.bounding_box()
    page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)


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
