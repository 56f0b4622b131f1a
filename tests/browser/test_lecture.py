"""The way in: the front page's offer, the gallery, a course that is written, kept and played."""

import json
from urllib.parse import quote

from playwright.sync_api import expect

from docs.thumbnails import FOLDER, LIST, MOST, THEMES
from server.scenarios.catalog import SCENARIOS
from server.settings import FRONTEND
from tests.browser.actions import FRONTEND as PAGE

CARDS = ".scene-card > a"
RAVINE = "momentum_in_a_ravine"


def address_of(*items, title=""):
    """The page with a course written out in its address."""
    file = {"steepest": "course", "version": 1, "title": title, "items": items}
    return f"lecture.html#course={quote(json.dumps(file))}"


def test_every_scene_has_its_pictures_and_none_is_left_over():
    listed = json.loads(LIST.read_text())
    assert list(listed) == [one.id for one in SCENARIOS], "run: python -m docs.thumbnails"
    names = [listed[one.id][theme] for one in SCENARIOS for theme in THEMES]
    assert sorted(names) == sorted(f"thumbnails/{path.name}" for path in FOLDER.glob("*"))
    sizes = {name: (FRONTEND / name).stat().st_size for name in names}
    assert max(sizes.values()) <= MOST, sizes


def test_the_gallery_is_searched_and_walked_by_keys(open_page):
    page = open_page("lecture.html", ready=False)
    cards = page.locator(CARDS)
    expect(cards).to_have_count(len(SCENARIOS))
    sections = sorted({one.section for one in SCENARIOS})
    assert page.locator(".part-number").all_inner_texts() == [str(one) for one in sections]
    assert page.evaluate("'Plotly' in window") is False
    page.wait_for_function(
        "() => [...document.querySelectorAll('.thumbnail img')].some((one) => one.naturalWidth)"
    )
    page.keyboard.press("/")
    # Of the other language, too.
    page.keyboard.type("импульс овраг")
    expect(cards).to_have_count(1)
    expect(page.locator(f".scene-card[data-scene={RAVINE}]")).to_be_visible()
    page.locator("#search").fill("")
    cards.first.focus()
    page.keyboard.press("ArrowRight")
    at = "[...document.querySelectorAll('.scene-card > a')].indexOf(document.activeElement)"
    assert page.evaluate(at) == 1
    page.keyboard.press("ArrowDown")
    below = page.evaluate(at)
    page.keyboard.press("ArrowUp")
    assert below > 1 and page.evaluate(at) == 1
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/scene/{SCENARIOS[0].id}")
    page.wait_for_selector("#scene:not([hidden])")


def test_a_picture_that_does_not_come_is_a_placeholder(open_page):
    open_page.expected = ("Failed to load resource",)
    page = open_page("healthz", ready=False)
    page.route("**/thumbnails/**", lambda route: route.abort())
    page.goto(page.url.replace("healthz", "lecture.html"))
    page.wait_for_selector(".thumbnail img.missing", state="attached")
    expect(page.locator(".thumbnail img.missing").first).to_be_hidden()
    expect(page.locator(".placeholder").first).to_be_visible()


def test_a_course_is_written_and_kept(open_page):
    page = open_page("lecture.html#write=1", ready=False)
    items = page.locator(".course-item .course-address")
    page.locator(".scene-card .icon-button").first.click()
    page.fill("#course-address", page.url.replace("lecture.html#write=1", "#surface=bowl&lang=ru"))
    page.keyboard.press("Enter")
    expect(items).to_have_count(2)
    assert items.nth(1).get_attribute("title") == "./#surface=bowl"
    page.fill("#course-address", "https://elsewhere.example/#surface=bowl")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.error")).to_contain_text("elsewhere.example")
    page.locator(".course-item textarea").nth(1).fill("<i>Ask first</i>")
    # Reordered by keys, and the keyboard stays with what moved.
    page.locator(".course-item .icon-button").last.focus()
    page.keyboard.press("Shift+ArrowUp")
    expect(items.first).to_have_attribute("title", "./#surface=bowl")
    assert "Bowl" in page.evaluate("document.activeElement.title")
    page.keyboard.press("Enter")
    expect(items).to_have_count(1)
    page.locator(".course-removed button").click()
    expect(items).to_have_count(2)
    # A closed tab loses nothing; texts stay texts.
    page.reload()
    expect(items).to_have_count(2)
    assert page.locator(".course-item textarea").first.input_value() == "<i>Ask first</i>"
    with page.expect_download() as download:
        page.click("#course-save")
    saved = json.loads(download.value.path().read_text())
    assert (saved["steepest"], saved["version"], len(saved["items"])) == ("course", 1, 2)
    page.click("#course-new")
    expect(items).to_have_count(0)
    page.set_input_files("#course-file", download.value.path())
    expect(items).to_have_count(2)
    page.evaluate("localStorage.clear()")


def test_a_hostile_course_says_what_is_wrong_and_where(open_page):
    address = address_of({"address": f"scene/{RAVINE}"}, {"address": "javascript:alert(1)"})
    page = open_page(address, ready=False)
    notice = page.locator(".notice.error")
    expect(notice).to_contain_text("Item 2")
    expect(notice).to_contain_text("javascript:alert(1)")
    expect(page.locator(".course-item")).to_have_count(0)


def test_a_course_is_played_in_its_own_order(open_page):
    first, last = SCENARIOS[-1].id, SCENARIOS[0].id
    laboratory = {"address": "./#surface=bowl&run=sgd&steps=30", "words": "Two words"}
    page = open_page(
        address_of({"address": f"scene/{first}"}, laboratory, {"address": f"scene/{last}"}),
        ready=False,
    )
    page.click("#course-play")
    page.wait_for_url(f"**/scene/{first}")
    page.wait_for_selector("#scene:not([hidden])")
    expect(page.locator(".scene-place")).to_have_text("1/3")
    page.keyboard.press("PageDown")
    page.wait_for_url("**/#surface=bowl**")
    expect(page.locator(".course-words")).to_contain_text("Two words")
    page.wait_for_selector('#picture[data-surface="bowl"]')
    page.keyboard.press("PageDown")
    page.wait_for_url(f"**/scene/{last}")
    expect(page.locator(".scene-place")).to_have_text("3/3")
    page.evaluate("localStorage.clear()")


def test_who_comes_without_an_address_is_offered_both(open_page):
    page = open_page("", reduced_motion="no-preference")
    welcome = page.locator("#welcome")
    expect(welcome).to_be_visible()
    # It plays by itself, again and again, and stays where it is read.
    page.wait_for_selector('#player[data-playing="true"]')
    page.click("#to-laboratory")
    expect(welcome).to_be_hidden()
    texts = json.loads((PAGE / "i18n/en.json").read_text())
    expect(page.get_by_text(texts["welcome.title"])).to_have_count(0)
    page.goto(page.url.split("#")[0])
    page.reload()
    expect(page.locator("#picture")).to_be_visible()
    expect(welcome).to_be_hidden()


def test_an_address_is_opened_without_an_offer_and_calm_readers_see_the_end(open_page):
    page = open_page("#surface=bowl&run=sgd&steps=20")
    expect(page.locator("#welcome")).to_be_hidden()
    calm = open_page("")
    expect(calm.locator("#welcome")).to_be_visible()
    calm.wait_for_selector('#player[data-playing="false"]')
    # Whatever is changed, the laboratory is taken.
    calm.select_option("#surface-picker", "beale")
    expect(calm.locator("#welcome")).to_be_hidden()
