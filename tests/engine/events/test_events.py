"""Each kind of event: where theory says that it must happen, and where it must not."""

from math import acos, ceil, log, pi, sqrt

import numpy as np
import pytest

from server.engine.events.catalog import KINDS
from server.engine.events.quadratics import factor, limit
from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.adagrad import Adagrad
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from surfaces.catalog import SURFACES
from surfaces.formula import Formula
from surfaces.points import Points

BY_ID = {surface.id: surface for surface in SURFACES}
RAVINE = "x^2/2 + 25*y^2"
"""Curvatures 1 and 50."""


def walk(programs, surface, optimizer, start, steps, **training):
    tolerance = training.pop("tolerance", 1e-3)
    numbers = training.pop("numbers", {})
    run = Run(optimizer, training.pop("schedule", np.ones(steps)), **training)
    chosen = BY_ID[surface](**numbers) if surface in BY_ID else Formula(surface)
    [[path]] = trajectories(
        programs, chosen, [run], np.array([start], float), tolerance=tolerance, with_events=True
    )
    events = path.events
    assert [one.step for one in events] == sorted(one.step for one in events)
    assert all(0 <= one.step < len(path.loss) and one.kind in KINDS for one in events)
    assert all(text and "{" not in text for one in events for text in (one.text.en, one.text.ru))
    return {one.kind: one for one in events}


# The rate against 2/λ_max


@pytest.mark.parametrize("slower", [1.0, 0.99])
def test_a_growing_rate_passes_the_limit_where_it_is_two_over_the_curvature(programs, slower):
    """α_k = 0.001·k on λ_max = 50: over 0.04 from the step after point 40 on."""
    schedule = np.arange(1, 81) * slower
    seen = walk(programs, RAVINE, Sgd(learning_rate=0.001), (1, 1e-6), 80, schedule=schedule)
    event = seen["rate_over_limit"]
    assert event.step == int(np.flatnonzero(0.001 * schedule * 50 > 2 * (1 + 1e-9))[0])
    assert event.numbers["limit"] == pytest.approx(0.04)
    assert event.numbers["growth"] == pytest.approx(abs(1 - 50 * event.numbers["rate"]))
    assert "2/λ_max" in event.text.en and "0,04" in event.text.ru


@pytest.mark.parametrize("rate", [0.0399, 0.04])
def test_a_rate_within_the_limit_passes_nothing(programs, rate):
    assert "rate_over_limit" not in walk(programs, RAVINE, Sgd(learning_rate=rate), (1, 1), 60)


def test_momentum_has_a_wider_limit(programs):
    """2(1 + β)/λ_max: 0.05 is over 2/50 and under 3.8/50."""
    ball = Momentum(learning_rate=0.05, momentum=0.9)
    assert "rate_over_limit" not in walk(programs, RAVINE, ball, (1, 1), 60)
    ball = Momentum(learning_rate=0.077, momentum=0.9)
    assert walk(programs, RAVINE, ball, (1, 1), 20)["rate_over_limit"].step == 0


def test_limits_are_where_the_recurrence_leaves_the_circle():
    for optimizer in (Sgd(), Momentum(momentum=0.7), Nesterov(momentum=0.7)):
        most = limit(optimizer, 3.0)
        assert factor(optimizer, most, 3.0) == pytest.approx(1)
        assert factor(optimizer, 1.01 * most, 3.0) > 1 > factor(optimizer, 0.99 * most, 3.0)
    assert limit(Adam(), 3.0) is None


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


# Oscillation and overshoot


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
    cliff = BY_ID["cliff"]
    sgd = Sgd(learning_rate=cliff.learning_rate)
    event = walk(programs, "cliff", sgd, cliff.start, 100)["thrown"]
    assert event.numbers["longer"] >= 20 and event.numbers["steeper"] > 2
    changes = GradientChanges(clip_norm=1.0)
    assert "thrown" not in walk(programs, "cliff", sgd, cliff.start, 100, changes=changes)
    assert "thrown" not in walk(programs, RAVINE, Sgd(learning_rate=0.06), (1, 1), 60)


# Second moments


def test_adagrad_freezes_where_the_gradient_stays_and_rmsprop_does_not(programs):
    """A constant gradient g: α/√G = α/(g√k) is a tenth of the first from k = 100 on."""
    slope = "x+y"
    event = walk(programs, slope, Adagrad(learning_rate=0.1), (0, 0), 300)["rate_frozen"]
    assert event.step in (100, 101)
    assert event.numbers["last"] == pytest.approx(0.1 / sqrt(300), rel=1e-6)
    for other in (RMSProp(learning_rate=0.1), Adam(learning_rate=0.1)):
        assert "rate_frozen" not in walk(programs, slope, other, (0, 0), 300)
    assert "rate_frozen" not in walk(programs, slope, Adagrad(learning_rate=0.1), (0, 0), 90)


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


# Units


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
    surface = BY_ID["neuron"]()
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


# Linear convergence


@pytest.mark.parametrize(
    ("optimizer", "theory"),
    [
        (Sgd(learning_rate=0.02), 0.98),
        (Momentum(learning_rate=0.05, momentum=0.81), 0.9),
        (Momentum(learning_rate=0.02, momentum=0.1), None),
    ],
)
def test_a_quadratic_is_reached_at_the_rate_of_theory(programs, optimizer, theory):
    """GD max|1 − αλ|; heavy ball √β where both pairs of roots are complex, else the larger."""
    if theory is None:
        a = 1 + 0.1 - 0.02
        theory = (a + sqrt(a * a - 4 * 0.1)) / 2
    event = walk(programs, RAVINE, optimizer, (1, 1), 700)["linear_rate"]
    assert event.numbers["theory"] == pytest.approx(theory)
    assert event.numbers["rho"] == pytest.approx(theory, abs=0.004)


def test_gradient_descent_comes_within_the_tolerance_when_its_rate_says(programs):
    event = walk(programs, RAVINE, Sgd(learning_rate=0.02), (1, 0), 700)["linear_rate"]
    assert event.step == ceil(log(1e-3) / log(0.98))


def test_a_fourth_power_is_not_reached_at_a_linear_rate(programs):
    """x⁴ + y⁴: x shrinks as k^−½, by a factor that comes ever nearer to 1."""
    quartic = walk(programs, "x^4+y^4", Sgd(learning_rate=0.05), (1, 1), 3000, tolerance=1e-2)
    assert "linear_rate" not in quartic
