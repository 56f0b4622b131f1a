"""Rates: over their limit, frozen, and how fast theory says that a path converges."""

from math import ceil, log, sqrt

import numpy as np
import pytest

from server.engine.events.quadratics import factor, limit
from server.optimizers.adagrad import Adagrad
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from tests.engine.events.walking import RAVINE, walk

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
