"""Losses against PyTorch, decimal arithmetic, and their own two forms."""

from decimal import Decimal, getcontext

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from server.networks.losses import LOSSES, CrossEntropy, MeanAbsoluteError, MeanSquaredError

getcontext().prec = 60

PREDICTIONS = np.array([1e-12, 0.003, 0.1, 0.25, 0.5, 0.5, 0.75, 0.9, 0.999, 1 - 1e-12])
TARGETS = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0])
OUTPUTS = np.array([-800.0, -60.0, -37.0, -5.0, -0.3, 0.0, 0.3, 5.0, 37.0, 60.0, 800.0])


def test_every_loss_is_listed_once_under_its_own_id():
    assert [loss.id for loss in LOSSES] == ["mse", "mae", "cross_entropy"]


def by_hand(loss, prediction, target):
    ŷ, y = Decimal(float(prediction)), Decimal(float(target))
    if loss is MeanSquaredError:
        return (y - ŷ) ** 2
    if loss is MeanAbsoluteError:
        return abs(y - ŷ)
    return -(y * ŷ.ln() + (1 - y) * (1 - ŷ).ln())


@pytest.mark.parametrize("loss", LOSSES)
def test_each_is_the_lectures_formula(loss):
    found = loss().each(PREDICTIONS, TARGETS)
    expected = [float(by_hand(loss, *pair)) for pair in zip(PREDICTIONS, TARGETS, strict=True)]
    assert np.asarray(found) == pytest.approx(np.array(expected), rel=1e-14)


@pytest.mark.parametrize("loss", LOSSES)
def test_mean_and_gradient_equal_pytorchs(loss):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    functions = torch.nn.functional
    theirs = {
        "mse": functions.mse_loss,
        "mae": functions.l1_loss,
        "cross_entropy": functions.binary_cross_entropy,
    }[loss.id]
    # PyTorch's own gradient of the log loss is held down where ŷ(1 − ŷ) < 1e-12. The last target
    # is met exactly, at the corner of |r|.
    predictions = np.append(PREDICTIONS[1:-1], 0.5)
    targets = np.append(TARGETS[1:-1], 1.0 if loss.of_probabilities else 0.5)
    given = torch.tensor(predictions, requires_grad=True)
    mean = theirs(given, torch.tensor(targets))
    mean.backward()
    value, gradient = jax.value_and_grad(lambda p: jnp.mean(loss().each(p, targets)))(predictions)
    assert float(value) == pytest.approx(mean.item(), rel=1e-12)
    assert np.asarray(gradient) == pytest.approx(given.grad.numpy(), rel=1e-9)


def test_gradient_of_log_loss_is_right_where_pytorchs_is_held_down():
    slope = jax.grad(lambda p: CrossEntropy().each(p, TARGETS).sum())(PREDICTIONS)
    exact = [Decimal(float(p)) for p in PREDICTIONS]
    expected = [float((ŷ - int(y)) / (ŷ * (1 - ŷ))) for ŷ, y in zip(exact, TARGETS, strict=True)]
    assert np.asarray(slope) == pytest.approx(np.array(expected), rel=1e-12)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("target", [0.0, 1.0])
def test_from_output_is_the_loss_of_the_sigmoid_and_stays_finite(loss, target):
    z = jnp.asarray(OUTPUTS)
    targets = jnp.full_like(z, target)
    value = np.asarray(loss().from_output(z, targets))
    slope = np.asarray(jax.grad(lambda z: loss().from_output(z, targets).sum())(z))
    assert np.isfinite(value).all() and np.isfinite(slope).all()
    near = np.abs(OUTPUTS) < 30
    direct = loss().each(jax.nn.sigmoid(z), targets)
    assert value[near] == pytest.approx(np.asarray(direct)[near], rel=1e-9)


def test_log_loss_of_an_output_equals_pytorchs_with_logits():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    for target in (0.0, 1.0):
        z = torch.tensor(OUTPUTS, requires_grad=True)
        targets = torch.full_like(z, target)
        theirs = torch.nn.functional.binary_cross_entropy_with_logits(z, targets, reduction="none")
        theirs.sum().backward()
        given = np.full_like(OUTPUTS, target)
        value = CrossEntropy().from_output(jnp.asarray(OUTPUTS), given)
        slope = jax.grad(lambda z, y=given: CrossEntropy().from_output(z, y).sum())(
            jnp.asarray(OUTPUTS)
        )
        # PyTorch's own loses what is left of e^{−z} beside a large z.
        assert np.asarray(value) == pytest.approx(theirs.detach().numpy(), rel=1e-12, abs=1e-15)
        assert np.asarray(slope) == pytest.approx(z.grad.numpy(), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dtypes_are_kept(loss, dtype):
    p, y = jnp.asarray(PREDICTIONS, dtype), jnp.asarray(TARGETS, dtype)
    assert loss().each(p, y).dtype == dtype
    assert loss().from_output(p, y).dtype == dtype
