"""What a path comes past: saddles, the convex region, walls; and the ball where noise keeps it."""

from math import log, sqrt

import numpy as np
import pytest

from server.declarations import BY_ID
from server.engine.gradient_changes import GradientChanges
from server.optimizers.sgd import Sgd
from surfaces.formula import Formula
from tests.engine.events.walking import RAVINE, walk

# Saddles


@pytest.mark.parametrize("off", [1e-6, 1.01e-6])
def test_leaving_a_saddle_takes_as_long_as_its_curvature_says(programs, off):
    """(x² − y²)/2 at α = ½: x = 2^−k, y = 1.5^k·off; Newton's step is as long as the point."""
    event = walk(programs, "(x^2-y^2)/2", Sgd(learning_rate=0.5), (1, off), 60)["saddle_left"]
    (left, right), (bottom, top) = Formula("(x^2-y^2)/2").domain
    near = 0.05 * np.hypot(right - left, top - bottom)
    k = np.arange(61)
    inside = np.flatnonzero(np.hypot(0.5**k, off * 1.5**k) <= near)
    assert event.step == inside[-1] + 1
    assert event.numbers["steps"] == len(inside)
    assert (event.numbers["smaller"], event.numbers["larger"]) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("surface", "start"), [(RAVINE, (1, 1)), ("(x^2-y^2)/2", (1, 0)), ("rosenbrock", (-1.5, 1.5))]
)
def test_nobody_leaves_a_saddle_that_is_not_there_or_that_holds(programs, surface, start):
    assert "saddle_left" not in walk(programs, surface, Sgd(learning_rate=0.001), start, 400)


# The convex region


def test_the_convex_region_of_a_double_well_begins_at_its_inflection(programs):
    """(x² − 1)²/4 + y²/2: f″ = 3x² − 1 is positive from x = 1/√3 on."""
    surface = "(x^2-1)^2/4 + y^2/2"
    x, k = 0.01, 0
    while 3 * x * x - 1 <= 0:
        x, k = x - 0.1 * (x**3 - x), k + 1
    event = walk(programs, surface, Sgd(learning_rate=0.1), (0.01, 0.3), 200)["convex_region"]
    assert event.step == k
    assert event.numbers["smaller"] == pytest.approx(3 * x * x - 1)


@pytest.mark.parametrize("surface", [RAVINE, "(x^2-y^2)/2"])
def test_neither_a_bowl_nor_a_saddle_has_a_border_of_convexity(programs, surface):
    assert "convex_region" not in walk(programs, surface, Sgd(learning_rate=0.01), (1, 0.1), 100)


def test_looks_between_looks_find_the_exact_step(programs):
    """Over 512 points only some are looked at: the border is found all the same."""
    surface = "(x^2-1)^2/4 + y^2/2"
    x, k = 0.01, 0
    while 3 * x * x - 1 <= 0:
        x, k = x - 0.002 * (x**3 - x), k + 1
    seen = walk(programs, surface, Sgd(learning_rate=0.002), (0.01, 0.3), 6000)
    assert seen["convex_region"].step == k > 512


def test_steps_that_grow_tenfold_are_thrown_by_no_wall(programs):
    """1 − αλ = −10: every step is ten times the one before, and none twenty times."""
    assert "thrown" not in walk(programs, RAVINE, Sgd(learning_rate=0.22), (0, 0.1), 8)


# Clipping, walls


@pytest.mark.parametrize(("threshold", "count"), [(1.0, 4), (9.0, 0)])
def test_clipping_is_told_where_the_gradient_is_longer(programs, threshold, count):
    """x ← x − g, ‖g‖ = x cut to 1: from 4 to 3, 2, 1, where ‖g‖ ≥ 1 still cuts, to nothing."""
    changes = GradientChanges(clip_norm=threshold)
    seen = walk(programs, "x^2/2+y^2/2", Sgd(learning_rate=1.0), (4, 0), 10, changes=changes)
    assert ("clipped" in seen) == (count > 0)
    if count:
        event = seen["clipped"]
        assert (event.step, event.numbers["norm"]) == (0, 4.0)
        assert event.numbers["count"] == count
        assert "4 times" in event.text.en and "4 раза" in event.text.ru


def test_a_wall_throws_without_clipping_and_not_with_it(programs):
    """Pascanu's remedy on the product's own cliff, at the rate that the cliff declares."""
    cliff = BY_ID.surfaces["cliff"]
    sgd = Sgd(learning_rate=cliff.learning_rate)
    event = walk(programs, "cliff", sgd, cliff.start, 100)["thrown"]
    assert event.numbers["longer"] >= 20 and event.numbers["steeper"] > 2
    changes = GradientChanges(clip_norm=1.0)
    assert "thrown" not in walk(programs, "cliff", sgd, cliff.start, 100, changes=changes)
    assert "thrown" not in walk(programs, RAVINE, Sgd(learning_rate=0.06), (1, 1), 60)


# Noise


def test_noise_keeps_a_ball_as_large_as_theory_says(programs):
    """ασ²/(λ(2 − αλ)) along each axis; 5,000 steps estimate it within a few per cent."""
    sgd = Sgd(learning_rate=0.2)
    noisy = walk(programs, "x^2/2+y^2", sgd, (3, 3), 5000, gradient_noise=0.5)["noise_ball"]
    variance = sum(0.2 * 0.25 / (one * (2 - 0.2 * one)) for one in (1, 2))
    assert noisy.numbers["theory"] == pytest.approx(sqrt(variance))
    assert noisy.numbers["radius"] == pytest.approx(sqrt(variance), rel=0.1)
    assert noisy.step == pytest.approx(log(3 / sqrt(variance)) / -log(0.8), abs=12)


def test_no_ball_without_noise_nor_while_it_still_descends(programs):
    bowl = "x^2/2+y^2"
    assert "noise_ball" not in walk(programs, bowl, Sgd(learning_rate=0.2), (3, 3), 500)
    slow = Sgd(learning_rate=0.001)
    assert "noise_ball" not in walk(programs, bowl, slow, (3, 3), 500, gradient_noise=0.5)
