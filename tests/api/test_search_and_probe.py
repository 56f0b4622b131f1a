"""The learning-rate search, the local truth, and pictures with penalties and batches."""

import numpy as np
import pytest

from server.api.grid_answer import GridAnswer
from server.api.probe import ProbeAnswer
from server.api.search_answer import SearchAnswer
from tests.api.asking import as_documented

SEARCH = "/api/v1/learning-rate-search"
PROBE = "/api/v1/probe"
GRID = "/api/v1/grid"


def post(client, url, **asked):
    answer = client.post(url, json=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def runs(*ids):
    return [{"optimizer": {"id": one}} for one in ids]


def test_best_rates_of_a_quadratic(client):
    """On (x² + 10y²)/2 gradient descent is best at 2/(1 + 10) and explodes past 2/10."""
    content = post(client, SEARCH, surface={"id": "bowl"}, runs=runs("sgd", "adam"), steps=60,
                   search={"objective": "final_loss"})  # fmt: skip
    as_documented(SearchAnswer, content)
    sgd, adam = content["runs"]
    assert sgd["best"]["learning_rate"] == pytest.approx(2 / 11, rel=0.06)
    assert sgd["critical_learning_rate"] == pytest.approx(0.2)
    assert adam["critical_learning_rate"] is None
    assert content["minimum"]["hessian_eigenvalues"] == pytest.approx([1, 10])
    assert content["minimum"]["known"] is True
    assert content["gradient_evaluations"] == 60
    assert content["search"] == {"low": 1e-5, "high": 10.0, "count": 128,
                                 "objective": "final_loss"}  # fmt: skip
    rates, losses = (np.array(sgd["curve"][name]) for name in ("learning_rate", "loss"))
    assert len(rates) == 128
    assert rates[1:] / rates[:-1] == pytest.approx(10 ** (6 / 127))
    assert sgd["best"]["loss"] == losses.min()
    walked = post(client, "/api/v1/trajectories", surface={"id": "bowl"}, steps=60,
                  runs=[{"optimizer": {"id": "adam", "learning_rate":
                                       adam["best"]["learning_rate"]}}])  # fmt: skip
    final = walked["runs"][0]["trajectories"][0]["final"]["loss"]
    assert adam["best"]["loss"] == pytest.approx(final, rel=1e-6)
    assert adam["best"]["walked"]["loss"] == final


def test_a_best_path_says_where_its_gradient_vanished(client):
    """On the ridge of (x² − y²)/2 descent halves its way to the saddle and never leaves it."""
    content = post(client, SEARCH, surface={"id": "saddle"}, starts=[[-1.6, 0]], runs=runs("sgd"),
                   search={"objective": "steps_to_tolerance"})  # fmt: skip
    walked = content["runs"][0]["best"]["walked"]
    assert walked["steps_to_tolerance"] is not None
    assert walked["outcome"]["id"] == "saddle"
    bowl = post(client, SEARCH, surface={"id": "bowl"}, runs=runs("sgd"))
    assert bowl["runs"][0]["best"]["walked"]["outcome"]["id"] == "minimum"


def test_objectives_differ(client):
    def best(objective):
        content = post(client, SEARCH, surface={"id": "rosenbrock"}, runs=runs("momentum"),
                       steps=400, tolerance=1.0, search={"objective": objective})  # fmt: skip
        return content["runs"][0]["best"]

    final, lowest, soonest = map(best, ("final_loss", "best_loss", "steps_to_tolerance"))
    assert lowest["best_loss"] <= final["best_loss"]
    assert final["loss"] <= min(lowest["loss"], soonest["loss"])
    assert soonest["steps_to_tolerance"] <= final["steps_to_tolerance"]


def test_penalties_move_the_critical_rate(client):
    run = {"optimizer": {"id": "sgd"}, "regularization": {"l2": 5.0}}
    content = post(client, SEARCH, surface={"id": "bowl"}, runs=[run], steps=20)
    assert content["runs"][0]["critical_learning_rate"] == pytest.approx(2 / 15)


def test_a_flow_has_nothing_to_tune_and_a_formula_has_no_known_minimum(client):
    content = post(client, SEARCH, surface={"formula": "x^2 + 4*y^2"},
                   runs=runs("gradient_flow", "sgd"), steps=50)  # fmt: skip
    flow, sgd = content["runs"]
    assert flow["best"] is None and flow["curve"] is None
    assert content["minimum"]["known"] is False
    assert content["minimum"]["hessian_eigenvalues"] == pytest.approx([2, 8])
    assert sgd["critical_learning_rate"] == pytest.approx(0.25)


@pytest.mark.parametrize(
    "changes, location, says",
    [
        ({"search": {"low": 1, "high": 0.1}}, ["search"], "less than"),
        ({"search": {"low": 1e-21}}, ["search", "low"], "0.00000000000000000001"),
        ({"search": {"low": 20}}, ["search"], "20 and 10"),
        ({"search": {"count": 1}}, ["search", "count"], "2"),
        ({"search": {"objective": "luck"}}, ["search", "objective"], "final_loss"),
        ({"search": {"rates": 3}}, ["search", "rates"], "count"),
        ({"include": ["state"]}, ["include"], "unknown field"),
        ({"starts": [[1, 1], [2, 2]]}, ["starts"], "1 item"),
        ({"steps": 10_000, "runs": runs("sgd", "adam")}, [], "2000000"),
        ({"runs": [{"optimizer": {"id": "sgd"}, "batch_size": 4}]}, ["runs", 0, "batch_size"],
         "points"),
    ],
)  # fmt: skip
def test_searches_that_cannot_be(client, changes, location, says):
    answer = client.post(SEARCH, json={"surface": {"id": "bowl"}, "runs": runs("sgd"), **changes})
    assert answer.status_code == 422
    [one] = answer.json()["detail"]
    assert one["loc"] == ["body", *location] and says in one["msg"]


def test_the_local_truth_of_a_quadratic(client):
    content = post(client, PROBE, surface={"id": "bowl"}, at=[[3, 2], [0, 0]])
    as_documented(ProbeAnswer, content)
    point = content["points"][0]
    assert point["loss"] == pytest.approx((9 + 40) / 2)
    assert [point["gradient"]["x"], point["gradient"]["y"]] == pytest.approx([3, 20])
    assert point["gradient_norm"] == pytest.approx(np.hypot(3, 20))
    assert point["hessian_eigenvalues"] == pytest.approx([1, 10])
    assert point["condition_number"] == pytest.approx(10)
    assert point["critical_learning_rate"] == pytest.approx(0.2)
    assert "batch" not in point
    shifted = post(client, PROBE, surface={"id": "bowl"}, at=[[3, 2]], regularization={"l2": 5})
    assert shifted["points"][0]["hessian_eigenvalues"] == pytest.approx([6, 15])


def test_a_saddle_has_no_condition_number_and_a_pit_of_nan_no_numbers(client):
    saddle = post(client, PROBE, surface={"id": "saddle"}, at=[[0, 0]])["points"][0]
    assert saddle["hessian_eigenvalues"] == pytest.approx([-1, 1])
    assert saddle["condition_number"] is None
    assert saddle["critical_learning_rate"] == pytest.approx(2)
    nowhere = post(client, PROBE, surface={"formula": "log(x)"}, at=[[-1, 0]])["points"][0]
    assert nowhere["loss"] is None and nowhere["gradient"] is None
    assert nowhere["hessian_eigenvalues"] is None


def test_a_batch_is_the_one_that_the_step_used(client):
    """Its gradient, probed at the point before the step, is what the step went down."""
    surface = {"id": "linear_regression", "parameters": {"size": 20}}
    run = {"optimizer": {"id": "sgd", "learning_rate": 0.01}, "batch_size": 6}
    path = post(client, "/api/v1/trajectories", surface=surface, runs=[run], steps=9, seed=3)
    path = path["runs"][0]["trajectories"][0]
    seen = []
    for step in range(1, 9):
        at = [path["x"][step - 1], path["y"][step - 1]]
        batch = {"size": 6, "step": step, "seed": 3}
        content = post(client, PROBE, surface=surface, at=[at], batch=batch)
        as_documented(ProbeAnswer, content)
        [point] = content["points"]
        moved = [path["x"][step] - at[0], path["y"][step] - at[1]]
        gradient = point["batch"]["gradient"]
        assert [-0.01 * gradient["x"], -0.01 * gradient["y"]] == pytest.approx(moved, rel=1e-9)
        assert gradient["x"] != point["gradient"]["x"]
        seen.append(point["batch"]["rows"])
    assert sorted(row for rows in seen[:4] for row in rows) == list(range(20))
    assert [len(rows) for rows in seen[:4]] == [6, 6, 6, 2]


def test_the_batchs_own_landscape(client):
    """The mean loss of just those rows, worked out from the points in the answer."""
    surface = {"id": "linear_regression", "parameters": {"size": 12}}
    box = {"nx": 2, "ny": 2, "x_min": 0, "x_max": 1, "y_min": 0, "y_max": 1}
    batch = {"size": 5, "step": 2, "seed": 1}
    content = post(client, GRID, surface=surface, **box, batch=batch)
    as_documented(GridAnswer, content)
    rows = post(client, PROBE, surface=surface, at=[[0, 0]], batch=batch)
    rows = rows["points"][0]["batch"]["rows"]
    x, y = (np.array(content["points"][name])[rows] for name in "xy")
    assert len(content["points"]["x"]) == 12
    assert content["loss"][1][1] == pytest.approx(np.mean((x + 1 - y) ** 2), rel=1e-12)
    assert content["loss"][0][0] == pytest.approx(np.mean(y**2), rel=1e-12)


def test_penalties_are_drawn_and_decay_is_not(client):
    box = {"nx": 3, "ny": 3, "x_min": -1, "x_max": 1, "y_min": -1, "y_max": 1}
    plain, l2, l1, decay = (
        post(client, GRID, surface={"id": "bowl"}, **box, regularization=added,
             include=["gradient"])
        for added in ({}, {"l2": 3.0}, {"l1": 3.0}, {"weight_decay": 3.0})
    )  # fmt: skip
    assert decay["loss"] == plain["loss"]
    corner = plain["loss"][2][2]
    assert l2["loss"][2][2] == pytest.approx(corner + 3)
    assert l1["loss"][2][2] == pytest.approx(corner + 6)
    assert l2["gradient_norm"][2][2] == pytest.approx(np.hypot(4, 13))
    assert l1["gradient_norm"][2][2] == pytest.approx(np.hypot(4, 13))


def test_a_typed_grid_says_what_its_page_needs(client):
    content = post(client, GRID, surface={"formula": "x^2 + 3*y"}, nx=4, ny=4)
    as_documented(GridAnswer, content)
    assert content["formula_mathml"].startswith("<math")
    assert 0 < content["learning_rates"]["sgd"] <= 0.5
    assert content["surface"]["start"] == [-3.0, 2.25]


def test_values_that_are_not_finite_are_null(client):
    content = post(client, GRID, surface={"formula": "log(x)"}, nx=3, ny=2, x_min=-1, x_max=1,
                   y_min=0, y_max=1)  # fmt: skip
    assert content["loss"][0] == [None, None, 0]


@pytest.mark.parametrize(
    "changes, location, says",
    [
        ({"batch": {"size": 99, "step": 1}}, ["batch", "size"], "50 points"),
        ({"batch": {"size": 9, "step": 0}}, ["batch", "step"], "1"),
        ({"batch": {"size": 9}}, ["batch", "step"], "required"),
        ({"surface": {"id": "bowl"}, "batch": {"size": 9, "step": 1}}, ["batch", "size"], "points"),
        ({"at": []}, ["at"], "at least 1"),
        ({"at": [[0, 0]] * 257}, ["at"], "256"),
        ({"at": [[0, 1e13]]}, ["at", 0, 1], "1000000"),
    ],
)
def test_probes_that_cannot_be(client, changes, location, says):
    asked = {"surface": {"id": "linear_regression"}, "at": [[0, 0]], **changes}
    answer = client.post(PROBE, json=asked)
    assert answer.status_code == 422
    [one] = answer.json()["detail"]
    assert one["loc"] == ["body", *location] and says in one["msg"].lower()
