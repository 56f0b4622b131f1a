"""The lecture from its first scene to its last, by keys and a clicker, as it is seen from the back."""

import itertools

import pytest

from server.scenarios.catalog import SCENARIOS
from server.scenarios.scenario import Choices
from tests.browser.test_accessibility import serious
from tests.browser.test_presenter import SMALLEST

BACK_ROW = 23.9
"""24 px, less what a browser rounds off."""
TRAINED = 120_000
"""Milliseconds of patience: some scenes train a network."""

# What of the scene cannot be seen without scrolling.
CUT = """() => {
  const cut = (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
  return [...document.querySelectorAll(".scene-side, .scene-question, .cards, .trained-stage, html")]
    .filter((one) => one.clientHeight > 0 && cut(one))
    .map((one) => one.className || one.tagName);
}"""
# Moves the first knob of the scene as hands would.
MOVED = """() => {
  const [knob] = document.querySelectorAll("#scene-controls :is(input[type=range], select, input)");
  if (knob.type === "checkbox") return knob.click();
  if (knob.tagName === "SELECT") {
    knob.selectedIndex = (knob.selectedIndex + 1) % knob.options.length;
    return knob.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const up = Number(knob.value) < Number(knob.max || Infinity);
  knob.value = String(Number(knob.value) + (up ? 1 : -1));
  for (const kind of ["input", "change"]) knob.dispatchEvent(new Event(kind, { bubbles: true }));
}"""


def is_read_from_the_back(page, wrong, where):
    """All that is shown is large enough, and nothing of it is cut off."""
    size, text = page.evaluate(SMALLEST)
    if size < BACK_ROW:
        wrong.append((where, size, text))
    cut = page.evaluate(CUT)
    if cut:
        wrong.append((where, "cut", cut))


def opened(page, scene):
    page.wait_for_selector(f'body[data-scene="{scene.id}"][data-phase="question"] #scene-play')
    page.wait_for_function(
        "count => document.querySelectorAll('#scene-controls :is(input, select)').length >= count",
        arg=len(scene.controls),
    )


def play(page, scene):
    """Predict where a key does it, play, go to the end."""
    if isinstance(scene.answers, Choices):
        page.keyboard.press("1")
        page.keyboard.press("Space")
    else:
        page.keyboard.press("g")
    page.wait_for_selector('body[data-phase="shown"]')
    page.wait_for_function(
        "() => document.querySelector('#scene-play').dataset.does !== 'play'", timeout=TRAINED
    )


def explain(page):
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


def sections():
    """Scenes of a section are one lecture; its last one leads to the next section's first."""
    return [list(some) for _, some in itertools.groupby(SCENARIOS, lambda one: one.section)]


@pytest.mark.parametrize("scenes", sections(), ids=lambda some: f"section {some[0].section}")
def test_every_scene_is_held_by_keys_and_read_from_the_back_row(open_page, scenes):
    page = open_page(f"scene/{scenes[0].id}", ready=False)
    wrong = []
    for number, scene in enumerate(scenes):
        opened(page, scene)
        page.keyboard.press("p")
        page.wait_for_selector("html[data-presenting]")
        is_read_from_the_back(page, wrong, (scene.id, "asked"))
        play(page, scene)
        is_read_from_the_back(page, wrong, (scene.id, "played"))
        explain(page)
        is_read_from_the_back(page, wrong, (scene.id, "explained"))
        page.keyboard.press("p")
        page.wait_for_selector("html:not([data-presenting])")
        found = serious(page)
        if found:
            wrong.append((scene.id, found))
        page.evaluate(MOVED)
        page.wait_for_selector('body[data-changed="true"]')
        if number + 1 < len(scenes):
            page.keyboard.press("PageDown")
    if len(scenes) > 1:
        page.keyboard.press("PageUp")
        opened(page, scenes[-2])
    assert wrong == []
