"""What a path came to: against closed forms, published minima and hand work."""

from math import acos, pi

import numpy as np
import pytest

from server.declarations import BY_ID
from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.momentum import Momentum
from server.optimizers.newton import Newton
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from surfaces.catalog import SURFACES
from surfaces.shapes import Bowl, Saddle
from tests.engine.outcomes import check_form, walk


def words(path):
    return [change.id for change in path.outcomes]


def word_at(path, step):
    return [change.id for change in path.outcomes if change.at <= step][-1]


def test_the_lowest_known_minimum_is_reached_when_the_gradient_says_so(programs):
    """On the bowl with κ = 1 and α = 0.5 the gradient norm is 2^−k: 1e-3 from k = 10 on."""
    path = walk(programs, Bowl(condition_number=1.0), Sgd(learning_rate=0.5), (1.0, 0.0), 30)
    assert words(path) == ["descending", "minimum"]
    assert path.outcome.at == path.converged_at == 10
    assert path.outcome.numbers["minimum_loss"] == 0.0
    assert path.outcomes[-1].numbers["gradient_norm"] == pytest.approx(2.0**-10)
    assert path.outcome.numbers["gradient_norm"] == pytest.approx(2.0**-30)


@pytest.mark.parametrize("start", [(0.0, 0.0), (1.0, 0.0)])
def test_a_saddle_is_not_a_minimum(programs, start):
    """(x² − y²)/2 has the eigenvalues −1 and 1, and (1, 0) is on the way that leads to 0."""
    path = walk(programs, Saddle(), Sgd(learning_rate=0.5), start, 100)
    assert path.status == "converged"
    assert path.outcome.id == "saddle"
    assert [path.outcome.numbers[name] for name in ("smaller", "larger")] == [-1.0, 1.0]


def test_passing_a_saddle_is_told_while_it_lasts(programs):
    """y grows as 1.5^k 1e-9: over the tolerance from k = 35 on, and ever on."""
    path = walk(programs, Saddle(), Sgd(learning_rate=0.5), (1.0, 1e-9), 400)
    assert words(path) == ["descending", "saddle", "descending", "growing"]
    k = np.arange(401)
    norm = np.hypot(0.5**k, 1e-9 * 1.5**k)
    inside = np.flatnonzero(norm <= 1e-3)
    assert [change.at for change in path.outcomes[1:3]] == [inside[0], inside[-1] + 1]
    assert path.outcome.numbers["loss"] == pytest.approx(-(1e-18 * 1.5**800) / 2, rel=1e-9)


def test_a_maximum_is_no_minimum(programs):
    """Newton's step on −x² − y² ends at its top."""
    path = walk(programs, "-x^2-y^2", Newton(), (1.0, 1.0), 5)
    assert (path.status, path.outcome.id, path.outcome.at) == ("converged", "maximum", 1)


def test_a_plateau_is_flat_however_far_the_minimum(programs):
    """Easom's pit at (π, π) is 8.69 away from (−3, −3), where all derivatives are 1e-30."""
    path = walk(programs, BY_ID.surfaces["easom"](), Sgd(learning_rate=0.1), (-3.0, -3.0), 50)
    assert (path.status, path.converged_at) == ("converged", 0)
    assert words(path) == ["flat"]
    assert path.outcome.numbers["distance"] == pytest.approx(np.hypot(3 + pi, 3 + pi))
    assert path.outcome.numbers["above_lowest"] == pytest.approx(1.0)


def test_a_local_minimum_is_told_from_the_lowest(programs):
    """Rastrigin from (3, 3): the cell's own minimum, 2x = −2πA sin 2πx, is 17.9 above 0."""
    path = walk(programs, BY_ID.surfaces["rastrigin"](), Sgd(learning_rate=0.001), (3.0, 3.0), 300)
    low, high = 2.9, 3.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if 2 * middle + 20 * pi * np.sin(2 * pi * middle) < 0 else (
            low, middle)  # fmt: skip
    height = 2 * (low**2 + 10 * (1 - np.cos(2 * pi * low)))
    assert path.outcome.id == "local_minimum"
    assert path.loss[-1] == pytest.approx(height, abs=1e-9)
    assert path.outcome.numbers["above_lowest"] == pytest.approx(height, abs=1e-6)
    assert "17.9" in path.outcome.text.en and "17,9" in path.outcome.text.ru


def test_a_known_minimum_that_is_not_the_lowest(programs):
    """The tilted double well (x² − 1)² + tx + y² has a deeper basin at the left for t > 0."""
    right = walk(
        programs, BY_ID.surfaces["double_well"](), Sgd(learning_rate=0.05), (1.2, 0.5), 500
    )
    left = walk(
        programs, BY_ID.surfaces["double_well"](), Sgd(learning_rate=0.05), (-1.2, 0.5), 500
    )
    assert (right.outcome.id, left.outcome.id) == ("local_minimum", "minimum")
    # 4x³ − 4x + 0.3 = 0 by Viète: x = (2/√3) cos(φ/3 − 2πj/3), cos φ = −(3√3/8)·0.3
    angle = acos(-3 * 3**0.5 / 8 * 0.3)
    roots = sorted(2 / 3**0.5 * np.cos(angle / 3 - 2 * pi * j / 3) for j in range(3))
    f = [(x**2 - 1) ** 2 + 0.3 * x for x in roots]
    assert right.outcome.numbers["above_lowest"] == pytest.approx(f[2] - f[0], abs=1e-6)


def test_pascanus_desert_is_flat(programs):
    """Where the unit saturates the output is 1, the target 0.7 and the loss 0.09 for ever."""
    path = walk(
        programs, BY_ID.surfaces["recurrent_unit"](), Sgd(learning_rate=0.5), (9.0, 9.0), 50
    )
    assert path.loss[-1] == pytest.approx(0.09, abs=1e-3)
    assert path.outcome.id == "flat"


def test_an_inflection_is_no_minimum_though_its_curvatures_are_positive(programs):
    """x³ + y³ approached from above: f goes on falling beyond 0."""
    path = walk(programs, "x^3+y^3", Newton(), (1.0, 1.0), 50)
    assert path.status == "converged"
    assert set(words(path)) == {"descending", "flat"}


def test_a_minimum_without_curvature_is_found_by_its_neighbours(programs):
    """x⁴ + y⁴ has the Hessian 0 at its minimum; −x⁴ − y⁴ at its maximum."""
    low = walk(programs, "x^4+y^4", Sgd(learning_rate=0.1), (0.0, 0.0), 5)
    high = walk(programs, "-x^4-y^4", Sgd(learning_rate=0.1), (0.0, 0.0), 5)
    level = walk(programs, "0*x", Sgd(learning_rate=0.1), (0.0, 0.0), 5)
    assert [path.outcome.id for path in (low, high, level)] == ["local_minimum", "maximum", "flat"]


def test_a_kink_that_is_a_known_minimum_counts(programs):
    """Ackley's cone has its minimum at 0, where there is no Hessian."""
    path = walk(programs, BY_ID.surfaces["ackley"](), Sgd(learning_rate=0.03), (0.0, 0.0), 20)
    assert path.outcome.id == "minimum"


def test_growth_without_bound_is_not_just_running(programs):
    """y_k = (1 − ακ)^k y₀ with |1 − 2.5| > 1: 1e177 after 500 steps."""
    path = walk(
        programs, Bowl(condition_number=25.0), Sgd(learning_rate=0.1), (-3.5, 1.5), 500
    )  # fmt: skip
    assert path.status == "running"
    assert path.loss[-1] == pytest.approx(25 / 2 * 1.5**2 * 1.5**1000, rel=1e-9)
    assert words(path) == ["descending", "growing"]
    assert path.outcome.at == 1


def test_an_oscillation_that_does_not_shrink(programs):
    """α = 2 on x²/2 jumps between 1 and −1; f is 1/2 for ever."""
    path = walk(programs, Bowl(), Sgd(learning_rate=2.0), (1.0, 0.0), 60)
    assert (path.outcome.id, path.outcome.at) == ("oscillating", 1)


def test_an_oscillation_that_shrinks_still_descends(programs):
    """α = 1.9 on x²/2: |x| = 0.9^k, which changes side at every step."""
    path = walk(programs, Bowl(condition_number=1.0), Sgd(learning_rate=1.9), (9.0, 0.0), 40)
    assert words(path) == ["descending"]


@pytest.mark.parametrize("shift", [0.0, 1e6])
def test_swings_are_judged_by_their_height(programs, shift):
    """RMSProp jumps about 0 with steps of its rate; a constant added to f changes no word."""
    path = walk(programs, f"x^2+4*y^2+{shift:.0f}", RMSProp(learning_rate=0.1), (2.0, 1.0), 600)
    assert path.outcome.id == "oscillating"
    jumps = np.hypot(*np.diff(path.points[-60:], axis=0).T)
    assert jumps.min() > 0.05


def test_nobody_is_told_the_future(programs):
    """The word of a step is that of a path that was walked to there and no further."""
    surface = BY_ID.surfaces["rosenbrock"]()
    optimizers = [Momentum(learning_rate=0.002), RMSProp(learning_rate=0.1)]
    for optimizer in optimizers:
        path = walk(programs, surface, optimizer, (-0.5, 2.6), 200)
        assert len(path.outcomes) > 1
        for steps in (1, 7, 40, path.outcome.at - 1, 150):
            shorter = walk(programs, surface, optimizer, (-0.5, 2.6), max(steps, 1))
            assert word_at(path, steps) == shorter.outcome.id


def test_the_default_race_ends_in_known_words(programs):
    """On every surface every method of the lecture comes to something that can be said."""
    for surface in SURFACES:
        runs = [Run(one(), np.ones(60)) for one in OPTIMIZERS[:6]]
        starts = np.array([surface.start])
        for [path] in trajectories(
            programs, surface(), runs, starts, tolerance=1e-3, with_outcomes=True
        ):  # fmt: skip
            check_form(path, 60)


def test_noisy_runs_say_so(programs):
    noisy = walk(
        programs, Bowl(), Sgd(learning_rate=0.1), (0.1, 0.1), 2000, gradient_noise=0.3
    )  # fmt: skip
    exact = walk(programs, Bowl(), Sgd(learning_rate=0.1), (0.1, 0.1), 2000)
    assert "noisy" in noisy.outcome.text.en and "noisy" not in exact.outcome.text.en
    # Its loss is stationary, so most of the way it neither descends nor grows.
    assert word_at(noisy, 1500) == "oscillating"


def test_a_penalised_run_is_judged_by_what_it_minimises(programs):
    """f + λ‖x‖²/2 on the bowl has curvatures 1 + λ and 10 + λ; no minimum of it is known."""
    path = walk(
        programs, Bowl(), Sgd(learning_rate=0.05), (1.0, 1.0), 300, changes=GradientChanges(l2=0.5)
    )
    assert path.outcome.id == "local_minimum"
    assert path.outcome.numbers["smaller"] == pytest.approx(1.5)
    assert path.outcome.numbers["larger"] == pytest.approx(10.5)
    assert "penalty" in path.outcome.text.en


def test_words_that_come_and_go_are_few(programs):
    """A path that crosses the tolerance at every step is not told thousands of times."""
    path = walk(programs, Bowl(), Sgd(learning_rate=0.1), (0.0, 0.0), 10_000, gradient_noise=2e-3)
    assert len(path.outcomes) <= 32


def test_where_it_stands_still_outside_the_tolerance(programs):
    """A rate of 0 from a schedule: the point moves no more, and nothing is reached."""
    run = Run(Sgd(learning_rate=0.1), np.concatenate([np.ones(3), np.zeros(60)]))
    starts = np.array([[3.0, 1.0]])
    [[path]] = trajectories(programs, Bowl(), [run], starts, tolerance=1e-3)
    assert path.outcome.id == "descending"
    assert "moving no more" in path.outcome.text.en
