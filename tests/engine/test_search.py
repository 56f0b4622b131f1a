"""The learning-rate search against walking every rate, and against closed forms."""

import numpy as np
import pytest

from server.engine.gradient_changes import GradientChanges
from server.engine.objectives import ranked
from server.engine.runs import Run
from server.engine.search import search
from server.engine.trajectories import trajectories
from server.errors import InputError
from server.optimizers.adam import Adam
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.newton import Newton
from server.optimizers.sgd import Sgd
from server.schedules.decaying import Cosine
from surfaces.data import LinearRegression
from surfaces.shapes import Bowl
from surfaces.valleys import Rosenbrock

RATES = np.geomspace(1e-4, 1.0, 40)


def walked(programs, surface, run, start, rates, seed=0):
    runs = [
        Run(
            type(run.optimizer)(**{**vars(run.optimizer), "learning_rate": float(rate)}),
            run.schedule,
            run.changes,
            run.gradient_noise,
            run.batch_size,
        )
        for rate in rates
    ]
    return [
        path
        for one in runs
        for [path] in trajectories(
            programs, surface, [one], np.array([start]), tolerance=1e-3, seed=seed
        )
    ]


CASES = [
    (Rosenbrock(), Run(Sgd(), np.ones(200))),
    (Rosenbrock(), Run(Nesterov(), np.ones(200))),
    (Rosenbrock(), Run(Adam(beta1=0.8), Cosine().factors(200))),
    (Bowl(), Run(Sgd(), np.ones(700), gradient_noise=0.1)),
    (Bowl(), Run(Momentum(), np.ones(100), GradientChanges(0.1, 0.05, 0.2, clip_norm=2.0))),
    (Bowl(), Run(Adam(), np.ones(100), GradientChanges(clip_value=0.5))),
    (LinearRegression(), Run(Sgd(), np.ones(150), batch_size=6)),
    (LinearRegression(size=90), Run(Adam(), np.ones(60))),
    (Bowl(), Run(Newton(), np.ones(30))),
]


@pytest.mark.parametrize("surface, run", CASES)
def test_every_rate_ends_where_its_own_walk_does(programs, surface, run):
    start = np.array([-1.0, 1.2])
    [curve] = search(programs, surface, [run], start, RATES, tolerance=1e-3, seed=3)
    paths = walked(programs, surface, run, start, RATES, seed=3)
    for i, path in enumerate(paths):
        if path.status == "diverged":
            assert np.isnan(curve.loss[i])
            continue
        if np.abs(path.points).max() > 1e6:
            continue  # rounding of an exploding path
        assert curve.loss[i] == pytest.approx(path.loss[-1], rel=1e-7, abs=1e-25)
        assert curve.best_loss[i] == pytest.approx(path.loss[1:].min(), rel=1e-7, abs=1e-25)
        assert curve.points[i] == pytest.approx(path.points[-1], rel=1e-6, abs=1e-12)
        since = -1 if path.converged_at is None else max(1, path.converged_at)
        assert curve.steps_to_tolerance[i] == since


def test_all_optimisers_can_be_searched_together(programs):
    runs = [Run(one(), np.ones(40)) for one in OPTIMIZERS]
    curves = search(programs, Rosenbrock(), runs, np.array([-0.5, 2.6]), RATES[:5], tolerance=1e-3)
    for optimizer, curve in zip(OPTIMIZERS, curves, strict=True):
        if not optimizer.tunable:
            assert curve is None
        else:
            assert np.isfinite(curve.loss).any(), optimizer.id
            if optimizer.takes_estimates:
                run = Run(optimizer(), np.ones(40))
                [path] = walked(programs, Rosenbrock(), run, (-0.5, 2.6), RATES[2:3])
                assert curve.loss[2] == pytest.approx(path.loss[-1], rel=1e-6)


def test_gradient_descent_on_a_quadratic_in_closed_form(programs):
    """x_k = (1−α)^k and y_k = (1−10α)^k: past 2/λ_max = 0.2 the loss grows without end."""
    rates = np.geomspace(0.01, 0.4, 50)
    run = Run(Sgd(), np.ones(60))
    [curve] = search(programs, Bowl(), [run], np.array([1.0, 1.0]), rates, tolerance=1e-3)
    expected = ((1 - rates) ** 120 + 10 * (1 - 10 * rates) ** 120) / 2
    assert curve.loss == pytest.approx(expected, rel=1e-9)
    assert (curve.loss[rates > 0.2] > 5.5).all() and (curve.loss[rates < 0.2] < 5.5).all()
    assert ranked(curve, "final_loss")[0] == int(np.argmin(expected))
    # The fastest contraction of both: |1 − α| = |1 − 10α| at α = 2/11.
    assert rates[ranked(curve, "final_loss")[0]] == pytest.approx(2 / 11, rel=0.05)


def test_a_start_that_is_not_finite_is_refused(programs):
    with pytest.raises(InputError) as refused:
        search(programs, Bowl(), [Run(Sgd(), np.ones(3))], np.array([0, 1e200]), RATES,
               tolerance=1e-3)  # fmt: skip
    assert refused.value.field == ("starts", 0)
