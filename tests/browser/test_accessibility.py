"""Axe finds nothing serious on any view, in both themes and languages."""

import pytest

from tests.browser.axe import serious
from tests.browser.ready import ALL_DRAWN, COMPARED, COMPARED_ALL, DRAWN, MAPPED, SIGNALLED

VIEWS = {
    "#surface=linear_regression": DRAWN,
    "signal.html": SIGNALLED,
    "signal.html#view=training": "#train",
    "#surface=rosenbrock&run=adam,pytorch&step=6&anatomy=all&effective=1": "#anatomy[data-step]",
    "functions.html": ALL_DRAWN,
    "lecture.html#write=1": "#course:not([hidden])",
    "functions.html#view=losses": COMPARED,
    "scoreboard.html#tags=data,deep&unknown=1&runs=sgd,adam&starts=2": COMPARED_ALL,
    "scoreboard.html#tags=convex&formula=x^2%2B3y^2&run=sgd&run=adam,learning_rate:0.3&edit=2"
    "&starts=2&tuned=both&sort=area&order=1": COMPARED_ALL,
    "maps.html#detail=64": MAPPED,
    "maps.html#view=trainability&detail=64": MAPPED,
    "scene/momentum_in_a_ravine": ".scene-option",
    "scene/vanishing": "#scene-answers input",
    "scene/stored_jacobians": "#scene-answers input",
}


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
