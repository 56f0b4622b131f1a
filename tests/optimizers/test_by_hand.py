"""Three steps of each optimiser against the lecture's formula in decimal arithmetic."""

import numpy as np
import pytest

from server.engine.paths import Walk, walk_paths
from server.optimizers.catalog import OPTIMIZERS
from surfaces.shapes import Bowl
from tests.optimizers.by_hand import three_steps

START = (2.0, 1.0)

LECTURE = [one for one in OPTIMIZERS if one.kind == "lecture"]
each_optimizer = pytest.mark.parametrize("optimizer", LECTURE, ids=lambda one: one.id)


def walked(programs, optimizer, start, steps):
    walk = Walk(optimizer, np.array(start), np.full(steps, optimizer.learning_rate))
    return walk_paths(programs, Bowl(), [walk], "float64")[0].points


@each_optimizer
def test_example_is_what_decimal_arithmetic_gives(optimizer):
    by_hand = three_steps(optimizer.id, dict(optimizer.example.optimizer), START)
    assert np.array(optimizer.example.points) == pytest.approx(np.array(by_hand), abs=1e-13)


@each_optimizer
def test_engine_walks_the_example(programs, optimizer):
    one = optimizer(**optimizer.example.optimizer)
    assert walked(programs, one, START, 3) == pytest.approx(
        np.array(optimizer.example.points), rel=1e-12, abs=1e-13
    )


@each_optimizer
def test_defaults_too_follow_the_formula(programs, optimizer):
    names = [name for name in optimizer.example.optimizer]
    numbers = {name: getattr(optimizer, name) for name in names}
    numbers["learning_rate"] = 0.03
    by_hand = three_steps(optimizer.id, numbers, (1.5, -0.5))
    assert walked(programs, optimizer(**numbers), (1.5, -0.5), 3) == pytest.approx(
        np.array(by_hand), rel=1e-12
    )


def test_the_lectures_adam_with_bias_correction_follows_the_papers_algorithm(programs):
    adam = next(one for one in OPTIMIZERS if one.id == "adam")
    numbers = dict(adam.example.optimizer)
    by_hand = three_steps("adam", numbers, START, bias_correction=True)
    walked_on = walked(programs, adam(**numbers, bias_correction=True), START, 3)
    assert walked_on == pytest.approx(np.array(by_hand), rel=1e-12)
    assert np.abs(walked_on - np.array(adam.example.points))[1:].min() > 1e-3


def path(programs, optimizer_id, steps=40, start=(2.0, 1.0), **numbers):
    optimizer = next(one for one in OPTIMIZERS if one.id == optimizer_id)
    return walked(programs, optimizer(**numbers), start, steps)


def bowl_gradient(points):
    return points * np.array([1.0, 10.0])


def test_momentum_is_the_two_step_recurrence(programs):
    """Polyak: x_{k+1} = x_k − αg + β(x_k − x_{k−1})."""
    x = path(programs, "momentum", learning_rate=0.02, momentum=0.8)
    expected = x[1:-1] - 0.02 * bowl_gradient(x[1:-1]) + 0.8 * (x[1:-1] - x[:-2])
    assert x[2:] == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_nesterov_takes_the_gradient_ahead(programs):
    x = path(programs, "nesterov", learning_rate=0.02, momentum=0.8)
    v = np.diff(x, axis=0)
    ahead = x[1:-1] + 0.8 * v[:-1]
    assert v[1:] == pytest.approx(0.8 * v[:-1] - 0.02 * bowl_gradient(ahead), rel=1e-9, abs=1e-12)


def test_frameworks_nesterov_is_the_lectures_look_ahead_point(programs):
    """Sutskever et al. (2013): frameworks store y = x + βv of the lecture's form."""
    lecture = path(programs, "nesterov", learning_rate=0.02, momentum=0.8)
    keras = path(programs, "nesterov", learning_rate=0.02, momentum=0.8, convention="keras")
    v = np.diff(lecture, axis=0)
    assert keras[1:] == pytest.approx(lecture[1:] + 0.8 * v, rel=1e-9, abs=1e-12)


def test_bias_correction_makes_the_first_step_as_long_as_the_rate(programs):
    """Kingma and Ba, section 2.1: |Δ| ≈ α; without correction α(1−β₁)/√(1−β₂)."""
    corrected = path(programs, "adam", 1, learning_rate=0.01, convention="pytorch")
    assert np.abs(np.diff(corrected, axis=0)) == pytest.approx(0.01, rel=1e-6)
    plain = path(programs, "adam", 1, learning_rate=0.01)
    assert np.abs(np.diff(plain, axis=0)) == pytest.approx(0.01 * 0.1 / 0.001**0.5, rel=1e-5)


def test_adagrad_first_step_is_the_rate_along_both_axes(programs):
    """After one step G = g², so each coordinate moves by α whatever its slope."""
    x = path(programs, "adagrad", 1, learning_rate=0.1)
    assert np.abs(np.diff(x, axis=0)) == pytest.approx(0.1, rel=1e-6)
