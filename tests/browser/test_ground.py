"""Colouring the picture by the length of the gradient, in a real browser."""

import numpy as np
import pytest

from tests.browser.actions import PICTURE, address_of


def ground(page, name):
    page.wait_for_selector(f'{PICTURE}[data-ground="{name}"]:not(.waiting-grid)')


def heatmap(page):
    """The coloured layer as it is painted: its values by row from the bottom, read off the colours.

    Null while the picture shows the loss.
    """
    shown = page.evaluate(
        """() => {
          const { data, layout } = document.querySelector("#plot");
          const [{ name, marker }] = data;
          if (name !== "gradient") return null;
          const canvas = document.querySelector("#picture .shades");
          const { width, height } = canvas;
          const image = canvas.getContext("2d").getImageData(0, 0, width, height);
          return { zmin: marker.cmin, zmax: marker.cmax, title: marker.colorbar.title.text,
                   scale: marker.colorscale, x: layout.xaxis.range, y: layout.yaxis.range,
                   width, height, pixels: [...image.data] };
        }"""
    )
    if shown is None:
        return None
    pixels = np.array(shown["pixels"]).reshape(shown["height"], shown["width"], 4)[::-1]
    shares, colours = zip(*shown["scale"], strict=True)
    stops = np.array([[int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in colours])
    # The sum of a colour's channels goes one way along the whole scale.
    sums = stops.sum(axis=1)
    order = np.argsort(sums)
    share = np.interp(pixels[..., :3].sum(axis=2), sums[order], np.array(shares)[order])
    z = shown["zmin"] + share * (shown["zmax"] - shown["zmin"])
    return {
        **shown,
        "x": np.linspace(*shown["x"], shown["width"]),
        "y": np.linspace(*shown["y"], shown["height"]),
        "z": np.where(pixels[..., 3] > 0, z, np.nan),
    }


def test_the_switch_colours_by_the_gradient_and_the_link_keeps_it(open_page):
    page = open_page("#surface=bowl&condition_number=4&run=sgd")
    assert heatmap(page) is None
    page.click("#ground-gradient")
    ground(page, "gradient")
    assert page.get_attribute("#ground-gradient", "aria-pressed") == "true"
    shown = heatmap(page)
    assert "‖∇f‖ (log scale)" in shown["title"]
    x, y = np.meshgrid(shown["x"], shown["y"])
    expected = np.log10(np.hypot(x, 4 * y)).clip(shown["zmin"], shown["zmax"])
    # 254 colours, of channels that are whole numbers; round the minimum, where the logarithm falls
    # without end, they are means.
    far = np.hypot(x, 4 * y) > 1
    step = (shown["zmax"] - shown["zmin"]) / 254
    assert shown["z"][far] == pytest.approx(expected[far], abs=2 * step)
    assert address_of(page, ground="gradient")["ground"] == ["gradient"]
    assert page.locator("#picture .contour").count() == 1

    again = open_page(page.url[page.url.index("#") :])
    ground(again, "gradient")
    assert heatmap(again)["zmax"] == pytest.approx(shown["zmax"])
    again.click("#ground-loss")
    ground(again, "loss")
    assert heatmap(again) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language, words", [("en", "level lines"), ("ru", "линии уровня")])
def test_its_scale_is_named_in_both_languages_and_themes(open_page, theme, language, words):
    page = open_page(f"#surface=deep_chain&run=sgd&ground=gradient&theme={theme}&lang={language}")
    ground(page, "gradient")
    shown = heatmap(page)
    assert shown["title"].startswith("‖∇f‖")
    assert words in shown["title"]
    # The lowest colour is the page's own ground.
    assert shown["scale"][0][1] == {"light": "#fdfdfb", "dark": "#0e141b"}[theme]
    assert page.locator("#plot").get_by_text("‖∇f‖").count() == 1


def test_a_picture_without_any_slope_is_flat_and_says_nothing(open_page):
    page = open_page("#surface=formula&formula=3%2B0*x&run=sgd&ground=gradient")
    ground(page, "gradient")
    shown = heatmap(page)
    assert np.unique(shown["z"]) == pytest.approx([shown["zmin"]])
    assert shown["zmin"] < shown["zmax"]


def test_places_without_a_loss_stay_empty(open_page):
    """log x has no slope on the left half of the picture; the right half keeps its colours."""
    page = open_page("#surface=formula&formula=log(x)&start=1,1&run=sgd&ground=gradient")
    ground(page, "gradient")
    shown = heatmap(page)
    z, x = shown["z"], shown["x"]
    assert np.isnan(z[:, x < 0]).all()
    assert np.isfinite(z[:, x > 0]).all()
