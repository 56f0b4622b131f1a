"""Tabulated activations and compared losses: what the engine answers, and what it compiles."""

import jax
import numpy as np
import pytest

from server.engine.functions import compare, tabulate
from server.errors import InputError
from server.limits import ACTIVATION_POINTS, LOSS_POINTS
from server.networks.losses import LOSSES
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.activations.cornered import Elu

BY_JAX = jax.jit(lambda one, z: (one(z), jax.vmap(jax.grad(one))(z)))


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda one: one.id)
@pytest.mark.parametrize("n", [2, 241, ACTIVATION_POINTS])
def test_the_one_program_is_each_activation(programs, activation, n):
    one = activation()
    found = tabulate(programs, one, -6.0, 6.0, n)
    assert len(found.z) == len(found.value) == len(found.derivative) == n
    assert (found.z[0], found.z[-1]) == (-6.0, 6.0)
    values, slopes = BY_JAX(one, found.z)
    assert found.value == pytest.approx(np.asarray(values), rel=1e-14, abs=1e-16)
    # 1 − tanh² keeps few digits near ±1: an absolute bound of a few roundings.
    assert found.derivative == pytest.approx(np.asarray(slopes), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("half", [0.1, 1.0, 6.0, 7.3, 1000.0])
def test_zero_is_met_exactly_in_the_middle(programs, half):
    found = tabulate(programs, Elu(0.5), -half, half, 601)
    assert found.z[300] == 0.0
    assert (found.value[300], found.derivative[300]) == (0.0, 0.5)


def test_another_function_number_or_length_compiles_nothing(programs):
    tabulate(programs, Elu(1.0), -1.0, 1.0, 3)
    compare(programs, np.array([0.5]), np.array([1.0]))
    known = programs.held
    for activation in ACTIVATIONS:
        tabulate(programs, activation(), -2.0, 3.0, 77)
    tabulate(programs, Elu(2.0), -1.0, 1.0, 5)
    compare(programs, np.full(9, 0.5), np.ones(9))
    assert programs.held == known


@pytest.mark.parametrize("n", [1, 5, LOSS_POINTS])
def test_losses_and_their_gradients_by_finite_differences(programs, n):
    rng = np.random.default_rng(n)
    predictions, targets = rng.uniform(0.05, 0.95, n), rng.integers(0, 2, n).astype(float)
    found = compare(programs, predictions, targets)
    assert list(found) == [loss.id for loss in LOSSES]
    for loss in LOSSES:
        one = found[loss.id]
        assert one.mean == pytest.approx(one.each.sum() / n, rel=1e-14)
        h = 1e-6
        ahead, behind = (loss().each(predictions + d, targets) for d in (h, -h))
        assert one.gradient == pytest.approx(np.asarray(ahead - behind) / (2 * h * n), rel=1e-6)


@pytest.mark.parametrize(
    "prediction, target, field",
    [
        (0.0, 1.0, ("predictions", 1)),
        (1.0, 1.0, ("predictions", 1)),
        (-0.1, 0.0, ("predictions", 1)),
        (5e-324, 1.0, ("predictions", 1)),
        (0.5, 0.5, ("targets", 1)),
        (0.5, -1.0, ("targets", 1)),
    ],
)
def test_log_loss_says_where_it_is_not_defined(programs, prediction, target, field):
    found = compare(programs, np.array([0.5, prediction]), np.array([1.0, target]))
    refused = found["cross_entropy"]
    assert isinstance(refused, InputError) and refused.field == field
    assert np.isfinite(found["mse"].mean) and np.isfinite(found["mae"].mean)


def test_the_smallest_and_largest_probabilities_have_finite_losses(programs):
    least, most = np.finfo(float).tiny, np.nextafter(1.0, 0.0)
    found = compare(programs, np.array([least, most]), np.array([1.0, 0.0]))["cross_entropy"]
    assert np.isfinite(found.each).all() and np.isfinite(found.gradient).all()
    assert found.each[0] == pytest.approx(-np.log(least))
