"""The lecturer of a hall asks, plays, shows what came out; phones and the second window follow."""

from playwright.sync_api import expect

from tests.browser.actions import pixels
from tests.browser.axe import serious
from tests.browser.phones import LANDSCAPE_DRAWN, PHONE
from tests.browser.presenting import audience_of

STILL = "#picture canvas.still"


def hall_of(lecturer):
    """The name of the hall that was opened on a page."""
    return lecturer.evaluate("() => JSON.parse(sessionStorage.getItem('steepest.hall')).hall")


def test_a_lecturer_asks_two_phones_plays_and_asks_again(open_page):
    lecturer = open_page("scene/momentum_in_a_ravine")
    lecturer.click("#hall-open")
    address = lecturer.locator(".hall-address").or_(lecturer.locator(".hall-unreachable"))
    expect(address).to_be_visible()
    name = hall_of(lecturer)
    expect(lecturer.locator("#hall-close")).to_be_visible()
    phones = [open_page(f"h/{name}", ready=False, size=PHONE, locale="en-US", is_mobile=mobile)
              for mobile in (True, False)]  # fmt: skip
    for phone, answer in zip(phones, ("Gradient descent", "Momentum"), strict=True):
        phone.get_by_role("button", name=answer).click()
    state = lecturer.locator(".hall-state")
    expect(state).to_have_text("2 answers so far")
    # Nobody is led by what the others say, unless the lecturer wants it.
    expect(lecturer.locator(".hall-bars")).to_have_count(0)
    lecturer.locator("#hall-visible").check()
    expect(lecturer.locator(".hall-count")).to_have_text(["1 (50 %)", "1 (50 %)", "0 (0 %)"])
    assert serious(lecturer) == []
    # To play closes the question.
    lecturer.locator(".scene-option").nth(1).click()
    lecturer.click("#scene-play")
    expect(state).to_have_text("Closed: 2 answers")
    expect(phones[0].locator("#status")).to_contain_text("No more answers")
    lecturer.click("#hall-show")
    expect(lecturer.locator(".hall-bars .right")).to_contain_text("Momentum")
    expect(phones[0].locator("#status")).to_contain_text("It came out: Momentum")
    lecturer.click("#hall-again")
    phones[0].get_by_role("button", name="Momentum").click()
    expect(state).to_have_text("1 answer so far")
    lecturer.locator("#hall-visible").check()
    expect(lecturer.locator(".hall-count").nth(1)).to_have_text("1 (100 %)")
    expect(lecturer.locator(".hall-bars small").first).to_have_text("before: 50 %")

    # The phone follows to the next scene, until it turns a knob itself.
    phones[0].click("#follow")
    bar = phones[0].locator(".following")
    expect(bar).to_contain_text("You follow the lecturer")
    lecturer.click("#scene-next")
    lecturer.wait_for_url(lambda url: "momentum_in_a_ravine" not in url)
    after = lecturer.evaluate("() => document.body.dataset.scene")
    wanted = "(after) => document.body.dataset.scene === after"
    phones[0].wait_for_function(wanted, arg=after)
    phones[0].locator("#scene-controls input[type=range]").first.press("ArrowRight")
    expect(bar).to_contain_text("You are on your own")
    lecturer.click("#scene-previous")
    lecturer.wait_for_url(lambda url: "momentum_in_a_ravine" in url)
    assert phones[0].evaluate(wanted, after)
    bar.get_by_role("button").click()
    phones[0].wait_for_function(wanted, arg="momentum_in_a_ravine")
    # Its second question, too, and from there back to the first.
    lecturer.locator(".scene-option").nth(1).click()
    lecturer.click("#scene-play")
    lecturer.wait_for_selector("body[data-phase=shown]")
    lecturer.keyboard.press("End")
    for _ in range(2):
        lecturer.wait_for_selector("#scene-verdict:visible, .scene-why:visible")
        lecturer.keyboard.press("n")
    lecturer.wait_for_selector("body[data-phase=transfer]")
    phones[0].wait_for_selector("body[data-phase=transfer]")
    asked = lecturer.locator("#scene-question").inner_text()
    expect(phones[0].locator("#scene-question")).to_have_text(asked)
    lecturer.keyboard.press("r")
    phones[0].wait_for_selector("body[data-phase=question]")


def test_a_question_of_ones_own_is_asked_counted_and_shown(open_page):
    lecturer = open_page("scene/momentum_in_a_ravine")
    lecturer.click("#hall-open")
    expect(lecturer.locator("#hall-close")).to_be_visible()
    name = hall_of(lecturer)
    lecturer.click(".hall-own summary")
    lecturer.get_by_label("Question", exact=True).fill("Is it convex?")
    lecturer.get_by_label("Choices, a line each").fill("Yes")
    lecturer.click("#hall-own-ask")
    expect(lecturer.locator(".hall-own [role=alert]")).to_contain_text("Two to six")
    assert serious(lecturer) == []
    lecturer.get_by_label("Choices, a line each").fill("Yes\n\nNo")
    lecturer.get_by_label("Which line is right").fill("2")
    lecturer.click("#hall-own-ask")
    phone = open_page(f"h/{name}", ready=False, size=PHONE, locale="ru-RU")
    expect(phone.locator("h1")).to_have_text("Is it convex?")
    phone.get_by_role("button", name="No").click()
    expect(lecturer.locator(".hall-state")).to_have_text("1 answer so far")
    lecturer.click("#hall-close")
    lecturer.click("#hall-show")
    expect(lecturer.locator(".hall-bars .right")).to_contain_text("No")
    expect(phone.locator("button.right")).to_have_text("No ✓")
    lecturer.click("#hall-again")
    expect(phone.locator("[aria-pressed=true]")).to_have_count(0)
    # The scene's own question is asked after it.
    lecturer.click("#hall-ask")
    expect(phone.locator("#answers button")).to_have_count(3)


def test_in_the_laboratory_a_tap_of_ones_own_is_on_the_picture_of_both_windows(open_page):
    scripts = []
    lecturer = open_page("#surface=himmelblau&step=3&lang=en")
    lecturer.on("request", lambda one: scripts.append(one.url))
    audience = audience_of(lecturer)
    lecturer.keyboard.press("h")
    card = lecturer.locator("#hall-dock")
    expect(card.locator(".hall-state")).to_have_text("Nothing is asked yet")
    name = hall_of(lecturer)
    shown = audience.locator("#hall-dock")
    way = shown.locator(".hall-address, .hall-unreachable")
    expect(way).to_be_visible()
    # Whoever never asks a question of one's own loads nothing of it.
    assert not any("/own" in url for url in scripts)
    lecturer.click(".hall-own summary")
    lecturer.get_by_label("Question", exact=True).fill("Which one is deepest?")
    lecturer.get_by_label("What is answered").select_option("tap")
    assert serious(lecturer) == []
    lecturer.click("#hall-own-ask")
    expect(shown.locator(".hall-question")).to_have_text("Which one is deepest?")
    phone = open_page(f"h/{name}", ready=False, size=PHONE, locale="en-US")
    phone.wait_for_function(LANDSCAPE_DRAWN)
    box = phone.locator("#landscape").bounding_box()
    phone.locator("#landscape").click(position={"x": box["width"] * 0.7, "y": box["height"] * 0.3})
    expect(shown.locator(".hall-state")).to_have_text("1 answer so far")
    marks = [pixels(one, STILL) for one in (lecturer, audience)]
    lecturer.click("#hall-close")
    expect(shown.locator(".hall-state")).to_have_text("Closed: 1 answer")
    expect(way).to_have_count(0)
    assert pixels(lecturer, STILL) > marks[0]
    assert pixels(audience, STILL) == marks[1]
    lecturer.click("#hall-show")
    audience.wait_for_selector(".legend .tap", state="attached")
    assert pixels(audience, STILL) > marks[1]
    # Of another surface they say nothing.
    lecturer.evaluate("location.hash = '#surface=bowl'")
    audience.wait_for_selector(".legend .tap", state="detached")
    lecturer.reload()
    expect(card.locator(".hall-question")).to_have_text("Which one is deepest?")
    lecturer.click("#hall-hide")
    expect(card).to_be_hidden()
    lecturer.keyboard.press("h")
    lecturer.click("#hall-leave")
    expect(shown).to_be_hidden()


def test_the_audience_sees_bars_only_once_they_are_shown(open_page):
    lecturer = open_page("scene/momentum_in_a_ravine")
    audience = audience_of(lecturer, "#picture[data-drawn]")
    lecturer.click("#hall-open")
    expect(lecturer.locator("#hall-close")).to_be_visible()
    name = hall_of(lecturer)
    shown = audience.locator("#hall")
    expect(shown.locator(".hall-address, .hall-unreachable")).to_be_visible()
    phone = open_page(f"h/{name}", ready=False, size=PHONE, locale="en-US")
    phone.get_by_role("button", name="Momentum").click()
    expect(shown.locator(".hall-state")).to_have_text("1 answer so far")
    assert audience.locator("#hall button").count() == 0
    lecturer.click("#hall-close")
    expect(shown.locator(".hall-state")).to_have_text("Closed: 1 answer")
    expect(lecturer.locator(".hall-bars")).to_be_visible()
    expect(audience.locator(".hall-bars, .hall-address, .hall-unreachable")).to_have_count(0)
    lecturer.keyboard.press("g")
    lecturer.click("#hall-show")
    expect(audience.locator(".hall-bars .right")).to_contain_text("Momentum")
    lecturer.click("#hall-leave")
    expect(shown).to_be_hidden()
