"""Points in any units over HTTP: standardising, rates that follow 2/λ_max, names, ½MSE."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import huber

from server.engine.families import as_member
from surfaces.catalog import SURFACES
from surfaces.data import LinearRegression
from tests.surfaces.houses import AREA, PRICE, csv, exams

GRID, PATHS = "/api/v1/grid", "/api/v1/trajectories"
SEARCH = "/api/v1/learning-rate-search"
DESIGN = np.column_stack([AREA, np.ones(len(AREA))])
HOUSES = {"id": "linear_regression", "points": csv()}
RAW = {**HOUSES, "parameters": {"standardise": "off"}}


def ask(client, url, **body):
    answer = client.post(url, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def of(*optimizers, **numbers):
    return [{"optimizer": {"id": one, **numbers}} for one in optimizers]


def test_house_prices_are_fitted_with_every_default(client):
    content = ask(client, PATHS, surface=HOUSES, runs=of("sgd", "momentum", "adam"))
    said = content["surface"]["standardised"]
    kappa = np.linalg.cond(DESIGN) ** 2
    assert said["on"] and said["condition_number"] == pytest.approx(kappa, rel=1e-6)
    assert content["surface"]["parameters"]["standardise"] == "auto"
    slope, height = np.polyfit(AREA, PRICE, 1)
    [shift], [scale] = said["features"]["mean"], said["features"]["deviation"]
    [middle], [rise] = said["targets"]["mean"], said["targets"]["deviation"]
    for run in content["runs"]:
        [path] = run["trajectories"]
        assert path["status"] == "converged"
        w = path["final"]["x"] * rise / scale
        assert w == pytest.approx(slope, rel=1e-3)
        assert middle + rise * path["final"]["y"] - w * shift == pytest.approx(height, rel=1e-2)


@pytest.mark.parametrize("unit", [1.0, 1e-3, 1e3])
def test_rates_and_searches_follow_the_curvature_of_raw_points(client, unit):
    """2/λ_max of the mean squared error's Hessian, 2XᵀX/n, by NumPy."""
    design = np.column_stack([unit * AREA, np.ones(len(AREA))])
    critical = 2 / np.linalg.eigvalsh(2 * design.T @ design / len(AREA))[-1]
    surface = {**RAW, "points": csv(unit * AREA)}
    grid = ask(client, GRID, surface=surface, nx=2, ny=2)
    low, high = grid["ranges"]["learning_rate"]
    assert 10 * low < critical < high
    assert low < grid["learning_rates"]["sgd"] < critical
    [slope] = [one for one in grid["surface"]["minima"]]
    assert high > grid["learning_rates"]["adagrad"]
    found = ask(client, SEARCH, surface=surface, runs=of("sgd"), steps=300)
    assert (found["search"]["low"], found["search"]["high"]) == (low, high)
    [run] = found["runs"]
    assert run["critical_learning_rate"] == pytest.approx(critical, rel=1e-6)
    # The height b hardly moves at any of them; of rates that differ little the smaller is taken.
    assert critical / 100 < run["best"]["learning_rate"] < critical
    ends = [
        ask(client, PATHS, surface=surface, runs=of("sgd", learning_rate=share * critical),
            starts=[[slope["x"] + 1, slope["y"]]])["runs"][0]["trajectories"][0]["loss"]
        for share in (0.9, 1.1)
    ]  # fmt: skip
    assert ends[0][-1] < ends[0][0] < ends[1][-1]


def test_old_requests_of_synthetic_points_mean_what_they_meant(client):
    """Without the field, and with it off: the same paths to the last bit."""
    for id in ("linear_regression", "logistic_regression", "neuron"):
        answers = [
            ask(client, PATHS, surface={"id": id, "parameters": numbers}, runs=of("sgd", "adam"))
            for numbers in ({}, {"standardise": "off"})
        ]
        assert answers[0]["runs"] == answers[1]["runs"]
        assert answers[0]["surface"]["standardised"]["on"] is False
    search = ask(client, SEARCH, surface={"id": "linear_regression"}, runs=of("sgd"), steps=5)
    assert (search["search"]["low"], search["search"]["high"]) == (1e-5, 10)


def test_standardising_is_data_and_not_code():
    """All three words are one structure of one family: nothing compiles for them."""
    words = ("auto", "on", "off")
    members = [as_member(LinearRegression(standardise=one), np.dtype(float)) for one in words]
    assert len({(id(one.family), int(one.index)) for one in members}) == 1
    structures = [one.structure for one in members[0].family]
    assert len(structures) == len(set(structures))


def test_names_are_those_of_the_formula(client):
    entries = {one["id"]: one for one in client.get("/api/v1/catalog").json()["surfaces"]}
    for surface in SURFACES:
        names = entries[surface.id]["names"]
        left = entries[surface.id]["formula_mathml"].split("&#x0003D;")[0]
        letters = [one for name in names for one in name.translate(str.maketrans("₁₂", "12"))]
        place = -1
        for letter in letters:
            place = left.index(f">{letter}<", place + 1)
    assert entries["linear_regression"]["names"] == ["w", "b"]
    assert entries["logistic_regression"]["names"] == ["w₁", "w₂"]
    assert entries["deep_chain"]["names"] == ["w₁", "w₂"]
    assert entries["recurrent_unit"]["names"] == ["w", "b"]
    assert entries["bowl"]["names"] == ["x", "y"]
    graph = ask(client, "/api/v1/backpropagation", surface={"id": "deep_chain"}, at=[1, 2])
    assert [node["name"] for node in graph["nodes"][:3]] == ["w₁", "w₂", "v₁"]
    assert [node["id"] for node in graph["nodes"][:3]] == ["x", "y", "v1"]
    assert graph["nodes"][2]["formula"].count("w₁") == 1


@pytest.mark.parametrize("chosen, part", [
    ({"loss_function": "mse"}, "<mn>1</mn></mrow><mrow><mi>n</mi>"),
    ({"loss_function": "mse_half"}, "<mn>1</mn></mrow><mrow><mn>2</mn><mi>n</mi>"),
    ({"loss_function": "huber"}, "<mi>H</mi>"),
])  # fmt: skip
def test_the_formula_follows_the_choices(client, chosen, part):
    surface = {"id": "linear_regression", "parameters": chosen}
    assert part in ask(client, GRID, surface=surface, nx=2, ny=2)["formula_mathml"]


def test_half_the_mse_halves_loss_and_slope(client):
    at = [[0.5, -1]]
    whole, half = (
        ask(client, "/api/v1/probe", at=at,
            surface={"id": "linear_regression", "parameters": {"loss_function": loss}})["points"][0]
        for loss in ("mse", "mse_half")
    )  # fmt: skip
    assert half["loss"] == pytest.approx(whole["loss"] / 2, rel=1e-14)
    assert half["critical_learning_rate"] == pytest.approx(
        2 * whole["critical_learning_rate"], rel=1e-12
    )


def test_the_catalogue_says_under_which_choice_a_number_does_anything(client):
    entries = {one["id"]: one for one in client.get("/api/v1/catalog").json()["surfaces"]}
    properties = entries["linear_regression"]["parameters"]["properties"]
    assert properties["huber_delta"]["when"] == {"loss_function": ["huber"]}
    # It is true: with another loss the number changes nothing.
    paths = [
        ask(client, PATHS, runs=of("sgd"), steps=3,
            surface={"id": "linear_regression", "parameters": {"huber_delta": delta}})["runs"]
        for delta in (0.1, 5.0)
    ]  # fmt: skip
    assert paths[0] == paths[1]


def test_a_bias_of_25_is_within_bounds_and_suggested(client):
    scores, labels = exams()
    rows = [f"{a},{b},{int(label)}" for (a, b), label in zip(scores, labels, strict=True)]
    surface = {"id": "logistic_regression", "points": "\n".join(rows)}
    grid = ask(client, GRID, surface=surface, nx=2, ny=2)
    best = grid["suggested"]["bias"]
    assert best < -20
    assert grid["ranges"]["bias"][0] < best
    surface["parameters"] = {"bias": best}
    [minimum] = ask(client, GRID, surface=surface, nx=2, ny=2)["surface"]["minima"]
    weights = np.array([minimum["x"], minimum["y"]])
    chance = 1 / (1 + np.exp(-(best + scores @ weights)))
    # At the best fit the mean chance is the share of the admitted: ∂/∂w₀ = 0.
    assert chance.mean() == pytest.approx((labels > 0).mean(), abs=1e-6)


def test_hubers_delta_is_in_the_units_of_the_prices(client):
    """With a δ of 50 000 dollars the fit is SciPy's."""
    numbers = {"standardise": "off", "loss_function": "huber", "huber_delta": 5e4}
    grid = ask(client, GRID, surface={**HOUSES, "parameters": numbers}, nx=2, ny=2)
    low, high = grid["ranges"]["huber_delta"]
    assert low < PRICE.std() < high
    found = minimize(
        lambda at: huber(5e4, DESIGN @ (at[0], 1e3 * at[1]) - PRICE).mean(), (150, 50),
        method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-6, "maxiter": 4000},
    )  # fmt: skip
    [minimum] = grid["surface"]["minima"]
    assert (minimum["x"], minimum["y"]) == pytest.approx(found.x * (1, 1e3), rel=1e-4)


def test_prices_in_another_currency(client):
    surface = {**RAW, "points": csv(y=90 * PRICE), "parameters": {"standardise": "off"}}
    content = ask(client, PATHS, surface=surface, runs=of("sgd", "adam", "newton"))
    slope, height = np.polyfit(AREA, 90.0 * PRICE, 1)
    final = content["runs"][2]["trajectories"][0]["final"]
    assert (final["x"], final["y"]) == pytest.approx((slope, height), rel=1e-6)
    assert all(run["trajectories"][0]["diverged_at"] is None for run in content["runs"])


def test_get_takes_the_switch(client):
    answer = client.get(
        "/api/v1/surfaces/linear_regression/grid?standardise=on&nx=2&ny=2&loss_function=mse_half"
    )
    assert answer.status_code == 200, answer.text
    said = answer.json()["surface"]["standardised"]
    assert said["on"]
    points = answer.json()["points"]
    assert said["features"]["mean"][0] == pytest.approx(np.mean(points["x"]), abs=1e-12)
    assert said["targets"]["deviation"][0] == pytest.approx(np.std(points["y"]), rel=1e-12)
