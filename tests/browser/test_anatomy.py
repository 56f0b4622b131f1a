"""The anatomy of a step and the effective rates, in a browser."""

import re

from playwright.sync_api import expect

from tests.browser.actions import address_of, next_picture, revision

# f = (x² + 10y²)/2 with α = 0.05, β = 0.5: from (1.9, 0.5) the gradient adds (−0.095, −0.25) and
# the velocity (−0.05, −0.25).
MOMENTUM = (
    "#surface=bowl&start=2,1&run=momentum,learning_rate:0.05,momentum:0.5&step=1&steps=20"
    "&view=1.4,2.2,-0.3,0.8"
)
MIDDLE_OF_VELOCITY = (1.9 - 0.095 - 0.025, 0.5 - 0.25 - 0.125)


def numbers(part):
    """Those of the column at the end of a part."""
    return [float(text.replace("−", "-")) for text in part.locator("mtd").all_text_contents()]


def place(page, x, y):
    """Where a point of the plane is on the page."""
    return page.evaluate(
        """([x, y]) => {
          const plot = document.querySelector("#plot");
          const { xaxis, yaxis } = plot._fullLayout;
          const box = plot.getBoundingClientRect();
          return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
        }""",
        [x, y],
    )


def test_one_key_puts_a_step_together_and_goes_on(open_page):
    page = open_page(MOMENTUM)
    expect(page.locator("#anatomy")).to_be_hidden()
    parts = page.locator("#anatomy .part")
    for count, role in enumerate(("gradient", "velocity", "step"), start=1):
        page.keyboard.press("a")
        expect(parts).to_have_count(count)
        expect(parts.last).to_have_attribute("data-role", role)
    assert [numbers(part) for part in parts.all()] == [
        [-0.095, -0.25],
        [-0.05, -0.25],
        [-0.145, -0.5],
    ]
    # v ← 0.5·(−0.1; −0.5) − 0.05·(1.9; 5), in numbers.
    told = page.locator("#anatomy .in-numbers").first.text_content()
    assert [float(one.replace("−", "-")) for one in re.findall(r"−?\d+\.?\d*", told)][:2] == [
        -0.145,
        -0.5,
    ]
    page.keyboard.press("a")
    page.wait_for_selector('#anatomy[data-step="3"]')
    expect(parts).to_have_count(1)
    assert address_of(page, pieces="1")["anatomy"] == ["selected"]
    page.keyboard.press("Shift+A")
    expect(page.locator("#anatomy")).to_be_hidden()


def test_a_part_lights_its_arrow_and_back(open_page):
    page = open_page(f"{MOMENTUM}&anatomy=selected")
    page.wait_for_selector('#anatomy[data-step="2"]')
    velocity = page.locator('#anatomy .part[data-role="velocity"]')
    canvas = "document.querySelector('#picture canvas.moving').toDataURL()"
    plain = page.evaluate(canvas)
    velocity.hover()
    page.wait_for_selector('#anatomy[data-lit="velocity"]')
    assert page.evaluate(canvas) != plain
    page.locator('#anatomy .part[data-role="gradient"]').focus()
    page.wait_for_selector('#anatomy[data-lit="gradient"]')
    page.mouse.move(*place(page, *MIDDLE_OF_VELOCITY))
    page.wait_for_selector('#anatomy[data-lit="velocity"]')
    shaded = velocity.evaluate("part => getComputedStyle(part).backgroundColor")
    page.mouse.move(*place(page, 1.5, 0.6))
    page.wait_for_selector('#anatomy[data-lit=""]')
    assert velocity.evaluate("part => getComputedStyle(part).backgroundColor") != shaded


def test_on_a_phone_the_formula_stands_below_the_picture(open_page):
    page = open_page(f"{MOMENTUM}&anatomy=selected", size=(390, 844))
    page.wait_for_selector('#anatomy[data-step="2"]')
    tops = [page.locator(f"#{one}").bounding_box()["y"] for one in ("picture", "anatomy", "truth")]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_adagrads_rate_dies_where_rmsprops_does_not(open_page):
    """On a plane α/√(k g²) falls twentyfold in 400 steps; RMSProp's tends to α/|g|."""
    page = open_page("#surface=formula&formula=x%2B2*y&run=adagrad&run=rmsprop&step=400&steps=400")
    expect(page.locator("#rates")).to_be_hidden()
    seen = revision(page)
    page.click("#show-effective")
    next_picture(page, seen)
    page.wait_for_selector("#rates:not([hidden]) .xy", state="attached")
    expect(page.locator("#show-effective")).to_have_attribute("aria-pressed", "true")
    kind, low, high = page.evaluate(
        """() => {
          const { type, range } = document.querySelector("#rate-plot")._fullLayout.yaxis;
          return [type, ...range];
        }"""
    )
    assert kind == "log"
    assert high - low > 1.3
    assert address_of(page, effective="1")["surface"] == ["formula"]
