"""Level lines and heights over HTTP, and rectangles that no picture fits in."""

import numpy as np
import pytest

from server.api.grid_answer import GridAnswer
from tests.api.asking import as_documented
from tests.api.reading import unpacked

GRID = "/api/v1/grid"
SADDLE = {"surface": {"formula": "x*y"}, "nx": 31, "ny": 21, "x_min": -2, "x_max": 2,
          "y_min": -1, "y_max": 1, "include": ["lines", "gradient"]}  # fmt: skip


def test_lines_of_a_saddle_are_hyperbolas(client):
    content = client.post(GRID, json=SADDLE).json()
    as_documented(GridAnswer, content)
    lines = content["lines"]
    x, y = np.array(lines["x"]), np.array(lines["y"])
    level = np.repeat(np.array(content["levels"])[lines["level"]], lines["length"])
    assert len(x) == len(y) == sum(lines["length"])
    assert x * y == pytest.approx(level, abs=0.01)
    assert min(x) >= -2 and max(y) <= 1


def test_typed_lines_and_shades_are_the_plain_ones(client):
    plain = client.post(GRID, json=SADDLE).json()
    typed = client.post(f"{GRID}?encoding=typed", json=SADDLE).json()
    as_documented(GridAnswer, typed)
    assert typed["lines"]["level"] == plain["lines"]["level"]
    assert typed["lines"]["length"] == plain["lines"]["length"]
    assert unpacked(typed["lines"]["x"]) / 65535 * 4 - 2 == pytest.approx(
        plain["lines"]["x"], abs=4 / 65535
    )
    assert unpacked(typed["lines"]["y"]) / 65535 * 2 - 1 == pytest.approx(
        plain["lines"]["y"], abs=2 / 65535
    )
    count = len(plain["levels"])
    shade = unpacked(typed["shade"]) / 254 * (count + 1) - 1
    assert shade == pytest.approx(np.array(plain["shade"]), abs=(count + 1) / 500)
    steep = typed["steepness"]
    span = steep["high"] - steep["low"]
    assert unpacked(steep["shade"]) / 254 * span + steep["low"] == pytest.approx(
        np.array(plain["steepness"]["shade"]), abs=span / 500
    )


def test_where_there_is_no_surface_there_is_no_shade(client):
    asked = {**SADDLE, "surface": {"formula": "log(x)+0*y"}}
    typed = client.post(f"{GRID}?encoding=typed", json=asked).json()
    shade = unpacked(typed["shade"])
    left = np.linspace(-2, 2, shade.shape[1]) < 0
    assert (shade[:, left] == 255).all()
    assert (shade[:, ~left][:, 4:] < 255).all()


def test_linear_levels_have_equal_steps(client):
    asked = {**SADDLE, "surface": {"formula": "exp(3*x)+y"}, "spacing": "linear"}
    levels = client.post(GRID, json=asked).json()["levels"]
    steps = np.diff(levels)
    assert len(levels) >= 20
    assert steps == pytest.approx(steps[0], rel=1e-9)
    address = "/api/v1/surfaces/bowl/grid?nx=9&ny=9&spacing=linear"
    assert np.ptp(np.diff(client.get(address).json()["levels"])) < 1e-9


def test_a_typed_deep_zoom_keeps_its_heights(client):
    asked = {"surface": {"formula": "1e6+0.001*(x^2+y^2)"}, "nx": 21, "ny": 21,
             "x_min": -1e-4, "x_max": 1e-4, "y_min": -1e-4, "y_max": 1e-4}  # fmt: skip
    typed = client.post(f"{GRID}?encoding=typed", json=asked).json()
    x, y = np.meshgrid(np.linspace(-1e-4, 1e-4, 21), np.linspace(-1e-4, 1e-4, 21))
    assert unpacked(typed["loss"]) == pytest.approx(1e-3 * (x**2 + y**2), rel=1e-5, abs=1e-18)
    assert typed["heights_from"] == "gradient"
    assert typed["reference"] == 1e6
    # The places would all be one in float32 far from 0.
    far = {**asked, "x_min": 1e5, "x_max": 1e5 + 1e-3}
    assert len(set(unpacked(client.post(f"{GRID}?encoding=typed", json=far).json()["x"]))) == 21


@pytest.mark.parametrize(
    "ends", [(0, 5e-324), (-5e-324, 5e-324), (0, 2e-308), (1, 1), (2, 1), (1e6, 1e6),
             (1, 1 + 2**-52), (1e6 - 1e-9, 1e6)]
)  # fmt: skip
def test_ends_too_near_each_other_are_refused_everywhere(client, ends):
    formula = {"formula": "x^2+y^2"}
    low, high = ends
    runs = {"runs": [{"optimizer": {"id": "sgd"}}], "steps": 2}
    domain = {"surface": {**formula, "domain": [[-1, 1], list(ends)]}}
    asked = [
        (GRID, {"surface": formula, "x_min": low, "x_max": high}, ["x_max"]),
        (GRID, {"surface": formula, "y_min": low, "y_max": high}, ["y_max"]),
        (GRID, domain, ["surface", "domain"]),
        ("/api/v1/trajectories", {**domain, **runs}, ["surface", "domain"]),
        ("/api/v1/learning-rate-search", {**domain, **runs}, ["surface", "domain"]),
        ("/api/v1/probe", {**domain, "at": [[0, 0]]}, ["surface", "domain"]),
        ("/api/v1/backpropagation", {**domain, "at": [0, 0]}, ["surface", "domain"]),
    ]
    for url, body, where in asked:
        answer = client.post(url, json=body)
        assert answer.status_code == 422, (url, answer.text)
        [one] = answer.json()["detail"]
        assert one["loc"] == ["body", *where]
        assert one["msg"].startswith("accepted: ")
    tanh = f"/api/v1/activations/tanh/values?z_min={low!r}&z_max={high!r}"
    assert client.get(tanh).status_code == 422
    bowl = f"/api/v1/surfaces/bowl/grid?x_min={low!r}&x_max={high!r}"
    assert client.get(bowl).status_code == 422


@pytest.mark.parametrize("formula", ["x^2+y^2", "1/x", "1e308*x", "exp(exp(x))", "3+0*x"])
@pytest.mark.parametrize("ends", [(-1e6, 1e6), (0, 1e-300), (1, 1 + 1e-12), (-1e-200, 1e-200)])
def test_other_ends_have_a_picture(client, formula, ends):
    asked = {"surface": {"formula": formula, "domain": [list(ends), list(ends)]}, "nx": 21,
             "ny": 20, "include": ["gradient", "hessian", "lines"]}  # fmt: skip
    for form in ("plain", "typed"):
        answer = client.post(f"{GRID}?encoding={form}", json=asked)
        if formula == "1/x" and max(map(abs, ends)) < 1e-154:
            # Its slope, 1/x², is beyond float64 in all of this domain.
            assert answer.status_code == 422
            assert answer.json()["detail"][0]["type"] == "formula_not_finite"
            continue
        assert answer.status_code == 200, answer.text
        as_documented(GridAnswer, answer.json())
