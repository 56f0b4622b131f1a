"""One number format on a Russian screen: decimal commas in texts, fields, formulas and ticks."""

import pytest

POINTS = """() => {
  const found = [];
  const look = (text, where) => {
    const words = text?.matchAll(/\\S*\\d\\.\\d\\S*/g) ?? [];
    for (const [word] of words) found.push(`${where}: ${word}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (!parentElement.closest("script, style")) look(data, parentElement.localName);
  }
  for (const one of document.querySelectorAll("*")) {
    for (const name of ["title", "aria-label"]) look(one.getAttribute(name), name);
    if (one.matches("input:not([type=range], [type=number])")) look(one.value, one.id);
  }
  return found;
}"""
COMMAS = "document.body.textContent.match(/\\d,\\d/g)?.length ?? 0"


@pytest.mark.parametrize(
    "address",
    [
        "#surface=matyas&run=adam&run=nesterov,learning_rate:0.05&edit=1&step=20&lang=ru",
        "signal.html#lang=ru",
        "functions.html#lang=ru",
    ],
)
def test_no_decimal_point_beside_a_decimal_comma(open_page, address):
    page = open_page(address, ready=address.startswith("#"))
    page.wait_for_function(f"() => ({COMMAS}) > 5")
    assert page.evaluate(POINTS) == []
    if address.startswith("functions"):
        ranges = page.locator("math", has_text="∞").all_text_contents()
        assert any("0,17;" in one.replace(" ", "") for one in ranges)


def test_both_marks_may_be_typed(open_page):
    page = open_page("#surface=bowl&run=sgd&lang=ru")
    field = page.locator("#parameter-learning_rate")
    for typed, shown, written in (("0.025", "0,025", "0.025"), ("0,05", "0,05", "0.05"),
                                  ("1×10⁻³", "0,001", "0.001")):  # fmt: skip
        field.fill(typed)
        field.press("Enter")
        field.blur()
        page.wait_for_url(lambda url, written=written: f"learning_rate:{written}" in url)
        assert field.input_value() == shown
