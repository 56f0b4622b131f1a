"""The lecture from its first scene to its last, by keys and a clicker, as the back row sees it."""

import itertools

import pytest
from playwright.sync_api import Error

from server.scenarios.catalog import SCENARIOS
from server.scenarios.scenario import Choices
from tests.browser.axe import serious
from tests.browser.presenting import SMALLEST

BACK_ROW = 23.9
"""24 px, less what a browser rounds off."""
TRAINED = 120_000
"""Milliseconds of patience: some scenes train a network."""

# What of the scene cannot be seen without scrolling, or runs out of its place.
CUT = """() => {
  const cut = (one) =>
    one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
  return [...document.querySelectorAll(".scene-side, .cards, .trained-stage, .stage, html")]
    .filter((one) => one.clientHeight > 0 && cut(one))
    .map((one) => one.className || one.tagName);
}"""


def move(control):
    """A slider, a choice, a switch or a number, by one key."""
    sliders, choices, switches, numbers = (
        control.locator(f"{kind}:visible")
        for kind in ("input[type=range]", "select", "input[type=checkbox]", "input")
    )
    if sliders.count():
        is_last = sliders.first.evaluate("one => one.value === one.max")
        sliders.first.press("ArrowLeft" if is_last else "ArrowRight")
    elif choices.count():
        is_last = choices.first.evaluate("one => one.selectedIndex === one.length - 1")
        choices.first.press("ArrowUp" if is_last else "ArrowDown")
    elif switches.count():
        switches.first.press("Space")
    else:
        numbers.first.fill("0.25")
        numbers.first.press("Enter")


def every_control_changes_the_scene(page, scene):
    controls = page.locator("#scene-controls > [data-control]")
    for number in range(len(scene.controls)):
        move(controls.nth(number))
        page.wait_for_selector('body[data-changed="true"]')
        page.click("#scene-reset")
        page.wait_for_selector('body[data-changed="false"]')


def faults_from_the_back_row(page):
    """What is too small to be read, and what is cut off."""
    size, text = page.evaluate(SMALLEST)
    return [
        *([] if size >= BACK_ROW else [f"{size:.1f} px: {text}"]),
        *(f"cut off: {one}" for one in page.evaluate(CUT)),
    ]


def opened(page, scene):
    page.wait_for_selector(f'body[data-scene="{scene.id}"][data-phase="question"] #scene-play')
    page.wait_for_function(
        "count => document.querySelectorAll('#scene-controls > [data-control]').length === count",
        arg=len(scene.controls),
    )


def play(page, scene):
    """Predict, where there is a key for it, play, go to the end and ask why."""
    if isinstance(scene.answers, Choices):
        page.keyboard.press("1")
        page.keyboard.press("Space")
    else:
        page.keyboard.press("g")
    page.wait_for_selector('body[data-phase="shown"]')
    page.wait_for_selector(
        "#scene-play:is([data-does=to_end], [data-does=why])", state="attached", timeout=TRAINED
    )
    page.keyboard.press("n")
    page.wait_for_function(
        """() => document.body.dataset.phase === 'why' ||
          document.querySelector('#scene-play').dataset.does === 'why'""",
        timeout=TRAINED,
    )
    if page.get_attribute("body", "data-phase") != "why":
        page.keyboard.press("n")
    page.wait_for_selector('body[data-phase="why"]')


def faults_of(page, scene):
    """Hold one scene: turn its knobs, present it, predict, play, explain."""
    opened(page, scene)
    every_control_changes_the_scene(page, scene)
    page.keyboard.press("p")
    page.wait_for_selector("html[data-presenting]")
    asked = faults_from_the_back_row(page)
    play(page, scene)
    explained = faults_from_the_back_row(page)
    page.keyboard.press("p")
    page.wait_for_selector("html:not([data-presenting])")
    return [*asked, *explained, *serious(page, "main")]


def sections():
    """Scenes of a section are one lecture."""
    return [list(some) for _, some in itertools.groupby(SCENARIOS, lambda one: one.section)]


@pytest.mark.parametrize("scenes", sections(), ids=lambda some: f"section {some[0].section}")
def test_every_scene_is_held_by_keys_and_read_from_the_back_row(open_page, scenes):
    page = open_page(f"scene/{scenes[0].id}", ready=False)
    faults = {}
    for scene, following in itertools.pairwise([*scenes, None]):
        try:
            found = faults_of(page, scene)
        except Error as error:
            # The others shall be seen, too.
            found = [str(error).splitlines()[:4]]
        if found:
            faults[scene.id] = found
        if following:
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("PageDown")
    if len(scenes) > 1:
        page.keyboard.press("PageUp")
        opened(page, scenes[-2])
    assert faults == {}
