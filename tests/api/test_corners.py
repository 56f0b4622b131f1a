"""Corners as clients see them: exact fits stay, and what a corner lacks is null with a reason."""

import numpy as np
import pytest

from server.api.grid_answer import GridAnswer
from server.api.probe import ProbeAnswer
from server.api.search_answer import SearchAnswer
from tests.api.asking import as_documented

API = "/api/v1"


def post(client, path, **body):
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_an_exact_fit_stays_at_its_minimum(client, loss):
    surface = {
        "id": "linear_regression", "parameters": {"loss_function": loss},
        "points": "x,y\n0,0\n1,1\n2,2",
    }  # fmt: skip
    runs = [{"optimizer": {"id": one, "learning_rate": 0.1}} for one in ("sgd", "momentum", "adam")]
    content = post(client, "trajectories", surface=surface, runs=runs, starts=[[1, 0]], steps=50)
    for run in content["runs"]:
        [path] = run["trajectories"]
        assert set(path["x"]) == {1} and set(path["y"]) == {0} and set(path["loss"]) == {0}


def test_the_tip_of_ackleys_cone_has_no_curvature_and_says_why(client):
    content = post(client, "probe", surface={"id": "ackley"}, at=[[0, 0], [0.001, 0]])
    as_documented(ProbeAnswer, content)
    tip, beside = content["points"]
    assert tip["gradient"] == {"x": 0, "y": 0} and tip["loss"] == pytest.approx(0, abs=1e-12)
    for name in ("hessian_eigenvalues", "condition_number", "critical_learning_rate"):
        assert (tip[name] is None and beside[name] is not None) or name == "condition_number"
    assert "second derivative" in tip["no_curvature"]["en"]
    assert "второй производной" in tip["no_curvature"]["ru"]
    assert beside["no_curvature"] is None


@pytest.mark.parametrize(
    "surface, added, at, says",
    [
        ({"formula": "log(x)"}, {}, [-1, 0], "no value"),
        ({"formula": "sqrt(x^2 + y^2)"}, {}, [0, 0], "no gradient"),
        ({"formula": "abs(x) + y^2"}, {}, [0, 1], "second derivative"),
        ({"id": "bowl"}, {"l1": 1}, [0, 1], "second derivative"),
    ],
)
def test_why_there_is_no_curvature(client, surface, added, at, says):
    [point] = post(client, "probe", surface=surface, at=[at], regularization=added)["points"]
    assert says in point["no_curvature"]["en"]
    assert point["hessian_eigenvalues"] is None and point["critical_learning_rate"] is None


def test_an_eigenvalue_that_is_rounding_is_0_and_gives_no_condition_number(client):
    [point] = post(client, "probe", surface={"formula": "hypot(x, y)"}, at=[[3, -4]])["points"]
    assert point["hessian_eigenvalues"] == pytest.approx([0, 0.2], rel=1e-14, abs=0)
    assert point["condition_number"] is None
    assert point["critical_learning_rate"] == pytest.approx(10)


def test_a_grid_has_null_curvature_at_the_tip_alone(client):
    box = {"nx": 3, "ny": 3, "x_min": -3, "x_max": 3, "y_min": -4, "y_max": 4}
    content = post(client, "grid", surface={"formula": "hypot(x, y)"},
                   include=["hessian", "gradient"], **box)  # fmt: skip
    as_documented(GridAnswer, content)
    smaller = content["hessian_eigenvalues"]["smaller"]
    larger = content["hessian_eigenvalues"]["larger"]
    assert smaller == [[0, 0, 0], [0, None, 0], [0, 0, 0]]
    assert larger[1][1] is None and larger[0][0] == pytest.approx(0.2)
    assert content["gradient_norm"][1][1] == 0


def test_a_search_over_a_cone_has_no_critical_rate_and_says_why(client):
    content = post(client, "learning-rate-search", surface={"id": "ackley"}, steps=20,
                   runs=[{"optimizer": {"id": "sgd"}}], starts=[[0.3, 0.2]],
                   search={"count": 4})  # fmt: skip
    as_documented(SearchAnswer, content)
    assert content["minimum"]["hessian_eigenvalues"] is None
    assert "second derivative" in content["minimum"]["no_curvature"]["en"]
    assert content["runs"][0]["critical_learning_rate"] is None


def test_newton_at_a_corner_is_answered(client):
    """It has no Hessian there, hence no step: no error, and the start is kept."""
    runs = [{"optimizer": {"id": one}} for one in ("newton", "sophia", "gradient_flow")]
    content = post(client, "trajectories", surface={"formula": "abs(x) + y^2"}, runs=runs,
                   starts=[[0, 1]], steps=5)  # fmt: skip
    newton, _, flow = (run["trajectories"][0] for run in content["runs"])
    assert newton["x"] == [0] and newton["y"] == [1]
    assert len(flow["x"]) == 6 and set(flow["x"]) == {0} and np.all(np.diff(flow["y"]) < 0)


def test_the_catalogue_states_the_slopes(client):
    language = client.get(f"{API}/catalog").json()["formulas"]
    stated = {name for corner in language["corners"] for name in corner["functions"]}
    with_corners = {"abs", "relu", "max", "min", "clip", "clamp", "sign", "floor", "hypot", "where"}
    assert with_corners <= stated & set(language["functions"])
    assert all(corner["rule"]["en"] and corner["rule"]["ru"] for corner in language["corners"])
    assert "null" in language["no_curvature"]["en"]
