"""Oscillation and overshoot."""

from math import acos, inf, pi, sqrt

import numpy as np
import pytest

from server.engine.events.path import Found
from server.engine.events.telling import told
from server.engine.outcomes.writing import times
from server.optimizers.momentum import Momentum
from server.optimizers.sgd import Sgd
from surfaces.declaration import Text
from tests.engine.events.walking import RAVINE, walk


def test_over_one_over_the_curvature_each_step_changes_sides(programs):
    """1 − αλ = −0.8 across: a change of sign each step, until y is a thousandth of x's part."""
    event = walk(programs, RAVINE, Sgd(learning_rate=0.036), (1, 1), 200)["oscillation"]
    k = np.arange(201)
    gx, gy = 0.964**k, 50 * 0.8**k
    counted = np.flatnonzero(gy > 1e-3 * np.hypot(gx, gy))
    assert event.step == 1
    assert event.numbers["kappa"] == pytest.approx(50)
    assert 20 < event.numbers["changes"] <= counted[-1]
    assert event.numbers["until"] == event.numbers["changes"]
    assert "50 times" in event.text.en and "в 50 раз" in event.text.ru


def test_a_channel_has_no_curvature_along_it(programs):
    """Its ratio is no number, and no sentence says that it is infinite."""
    event = walk(programs, "25*y^2", Sgd(learning_rate=0.036), (1, 1), 60)["oscillation"]
    assert event.numbers["kappa"] is None
    assert event.text.en.endswith("Along it there is no curvature at all.")
    assert event.text.ru.endswith("Вдоль него кривизны нет вовсе.")


@pytest.mark.parametrize("along", ["1e-12", "1e-8"])
def test_a_curvature_that_is_nothing_beside_the_other_is_told_without_a_number(programs, along):
    """Nobody is told of 25,000,000,000,000 times; but there is some."""
    surface = f"{along}*x^2+25*y^2"
    event = walk(programs, surface, Sgd(learning_rate=0.036), (1, 1), 60)["oscillation"]
    assert event.numbers["kappa"] > 1e9
    assert event.text.en.endswith("Along it there is next to no curvature.")
    assert event.text.ru.endswith("Вдоль него кривизны почти нет.")


def test_a_sentence_with_an_infinite_number_is_not_told():
    first, second = Text("It is {one}.", "Это {one}."), Text(" Or {other}.", " Или {other}.")
    assert told(Found(1, (first, second), {"one": inf, "other": 2.0})) is None
    left = Text("It is 1.", "Это 1.")
    assert told(Found(1, (first, second), {"one": 1.0, "other": -inf})) == left
    assert told(Found(1, (first, second), {"one": 1.0}, {"other": times(inf)})) == left


def test_under_one_over_the_curvature_nothing_oscillates(programs):
    assert "oscillation" not in walk(programs, RAVINE, Sgd(learning_rate=0.019), (1, 1), 200)


def test_a_round_bowl_is_no_ravine(programs):
    seen = walk(programs, "x^2/2+y^2/2", Sgd(learning_rate=1.8), (1, 1), 100)
    assert "oscillation" not in seen


def test_three_changes_of_sign_are_no_oscillation(programs):
    assert "oscillation" not in walk(programs, RAVINE, Sgd(learning_rate=0.036), (1, 1), 3)


def test_a_heavy_ball_swings_where_its_roots_are_complex(programs):
    """Half a period is π/θ steps, cos θ = (1 + β − αλ)/(2√β) across."""
    ball = Momentum(learning_rate=0.004, momentum=0.9)
    event = walk(programs, RAVINE, ball, (1, 1), 200)["oscillation"]
    half = pi / acos((1.9 - 0.2) / (2 * sqrt(0.9)))
    span = event.numbers["until"] - event.step
    assert span / (event.numbers["changes"] - 1) == pytest.approx(half, rel=0.1)


def test_a_heavy_ball_overshoots_where_its_roots_are_complex_only(programs):
    """On λ = 1: complex for β = 0.9, α = 0.1; real for β = 0.2, α = 0.1 (1.1² > 0.8)."""
    bowl = "x^2/2+y^2/2"
    event = walk(programs, bowl, Momentum(learning_rate=0.1, momentum=0.9), (1, 1), 100)[
        "overshoot"
    ]
    x, v, path = 1.0, 0.0, [1.0]
    for _ in range(100):
        v = 0.9 * v - 0.1 * x
        x += v
        path.append(x)
    bottom = next(k for k in range(100) if abs(path[k + 1]) > abs(path[k]))
    assert event.step == bottom
    calm = Momentum(learning_rate=0.1, momentum=0.2)
    assert "overshoot" not in walk(programs, bowl, calm, (1, 1), 100)
    assert "overshoot" not in walk(programs, RAVINE, Sgd(learning_rate=0.041), (1, 1), 50)


def test_a_swing_that_nobody_would_see_is_no_overshoot(programs):
    """β = 0.5, αλ = 0.1: complex roots, but √β^(π/θ) = 5e-4 is left when it comes to the bottom."""
    ball = Momentum(learning_rate=0.1, momentum=0.5)
    assert "overshoot" not in walk(programs, "x^2/2+y^2/2", ball, (1, 1), 100)
