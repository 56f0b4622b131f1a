"""A scene asks, hides what answers it, plays, judges, explains, and asks once more."""

import re

from playwright.sync_api import expect

from tests.browser.actions import pixels
from tests.browser.ready import ALL_DRAWN

QUESTION = "#scene-question"
PLAY = "#scene-play"
RAVINE = "scene/momentum_in_a_ravine"
MOVING = "#picture canvas"


def phase(page, name):
    page.wait_for_selector(f'body[data-phase="{name}"]')


def verdict(page, word):
    page.wait_for_selector(f'#scene-verdict[data-verdict="{word}"]:not([hidden])')


def open_scene(open_page, scene, **options):
    """On Descent its landscape is drawn."""
    page = open_page(f"scene/{scene}", ready=False, **options)
    page.wait_for_selector(f'body[data-scene="{scene}"] #scene-controls')
    return page


def trails(page):
    """How many pixels each canvas of the picture has painted."""
    count = page.locator(MOVING).count()
    return [pixels(page, f"{MOVING} >> nth={n}") for n in range(count)]


def test_a_choice_is_predicted_played_judged_explained_and_asked_again(open_page):
    page = open_page(RAVINE)
    expect(page.locator(QUESTION)).to_contain_text("Who is at the bottom first?")
    expect(page.locator("#sidebar, #table, .pages").first).to_be_hidden()
    asked = trails(page)
    # Nothing is played before there is an answer, and nothing can be read off.
    page.keyboard.press("Space")
    phase(page, "question")
    expect(page.locator("#scene-said")).to_have_text("Answer first")
    assert page.locator("#table tbody tr").count() == 0
    expect(page.locator("#player")).to_be_hidden()
    page.keyboard.press("1")
    expect(page.locator('[data-option="0"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Space")
    phase(page, "shown")
    verdict(page, "wrong")
    assert sum(trails(page)) > sum(asked)
    expect(page.locator("#scene-verdict")).to_contain_text("You said: Gradient descent.")
    expect(page.locator("#scene-verdict")).to_contain_text("It is: Momentum.")
    expect(page.locator("#scene-said")).to_contain_text("Not so.")
    page.wait_for_url(re.compile(r"/scene/momentum_in_a_ravine#phase=shown&answer=0$"))
    # The one button goes on and keeps the keyboard.
    page.focus(PLAY)
    page.keyboard.press("Enter")
    expect(page.locator("#scene-why")).to_contain_text("the velocity")
    page.keyboard.press("Enter")
    phase(page, "transfer")
    expect(page.locator(QUESTION)).to_contain_text("nearly round bowl")
    assert page.evaluate("document.activeElement.id") == "scene-play"
    page.click('[data-option="0"]')
    page.click(PLAY)
    phase(page, "done")
    verdict(page, "right")
    page.wait_for_url(re.compile("phase=done&answer=0$"))
    page.reload()
    verdict(page, "right")


def test_a_scene_changed_by_hand_says_so_and_all_controls_lead_there_and_back(open_page):
    page = open_page(RAVINE)
    page.wait_for_selector('body[data-changed="false"]')
    page.keyboard.press("g")
    verdict(page, "none")
    momentum = page.locator("[id='parameter-scene.run.1.momentum']")
    momentum.fill("0.5")
    page.wait_for_selector('body[data-changed="true"]')
    page.wait_for_url(re.compile("momentum:0.5"))
    page.click("#scene-all")
    page.wait_for_selector("body:not([data-scene])")
    expect(page.locator("#table tbody tr")).to_have_count(2)
    page.wait_for_url(re.compile(r"/#surface=bowl.*momentum:0.5.*from=momentum_in_a_ravine"))
    page.reload()
    page.click("#scene-back")
    page.wait_for_selector('body[data-scene="momentum_in_a_ravine"][data-changed="true"]')
    page.click("#scene-reset")
    page.wait_for_selector('body[data-changed="false"]')
    expect(momentum).to_have_value("0.9")
    page.go_back()
    page.wait_for_selector("body:not([data-scene])")
    page.go_forward()
    page.wait_for_selector('body[data-scene="momentum_in_a_ravine"]')


def test_a_tap_is_marked_and_measured_by_pointer_and_by_keyboard(open_page):
    page = open_page("scene/two_basins")
    start = page.url
    box = page.locator("#picture").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.5)
    page.wait_for_url(re.compile(r"#answer=-?[\d.]+,-?[\d.]+$"))
    page.focus("#scene-cross")
    before = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_function("url => location.href !== url", arg=before)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "scene-play"
    page.keyboard.press("Enter")
    page.wait_for_selector("#scene-verdict:not([hidden])")
    expect(page.locator("#scene-verdict")).to_contain_text(re.compile(r"Missed by \d"))
    assert start.endswith("scene/two_basins")


def test_a_number_is_guessed_and_compared(open_page):
    page = open_page("scene/convex_and_not")
    expect(page.locator(PLAY)).to_have_attribute("aria-disabled", "true")
    page.fill("#scene-number", "2")
    page.wait_for_url(re.compile("#answer=2$"))
    page.click(PLAY)
    page.wait_for_selector("#scene-verdict:not([hidden])")
    expect(page.locator("#scene-verdict")).to_contain_text("You said: 2")
    expect(page.locator("#scene-verdict")).to_contain_text("It is:")


def test_arrows_and_clickers_lead_to_the_neighbours_across_pages(open_page):
    page = open_scene(open_page, "activation_slopes")
    page.wait_for_selector(ALL_DRAWN)
    slopes = page.locator("[data-activation=sigmoid] .curve.derivative")
    expect(slopes).to_be_hidden()
    page.keyboard.press("g")
    expect(slopes).to_be_visible()
    page.keyboard.press("PageUp")
    page.wait_for_selector('body[data-scene="one_neuron_two_starts"] #scene-controls')
    page.keyboard.press("ArrowRight")
    page.wait_for_selector('body[data-scene="activation_slopes"][data-phase="question"]')
    # A slider keeps its keys.
    page.focus("#scene-controls input[type=range]")
    page.keyboard.press("PageUp")
    page.wait_for_selector('body[data-changed="true"][data-scene="activation_slopes"]')
    page.go_back()
    page.wait_for_selector('body[data-scene="one_neuron_two_starts"]')


def test_a_training_is_shown_once_it_is_predicted(open_page):
    page = open_scene(open_page, "universal_approximation")
    assert page.get_attribute("#training", "data-state") == "idle"
    page.keyboard.press("g")
    page.wait_for_selector('#training[data-state="done"]', timeout=90_000)
    page.wait_for_selector("#scene-verdict:not([hidden])")


def test_the_keys_of_a_scene_are_listed_in_a_scene_alone(open_page):
    page = open_page(RAVINE)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Next scene")
    expect(page.locator("#keys")).to_contain_text("PageDown")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_selector("body:not([data-scene])")
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_contain_text("Next scene")


def test_an_unknown_scene_names_the_nearest(open_page):
    open_page.expected = ("404",)
    page = open_page("scene/momentum_in_ravine", ready=False, locale="ru-RU")
    page.click("text=Импульс в овраге")
    page.wait_for_selector('body[data-scene="momentum_in_a_ravine"]')
