"""Phones in a hall: what they are shown and may do, on a real server, in two languages at once."""

import json
import re
import urllib.request
from pathlib import Path
from subprocess import run

import pytest
from playwright.sync_api import expect

from tests.browser.axe import serious
from tests.browser.phones import LANDSCAPE_DRAWN, PHONE

ROOT = Path(__file__).parents[2]
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
    page.wait_for_function(LANDSCAPE_DRAWN)
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
    page.wait_for_function(LANDSCAPE_DRAWN)
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
