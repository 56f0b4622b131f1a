"""What is round every page: header, keys, notices, layout; alike on all."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.actions import FRONTEND, at_step, fits, step
from tests.browser.ready import ALL_DRAWN, DRAWN, MAPPED, SIGNALLED

GALLERY = "#gallery:not([hidden])"
PAGES = {"": DRAWN, "signal.html": SIGNALLED, "functions.html": ALL_DRAWN, "lecture.html": GALLERY,
         "maps.html#detail=64": MAPPED}  # fmt: skip
WINDOWS = [(1366, 768), (1920, 1080), (1280, 720), (1024, 768), (911, 512), (820, 1180),
           (768, 1024), (390, 844), (360, 740)]  # fmt: skip


FIRST = """async (language) => {
  const html = await (await fetch(location.pathname)).text();
  const first = new DOMParser().parseFromString(html, "text/html");
  return [...first.querySelectorAll("nav.pages a")].map((link) => [
    new URL(link.getAttribute("href"), location.href).pathname,
    link.querySelector(`[lang=${language}]`).textContent,
  ]);
}"""


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_the_ways_on_are_the_same_before_code_and_after(open_page, locale):
    page = open_page("lecture.html", ready=False, locale=locale)
    page.wait_for_selector(GALLERY)
    after = page.locator("nav.pages a").evaluate_all(
        "links => links.map((one) => [new URL(one.href).pathname, one.textContent])"
    )
    assert len(after) == 6
    assert page.evaluate(FIRST, locale[:2]) == after


def test_what_is_typed_counts_before_what_is_clicked(open_page):
    page = open_page("#surface=bowl&run=sgd&steps=500&step=0")
    page.fill("#steps", "700")
    page.click("#forward")
    expect(page.locator("#total")).to_have_text("/ 700")
    at_step(page, 1)
    # The button lets go of the keyboard: space plays, and does not press it again.
    page.keyboard.press(" ")
    page.wait_for_selector('#player[data-playing="true"], #picture[data-step="700"]')


def test_the_whole_length_can_be_read(open_page):
    page = open_page("#surface=bowl&run=sgd&steps=10000&step=10000")
    at_step(page, 10000)
    for field in ("#step", "#total", "#steps"):
        wide, shown = page.locator(field).evaluate("one => [one.scrollWidth, one.clientWidth]")
        assert wide <= shown, field
    assert page.locator("#total").inner_text() == "/ 10,000"


def test_keys_act_by_where_the_focus_is(open_page):
    page = open_page("#surface=bowl&start=1,1&start=2,2&run=sgd&run=adam&steps=50&step=10")
    starts = page.locator("#starts li")
    page.locator("#runs .run-name").first.focus()
    page.keyboard.press("Delete")
    expect(page.locator("#runs .run-name")).to_have_count(1)
    assert starts.count() == 2
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Delete")
    expect(starts).to_have_count(1)
    # What scrolls has the arrows while it has the focus.
    page.evaluate(
        """() => {
          const formula = Object.assign(document.createElement("div"), { tabIndex: 0, id: "wide" });
          formula.style.cssText = "width: 50px; overflow-x: auto; white-space: nowrap";
          formula.textContent = "a formula that is wider than its place";
          document.querySelector("#editor").append(formula);
          formula.focus();
        }"""
    )
    at_step(page, 10)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.getElementById('wide').scrollLeft > 0")
    assert step(page) == 10


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_a_page_lists_its_keys(open_page, address, locale):
    page = open_page(address, ready=False, locale=locale)
    page.wait_for_selector("#keys-help")
    page.locator("body").press("?")
    dialog = page.locator("#keys")
    texts = json.loads((FRONTEND / f"i18n/{locale[:2]}.json").read_text())
    expect(dialog.get_by_role("heading")).to_have_text(texts["keys.title"])
    listed = dialog.locator("kbd").all_inner_texts()
    assert "?" in listed and "Z" in listed
    if address == "":
        assert "→" in listed
        # A key of the page does nothing under a dialog.
        before = step(page)
        page.keyboard.press("Home")
        assert step(page) == before
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_the_way_back_leads_to_where_a_page_was_left(open_page):
    page = open_page("#surface=beale&run=sgd&steps=40&step=7")
    at_step(page, 7)
    page.click("#large")
    page.wait_for_selector("html[data-large]")
    # With large type the tools of six pages' header are behind their button.
    page.click("#tools-open")
    page.click("#language-ru")
    page.keyboard.press("Escape")
    page.click(".pages a[href*='/functions.html']")
    page.wait_for_selector(ALL_DRAWN)
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.evaluate("'large' in document.documentElement.dataset")
    page.click("#view-losses")
    page.click("#tools-open")
    page.click("#language-en")
    page.keyboard.press("Escape")
    page.wait_for_url("**lang=en**")
    page.click(".pages a:nth-child(2)")
    page.wait_for_selector(f'{DRAWN}[data-surface="beale"][data-step="7"]')
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click(".pages a[href*='/functions.html']")
    page.wait_for_selector("#losses:not([hidden])")


def test_the_header_keeps_the_focus(open_page):
    page = open_page("#surface=bowl&run=sgd")
    # The first that Tab reaches leads past the header.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for button in ("theme-dark", "language-ru", "theme-light", "language-en"):
        page.locator(f"#{button}").focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#{button}")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("document.activeElement.id") == button
    # Where larger type puts the tools behind their button, that has it.
    page.locator("#large").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => ['large', 'tools-open'].includes(document.activeElement.id)")
    page.locator("#play").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('#player[data-playing="true"]')
    assert page.evaluate("document.activeElement.id") == "play"


@pytest.mark.parametrize("address", PAGES)
def test_every_window_is_filled_and_nothing_is_wider_than_it(open_page, address):
    page = open_page(address, ready=False)
    page.wait_for_selector(PAGES[address])
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        fits(page, width)
        small = page.evaluate(SMALL_TYPE)
        assert small == [], (width, height)
    if address:
        return
    sizes = {}
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        picture = page.locator("#picture").bounding_box()
        sizes[width] = body, picture["width"] * picture["height"] / (width * height)
        if width <= 1000:
            assert page.locator("#losses").bounding_box()["height"] >= 220
    assert 13.5 <= sizes[1366][0] <= 14.5 and 17.5 <= sizes[1920][0] <= 18.5
    assert all(share > 0.25 for _, share in sizes.values()), sizes


# Text that is drawn smaller than 12 pixels; of formulas only the letters that stand on the line.
SMALL_TYPE = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (!data.trim() || parent.closest("math, sub, sup, script, noscript, svg")) continue;
    if (!parent.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(parent).fontSize) < 11.99) small.push(data.trim());
  }
  return small;
}"""


def test_the_picture_stays_in_view_on_a_phone(open_page):
    page = open_page("#surface=bowl&run=sgd", size=(390, 844), has_touch=True)
    page.locator("#editor").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#editor').scrollIntoView({ block: 'center' })")
    picture, editor = (page.locator(one).bounding_box() for one in ("#picture", "#editor"))
    assert -1 <= picture["y"] < 5 and picture["height"] > 250
    assert page.locator("#play").bounding_box()["y"] < 844
    assert editor["y"] < 844
    # What is touched is as large as a fingertip.
    page.click("#tools-open")
    for button in page.locator(":is(#tools, #player) :is(button, a):visible").all():
        assert button.bounding_box()["height"] >= 40


def test_what_is_clicked_is_large_enough(open_page):
    page = open_page("#surface=bowl&run=sgd&run=adam")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, summary, a[href]")]
          .filter((one) => one.checkVisibility() && !one.closest(".skip-link, p, .source, td"))
          .map((one) => [one.id || one.className || one.textContent.trim(),
            Math.round(one.getBoundingClientRect().height)])
          .filter(([name, height]) => height < 24 && height > 0)"""
    )
    # A box has its room in a margin.
    assert [one for one in small if one[1] < 18] == []


def test_equal_notices_are_one_and_go_with_their_cause(open_page):
    open_page.expected = ("status of 500",)
    page = open_page("#surface=bowl&run=sgd")

    def fail(route):
        detail = {"loc": [], "msg": "no", "type": "server_error"}
        route.fulfill(status=500, json={"detail": [detail]})

    paths = re.compile(r"/api/v1/(grid|trajectories|probe)")
    page.route(paths, fail)
    with (
        page.expect_response(lambda one: "/grid" in one.url and one.status == 500),
        page.expect_response(lambda one: "/trajectories" in one.url and one.status == 500),
    ):
        page.select_option("#surface-picker", "beale")
    expect(page.locator(".notice.error")).to_have_count(1)
    page.unroute(paths, fail)
    # What stands there is in the language that is chosen now.
    page.click("#language-ru")
    expect(page.locator(".notice.error")).to_contain_text("Ошибка сервера")
    expect(page.locator(".notice.error")).to_have_count(1)
    # Nothing else has to be chosen: all that failed is asked once more.
    page.get_by_role("button", name="Повторить").click()
    page.wait_for_selector('#picture[data-surface="beale"]')
    expect(page.locator("#table tbody tr")).to_have_count(1)
    expect(page.locator(".notice")).to_have_count(0)


def test_colours_that_a_system_forces_leave_what_is_pressed_in_sight(open_page):
    page = open_page("#surface=bowl&run=sgd", forced_colors="active")
    shades = page.evaluate(
        """() => ["language-en", "language-ru"].map((id) =>
          getComputedStyle(document.getElementById(id)).backgroundColor)"""
    )
    assert shades[0] != shades[1]
