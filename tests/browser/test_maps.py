"""Maps that colour the picture, in a real browser: what they say is what paths do."""

import re
from pathlib import Path

import numpy as np
import pytest

from tests.browser.actions import PICTURE, address_of, asked, next_picture, revision, tiles
from tests.browser.axe import serious

HIMMELBLAU = (
    "#surface=himmelblau&run=sgd,learning_rate:0.005&steps=300&start=-0.2,1.1&ground=basins"
)
MINIMA = np.array([[3.0, 2.0], [-2.805118, 3.131312], [-3.77931, -3.283186], [3.584428, -1.848126]])
PAINTED = ":has(.mapped:not([data-painting]))"
WHOLE = f'{PICTURE}[data-map="basins"]{PAINTED}'
BESIDE = f'{PICTURE}[data-map="basins"].has-beside:not(:has(.beside-map[data-painting]))'


def mapped(page):
    """The map as it is painted, by row from the bottom, and what the axes say of its place."""
    shown = page.evaluate(
        """() => {
          const canvas = document.querySelector("#picture .mapped");
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          const { layout } = document.querySelector("#plot");
          const style = getComputedStyle(document.documentElement);
          const colors = [1, 2, 3, 4].map((k) => style.getPropertyValue(`--basin-${k}`).trim());
          return { width, height, pixels: [...data], x: layout.xaxis.range, y: layout.yaxis.range,
                   colors };
        }"""
    )
    pixels = np.array(shown["pixels"]).reshape(shown["height"], shown["width"], 4)[::-1, :, :3]
    base = np.array([[int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in shown["colors"]])
    # A colour may be brighter or darker by its steps: the nearest of those on the way to white and
    # to black.
    shades = np.concatenate(
        [base + (end - base) * share for end in (255, 0) for share in np.linspace(0, 0.4, 9)]
    ).reshape(-1, 4, 3)
    apart = np.abs(pixels[:, :, None, None] - shades).sum(axis=-1).min(axis=2)
    x = np.linspace(*shown["x"], shown["width"])
    y = np.linspace(*shown["y"], shown["height"])
    return x, y, apart.argmin(axis=-1)


def descended(x, y, rate=0.005, steps=300):
    """Which minimum gradient descent reaches on Himmelblau's function, by its own arithmetic."""
    for _ in range(steps):
        a, b = x * x + y - 11, x + y * y - 7
        x, y = x - rate * (4 * x * a + 2 * b), y - rate * (2 * a + 4 * y * b)
    apart = np.linalg.norm(np.stack([x, y], axis=-1)[..., None, :] - MINIMA, axis=-1)
    return np.where(apart.min(axis=-1) < 0.1, apart.argmin(axis=-1), -1)


def test_a_pixel_has_the_colour_of_the_minimum_where_its_path_ends(open_page):
    page = open_page(HIMMELBLAU)
    page.wait_for_selector(WHOLE)
    x, y, label = mapped(page)
    across, up = np.meshgrid(x, y)
    with np.errstate(all="ignore"):
        expected = descended(across, up)
    # Within the pixels of a border it is the last digit that decides.
    calm = np.ones_like(expected, bool)
    for axis in (0, 1):
        for by in (-1, 1):
            calm &= np.roll(expected, by, axis) == expected
    calm &= expected >= 0
    assert calm.mean() > 0.9
    assert (label[calm] == expected[calm]).mean() > 0.999
    shares = page.locator(".map-mark b").all_inner_texts()
    assert [int(text.rstrip("%")) for text in shares[:4]] == pytest.approx(
        [100 * (expected == k).mean() for k in range(4)], abs=1
    )


COUNT_AXES = """() => {
  window.axesDrawn = [];
  for (const name of ["react", "relayout"]) {
    const draw = Plotly[name];
    Plotly[name] = (...all) => {
      axesDrawn.push(name);
      return draw(...all);
    };
  }
}"""


def test_a_wheel_moves_the_axes_of_a_map_once_and_draws_no_bar_that_nobody_sees(open_page):
    page = open_page(HIMMELBLAU)
    page.wait_for_selector(WHOLE)
    page.wait_for_selector(f"{PICTURE}:not(.waiting-grid)")
    assert page.locator(".colorbar").count() == 0
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    range_of = "document.querySelector('#plot').layout.xaxis.range"
    low, high = page.evaluate(range_of)
    page.evaluate(COUNT_AXES)
    with page.expect_response("**/maps/basins*"), page.expect_response("**/grid?*"):
        page.mouse.wheel(0, -100)
    page.wait_for_selector(f"{WHOLE}:not(.waiting-grid)")
    nearer = page.evaluate(range_of)
    assert low < nearer[0] < nearer[1] < high
    assert page.evaluate("axesDrawn") == ["relayout"]
    page.click("#ground-loss")
    page.wait_for_selector(".colorbar")


def test_the_tooltip_tells_the_map_that_is_shown_and_no_place_under_a_control(open_page):
    page = open_page(HIMMELBLAU)
    page.wait_for_selector(WHOLE)
    box = page.locator(".picture-cursor").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator("#tooltip", has_text="Ends in").wait_for()
    page.dispatch_event("#ground-winner", "click")
    page.locator("#tooltip", has_text="First: SGD").wait_for()
    page.hover("#ground-winner")
    page.wait_for_selector("#tooltip", state="hidden")


def test_a_click_runs_the_path_from_there_and_keys_do_too(open_page):
    page = open_page(HIMMELBLAU)
    page.wait_for_selector(WHOLE)
    before = revision(page)
    box = page.locator(".picture-cursor").bounding_box()
    with page.expect_response("**/trajectories*") as found:
        page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.6 * box["height"])
    path = found.value.json()["runs"][0]["trajectories"][0]
    assert path["final"]["x"] == pytest.approx(3.584428, abs=0.01)
    next_picture(page, before)
    page.wait_for_function("() => !location.hash.includes('start=-0.2,1.1')")
    start = address_of(page, ground="basins")["start"][0].split(",")
    page.wait_for_selector(f'{PICTURE}[data-step="300"]')
    page.locator(".picture-cursor").focus()
    page.keyboard.press("ArrowLeft")
    assert "(" in page.inner_text(".map-said")
    before = revision(page)
    page.keyboard.press("Enter")
    next_picture(page, before)
    page.wait_for_function("start => !location.hash.includes(start)", arg=f"start={start[0]},")


def test_maps_side_by_side_are_an_address_and_can_be_taken_back(open_page):
    page = open_page("#surface=himmelblau&run=sgd&run=momentum&run=adam&steps=100")
    page.click("#ground-basins")
    page.wait_for_selector(WHOLE)
    page.select_option("#map-run", "beside")
    page.wait_for_selector(BESIDE)
    page.wait_for_function("document.querySelectorAll('.beside-cell').length === 3")
    assert {"ground", "beside"} <= address_of(page, beside="1").keys()
    assert serious(page) == []
    page.reload()
    page.wait_for_selector(BESIDE)
    drawn = page.evaluate(
        """() => [...document.querySelectorAll(".beside-map")].map((canvas) => {
          const { width, height } = canvas;
          return [...canvas.getContext("2d").getImageData(0, 0, width, height).data].join();
        })"""
    )
    assert len(set(drawn)) == 3
    page.click("#ground-winner")
    page.wait_for_selector(f'{PICTURE}[data-map="winner"]:not(.has-beside)', timeout=120_000)
    page.keyboard.press("Control+z")
    page.wait_for_selector(BESIDE)


def test_runs_that_are_first_together_are_named_together(open_page):
    # The same rule twice, and one that is slower from everywhere.
    runs = "run=sgd,learning_rate:0.1&run=momentum,learning_rate:0.1,momentum:0"
    page = open_page(f"#surface=bowl&{runs}&run=sgd,learning_rate:0.05&steps=400&step=0"
                     "&ground=winner")  # fmt: skip
    page.wait_for_selector(f'{PICTURE}[data-map="winner"]{PAINTED}', timeout=120_000)
    tied = page.locator('.map-mark[data-class="tied"]')
    # But for the start that is the minimum: there all three are at once.
    assert int(tied.locator("b").inner_text().rstrip("%")) >= 99
    names = page.locator(".map-mark > span").all_inner_texts()[:3]
    page.locator(".picture-cursor").focus()
    page.keyboard.press("ArrowRight")
    said = page.inner_text(".map-said")
    assert names[0] in said and names[1] in said and names[2] not in said.replace(names[0], "")


SINGLE = {
    # Beyond the limit of its minima, so that the last digit decides.
    "basins": "#surface=himmelblau&run=sgd,learning_rate:0.022&steps=200&ground=basins",
    "winner": "#surface=himmelblau&run=sgd,learning_rate:0.005&run=rmsprop&steps=300&ground=winner",
    "beside": "#surface=himmelblau&run=sgd,learning_rate:0.022&run=sgd,learning_rate:0.02"
    "&steps=200&ground=basins&beside=1",
}


@pytest.mark.parametrize("kind", SINGLE)
def test_a_map_says_how_many_of_its_checked_pixels_differ_in_double(open_page, kind):
    bodies = {}

    def hear(request):
        if "/api/v1/maps/" in request.url:
            bodies[str(asked(request))] = (request.url.split("?")[0], asked(request))

    page = open_page("#surface=himmelblau&steps=20")
    page.on("request", hear)
    page.evaluate("address => { location.hash = address; }", SINGLE[kind])
    page.wait_for_selector(BESIDE if kind == "beside" else f'{PICTURE}[data-map="{kind}"]{PAINTED}')
    answers = [page.request.post(url, data=body).json() for url, body in bodies.values()]
    assert len(answers) == (2 if kind == "beside" else 1)
    checked = sum(one["float32_checked"] for one in answers)
    unlike = sum(round(one["float32_checked"] * one["float32_unlike"]) for one in answers)
    said = page.locator(".picture-legend .map-single").inner_text()
    assert f"float32 differs in {unlike} of {checked:,} checked pixels" in said


def test_a_map_that_is_too_dear_says_how_many_steps_are_not(open_page):
    open_page.mistakes = True
    page = open_page(
        "#surface=formula&formula=sin(x)*exp(y)*sin(3*y)%2Bcos(x*y)%2Bexp(sin(x))&run=lbfgs"
        "&steps=10000&step=0&ground=basins"
    )
    offer = page.locator('.map-dear [data-fits="steps"]')
    offer.wait_for()
    # Once, in its place: nothing is said of it above the picture.
    assert page.locator('.notice[data-kind="map"]').count() == 0
    steps = int(re.sub(r"\D", "", offer.inner_text()))
    assert 1 <= steps < 10_000
    # What is pressed on it is not pressed on the picture under it.
    start = address_of(page, steps="10000")["start"]
    page.dblclick(".map-dear p")
    with page.expect_request("**/maps/basins*") as again:
        offer.press("Enter")
    assert asked(again.value)["steps"] == steps
    assert address_of(page, steps=steps)["start"] == start
    # The button is gone that had the focus; keys go on at the map.
    assert page.evaluate("document.activeElement.className") == "picture-cursor"
    page.click("#ground-loss")
    page.wait_for_selector(f"{PICTURE}:not([data-map])")


def test_another_rate_ends_the_map_that_is_not_wanted_any_more(open_page):
    # Some ten seconds of two cores: there is time to change one's mind.
    page = open_page("#surface=logistic_regression&run=adam&steps=150&step=0")
    before = tiles(page)
    with page.expect_request("**/maps/basins*") as first:
        page.click("#ground-basins")
    page.wait_for_selector(f'{PICTURE}[data-map="part"]')
    rate = page.locator("#runs input.number.rate")
    rate.fill("0.123")
    with (
        page.expect_request("**/maps/basins*") as second,
        page.expect_event("requestfailed", lambda one: one == first.value),
    ):
        rate.press("Enter")
    assert asked(second.value)["run"]["optimizer"]["learning_rate"] == 0.123
    assert asked(first.value) != asked(second.value)
    with page.expect_event("requestfailed", lambda one: one == second.value):
        page.click("#ground-loss")
    page.wait_for_selector(f"{PICTURE}:not([data-map])")
    # Nor does the server go on with either: together they are less than one that is whole.
    whole = asked(first.value)["nx"] * asked(first.value)["ny"] / 4096
    assert tiles(page) - before < whole


def test_readmes_example_of_maps_works_as_written(server):
    readme = Path(__file__).parents[2].joinpath("README.md").read_text()
    [code] = [
        block for block in re.findall(r"```python\n(.*?)```", readme, re.S) if "maps/" in block
    ]
    told = {}
    exec(code.replace("http://127.0.0.1:8000", server), told)
    assert len(told["basins"]["minima"]) == 4
    # Heavy ball on a bowl whose largest curvature is 10 stays where α < 2(1 + β)/10.
    stability = told["stability"]
    rate, momentum = (np.array(stability[axis]["values"]) for axis in "xy")
    apart = rate / (0.2 * (1 + momentum[:, None]))
    clear = (np.abs(apart - 1) > 0.05) & (momentum[:, None] < 0.9)
    assert (np.array(stability["diverged"])[clear] == (apart > 1)[clear]).all()
