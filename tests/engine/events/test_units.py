"""Units that die or are saturated."""

import numpy as np
import pytest

from server.declarations import BY_ID
from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.momentum import Momentum
from server.optimizers.sgd import Sgd
from surfaces.points import Points
from tests.engine.events.walking import walk

LINE = Points(np.array([[1.0, 0.0]]), np.array([1.0]), np.array([1.0]))
"""One example, x = 1 and y = 1: at ŷ = ReLU(w + b) the gradient is 2(ŷ − 1) by both."""


def test_a_relu_that_is_off_everywhere_is_dead(programs):
    """The data are on [−3, 3]: at w = 0, b = −7 every z is −7; at b = 7 none is under 0."""
    relu = {"activation": "relu"}
    sgd = Sgd(learning_rate=0.05)
    dead = walk(programs, "neuron", sgd, (0, -7), 50, numbers=relu)
    assert dead["dead_unit"].step == 0
    assert "No step will ever wake it" in dead["dead_unit"].text.en
    assert "dead_unit" not in walk(programs, "neuron", sgd, (0, 1), 50, numbers=relu)


def test_a_unit_dies_at_the_step_that_throws_it_under_0(programs):
    """z ← z − 4α(z − 1): with 4α = 2 + ε it swings, and dies the first time that z ≤ 0."""
    numbers = {"activation": "relu", "points": LINE, "standardise": "off"}
    z, k, rate = 1.05, 0, 0.55
    while z > 0:
        z, k = z - 4 * rate * (z - 1), k + 1
    seen = walk(programs, "neuron", Sgd(learning_rate=rate), (0.525, 0.525), 100, numbers=numbers)
    assert seen["dead_unit"].step == k > 5
    assert "until" not in seen["dead_unit"].numbers
    # At the limit it swings for ever and stays alive.
    calm = walk(programs, "neuron", Sgd(learning_rate=0.5), (0.525, 0.525), 100, numbers=numbers)
    assert "dead_unit" not in calm


def test_of_a_dead_unit_that_a_penalty_moves_less_is_said(programs):
    """At (4, −5) nothing but the penalty moves it, w + b = −(1 − α·l2)^k: under 0 to the end."""
    numbers = {"activation": "relu", "points": LINE, "standardise": "off"}
    changes = GradientChanges(l2=1.0)
    run = {"numbers": numbers, "changes": changes}
    seen = walk(programs, "neuron", Sgd(learning_rate=0.1), (4, -5), 60, **run)
    assert seen["dead_unit"].step == 0
    assert "No step" not in seen["dead_unit"].text.en
    # The penalty's gradient at (4, −5) is √41.
    assert "no gradient of the data" in seen["dead_unit"].text.en
    assert "exactly 0" not in seen["dead_unit"].text.en
    assert "в точности" not in seen["dead_unit"].text.ru
    chain = walk(
        programs, "deep_chain", Sgd(learning_rate=0.01), (1, -0.5), 40,
        numbers={"activation": "relu"}, changes=changes,
    )["dead_unit"]  # fmt: skip
    assert "no gradient of the data" in chain.text.en and "exactly 0" not in chain.text.en


def test_velocity_carries_a_unit_through_death(programs):
    """Heavy ball by hand: what threw one example under 0 goes on lifting the other over it.

    At x = −2 and x = 1 ẑ moves against each other, as the features (x, 1) have the product −1.
    """
    x, y, rate, beta = np.array([-2.0, 1.0]), np.ones(2), 0.1, 0.9
    at, v, off = np.array([2.0, 1.0]), np.zeros(2), []
    for _ in range(61):
        z = at[0] * x + at[1]
        off.append((z <= 0).all())
        slope = np.where(z > 0, z - y, 0.0)
        v = beta * v + np.array([(slope * x).sum(), slope.sum()])
        at = at - rate * v
    two = Points(x[:, None] * [1.0, 0.0], y, np.ones(2))
    numbers = {"activation": "relu", "points": two, "standardise": "off"}
    rule = Momentum(learning_rate=rate, momentum=beta)
    event = walk(programs, "neuron", rule, (2, 1), 60, numbers=numbers)["dead_unit"]
    dead = np.flatnonzero(off)
    assert 0 < event.step == dead[0]
    assert event.numbers["until"] == dead[-1] < 60
    assert len(dead) == dead[-1] - dead[0] + 1 > 5
    assert f"after step {dead[-1]} it wakes" in event.text.en


def test_noise_wakes_a_dead_unit(programs):
    numbers = {"activation": "relu", "points": LINE, "standardise": "off"}
    event = walk(
        programs, "neuron", Sgd(learning_rate=0.5), (-0.5, -0.5), 200,
        numbers=numbers, gradient_noise=1.0,
    )["dead_unit"]  # fmt: skip
    assert event.step == 0 and 0 < event.numbers["until"] < 200
    assert f"after step {event.numbers['until']} it wakes" in event.text.en


def test_a_chain_dies_in_the_layer_whose_weight_falls_under_0(programs):
    """w₂ ≤ 0 < w₁: h₅ = w₁⁵ lives, ReLU(w₂h₅) is 0, and so is the whole gradient."""
    relu = {"activation": "relu"}
    dead = walk(programs, "deep_chain", Sgd(learning_rate=0.01), (1, -0.5), 40, numbers=relu)
    assert (dead["dead_unit"].step, dead["dead_unit"].numbers["layer"]) == (0, 6)
    alive = walk(programs, "deep_chain", Sgd(learning_rate=0.01), (0.9, 0.9), 40, numbers=relu)
    assert "dead_unit" not in alive
    assert "dead_unit" not in walk(programs, "deep_chain", Sgd(learning_rate=0.01), (1, -0.5), 40)


def test_a_sigmoid_far_out_is_saturated(programs):
    """At w = 0, b = −8 the slope is e^−8/(1 + e^−8)² = 3.35e-4 at every point; at 0 it is ¼."""
    sgd = Sgd(learning_rate=0.1)
    event = walk(programs, "neuron", sgd, (0, -8), 50)["saturated_unit"]
    assert event.step == 0
    assert event.numbers["slope"] == pytest.approx(3.3524e-4, rel=1e-3)
    assert (event.numbers["share"], event.numbers["until"]) == (1.0, 50)
    assert "100 %" in event.text.en and "to the end" in event.text.en
    assert "saturated_unit" not in walk(programs, "neuron", sgd, (0, 0), 50)


def test_a_saturated_sigmoid_comes_back_when_its_slope_is_a_twentieth(programs):
    """The neuron's opening: until the mean of σ′ over the points is over ¼/20 again."""
    surface = BY_ID.surfaces["neuron"]()
    sgd = Sgd(learning_rate=2.0)
    [[path]] = trajectories(
        programs, surface, [Run(sgd, np.ones(500))], np.array([surface.start]), tolerance=1e-3
    )
    x = np.asarray(surface.ready().points.features)[:50, 0]
    sigma = 1 / (1 + np.exp(-(path.points[:, :1] * x + path.points[:, 1:])))
    flat = (sigma * (1 - sigma)).mean(axis=1) <= 0.25 / 20
    event = walk(programs, "neuron", sgd, surface.start, 500)["saturated_unit"]
    begin = int(flat.argmax())
    assert (event.step, event.numbers["until"]) == (
        begin,
        begin + int((~flat[begin:]).argmax()) - 1,
    )


def test_a_chain_of_tanh_saturates_where_its_weights_are_large(programs):
    """1 − tanh²z ≤ 1/20 from z = 2.18 on: w₁ = 3 is over that in the first layer, w = 1 is not."""
    chain = {"activation": "tanh", "first_layers": 3, "last_layers": 3, "target": 0.1}
    sgd = Sgd(learning_rate=1e-4)
    event = walk(programs, "deep_chain", sgd, (3, 3), 20, numbers=chain)["saturated_unit"]
    assert event.step == 0
    assert event.numbers["slope"] == pytest.approx(1 - np.tanh(3.0) ** 2)
    assert (event.numbers["count"], event.numbers["all"]) == (5, 5)
    assert "saturated_unit" not in walk(programs, "deep_chain", sgd, (1, 1), 20, numbers=chain)
