"""The picture and its charts: what moves at once, what is read from the back row."""

import pytest

from tests.browser.actions import PICTURE, at_step, pixels

# Where the colours, the level lines and the numbers are, in pixels of the window and in units.
SEEN = """() => {
  const corner = (selector) => {
    const { x, y } = document.querySelector(selector).getBoundingClientRect();
    return [x, y];
  };
  const { xaxis, yaxis } = document.querySelector("#plot").layout;
  return { colours: corner("#picture .shades"), lines: corner("#picture .contour"),
           x: [...xaxis.range], y: [...yaxis.range] };
}"""


def test_a_pan_moves_all_that_is_seen_before_the_answer_comes(open_page):
    page = open_page("#surface=himmelblau&run=sgd&step=20")
    at_step(page, 20)
    before = page.evaluate(SEEN)
    trails = page.locator(f"{PICTURE} canvas.trails")
    painted = trails.evaluate("canvas => canvas.toDataURL()")
    held = []
    released = []

    def hold(route):
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/grid?*", hold)
    box = page.locator(PICTURE).bounding_box()
    at = box["x"] + 0.5 * box["width"], box["y"] + 0.6 * box["height"]
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 40, at[1] - 24, steps=4)
    page.wait_for_function(
        "x => document.querySelector('#plot').layout.xaxis.range[0] < x", arg=before["x"][0]
    )
    page.mouse.up()
    after = page.evaluate(SEEN)
    # No answer has come for any of it.
    for what in ("colours", "lines"):
        moved = [new - old for new, old in zip(after[what], before[what], strict=True)]
        assert moved == pytest.approx([40, -24], abs=1)
    # Both axes have one scale: what is dragged right and up shows more of the left and of the top.
    assert (before["x"][0] - after["x"][0]) / 40 == pytest.approx(
        (before["y"][0] - after["y"][0]) / 24, rel=0.02
    )
    assert trails.evaluate("canvas => canvas.toDataURL()") != painted
    # With the answers the same places are covered to the sides again.
    released.append(True)
    for route in held:
        route.continue_()
    page.wait_for_function(
        "([x, y]) => { const box = document.querySelector('#picture .shades')"
        ".getBoundingClientRect(); return Math.hypot(box.x - x, box.y - y) < 2; }",
        arg=before["colours"],
    )
    assert page.evaluate(SEEN)["x"] == pytest.approx(after["x"], rel=1e-3)


def test_only_the_main_button_moves_a_start(open_page):
    page = open_page("#surface=bowl")
    field = page.locator('input[data-start="0"][data-axis="x"]')
    before = field.input_value()
    box = page.locator(PICTURE).bounding_box()
    place = box["x"] + 0.6 * box["width"], box["y"] + 0.3 * box["height"]
    for button in ("right", "middle"):
        page.mouse.click(*place, button=button)
        assert field.input_value() == before
    page.mouse.click(*place)
    page.wait_for_function(
        """before => document.querySelector('input[data-start="0"][data-axis="x"]').value
          !== before""",
        arg=before,
    )


# Texts that reach beyond their panel, the sizes of all numbers, and the families of type.
TEXTS = """() => {
  const of = (section) => [...section.querySelectorAll(".plot text")];
  const all = ["#picture", "#losses"].flatMap((id) => {
    const section = document.querySelector(id);
    const box = section.getBoundingClientRect();
    return of(section).filter((text) => text.textContent).map((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return { text: text.textContent, size: getComputedStyle(text).fontSize,
               family: getComputedStyle(text).fontFamily,
               isNumber: Boolean(text.closest(".xtick, .ytick, .cbaxis")),
               isCut: left < box.left || right > box.right || top < box.top
                 || bottom > box.bottom };
    });
  });
  return { cut: all.filter(({ isCut }) => isCut).map(({ text }) => text), count: all.length,
           sizes: [...new Set(all.filter((one) => one.isNumber).map(({ size }) => size))],
           families: [...new Set(all.map(({ family }) => family))],
           page: getComputedStyle(document.body).fontFamily };
}"""


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_nothing_of_axes_is_cut_off_in_a_deep_zoom(open_page, size):
    page = open_page(
        "#surface=formula&formula=1e6%2B0.001*(x%5E2%2By%5E2)&start=2,1&run=sgd"
        "&view=0.9998,1.0002,-123.3337,-123.3333&scale=linear",
        size=size,
    )
    page.wait_for_selector("#plot .cbtitle text", state="attached")
    shown = page.evaluate(TEXTS)
    assert shown["count"] > 20
    assert shown["cut"] == []
    assert len(shown["sizes"]) == 1
    normal = [family.replace('"', "") for family in shown["families"]]
    assert normal == [shown["page"].replace('"', "")]
    # What the numbers leave out stands beside them.
    titles = page.locator("#plot").inner_text()
    assert "123.333" in titles


# How many pixels have a colour in the part of a canvas that lies right of a share of its width.
INKED = """([selector, colour, from]) => {
  const canvas = document.querySelector(selector);
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const left = Math.round(from * canvas.width);
  const { data } = canvas.getContext("2d").getImageData(left, 0, canvas.width - left,
                                                        canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) count += 1;
  }
  return count;
}"""
RUNS = {"light": ["#0072b2", "#d55e00", "#008a64"], "dark": ["#5bb8ee", "#ff8f45", "#2fd3a0"]}


@pytest.mark.parametrize("theme", RUNS)
def test_paths_and_curves_end_in_the_names_of_their_runs(open_page, theme):
    page = open_page(f"#surface=rosenbrock&run=sgd&run=momentum&run=nesterov&step=0&theme={theme}")
    at_step(page, 0)

    def inked(panel, colour, start):
        return page.evaluate(INKED, [f"{panel} canvas.moving", colour, start])

    heads = {colour: inked(PICTURE, colour, 0) for colour in RUNS[theme]}
    page.locator("#scrub").press("End")
    at_step(page, 500)
    # Right of the axes of the loss, where nothing else is drawn, each run has its name.
    frame = page.evaluate(
        "() => { const { margin, width } = document.querySelector('#loss-plot').layout;"
        " return 1 - (margin.r - 14) / width; }"
    )
    assert frame < 0.95
    for colour in RUNS[theme]:
        assert inked("#losses", colour, frame) > 20
    named = sum(inked(PICTURE, colour, 0) > heads[colour] + 40 for colour in RUNS[theme])
    assert named >= 2
    assert pixels(page, f"{PICTURE} canvas.still") > 0


def test_equal_curves_have_the_name_of_the_one_that_is_selected(open_page):
    runs = "&".join(f"run=sgd,color:{colour}" for colour in range(3))
    page = open_page(f"#surface=rosenbrock&{runs}&edit=3&theme=light&step=500")
    at_step(page, 500)
    edge = page.evaluate(
        "() => { const { margin, width } = document.querySelector('#loss-plot').layout;"
        " return 1 - (margin.r - 14) / width; }"
    )
    named = [page.evaluate(INKED, ["#losses canvas.moving", one, edge]) for one in RUNS["light"]]
    assert [count > 20 for count in named] == [False, False, True]
