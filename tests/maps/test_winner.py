"""Who wins where: the run whose path is within the tolerance first."""

import numpy as np
import pytest

from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.maps.winner import Winner
from server.optimizers.adam import Adam
from server.optimizers.gradient_flow import GradientFlow
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau
from surfaces.formula import Formula
from surfaces.valleys import McCormick, Rosenbrock
from tests.maps.known import starts_of

SIDE, STEPS = 64, 400


RULES = (
    Sgd(learning_rate=0.0012),
    Momentum(learning_rate=0.002),
    Nesterov(learning_rate=0.0005),
    # The same again: it ties wherever it is first.
    Momentum(learning_rate=0.002),
    Adam(learning_rate=0.2),
)


@pytest.mark.parametrize(
    ("surface", "rules"),
    [
        (Himmelblau(), RULES),
        (Rosenbrock(), (Sgd(learning_rate=0.001), Adam(learning_rate=0.1), Nesterov())),
        (McCormick(), (RMSProp(learning_rate=0.01), *RULES[1:3], Adam(learning_rate=0.2))),
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_winners_are_those_of_paths(programs, surface, rules):
    runs = tuple(Run(rule, np.ones(STEPS)) for rule in rules)
    asked = Winner(surface, STEPS, SIDE, SIDE, surface.domain, "float64", runs=runs)
    pixels = np.random.default_rng(2).choice(SIDE * SIDE, 300, replace=False)
    found = asked.compute(programs, pixels)
    starts = starts_of(asked, pixels)
    paths = trajectories(programs, surface, runs, starts, tolerance=1e-3)
    arrived = np.array(
        [[STEPS + 1 if p.converged_at is None else p.converged_at for p in own] for own in paths]
    )
    least = arrived.min(axis=0)
    nobody = least > STEPS
    assert found["steps"].tolist() == np.where(nobody, -1, least).tolist()
    assert found["winner"].tolist() == np.where(nobody, -1, arrived.argmin(axis=0)).tolist()
    tied = np.where(nobody, 0, (arrived == least).sum(axis=0))
    assert found["tied"].tolist() == tied.tolist()
    assert len(set(found["winner"].tolist())) > 1


def test_a_flow_arrives_when_its_path_does(programs):
    run, surface = Run(GradientFlow(learning_rate=0.004), np.ones(STEPS)), Himmelblau()
    asked = Winner(surface, STEPS, SIDE, SIDE, surface.domain, "float64", runs=(run,))
    pixels = np.arange(0, SIDE * SIDE, 513)
    found = asked.compute(programs, pixels)["steps"]
    starts = starts_of(asked, pixels)
    (paths,) = trajectories(programs, surface, [run], starts, tolerance=1e-3)
    # Between two of its own long steps the flow's arrival is interpolated.
    assert all(abs(a - p.converged_at) <= 1 for a, p in zip(found, paths, strict=True))


def test_a_flow_arrives_in_single_precision(programs):
    """Of (10x² + y²)/2 from (1.5, 1.5): |∇| = 1e-3 where 1.5 e^{-t} is, at t = ln 1500 = 7.31."""
    run = Run(GradientFlow(learning_rate=0.05), np.ones(STEPS))
    square = ((1.5, 3.0), (1.5, 3.0))
    asked = Winner(Formula("(10*x**2 + y**2)/2"), STEPS, 2, 2, square, "float32", runs=(run,))
    [step] = asked.compute(programs, np.array([0]))["steps"].tolist()
    assert abs(0.05 * step - np.log(1500)) < 0.15


def test_runs_that_arrive_together_tie(programs):
    run = Run(Sgd(learning_rate=0.005), np.ones(STEPS))
    slow = Run(Sgd(learning_rate=0.0005), np.ones(STEPS))
    surface = Himmelblau()
    asked = Winner(surface, STEPS, SIDE, SIDE, surface.domain, runs=(slow, run, run))
    found = asked.compute(programs, np.arange(0, SIDE * SIDE, 97))
    assert set(found["winner"].tolist()) == {1}
    assert set(found["tied"].tolist()) == {2}
    assert set(found["together"].tolist()) == {0b110}
