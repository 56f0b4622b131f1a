"""What makes a rate the best, against NumPy by hand, and what luck cannot win."""

import numpy as np
import pytest

from server.engine.gradient_changes import GradientChanges
from server.engine.objectives import fragile, ranked
from server.engine.runs import Run
from server.engine.search import search
from server.engine.trajectories import trajectories
from server.engine.winners import winners
from server.optimizers.adagrad import Adagrad
from server.optimizers.momentum import Momentum
from server.optimizers.newton import Newton
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from server.results import Curve, Scale
from surfaces.basins import StyblinskiTang
from surfaces.data import LinearRegression
from surfaces.formula import Formula
from surfaces.points import used
from surfaces.ripples import Rastrigin
from surfaces.shapes import Bowl
from surfaces.valleys import GoldsteinPrice, McCormick, Rosenbrock

RATES = np.geomspace(1e-5, 10, 128)
STEPS = 500


def found(programs, surface, run, start=None, aim="held_loss", rates=RATES, **more):
    start = np.array(surface.start if start is None else start, float)
    curves = search(programs, surface, [run], start, rates, tolerance=1e-3)
    [winner] = winners(programs, surface, [run], curves, start, aim, tolerance=1e-3, **more)
    return curves[0], winner


def descent(start, rate, steps, curvature=(1.0, 10.0)):
    """Losses of gradient descent on (x² + 10y²)/2 after each step."""
    at, losses = np.array(start, float), []
    for _ in range(steps):
        at = at - rate * np.array(curvature) * at
        losses.append((np.array(curvature) * at**2).sum() / 2)
    return losses


def held_by_hand(gaps, start):
    """Geometric mean over the steps of the largest gap from each step on."""
    floor = 1e-12 * start
    return np.exp(np.mean([np.log(max(gaps[k:]) + floor) for k in range(len(gaps))]))


def test_the_held_loss_of_a_bowl_by_hand(programs):
    rates, start = np.geomspace(0.003, 0.25, 9), (-3.0, 1.0)
    curve, winner = found(programs, Bowl(), Run(Sgd(), np.ones(40)), start, rates=rates)
    first = (9 + 10) / 2
    expected = [held_by_hand(descent(start, rate, 40), first) for rate in rates]
    assert curve.held_loss == pytest.approx(expected, rel=1e-9)
    # The smallest rate within 5 % of the decades that the best of them gains.
    gained = np.log10(first / np.array(expected))
    assert winner.index == np.flatnonzero(gained >= 0.95 * gained.max())[0]
    assert winner.reproduced and not winner.skipped


@pytest.mark.parametrize("constant", [0.0, 1e6, -37.5])
def test_a_constant_added_to_a_surface_changes_no_choice(programs, constant):
    surface = Formula(f"x^2 + 5*(y - 1)^2 + ({constant})", ((-3.0, 3.0), (-3.0, 3.0)))
    curve, winner = found(programs, surface, Run(Momentum(), np.ones(60)), (2.0, -1.0))
    plain = found(programs, Formula("x^2 + 5*(y - 1)^2"), Run(Momentum(), np.ones(60)), (2.0, -1.0))
    assert winner.index == plain[1].index
    assert curve.held_loss[winner.index] == pytest.approx(plain[0].held_loss[winner.index], rel=0.3)


def ascent(path, minimum):
    """How many decades a path's loss climbs on its way, all climbs together."""
    decades = np.log10(np.maximum((path.loss - minimum) / (path.loss[0] - minimum), 1e-4))
    return np.maximum(np.diff(decades), 0).sum()


@pytest.mark.parametrize(
    "surface, optimizer",
    [(Rosenbrock(), RMSProp()), (StyblinskiTang(), RMSProp()), (Rastrigin(), Sgd())],
)
def test_a_lucky_last_step_does_not_win(programs, surface, optimizer):
    """The final loss alone chooses a path that climbs dozens of decades and happens to end low."""
    minimum = min(one.loss for one in surface.minima())

    def climbs(aim):
        curve, winner = found(programs, surface, Run(optimizer, np.ones(STEPS)), aim=aim)
        rate = float(curve.learning_rate[winner.index])
        run = Run(type(optimizer)(learning_rate=rate), np.ones(STEPS))
        [[path]] = trajectories(programs, surface, [run], np.array([surface.start]), tolerance=1e-3)
        return ascent(path, minimum)

    assert climbs("final_loss") > 40
    assert climbs("held_loss") < 3


def test_a_rate_that_does_not_reproduce_is_skipped(programs):
    """RMSProp on Goldstein and Price is chaotic where the search sees it end in the minimum."""
    run = Run(RMSProp(), np.ones(STEPS))
    curve, winner = found(programs, GoldsteinPrice(), run)
    assert winner.skipped and winner.reproduced
    for index in (*winner.skipped, winner.index):
        again = Run(RMSProp(learning_rate=float(RATES[index])), np.ones(STEPS))
        [[path]] = trajectories(
            programs, GoldsteinPrice(), [again], np.array([GoldsteinPrice.start]), tolerance=1e-3
        )
        seen, walked = curve.loss[index] - 3, path.loss[-1] - 3
        assert (abs(seen - walked) <= 0.01 * max(seen, walked)) == (index == winner.index)
    assert winner.walked.loss[0] == path.loss[-1]


def test_the_path_is_walked_in_the_precision_that_is_asked_for(programs):
    run = Run(Adagrad(), np.ones(100))
    for precision in ("float64", "float32"):
        _, winner = found(programs, Rosenbrock(), run, precision=precision)
        again = Run(Adagrad(learning_rate=float(RATES[winner.index])), np.ones(100))
        [[path]] = trajectories(
            programs,
            Rosenbrock(),
            [again],
            np.array([Rosenbrock.start]),
            tolerance=1e-3,
            precision=precision,
        )
        assert winner.walked.loss[0] == float(path.loss[-1])
        assert winner.reproduced


def test_running_away_below_the_known_minimum_is_no_progress(programs):
    """McCormick's function falls without end outside its domain, along x = y."""
    curve, winner = found(programs, McCormick(), Run(Sgd(), np.ones(STEPS)))
    lowest = min(one.loss for one in McCormick().minima())
    assert curve.scale.zero == lowest and curve.scale.known
    assert curve.loss[winner.index] > lowest - 1e-9


def test_where_no_minimum_is_known_the_lowest_inside_the_domain_stands_for_it(programs):
    surface = Formula("x*x - y", ((-2.0, 2.0), (-3.0, 3.0)))
    curve, _ = found(programs, surface, Run(Sgd(), np.ones(100)), (1.0, 0.0))
    assert not curve.scale.known
    assert -3.0 <= curve.scale.zero < -2.9
    assert (curve.loss < -3).any()


def test_a_penalty_moves_the_zero_for_those_who_have_it(programs):
    """Ridge regression, whose least loss the normal equations give."""
    surface = LinearRegression()
    runs = [Run(Sgd(), np.ones(200)), Run(Sgd(), np.ones(200), GradientChanges(l2=1.0))]
    start = np.array(surface.start)
    plain, penalised = search(programs, surface, runs, start, RATES, tolerance=1e-3)
    assert plain.scale.known and plain.scale.zero == surface.ready().minima()[0].loss
    features, y = used(surface.ready().points)
    x = features[:, 0]
    design = np.column_stack([x, np.ones_like(x)])
    normal = 2 * design.T @ design / len(x) + np.eye(2)
    w = np.linalg.solve(normal, 2 * design.T @ y / len(x))
    least = np.mean((design @ w - y) ** 2) + (w**2).sum() / 2
    assert not penalised.scale.known
    assert penalised.scale.zero == pytest.approx(least, rel=1e-12)


def test_references_are_walked_anyway(programs):
    curve, winner = found(programs, Bowl(), Run(Newton(), np.ones(30)))
    assert winner.reproduced
    # x ← (1 − α)x: a step of 1 arrives at once, and 5 % less of the decades may be smaller.
    gained = np.log(curve.scale.start / curve.held_loss)
    assert gained[winner.index] >= 0.95 * np.nanmax(gained)
    assert winner.walked.loss[0] == pytest.approx(curve.loss[winner.index], rel=1e-9, abs=1e-20)


def curve_of(loss, lowest=None, steps=None, held=None, start=10.0):
    n = len(loss)
    steps = [-1] * n if steps is None else steps
    rates = np.geomspace(0.1, 1, n)
    return Curve(rates, np.zeros((n, 2)), np.array(loss, float),
                 np.array(loss if lowest is None else lowest, float),
                 np.array(loss if held is None else held, float), np.array(steps),
                 Scale(0.0, True, start, 1e-12))  # fmt: skip


def first(curve, aim):
    return ranked(curve, aim)[0]


def test_what_is_best():
    nan = np.nan
    assert first(curve_of([3, 1, nan]), "final_loss") == 1
    assert first(curve_of([3, 2, 9], lowest=[1, 2, 0.5]), "best_loss") == 2
    assert first(curve_of([3, 2, nan], lowest=[3, 2, 0.5]), "best_loss") == 1
    assert first(curve_of([3, 2, 1], steps=[50, 70, -1]), "steps_to_tolerance") == 0
    assert first(curve_of([3, 2, 1]), "steps_to_tolerance") == 2
    assert first(curve_of([1, 1 + 1e-15, 1], steps=[9, 4, 8]), "final_loss") == 1
    assert len(ranked(curve_of([nan, nan]), "final_loss")) == 0


def test_the_smaller_rate_wins_within_five_per_cent():
    # Decades under the start's 10: 3.9, 4, 3.7; of steps: 104, 100, 106.
    held = [10**-2.9, 1e-3, 10**-2.7]
    assert ranked(curve_of([1, 1, 1], held=held), "held_loss").tolist() == [0, 1, 2]
    assert ranked(curve_of([1, 1, 1], held=held[::-1]), "held_loss").tolist() == [1, 2, 0]
    steps = curve_of([1, 1, 1], steps=[104, 100, 106])
    assert ranked(steps, "steps_to_tolerance").tolist() == [0, 1, 2]
    late = curve_of([1, 1, 2], steps=[106, 100, -1])
    assert ranked(late, "steps_to_tolerance").tolist() == [1, 0, 2]


def test_a_rate_between_much_worse_ones_is_fragile():
    nan = np.nan
    assert fragile(curve_of([5, 0.4, 5]), "final_loss", 1)
    assert fragile(curve_of([5, 0.4, nan]), "final_loss", 1)
    assert not fragile(curve_of([5, 0.6, 5]), "final_loss", 1)
    assert not fragile(curve_of([0.5, 0.4, nan]), "final_loss", 1)
    assert fragile(curve_of([0.4, 5]), "final_loss", 0)
    assert fragile(curve_of([1, 1, 1], steps=[-1, 9, 90]), "steps_to_tolerance", 1)
    assert not fragile(curve_of([1, 1, 1], steps=[-1, 9, 89]), "steps_to_tolerance", 1)
