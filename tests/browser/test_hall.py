"""Phones in a hall: what they are shown and may do, on a real server, in two languages at once."""

import json
import re
import urllib.request
from pathlib import Path
from subprocess import run

import pytest
from playwright.sync_api import expect

from tests.browser.actions import pixels
from tests.browser.test_accessibility import serious
from tests.browser.test_presenter import audience_of

ROOT = Path(__file__).parents[2]
PHONE = (390, 844)
CHOICES = {
    "question": {"en": "Who is first?", "ru": "Кто первый?"},
    "answers": {
        "kind": "choices",
        "options": [{"en": "Momentum", "ru": "Импульс"}, {"en": "Adam", "ru": "Adam"}],
        "right": 1,
    },
}
TAP = {
    "question": {"en": "Where does it end?", "ru": "Где остановится?"},
    "answers": {"kind": "tap", "surface": "rosenbrock", "right": [1, 1]},
}
NUMBER = {
    "question": {"en": "How many steps?", "ru": "Сколько шагов?"},
    "answers": {"kind": "number", "low": 1, "high": 1000, "scale": "log", "right": 120},
}
DRAWN = "() => document.getElementById('landscape')?.width === 480"
"""Its own size says that the landscape has been drawn."""
STILL = "#picture canvas.still"
MOST = 40_000
"""Bytes of the whole page of a phone."""


class Hall:
    """A lecturer, by the API alone."""

    def __init__(self, server):
        self.halls = f"{server}/api/v1/halls"
        self.key = ""
        opened = self.post("", {})
        self.name, self.key = opened["hall"], opened["key"]

    def post(self, path, body):
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        request = urllib.request.Request(self.halls + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def steer(self, what, **body):
        return self.post(f"/{self.name}/{what}", body)

    def counted(self, enough):
        """The first counts that are enough: they are told four times a second at most."""
        address = f"{self.halls}/{self.name}/events"
        with urllib.request.urlopen(address, timeout=20) as events:
            event = ""
            for line in events:
                text = line.decode().strip()
                if text.startswith("event: "):
                    event = text.removeprefix("event: ")
                elif text and event == "counts":
                    counts = json.loads(text.removeprefix("data: "))
                    if enough(counts):
                        return counts
        raise AssertionError("the hall ended")


@pytest.fixture
def hall(server):
    return Hall(server)


def status(page):
    return page.locator("#status")


def test_phones_answer_change_and_see_what_came_out(hall, open_page):
    english = open_page(f"h/{hall.name}", ready=False, size=PHONE)
    russian = open_page(f"h/{hall.name}", ready=False, size=PHONE, locale="ru-RU")
    expect(status(english)).to_have_text("The lecturer will ask in a moment.")
    hall.steer("questions", **CHOICES)
    expect(english.locator("h1")).to_have_text("Who is first?")
    expect(russian.locator("h1")).to_have_text("Кто первый?")
    russian.get_by_text("Импульс").click()
    english.get_by_text("Momentum").click()
    english.get_by_text("Adam").click()
    expect(status(english)).to_contain_text("Counted")
    expect(status(russian)).to_contain_text("принят")
    hall.counted(lambda counts: counts["choices"] == [1, 1])
    # A phone that is turned off and on again is the same phone.
    english.reload()
    expect(english.locator("[aria-pressed=true]")).to_have_text("Adam")
    expect(status(english)).to_contain_text("Counted")
    hall.counted(lambda counts: counts["choices"] == [1, 1])
    english.locator("#language").click()
    expect(english.locator("h1")).to_have_text("Кто первый?")
    english.locator("#language").click()

    hall.steer("close")
    expect(english.locator("#answers button").first).to_be_disabled()
    expect(status(english)).to_contain_text("No more answers")
    hall.steer("show")
    expect(status(english)).to_have_text("You answered: Adam. It came out: Adam.")
    expect(russian.locator("button.right")).to_have_text("Adam ✓")
    hall.steer("again")
    expect(english.locator("[aria-pressed=true]")).to_have_count(0)


def test_a_tap_and_a_number(hall, open_page):
    page = open_page(f"h/{hall.name}", ready=False, size=PHONE)
    hall.steer("questions", **TAP)
    canvas = page.locator("#landscape")
    page.wait_for_function(DRAWN)
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] / 4, "y": box["height"] / 4})
    expect(status(page)).to_contain_text("Counted")
    [[x, y]] = hall.counted(lambda counts: counts["count"] == 1)["taps"]
    # Rosenbrock's picture is [-2, 2] x [-1, 3]: a quarter from the left, a quarter from above.
    assert (x, y) == pytest.approx((-1, 2), abs=0.03)
    page.get_by_label("x", exact=True).press("End")
    expect(status(page)).to_contain_text("Counted")
    hall.steer("show")
    expect(status(page)).to_contain_text("It came out: (1; 1)")
    hall.steer("questions", **NUMBER)
    page.get_by_label("Your answer").last.fill("77")
    page.get_by_role("button", name="Answer").click()
    expect(status(page)).to_contain_text("Counted")
    hall.counted(lambda counts: counts.get("numbers") == [77])


def test_a_hall_that_is_not_there_and_one_to_type(hall, open_page):
    open_page.expected = ("status of 404",)
    page = open_page("h/nonsuch", ready=False, size=PHONE)
    expect(status(page)).to_contain_text("There is no such hall")
    page = open_page("hall.html", ready=False, size=PHONE)
    page.get_by_role("textbox").fill(f" {hall.name.upper()} ")
    page.get_by_role("button", name="Enter").click()
    page.wait_for_url(re.compile(f"/h/{hall.name}$"))


def test_an_answer_given_without_a_connection_is_sent_later(hall, open_page):
    open_page.expected = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    hall.steer("questions", **CHOICES)
    page = open_page(f"h/{hall.name}", ready=False, size=PHONE)
    page.wait_for_selector("#answers button")
    page.context.set_offline(True)
    page.get_by_text("Adam").click()
    expect(status(page)).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(status(page)).to_contain_text("Counted")
    hall.counted(lambda counts: counts["choices"] == [0, 1])


def test_the_whole_page_takes_40_kilobytes(hall, browser, server):
    """As it is without any compression, the landscape that is tapped among it."""
    hall.steer("questions", **TAP)
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, extra_http_headers={"Accept-Encoding": "identity"}
    )
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{server}/h/{hall.name}")
    page.wait_for_function(DRAWN)
    sizes = {one.url: len(one.body()) for one in answers if "/events" not in one.url}
    assert any("/grid?" in url for url in sizes) and len(sizes) >= 6
    assert sum(sizes.values()) <= MOST, sizes
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_a_phone(hall, open_page, scheme):
    page = open_page(f"h/{hall.name}", ready=False, size=PHONE, color_scheme=scheme)
    for asked in (CHOICES, TAP, NUMBER):
        hall.steer("questions", **asked)
        expect(page.locator("h1")).to_have_text(asked["question"]["en"])
        assert serious(page) == []
        for target in page.locator("button, input[type=number], input[type=range]").all():
            assert target.bounding_box()["height"] >= 44
    hall.steer("show")
    assert serious(page) == []


@pytest.mark.parametrize("script", ["texts", "landscape", "controls", "phone"])
def test_a_phone_of_2018_can_read_the_script(script):
    """What esbuild would write for ES2019 is what stands there: it has nothing to lower."""
    esbuild = next(ROOT.glob("node_modules/@esbuild/*/bin/esbuild"))
    source = ROOT / "frontend" / "phone" / f"{script}.js"
    as_is, lowered = (
        run([esbuild, source, f"--target={target}"], capture_output=True, check=True).stdout
        for target in ("esnext", "es2019")
    )
    assert lowered == as_is


def test_a_lecturer_asks_two_phones_plays_and_asks_again(open_page):
    lecturer = open_page("scene/momentum_in_a_ravine")
    lecturer.click("#hall-open")
    address = lecturer.locator(".hall-address").or_(lecturer.locator(".hall-unreachable"))
    expect(address).to_be_visible()
    name = lecturer.evaluate("() => JSON.parse(sessionStorage.getItem('steepest.hall')).hall")
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
    name = lecturer.evaluate("() => JSON.parse(sessionStorage.getItem('steepest.hall')).hall")
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
    name = lecturer.evaluate("() => JSON.parse(sessionStorage.getItem('steepest.hall')).hall")
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
    phone.wait_for_function(DRAWN)
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
    name = lecturer.evaluate("() => JSON.parse(sessionStorage.getItem('steepest.hall')).hall")
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
