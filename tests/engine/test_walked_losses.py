"""Losses and gradients along paths, at every point, against closed forms in NumPy and mpmath.

Most come from the walk itself, which computes them for its steps anyway; those of batches, of
rules that look ahead and of flows are of other points there, and must not be what is published.
"""

import mpmath
import numpy as np
import pytest

from server.engine.gradient_changes import PLAIN, GradientChanges
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.engine.walk import CAPACITY
from server.optimizers.catalog import GRADIENT_RULES
from server.optimizers.exact_line_search import ExactLineSearch
from server.optimizers.gradient_flow import GradientFlow
from server.optimizers.lbfgs import Lbfgs
from server.optimizers.nesterov import Nesterov
from server.optimizers.newton import Newton
from server.optimizers.sgd import Sgd
from surfaces.data import LinearRegression
from surfaces.formula import Formula
from surfaces.points import used
from surfaces.valleys import Rosenbrock

START = (-0.5, 2.6)


def rosenbrock(points, changes=PLAIN):
    """f and ∇f with penalties, as the textbook writes them."""
    x, y = points.astype(np.float64).T
    residual = y - x**2
    loss = (1 - x) ** 2 + 100 * residual**2
    gradient = np.stack([-2 * (1 - x) - 400 * x * residual, 200 * residual], axis=1)
    loss = loss + changes.l2 / 2 * (x**2 + y**2) + changes.l1 * (abs(x) + abs(y))
    both = np.stack([x, y], axis=1)
    return loss, gradient + changes.l2 * both + changes.l1 * np.sign(both)


def path_of(programs, surface, run, start=START, precision="float64"):
    [[path]] = trajectories(
        programs, surface, [run], np.array([start]), tolerance=1e-9, precision=precision, seed=3
    )
    return path


def agree(path, changes=PLAIN, precision=1e-12):
    loss, gradient = rosenbrock(path.points, changes)
    scale = np.abs(gradient).max(axis=1, keepdims=True) + 1
    assert path.loss == pytest.approx(loss, rel=precision, abs=precision)
    assert np.abs(path.gradient - gradient).max(axis=1) == pytest.approx(
        np.zeros(len(loss)), abs=precision * float(scale.max())
    )
    assert path.gradient_norm == pytest.approx(np.linalg.norm(path.gradient, axis=1), rel=1e-6)


@pytest.mark.parametrize("optimizer", GRADIENT_RULES, ids=lambda one: one.id)
def test_every_rule_in_every_convention(programs, optimizer):
    for convention in optimizer.forms:
        rate = 0.01 * optimizer().learning_rate
        one = optimizer(learning_rate=rate, convention=convention)
        path = path_of(programs, Rosenbrock(), Run(one, np.linspace(1, 0.5, 40)))
        assert len(path.points) == 41
        agree(path)


METHODS = [Newton(), ExactLineSearch(), Lbfgs(), Lbfgs(convention="pytorch")]


@pytest.mark.parametrize(
    "method", [*METHODS, GradientFlow(learning_rate=1e-3)], ids=lambda one: one.id
)
def test_methods_that_ask_for_more(programs, method):
    agree(path_of(programs, Rosenbrock(), Run(method, np.ones(12))))


@pytest.mark.parametrize("optimizer", [Sgd(learning_rate=1e-4), Nesterov(learning_rate=1e-5)])
@pytest.mark.parametrize("more", [
    {"gradient_noise": 5.0}, {"changes": GradientChanges(l2=0.3)},
    {"changes": GradientChanges(l1=0.2)}, {"changes": GradientChanges(weight_decay=0.1)},
    {"changes": GradientChanges(clip_norm=1.0)},
    {"changes": GradientChanges(l2=0.3, l1=0.2, clip_value=0.5), "gradient_noise": 2.0},
], ids=str)  # fmt: skip
def test_what_training_does_to_a_gradient_is_not_in_the_published_one(programs, optimizer, more):
    """But for the penalties, which belong to what is minimised."""
    path = path_of(programs, Rosenbrock(), Run(optimizer, np.ones(60), **more))
    agree(path, more.get("changes", PLAIN))
    if path.surface_loss is not None:
        assert path.surface_loss == pytest.approx(rosenbrock(path.points)[0], rel=1e-12)


def test_float32(programs):
    for rule in (Sgd(learning_rate=1e-4), Nesterov(learning_rate=1e-5)):
        path = path_of(programs, Rosenbrock(), Run(rule, np.ones(100)), precision="float32")
        assert path.loss.dtype == path.gradient.dtype == np.float32
        agree(path, precision=2e-5)


def test_a_path_that_takes_several_calls(programs):
    steps = 2 * CAPACITY + 7
    for rule in (Sgd(learning_rate=1e-4), Nesterov(learning_rate=1e-6)):
        path = path_of(programs, Rosenbrock(), Run(rule, np.ones(steps)))
        assert len(path.points) == steps + 1
        agree(path)


def test_a_path_that_leaves_ends_with_its_last_finite_point(programs):
    """x ← x − α·4x³ from 3 with α = 1 grows as a cube: few points, all of them exact."""
    path = path_of(
        programs, Formula("x^4+y^2"), Run(Sgd(learning_rate=1.0), np.ones(30)), (3.0, 0.0)
    )
    assert path.status == "diverged"
    assert 2 < len(path.points) < 10
    for (x, _), loss, gradient in zip(path.points, path.loss, path.gradient, strict=True):
        exact = mpmath.mpf(float(x))
        assert loss == pytest.approx(float(exact**4), rel=1e-14)
        assert gradient[0] == pytest.approx(float(4 * exact**3), rel=1e-14)


def test_the_last_point_at_a_kink_is_the_whole_surfaces(programs):
    """|x| from 1 by halves of its slope: at 0 the loss is 0, and JAX's slope of |x| there is 1."""
    path = path_of(
        programs, Formula("abs(x)+y^2"), Run(Sgd(learning_rate=0.5), np.ones(2)), (1.0, 0.0)
    )
    assert path.points[:, 0].tolist() == [1.0, 0.5, 0.0]
    assert path.loss.tolist() == [1.0, 0.5, 0.0]


@pytest.mark.parametrize("batch_size", [None, 5])
@pytest.mark.parametrize("rule", [Sgd(learning_rate=0.05), Nesterov(learning_rate=0.01)])
def test_losses_are_of_all_points_whatever_the_batches(programs, batch_size, rule):
    surface = LinearRegression(size=23).ready()
    features, targets = used(surface.points)
    path = path_of(programs, surface, Run(rule, np.ones(50), batch_size=batch_size), (0.5, -1.0))
    residuals = np.outer(path.points[:, 0], features[:, 0]) + path.points[:, 1:] - targets
    assert path.loss == pytest.approx((residuals**2).mean(axis=1), rel=1e-12)
    slopes = 2 * np.stack(
        [(residuals * features[:, 0]).mean(axis=1), residuals.mean(axis=1)], axis=1
    )
    assert path.gradient == pytest.approx(slopes, rel=1e-10, abs=1e-12)
