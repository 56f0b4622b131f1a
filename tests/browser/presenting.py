"""A lecture on a projector: the window of the audience, and the smallest text that is shown."""

from tests.browser.ready import DRAWN

SMALLEST = """() => {
  const seen = [...document.querySelectorAll('body *')].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.closest('.for-screen-readers') &&
    [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  const scaled = (one) => {
    const { a, b } = one instanceof SVGElement ? one.getScreenCTM() : { a: 1, b: 0 };
    return Math.hypot(a, b);
  };
  const sizes = seen.map((one) =>
    [scaled(one) * parseFloat(getComputedStyle(one).fontSize), one.textContent]);
  return sizes.sort((one, other) => one[0] - other[0])[0];
}"""


def audience_of(page, ready=DRAWN):
    with page.context.expect_page() as found:
        page.keyboard.press("w")
    audience = found.value
    audience.wait_for_selector(ready)
    return audience
