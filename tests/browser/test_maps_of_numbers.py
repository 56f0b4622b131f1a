"""The page of maps over numbers: stability beside theory, the edge of trainability zoomed."""

import math
import re

import pytest
from playwright.sync_api import expect

from tests.browser.actions import address_of, asked, fragment
from tests.browser.ready import MAPPED

CURVATURES = (1.0, 10.0)
"""Of the bowl whose condition number is 10."""
BOWL = ("#surface=bowl&surface.condition_number=10&detail=64&steps=400"
        "&x=learning_rate:0.05:0.55&y=momentum:0:0.9&run=")  # fmt: skip
X, Y = (0.05, 0.55), (0.0, 0.9)
LIMITS = {
    # Polyak (1964), and the roots of Nesterov's recurrence in the unit circle.
    "momentum": lambda beta: 2 * (1 + beta) / CURVATURES[1],
    "nesterov": lambda beta: 2 * (1 + beta) / (1 + 2 * beta) / CURVATURES[1],
}


def open_maps(open_page, address, **options):
    page = open_page(f"maps.html{address}", ready=False, **options)
    page.wait_for_selector(MAPPED)
    return page


def spot(page, x, y, *, xs=X, ys=Y):
    """Where two numbers stand on the screen, axes being linear."""
    box = page.locator(".map-frame").bounding_box()
    return (
        box["x"] + (x - xs[0]) / (xs[1] - xs[0]) * box["width"],
        box["y"] + (ys[1] - y) / (ys[1] - ys[0]) * box["height"],
    )


def told(page, place):
    """What is told of a place on the map, once the pointer is there."""
    page.mouse.move(*place)
    return page.inner_text("#map-readout")


@pytest.mark.parametrize("rule", LIMITS)
def test_a_map_turns_where_theory_draws_its_line(open_page, rule):
    page = open_maps(open_page, BOWL + rule)
    for beta in (0.1, 0.45, 0.8):
        limit = LIMITS[rule](beta)
        inside = told(page, spot(page, 0.93 * limit, beta))
        beyond = told(page, spot(page, 1.07 * limit, beta))
        assert "diverges" not in inside and "diverges" in beyond, (beta, inside, beyond)
    # The line, in numbers: its vertices lie on the formula.
    points = page.evaluate(
        """() => {
          const line = document.querySelector(".theory-line[data-theory=limit]");
          const { x, y, width, height } = document.querySelector(".map-frame").getBBox();
          const pairs = line.getAttribute("d").slice(1).split(/[ML]/);
          return pairs.map((pair) => pair.split(" ").map(Number))
            .map(([h, v]) => [(h - x) / width, 1 - (v - y) / height]);
        }"""
    )
    assert len(points) > 10
    for across, up in points:
        rate, beta = X[0] + across * (X[1] - X[0]), Y[0] + up * (Y[1] - Y[0])
        assert rate == pytest.approx(LIMITS[rule](beta), rel=5e-3)
    expect(page.locator(".theory-name")).not_to_have_count(0)


def test_a_click_takes_its_numbers_to_the_laboratory_and_back(open_page):
    page = open_maps(open_page, BOWL + "momentum")
    page.mouse.click(*spot(page, 0.2, 0.5))
    page.wait_for_url(re.compile("run=momentum,learning_rate:"))
    run = fragment(page)["run"][0]
    rate, beta = (float(re.search(rf"{name}:([\d.]+)", run)[1])
                  for name in ("learning_rate", "momentum"))  # fmt: skip
    # The pixel under the pointer, of 64 along each side, by few digits.
    assert len(str(rate)) <= 5 and len(str(beta)) <= 5
    assert abs(rate - 0.2) < 0.5 / 63 and abs(beta - 0.5) < 0.9 / 63
    expect(page.locator("#chosen")).to_have_attribute("data-status", "converged")
    page.click("#open-laboratory")
    page.wait_for_selector("#picture[data-drawn]")
    there = fragment(page)
    assert f"learning_rate:{rate}" in there["run"][0] and f"momentum:{beta}" in there["run"][0]
    assert there["surface.condition_number"] == ["10"]
    page.wait_for_selector("#truth[data-step]")
    page.click("#open-maps")
    page.wait_for_selector(MAPPED)
    back = fragment(page)
    assert f"learning_rate:{rate}" in back["run"][0] and back["start"] == there["start"]


def test_keys_move_a_cursor_and_take_its_numbers(open_page):
    page = open_maps(open_page, BOWL + "momentum,learning_rate:0.1,momentum:0.5")
    page.locator("#picture").focus()
    before = page.inner_text("#map-readout")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#map-readout")).not_to_have_text(before)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"learning_rate:0\.1[01]"))
    page.keyboard.press("Backspace")
    page.wait_for_url(re.compile(r"learning_rate:0\.1,"))


@pytest.mark.parametrize(
    ("surface", "optimizer"), [("linear_regression", "adam"), ("bowl", "gradient_flow")]
)
def test_every_number_that_the_server_maps_is_an_axis(open_page, surface, optimizer):
    asked = {
        "surface": {"id": surface},
        "run": {"optimizer": {"id": optimizer}},
        "x": {"name": "none of them", "from": 0.1, "to": 1},
        "y": {"name": "learning_rate", "from": 0.1, "to": 1},
    }
    page = open_maps(
        open_page, f"#surface={surface}&run={optimizer}&detail=64&steps=20&y=regularization.l2:0:1"
    )
    refused = page.request.post(
        page.url.split("/maps.html")[0] + "/api/v1/maps/stability", data=asked
    )
    message = refused.json()["detail"][0]["msg"]
    known = set(message.split("accepted: ")[1].split(", "))
    # What does nothing under the words that are chosen is not offered.
    known -= {"surface.huber_delta"}
    options = page.locator("#axis-y option").evaluate_all("all => all.map((one) => one.value)")
    assert set(options) == known
    assert "regularization.l2" in fragment(page)["y"][0]


def test_a_map_is_of_single_precision_until_double_is_chosen_and_back(open_page):
    page = open_maps(open_page, BOWL + "momentum")
    choice = page.locator(".map-single")
    single = page.locator("#map-float32")
    expect(single).to_have_attribute("aria-pressed", "true")
    with page.expect_request("**/maps/stability*") as double:
        page.locator("#map-float64").press("Enter")
    assert asked(double.value)["precision"] == "float64"
    address_of(page, map_precision="float64")
    page.wait_for_selector(MAPPED)
    expect(choice).not_to_contain_text("checked")
    expect(single).to_have_attribute("aria-pressed", "false")
    # The focus stays where it was pressed.
    assert page.evaluate("document.activeElement.id") == "map-float64"
    with page.expect_request("**/maps/stability*") as again:
        single.click()
    page.wait_for_selector(MAPPED)
    answer = page.request.post(
        page.url.split("/maps.html")[0] + "/api/v1/maps/stability", data=asked(again.value)
    ).json()
    # Of a map of under 2¹⁴ pixels 64 are checked.
    assert (answer["precision"], answer["float32_checked"]) == ("float32", 64)
    unlike = round(64 * answer["float32_unlike"])
    expect(choice).to_contain_text(f"float32 differs in {unlike} of 64 checked pixels")
    page.wait_for_url(lambda url: "map_precision" not in url)


def test_a_network_map_says_what_single_precision_costs_and_what_a_chosen_network_does(open_page):
    page = open_maps(open_page, "#view=trainability&detail=64")
    with page.expect_request("**/maps/trainability*") as double:
        page.locator("#map-float64").click()
    assert asked(double.value)["precision"] == "float64"
    page.wait_for_selector(MAPPED)
    with page.expect_request("**/maps/trainability*") as single:
        page.locator("#map-float32").click()
    page.wait_for_selector(MAPPED)
    expect(page.locator("#chosen-network")).to_be_hidden()
    api = page.url.split("/maps.html")[0] + "/api/v1/maps/trainability"
    answer = page.request.post(api, data=asked(single.value)).json()
    unlike = round(answer["float32_checked"] * answer["float32_unlike"])
    told = f"float32 differs in {unlike} of {answer['float32_checked']} checked pixels"
    expect(page.locator(".map-single")).to_contain_text(told)
    before = ""
    # Far from the border on both sides: what is said is what the server answers of the pixel.
    box = page.locator(".map-frame").bounding_box()
    for across, up, fate in ((0.5, 0.25, "Learns: "), (0.5, 0.75, "Does not learn: ")):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])
        card = page.locator("#chosen-network")
        expect(card).to_contain_text(fate)
        page.wait_for_url(lambda url, before=before: "point=" in url and url != before)
        before = page.url
        point = [float(one) for one in fragment(page)["point"][0].split(",")]
        column, row = (
            min(range(64), key=lambda k: abs(math.log(answer[axis]["values"][k] / value)))
            for axis, value in zip("xy", point, strict=True)
        )
        assert abs(column - 63 * across) <= 1 and abs(row - 63 * up) <= 1
        assert answer["diverged"][row][column] == (fate != "Learns: ")
        loss = answer["loss"][row][column]
        text = card.inner_text()
        if loss is None:
            assert "leaves the finite range" in text
        else:
            assert "(20 of 100)" in text
            written = re.search(r"the loss is ≈? ?([\d.]+)(?:×10(\S+))? on", text)
            if written[2] is None:
                assert float(written[1]) == pytest.approx(loss, rel=1e-3)
    # What is reloaded is chosen still.
    page.reload()
    page.wait_for_selector(MAPPED)
    expect(page.locator("#chosen-network")).to_contain_text("Does not learn: ")


@pytest.mark.parametrize("size", [(1024, 768), (1180, 820), (1366, 768)])
def test_a_chosen_network_is_told_of_under_the_controls_and_the_map_keeps_its_place(
    open_page, size
):
    page = open_maps(open_page, "#view=trainability&detail=64", size=size)
    before = page.locator(".map-frame").bounding_box()
    page.mouse.click(before["x"] + 0.5 * before["width"], before["y"] + 0.75 * before["height"])
    card = page.locator("#chosen-network")
    expect(card).to_contain_text("Learns: ")
    assert page.locator(".map-frame").bounding_box() == before
    controls, told, stage = (
        page.locator(part).bounding_box() for part in ("#sidebar", "#chosen-network", "#stage")
    )
    assert controls["x"] == told["x"] and controls["width"] == told["width"]
    assert controls["x"] + controls["width"] < stage["x"]
    assert controls["y"] + controls["height"] < told["y"]


def test_a_loss_that_single_precision_does_not_resolve_is_not_called_0(open_page):
    # Gradient descent halves x each step: after 300 it is 1e-90, and its square no float32.
    page = open_page(
        "maps.html#surface=formula&formula=x^2/2%2By^2/2&start=1,1&run=sgd&detail=64&steps=300"
        "&x=learning_rate:0.05:0.55&y=clipping.threshold:1:10",
        ready=False,
    )
    # Its program is made first.
    page.wait_for_selector(MAPPED, timeout=120_000)
    text = told(page, spot(page, 0.5, 5, ys=(1, 10)))
    assert "loss below what float32 resolves" in text and "loss 0" not in text
    assert page.locator("#axis-y option:checked").inner_text() == "Clipping threshold c"


PAINTED = """() => document.querySelector(".map-image").toDataURL()"""


def test_what_is_pointed_at_is_told_of_the_map_that_is_shown(open_page):
    """A pixel of a map of 128² that one of 64² has not."""
    page = open_maps(open_page, BOWL + "momentum")
    page.get_by_label("Detail").select_option("128")
    page.wait_for_function("() => location.hash.includes('detail=128')")
    page.wait_for_selector(MAPPED)
    numbers = re.compile(r"^α = 0\.(49|50)\d*, β = 0\.8[45]\d* · ")
    page.mouse.move(*spot(page, 0.5, 0.85))
    expect(page.locator("#map-readout")).to_have_text(numbers)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => !location.hash.includes('detail=128')")
    expect(page.locator("#picture canvas.map-image")).to_have_attribute("width", "64")
    page.wait_for_selector(MAPPED)
    # Without a new hover, which would point at another pixel.
    expect(page.locator("#map-readout")).to_have_text(numbers)


def test_a_zoom_shows_what_is_there_and_goes_back(open_page):
    page = open_maps(open_page, "#view=trainability&detail=64")
    whole = page.evaluate(PAINTED)
    box = page.locator(".map-frame").bounding_box()
    page.mouse.move(box["x"] + 0.65 * box["width"], box["y"] + 0.55 * box["height"])
    page.mouse.wheel(0, -300)
    page.wait_for_selector('#zoom-level:not([data-zoom="1.000"])')
    address_of(page, across="learning_rate.input")
    page.wait_for_selector(MAPPED)
    page.wait_for_function(f"before => ({PAINTED})() !== before", arg=whole)
    across = fragment(page)["across"][0].split(":")
    assert 1e-3 < float(across[1]) < float(across[2]) < 1e6
    page.keyboard.press("Backspace")
    page.wait_for_selector('#zoom-level[data-zoom="1.000"]')
    page.wait_for_function(f"before => ({PAINTED})() === before", arg=whole)
