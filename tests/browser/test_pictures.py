"""What the picture says of heights, places and marks, in a real browser."""

import itertools

import pytest

from tests.browser.actions import PICTURE, address_of, at_step
from tests.browser.reading import number

MILLION = "#surface=formula&formula=1e6%2B0.001*(x%5E2%2By%5E2)&start=2,1&run=sgd"
ZOOM = "&view=-1e-4,1e-4,-1e-4,1e-4"


def plot(page, what):
    return page.evaluate(f"() => document.querySelector('#plot').{what}")


def marks(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('#legend .legend-mark')].map((m) => m.dataset.mark)"
    )


def test_a_deep_zoom_is_labelled_by_heights_that_differ(open_page):
    page = open_page(MILLION + ZOOM)
    texts = plot(page, "data[0].marker.colorbar.ticktext")
    assert len(texts) >= 6
    assert len(set(texts)) == len(texts)
    heights = [number(text) for text in texts]
    assert heights == sorted(heights)
    # The corners of the picture are highest, at 0.001 r².
    assert 0 < heights[0] < heights[-1] < 1e-3 * 2 * (2e-4) ** 2
    title = plot(page, "data[0].marker.colorbar.title.text")
    assert "f₀ = 1×10⁶" in title and "gradient" in title
    # Its lines are rings and arcs, not a disc of rounding.
    path = page.locator("#picture .contour path").get_attribute("d")
    assert path.count("M") >= 15
    assert "10⁻⁴" in plot(page, "layout.xaxis.title.text")


def test_the_pointer_says_what_differs_in_a_deep_zoom(open_page):
    page = open_page(MILLION + ZOOM)
    box = page.locator(PICTURE).bounding_box()
    said = []
    for share in (0.25, 0.35):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.3 * box["height"])
        page.wait_for_selector("#tooltip:not([hidden])")
        said.append(page.inner_text("#tooltip"))
    assert said[0] != said[1]
    assert all("f₀ + " in text and "0.0000" in text for text in said)


def test_the_pointer_tells_the_gradient_under_its_colours(open_page):
    """On the bowl ‖∇f‖ is hypot(x, 4y)."""
    page = open_page("#surface=bowl&condition_number=4&run=sgd&ground=gradient&start=1,1")
    box = page.locator(PICTURE).bounding_box()
    page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 0.2 * box["height"])
    page.wait_for_selector("#tooltip:not([hidden])")
    place, _, slope = page.locator("#tooltip dd").all_inner_texts()
    x, y = (number(part) for part in place.split("; "))
    assert number(slope) == pytest.approx((x**2 + (4 * y) ** 2) ** 0.5, rel=0.01)


@pytest.mark.parametrize("surface", ["deep_chain", "bowl", "recurrent_unit"])
def test_the_scale_of_the_gradient_is_in_powers_of_ten(open_page, surface):
    page = open_page(f"#surface={surface}&run=sgd&ground=gradient")
    texts = plot(page, "data[0].marker.colorbar.ticktext")
    ticks = plot(page, "data[0].marker.colorbar.tickvals")
    assert len(texts) >= 2
    for text, tick in zip(texts, ticks, strict=True):
        assert number(text) == pytest.approx(10**tick, rel=0.06)


@pytest.mark.parametrize(
    "address, title",
    [
        ("#surface=deep_chain&run=sgd", "loss f (log scale)"),
        ("#surface=formula&formula=x%5E2-y&start=1,1&run=sgd", "f less the lowest seen"),
        (MILLION, "f less the lowest seen"),
        ("#surface=styblinski_tang&run=sgd", "f − f*"),
    ],
)
def test_every_loss_has_a_log_axis(open_page, address, title):
    page = open_page(address)
    axis = page.evaluate(
        "() => { const { type, title, range } = document.querySelector('#loss-plot').layout.yaxis;"
        " return { type, title: title.text, range }; }"
    )
    assert axis["type"] == "log"
    assert axis["title"].startswith(title)
    low, high = axis["range"]
    assert -13 < low < high < 300


def test_the_switch_makes_losses_and_levels_linear_and_the_link_keeps_it(open_page):
    page = open_page("#surface=rosenbrock&run=sgd&step=7")
    balanced = plot(page, "data[0].marker.colorbar.ticktext")
    page.click("#scale-linear")
    page.wait_for_function(
        "() => document.querySelector('#loss-plot').layout.yaxis.type === 'linear'"
    )
    page.wait_for_function(
        "before => before !== "
        "document.querySelector('#plot').data[0].marker.colorbar.ticktext.join()",
        arg=",".join(balanced),
    )
    # A click on the switch is none on the panel, which would go to another step.
    at_step(page, 7)
    assert address_of(page, scale="linear")["scale"] == ["linear"]
    values = [number(text) for text in plot(page, "data[0].marker.colorbar.ticktext")]
    # Of two digits each: steps of 280 are told as 200 to 320.
    steps = [after - before for before, after in itertools.pairwise(values)]
    assert max(steps) < 1.7 * min(steps)
    again = open_page(page.url[page.url.index("#") :])
    assert again.get_attribute("#scale-linear", "aria-pressed") == "true"
    again.click("#scale-log")
    again.wait_for_function(
        "() => document.querySelector('#loss-plot').layout.yaxis.type === 'log'"
    )


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
@pytest.mark.parametrize("language, start", [("en", "start"), ("ru", "старт")])
def test_the_legend_names_what_is_on_the_picture(open_page, size, language, start):
    page = open_page(f"#surface=bowl&run=sgd&step=0&start=1,1&lang={language}", size=size)
    assert marks(page) == ["start", "minimum"]
    assert page.locator("#legend .legend-mark").first.inner_text().strip() == start
    # It stands beside the picture, not on it.
    legend, picture = (page.locator(one).bounding_box() for one in ("#legend", PICTURE))
    assert legend["y"] >= picture["y"] + picture["height"]


def test_the_legend_follows_steps_and_batches(open_page):
    page = open_page(
        "#surface=linear_regression&step=0&run=sgd,batch:5,clipping:norm,clipping.threshold:0.1"
    )
    page.wait_for_selector('#legend [data-mark="batch_lines"]')
    assert set(marks(page)) >= {"start", "minimum", "gradient", "batch_gradient"}
    assert "clipped" not in marks(page)
    page.locator("#scrub").press("End")
    page.wait_for_selector('#legend [data-mark="clipped"]')
    page.wait_for_selector('#fit [data-mark="batch_points"]')
    gone = open_page("#surface=bowl&run=sgd,learning_rate:1.5&step=500&view=5,6,5,6")
    assert "start" not in marks(gone) and "minimum" not in marks(gone)


def test_a_run_that_leaves_the_finite_numbers_has_its_ring_explained(open_page):
    page = open_page("#surface=rosenbrock&run=sgd,learning_rate:1&step=500")
    assert "diverged" in marks(page)
    page.locator("#scrub").press("Home")
    page.wait_for_function("() => !document.querySelector('#legend [data-mark=diverged]')")
