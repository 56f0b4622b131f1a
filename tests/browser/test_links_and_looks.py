"""Links, languages, themes and layout, in a real browser."""

import re
import urllib.parse

import pytest
from playwright.sync_api import expect

from tests.browser.actions import PICTURE, SIZES, address_of, at_step, final_losses, fits, fragment


def test_every_surface_can_be_picked_and_drawn(open_page, server):
    page = open_page()
    for surface in page.request.get(f"{server}/api/v1/surfaces").json():
        page.select_option("#surface-picker", surface["id"])
        page.wait_for_selector(f'{PICTURE}[data-surface="{surface["id"]}"]')
        assert page.locator("#picture .contour").count() == 1
        # One that only tells of waiting goes with the answer.
        expect(page.locator(".notice")).to_have_count(0)


def test_a_link_restores_the_whole_state(open_page):
    address = (
        "#surface=bowl&condition_number=50&start=-3,1&start=2,2&selected=2"
        "&run=adam,pytorch,learning_rate:0.2,color:5&run=sgd,learning_rate:0.01,color:0,off"
        "&run=nesterov,momentum:0.5,color:2,label:mine&edit=3&steps=200&precision=float32"
        "&view=-4,4,-4.9,4.9&step=77&speed=2&loop=1&lang=ru&theme=dark"
    )
    page = open_page(address)
    at_step(page, 77)
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.input_value("#parameter-condition_number") == "50"
    assert page.locator("#starts li").count() == 2
    names = page.locator("#runs .run-name").all_inner_texts()
    assert names == ["Adam · PyTorch", "SGD", "mine"]
    assert page.input_value("#parameter-momentum") == "0,5"
    assert page.input_value("#steps") == "200"
    assert page.is_checked("#float32")
    assert page.input_value("#speed") == "2"
    assert page.locator("#table tbody tr").count() == 2
    losses = final_losses(page)
    page.click("#forward")
    written = address_of(page, step=78)
    again = open_page(f"#{urllib.parse.urlsplit(page.url).fragment}")
    at_step(again, 78)
    assert final_losses(again) == losses
    assert fragment(again) == written


def test_a_broken_link_is_explained_and_the_rest_used(open_page):
    page = open_page(
        "#surface=bowl&condition_number=-1&start=1,x&run=adam,beta1:7&run=nosuch&steps=0"
    )
    notice = page.locator('.notice[data-kind="address"]').inner_text()
    for wrong in ("condition_number=-1", "start=1,x", "adam,beta1:7", "nosuch", "steps=0"):
        assert wrong in notice
    assert page.locator("#runs .run-name").all_inner_texts() == ["Adam"]
    assert page.get_attribute(PICTURE, "data-surface") == "bowl"


def test_the_copied_link_is_the_address(open_page):
    page = open_page("#surface=beale", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy-link")
    page.wait_for_selector(".notice.flash")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    assert "surface=beale" in copied and "run=sgd" in copied


@pytest.mark.parametrize("locale, word", [("ru-RU", "Оптимизаторы"), ("en-GB", "Optimizers"),
                                          ("de-DE", "Optimizers")])  # fmt: skip
def test_language_comes_from_the_browser(open_page, locale, word):
    assert open_page(locale=locale).locator("#runs h2").inner_text() == word


def test_language_switches_every_text(open_page):
    page = open_page("#surface=saddle")
    page.click("#language-ru")
    page.wait_for_selector("#runs h2 >> text=Оптимизаторы")
    page.wait_for_selector("#picture:not(.waiting-grid)")
    assert page.title() == "Седло · Steepest"
    page.wait_for_selector("#plot >> text=потери")
    allowed = re.compile(
        r"SGD|Ada[A-Za-z]+|AMSGrad|[NR]Adam|RMSProp|Yogi|Lion|Rprop|NovoGrad|Prodigy|Sophia|L-BFGS"
        r"|Steepest|API|EN|RU|float32|Keras|Optax|PyTorch|f|x|y|[αβγεvGgκ]"
    )
    texts = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) {
            const { parentElement: parent, data } = walker.currentNode;
            if (!parent.closest("math, script, noscript, .source") && data.trim()) {
              texts.push(data.trim());
            }
          }
          return texts;
        }"""
    )
    english = [text for text in texts if re.search("[A-Za-z]{2}", allowed.sub("", text))]
    assert english == []
    page.click("#language-en")
    page.wait_for_selector("text=Optimizers")


@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_nothing_overflows(open_page, locale):
    page = open_page("#surface=himmelblau", locale=locale)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        fits(page, width)
        table = page.locator("#table")
        wide, shown = table.evaluate("table => [table.scrollWidth, table.clientWidth]")
        assert wide <= shown or width < 500
        if width > 760:
            page.wait_for_function("() => document.documentElement.scrollHeight <= innerHeight")
            for selector in (
                "#player #loop",
                "#table tbody tr:last-child",
                "#header :is(#copy-link, #tools-open):visible",
            ):
                box = page.locator(selector).bounding_box()
                assert box["x"] + box["width"] <= width
                assert box["y"] + box["height"] <= height


def test_axes_have_one_scale(open_page):
    page = open_page("#surface=branin")
    width, height = page.evaluate(
        """() => {
          const { xaxis, yaxis } = document.querySelector("#plot")._fullLayout;
          return [xaxis._length / (xaxis.range[1] - xaxis.range[0]),
                  yaxis._length / (yaxis.range[1] - yaxis.range[0])];
        }"""
    )
    assert width == pytest.approx(height, rel=1e-6)


def test_themes(open_page):
    light = open_page(color_scheme="light")
    dark = open_page(color_scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert light.evaluate(ground) != dark.evaluate(ground)
    light.click("#theme-dark")
    light.wait_for_selector('html[data-theme="dark"]')
    assert light.evaluate(ground) == dark.evaluate(ground)


def test_docs_open_without_internet(open_page):
    page = open_page("docs", ready=False)
    page.wait_for_selector("text=Walk up to 16 runs")
