"""Axe finds nothing serious on any view, in both themes and languages."""

from pathlib import Path

import pytest

from tests.browser.conftest import DRAWN
from tests.browser.test_functions import ALL_DRAWN, COMPARED
from tests.browser.test_maps_of_numbers import MAPPED
from tests.browser.test_scoreboard import READY as COMPARED_ALL
from tests.browser.test_signal import DRAWN as SIGNALLED

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
VIEWS = {
    "#surface=linear_regression": DRAWN,
    "signal.html": SIGNALLED,
    "signal.html#view=training": "#train",
    "#surface=rosenbrock&run=adam,pytorch&step=6&anatomy=all&effective=1": "#anatomy[data-step]",
    "functions.html": ALL_DRAWN,
    "lecture.html#write=1": "#course:not([hidden])",
    "functions.html#view=losses": COMPARED,
    "scoreboard.html#tags=data,deep&unknown=1&runs=sgd,adam&starts=2&steps=60": COMPARED_ALL,
    "scoreboard.html#tags=convex&formula=x^2%2B3y^2&run=sgd&run=adam,learning_rate:0.3&edit=2"
    "&starts=2&tuned=both&sort=area&order=1": COMPARED_ALL,
    "maps.html#detail=64": MAPPED,
    "maps.html#view=trainability&detail=64": MAPPED,
    "scene/momentum_in_a_ravine": ".scene-option",
    "scene/vanishing": "#scene-answers input",
    "scene/stored_jacobians": "#scene-answers input",
}
# What is wrong, where, and why: as short as a failing test can be read.
RUN = """async (within) => {
  const { violations } = await axe.run(within ?? document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, nodes }) => [impact, id,
    nodes.map(({ target, any, all }) =>
      [target.join(" "), [...any, ...all].map((one) => one.message)])]);
}"""


def serious(page, within=None):
    """What axe calls serious or critical on the page as it stands, or in a part of it."""
    if not page.evaluate("'axe' in window"):
        # As text, since the page's policy lets no other script in.
        page.evaluate(AXE.read_text())
    return [one for one in page.evaluate(RUN, within) if one[0] in SERIOUS]


@pytest.mark.parametrize("address", VIEWS)
def test_axe_finds_nothing_serious(open_page, address):
    page = open_page(address, ready=False)
    page.wait_for_selector(VIEWS[address])
    found = {"light, English": serious(page)}
    page.click("#theme-dark")
    page.click("#language-ru")
    page.wait_for_selector("html[lang=ru][data-theme=dark]")
    found["dark, Russian"] = serious(page)
    assert found == {"light, English": [], "dark, Russian": []}
