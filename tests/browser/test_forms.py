"""Fields keep the keyboard and what is typed in them; what a lecture changes comes first."""

import pytest
from playwright.sync_api import expect

from tests.browser.actions import address_of, next_picture, revision

RATE = "#parameter-learning_rate"


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.ariaLabel")


def test_the_keyboard_stays_where_it_is_through_every_update(open_page):
    page = open_page("#surface=bowl&edit=1")
    page.focus("#convention")
    seen = revision(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#runs .run-title").nth(0)).to_have_text("SGD · PyTorch")
    assert focused(page) == "convention"

    page.focus("#steps")
    page.fill("#steps", "300")
    seen = revision(page)
    page.keyboard.press("Enter")
    next_picture(page, seen)
    assert (focused(page), page.input_value("#steps")) == ("steps", "300")

    # A field that is left by pressing a button is read before the button is.
    page.fill("#steps", "200")
    page.click("#play")
    assert address_of(page, steps="200")

    box = page.locator("#runs li").nth(1).get_by_role("checkbox")
    box.focus()
    seen = revision(page)
    page.keyboard.press("Space")
    next_picture(page, seen)
    assert focused(page) == box.get_attribute("aria-label")
    assert not box.is_checked()

    # Another language in the middle of a number, which goes on as if nothing had been.
    page.fill(RATE, "")
    page.keyboard.type("0,0")
    page.evaluate("document.querySelector('#language-ru').click()")
    expect(page.locator("#editor .parameter-name").first).to_contain_text("Скорость обучения")
    assert (focused(page), page.input_value(RATE)) == (RATE[1:], "0,0")
    page.keyboard.type("3")
    assert address_of(page, run="sgd,pytorch,learning_rate:0.03")

    # The way back to the default goes when it is used; the keyboard stays beside it.
    page.locator("#editor .reset").first.press("Enter")
    assert focused(page) == RATE[1:]


def test_what_is_typed_is_not_overwritten_and_what_is_wrong_stays_and_is_told(open_page):
    page = open_page("#surface=bowl&edit=1&start=1,2&start=2,1")
    held = []
    page.route("**/api/v1/grid*", lambda route: held.append(route), times=1)
    page.fill("#parameter-condition_number", "100")
    page.wait_for_function("() => document.querySelector('#picture.waiting-grid')")
    other = page.locator("#runs .rate").nth(1)
    before = other.input_value()
    page.fill(RATE, "")
    page.keyboard.type("0,")
    held[0].continue_()
    # The answer has come: it moves the rates that nobody has chosen.
    expect(other).not_to_have_value(before)
    assert page.input_value(RATE) == "0,"
    assert page.get_attribute(RATE, "aria-invalid") == "true"
    assert "Accepted: from 1e-20 to 1e10" in page.inner_text(f"{RATE}-error")
    page.keyboard.type("05")
    assert page.inner_text(f"{RATE}-error") == ""
    assert address_of(page, run="sgd,learning_rate:0.05")
    # All digits count, however few are shown later.
    page.fill(RATE, "0.1234567891234")
    page.keyboard.press("Enter")
    assert address_of(page, run="sgd,learning_rate:0.1234567891234")

    # A wrong coordinate outlives what happens elsewhere, and is told where it is.
    field = page.locator('input[data-start="1"][data-axis="x"]')
    field.fill("two")
    field.press("Tab")
    seen = revision(page)
    page.locator("#runs li").nth(2).get_by_role("checkbox").uncheck()
    next_picture(page, seen)
    assert field.input_value() == "two"
    assert field.get_attribute("aria-invalid") == "true"
    assert "for example" in page.inner_text("#starts .field-error:not(:empty)")
    field.fill("1,5")
    field.press("Enter")
    assert address_of(page, selected=2)["start"] == ["1,2", "1.5,1"]

    # Delete removes the run whose row the keyboard is in: no start, and no other run.
    page.locator("#runs .run-name").nth(3).focus()
    page.keyboard.press("Delete")
    expect(page.locator("#runs .run-title")).to_have_text(
        ["SGD", "Momentum", "Nesterov", "RMSProp", "Adam"]
    )
    assert page.evaluate("document.activeElement.innerText.trim()") == "RMSProp"
    assert page.locator("#starts li").count() == 2


# What is cut: of texts and fields, those whose content is wider than they are.
CUT = """() => [...document.querySelectorAll(
    "#sidebar label, #sidebar .run-title, #sidebar summary span, #sidebar input.number, "
    + "#sidebar h2:not(.for-screen-readers), #sidebar .text-button, #sidebar .source")]
  .filter(one => one.checkVisibility() && one.clientWidth > 0)
  .filter(one => one.scrollWidth > one.clientWidth + 1)
  .map(one => `${one.className} ${one.value ?? one.innerText}`)"""
# Buttons and boxes that a finger would miss.
SMALL = """() => [...document.querySelectorAll("#sidebar button, #sidebar .box, #sidebar summary")]
  .filter(one => one.checkVisibility({ visibilityProperty: true }))
  .map(one => [one.getBoundingClientRect(), one.ariaLabel ?? one.innerText])
  .filter(([box]) => box.width < 24 || box.height < 24).map(([, name]) => name)"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_learning_rate_is_first_and_wide_and_nothing_is_cut(open_page, language):
    page = open_page(
        f"#surface=linear_regression&run=sgd,batch:5&run=adamw&steps=10000&lang={language}"
    )
    for width, height in [(1366, 768), (911, 512), (390, 844)]:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("width => innerWidth === width", arg=width)
        first = page.locator("#editor").locator("input, select, button").first
        assert first.evaluate("one => one.closest('[data-control]').dataset.control") == (
            "learning_rate"
        )
        card = page.locator("#editor").bounding_box()
        for slider in page.locator("#editor .slider >> visible=true").all():
            box = slider.bounding_box()
            assert box["width"] >= max(200, card["width"] - 30)
        assert page.input_value("#steps") == "10000"
        assert page.evaluate(CUT) == []
        assert page.evaluate(SMALL) == []
