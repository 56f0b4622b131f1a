"""Default rates follow the surface's parameters, in paths, pictures and the catalogue alike."""

import numpy as np
import pytest


def grid(client, surface, **parameters):
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return client.get(f"/api/v1/surfaces/{surface}/grid?nx=2&ny=2&{query}").json()


def resolved(client, surface, parameters, **optimizer):
    answer = client.post(
        "/api/v1/trajectories",
        json={
            "surface": {"id": surface, "parameters": parameters},
            "steps": 50,
            "runs": [{"optimizer": optimizer}],
        },
    ).json()
    return answer["runs"][0]


@pytest.mark.parametrize("condition_number", [1, 10, 100, 1000])
def test_descent_on_a_bowl_is_stable_whatever_the_condition_number(client, condition_number):
    """x ← (1 − αλ)x shrinks for λ = 1 and κ: both factors by hand, and the path itself."""
    run = resolved(client, "bowl", {"condition_number": condition_number}, id="sgd")
    rate = run["optimizer"]["learning_rate"]
    factors = 1 - rate * np.array([1.0, condition_number])
    assert np.abs(factors).max() < 1
    [path] = run["trajectories"]
    start = np.array([path["x"][0], path["y"][0]])
    assert [path["x"][50], path["y"][50]] == pytest.approx(start * factors**50, rel=1e-9)


def test_the_picture_says_the_rates_that_paths_take(client):
    for parameters in ({"condition_number": 3}, {"condition_number": 700}):
        rates = grid(client, "bowl", **parameters)["learning_rates"]
        for optimizer in ("sgd", "momentum", "adam"):
            run = resolved(client, "bowl", parameters, id=optimizer)
            assert run["optimizer"]["learning_rate"] == rates[optimizer]


def test_a_rate_that_is_given_stays(client):
    run = resolved(client, "bowl", {"condition_number": 500}, id="sgd", learning_rate=0.1)
    assert run["optimizer"]["learning_rate"] == 0.1


def test_rates_follow_every_parameter_that_bends_the_surface(client):
    """The largest curvatures, by hand: 1 + Aω², 2 + 4π²A, 1/w², 2(a² + b²)."""
    cases = [
        ("rippled_bowl", {"amplitude": 2.0, "frequency": 20.0}, 1 + 2 * 400),
        ("rastrigin", {"amplitude": 20.0}, 2 + 4 * np.pi**2 * 20),
        ("plateau", {"width": 0.3}, 1 / 0.09),
        ("deep_chain", {"first_layers": 20, "last_layers": 20}, 2 * 800),
    ]
    for surface, parameters, curvature in cases:
        rate = grid(client, surface, **parameters)["learning_rates"]["sgd"]
        assert 0.2 < rate * curvature < 2, surface


def test_catalogue_says_how_many_minima_it_lists_and_whose_rates_are_tuned(client):
    entries = {one["id"]: one for one in client.get("/api/v1/surfaces").json()}
    assert entries["rastrigin"]["minima_known"] == "all"
    assert len(entries["rastrigin"]["minima"]) == 121
    assert entries["levy_n13"]["minima_known"] == "global"
    assert entries["deep_chain"]["minima_known"] == "none"
    assert [name for name, one in entries.items() if one["rates_tuned"]] == ["rosenbrock"]


def test_distance_is_to_a_global_minimum_even_beside_a_local_one(client):
    """A path that rests in Rastrigin's cell (−3, 3) is √2·2.985 away from the bottom."""
    run = resolved(client, "rastrigin", {}, id="sgd")
    [path] = run["trajectories"]
    x, y = path["final"]["x"], path["final"]["y"]
    assert (x, y) == pytest.approx((-2.98486, 2.98486), abs=1e-4)
    assert path["final"]["distance_to_minimum"] == pytest.approx(np.hypot(x, y), rel=1e-12)


def test_answers_list_the_minima_of_the_parameters_asked_for(client):
    few, many = (
        grid(client, "rippled_bowl", amplitude=amplitude)["surface"] for amplitude in (0.3, 2.0)
    )
    assert (len(few["minima"]), len(many["minima"])) == (9, 35)
    assert few["minima_known"] == "all"
