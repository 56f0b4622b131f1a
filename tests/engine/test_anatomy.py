"""What a step is made of: its pieces add up to the engine's own step, for all that descends."""

import numpy as np
import pytest

from server.engine.anatomy import anatomies, effective_rates
from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.adadelta import Adadelta
from server.optimizers.adagrad import Adagrad
from server.optimizers.adam import Adam
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.momentum import Momentum
from server.optimizers.nesterov import Nesterov
from server.optimizers.optimizer import WholePath
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from surfaces.data import LinearRegression
from surfaces.formula import Formula
from surfaces.shapes import Bowl
from surfaces.valleys import Rosenbrock

EVERY = [(one, form) for one in OPTIMIZERS if not issubclass(one, WholePath) for form in one.forms]
STEPS = (1, 2, 7, 23)
# A rate that falls, as of a schedule.
FALLING = np.geomspace(1, 0.2, max(STEPS))


def runs_of(rule, convention, size=None):
    """As they are, and with everything that training does to a gradient."""
    optimizer = rule(convention=convention, learning_rate=0.001)
    changed = GradientChanges(l2=0.1, l1=0.05)
    if not rule.takes_estimates:
        return [Run(optimizer, FALLING), Run(optimizer, FALLING, changed)]
    by_norm = changed._replace(weight_decay=0.3, clip_norm=0.9)
    by_value = GradientChanges(clip_value=0.4)
    return [
        Run(optimizer, FALLING),
        Run(optimizer, FALLING, by_norm, gradient_noise=0.7, batch_size=size),
        Run(optimizer, FALLING, by_value, gradient_noise=0.2, batch_size=size),
    ]


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("surface", [Rosenbrock(), LinearRegression(size=24)], ids=lambda s: s.id)
def test_the_pieces_of_each_step_add_up_to_it(programs, surface, precision):
    size = 5 if surface.id == "linear_regression" else None
    chosen = EVERY if surface.id == "rosenbrock" else EVERY[:24]
    runs = [run for rule, form in chosen for run in runs_of(rule, form, size)]
    runs.append(Run(Adam(learning_rate=0.01, bias_correction=True), FALLING))
    starts = np.array([[-0.5, 0.6], [0.3, -0.4]])
    paths = trajectories(
        programs, surface, runs, starts, tolerance=1e-3, seed=3, precision=precision
    )
    rough = 1e-12 if precision == "float64" else 3e-6
    apart: list[str] = []
    ended: list[str] = []
    for step in STEPS:
        found = anatomies(programs, surface, runs, starts, 1, step, seed=3, precision=precision)
        for run, row, one in zip(runs, paths, found, strict=True):
            name = f"{run.optimizer.id} {run.optimizer.convention} step {step} {run.changes}"
            if len(row[1].points) <= step:
                ended.append(name)
                assert one is None, name
                continue
            here, there = row[1].points[step - 1 : step + 1].astype(float)
            assert one is not None, name
            assert one.head == pytest.approx(here, abs=0), name
            assert one.end == pytest.approx(there, abs=0), name
            reached = one.head + np.sum([piece.vector for piece in one.pieces], axis=0)
            moved = np.abs(there - here).max()
            largest = max(np.abs(piece.vector).max() for piece in one.pieces)
            error = np.abs(reached - there).max()
            if not error <= rough * (1 + largest) + 1e-9 * moved:
                apart.append(f"{name}: {error} of {moved}")
    assert not apart, "\n".join(apart)
    assert len(ended) < 20, ended


def test_what_was_done_to_a_gradient_is_told_apart(programs):
    """f = (x² + 10y²)/2: everything by hand but the noise, which the path itself gives away."""
    start = np.array([[2.0, 1.0]])
    changes = GradientChanges(l2=0.5, clip_norm=4.0)
    run = Run(Sgd(learning_rate=0.1), np.ones(1), changes, gradient_noise=0.5)
    [one] = anatomies(programs, Bowl(), [run], start, 0, 1, seed=5)
    given = one.gradient
    assert given.exact == pytest.approx([2.0, 10.0])
    assert given.penalty == pytest.approx([1.0, 0.5])
    free = Run(Sgd(learning_rate=0.1), np.ones(1), gradient_noise=0.5)
    [[path]] = trajectories(programs, Bowl(), [free], start, tolerance=1e-3, seed=5)
    assert given.noise == pytest.approx((path.points[0] - path.points[1]) / 0.1 - [2.0, 10.0])
    assert np.hypot(*given.used) == pytest.approx(4.0)
    whole = given.exact + given.penalty + given.noise
    assert given.clipping == pytest.approx(given.used - whole)
    assert given.used[0] * whole[1] == pytest.approx(given.used[1] * whole[0])
    roles = [piece.role for piece in one.pieces]
    assert roles == ["gradient", "penalty", "noise", "clipping"]
    for piece, part in zip(one.pieces, given.__dict__.values(), strict=False):
        assert piece.vector == pytest.approx(-0.1 * part)


def test_nesterov_looks_where_the_velocity_leads(programs):
    """After x₁ = x₀ − αg the gradient is taken at x₁ + β(x₁ − x₀)."""
    start = np.array([[2.0, 1.0]])
    run = Run(Nesterov(learning_rate=0.05, momentum=0.5), np.ones(2))
    [one] = anatomies(programs, Bowl(), [run], start, 0, 2)
    assert one.head == pytest.approx([1.9, 0.5])
    assert one.looked_at == pytest.approx([1.85, 0.25])
    assert [piece.role for piece in one.pieces] == ["velocity", "gradient"]
    assert one.head + one.pieces[0].vector == pytest.approx(one.looked_at)
    assert one.pieces[1].vector == pytest.approx([-0.05 * 1.85, -0.05 * 2.5])


PLANE = Formula("3*x - 0.5*y", ((-20.0, 20.0), (-20.0, 20.0)))
SLOPE = np.array([3.0, 0.5])
K = np.arange(1, 41)[:, None]
# On a plane the gradient is the same everywhere, so that running sums and means have closed forms.
ON_A_PLANE = [
    (Adagrad(learning_rate=0.2), 0.2 / np.sqrt(K * SLOPE**2 + 1e-8)),
    (
        Adagrad(learning_rate=0.2, epsilon=0.1, convention="pytorch"),
        0.2 / (np.sqrt(K) * SLOPE + 0.1),
    ),
    (
        Adagrad(learning_rate=0.2, initial_accumulator=0.1, convention="keras"),
        0.2 / np.sqrt(0.1 + K * SLOPE**2 + 1e-8),
    ),
    (RMSProp(learning_rate=0.2, decay=0.8), 0.2 / np.sqrt((1 - 0.8**K) * SLOPE**2 + 1e-8)),
    (Adam(learning_rate=0.2, beta2=0.9), 0.2 / np.sqrt((1 - 0.9**K) * SLOPE**2 + 1e-8)),
    (
        Adam(learning_rate=0.2, beta2=0.9, epsilon=0.1, convention="pytorch"),
        np.broadcast_to(0.2 / (SLOPE + 0.1), (40, 2)),
    ),
    (
        Adam(learning_rate=0.2, beta1=0.7, beta2=0.9, epsilon=0.1, convention="keras"),
        0.2 * np.sqrt(1 - 0.9**K) / (1 - 0.7**K) / (np.sqrt(1 - 0.9**K) * SLOPE + 0.1),
    ),
]  # fmt: skip


def along(programs, optimizer, surface=PLANE, steps=40, schedule=None):
    run = Run(optimizer, np.ones(steps) if schedule is None else schedule)
    [[path]] = trajectories(programs, surface, [run], np.array([[0.5, 0.5]]), tolerance=1e-3)
    return effective_rates(optimizer, path)


@pytest.mark.parametrize(("optimizer", "rates"), ON_A_PLANE)
def test_effective_rates_have_their_closed_forms_on_a_plane(programs, optimizer, rates):
    assert along(programs, optimizer) == pytest.approx(rates, rel=1e-9)
    halved = along(programs, optimizer, schedule=np.full(40, 0.5))
    assert halved == pytest.approx(rates / 2, rel=1e-9)


def test_adadelta_begins_with_the_root_of_epsilon(programs):
    """√(0 + ε)/√((1−γ)g² + ε) at the first step (Zeiler 2012, algorithm 1)."""
    first = along(programs, Adadelta(decay=0.9, epsilon=1e-6))[0]
    assert first == pytest.approx(np.sqrt(1e-6) / np.sqrt(0.1 * SLOPE**2 + 1e-6), rel=1e-9)


@pytest.mark.parametrize("optimizer", [Sgd(), Momentum()])
def test_one_rate_for_both_coordinates_is_not_told_as_two(programs, optimizer):
    assert along(programs, optimizer) is None
