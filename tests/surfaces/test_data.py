"""Losses of points against PyTorch and SciPy; batches."""

import numpy as np
import pytest
from scipy.optimize import minimize

from surfaces.batches import batch_weights
from surfaces.data import LinearRegression, LogisticRegression, Neuron
from surfaces.datasets import line, step_curve, two_classes
from surfaces.points import BUCKETS, count, padded, used
from surfaces.surface import gradient_at, loss_at

PLACES = np.random.default_rng(2).uniform(-4, 4, (6, 2))

CASES = [
    (LinearRegression(), lambda t, w, b, x, y: t.nn.functional.mse_loss(w * x + b, y)),
    (
        LinearRegression(loss_function="mae"),
        lambda t, w, b, x, y: t.nn.functional.l1_loss(w * x + b, y),
    ),
    (
        LinearRegression(loss_function="huber", huber_delta=0.7),
        lambda t, w, b, x, y: t.nn.functional.huber_loss(w * x + b, y, delta=0.7),
    ),
    (Neuron(), lambda t, w, b, x, y: t.nn.functional.mse_loss(t.sigmoid(w * x + b), y)),
    (
        Neuron(activation="tanh"),
        lambda t, w, b, x, y: t.nn.functional.mse_loss(t.tanh(w * x + b), y),
    ),
    (
        Neuron(activation="relu"),
        lambda t, w, b, x, y: t.nn.functional.mse_loss(t.relu(w * x + b), y),
    ),
]


@pytest.mark.parametrize("surface, theirs", CASES)
def test_loss_and_gradient_are_pytorchs(surface, theirs):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    one = surface.ready()
    features, targets = (torch.from_numpy(array.copy()) for array in used(one.points))
    for place in PLACES:
        at = torch.tensor(place, requires_grad=True)
        loss = theirs(torch, at[0], at[1], features[:, 0], targets)
        loss.backward()
        assert float(loss_at(one, place)) == pytest.approx(loss.item(), rel=1e-12)
        assert np.asarray(gradient_at(one, place)) == pytest.approx(at.grad.numpy(), rel=1e-9)


def test_logistic_loss_is_the_lectures(programs):
    """log(1 + e^{−y(w₀ + w₁x₁ + w₂x₂)}), as PyTorch has it with labels 0 and 1."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    one = LogisticRegression(bias=0.3).ready()
    features, targets = (torch.from_numpy(array.copy()) for array in used(one.points))
    for place in PLACES:
        at = torch.tensor(place, requires_grad=True)
        score = 0.3 + features @ at
        loss = torch.nn.functional.binary_cross_entropy_with_logits(score, (targets + 1) / 2)
        loss.backward()
        assert float(loss_at(one, place)) == pytest.approx(loss.item(), rel=1e-12)
        assert np.asarray(gradient_at(one, place)) == pytest.approx(at.grad.numpy(), rel=1e-9)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber"])
def test_stated_minima_are_where_a_search_without_gradients_ends(loss):
    one = LinearRegression(loss_function=loss, size=30, data_seed=4).ready()
    [stated] = one.minima()
    found = minimize(
        lambda at: float(loss_at(one, at)), (0.5, 0.5), method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 2000},
    )  # fmt: skip
    assert stated.loss == pytest.approx(found.fun, rel=1e-6)
    assert stated.loss <= found.fun + 1e-12


def test_mse_runs_after_outliers_and_mae_does_not():
    """The synthetic line is y = 1.5x − 0.5; one point in five is lifted by 6."""

    def best(loss):
        one = LinearRegression(loss_function=loss, size=300, outliers=0.2, noise=0.3)
        return one.minima()[0].y

    assert best("mse") > 0.3
    assert best("mae") == pytest.approx(-0.5, abs=0.2)
    assert best("huber") == pytest.approx(-0.5, abs=0.45)


def test_separable_classes_have_no_minimum():
    apart = padded(np.array([[1.0, 0.0], [2.0, 1.0], [-1.0, 0.0], [-2.0, 1.0]]), [1, 1, -1, -1])
    assert LogisticRegression().with_points(apart).minima() == ()


@pytest.mark.parametrize("make", [line, two_classes, step_curve])
def test_points_are_a_function_of_their_numbers_and_more_points_keep_the_first(make):
    few, many = make(20, 0.5, 0.0, 3), make(200, 0.5, 0.0, 3)
    assert count(few) == 20 and count(many) == 200
    assert (used(make(20, 0.5, 0.0, 3))[0] == used(few)[0]).all()
    assert (used(many)[0][:20] == used(few)[0]).all()
    assert (used(many)[1][:20] == used(few)[1]).all()
    assert (used(make(20, 0.5, 0.0, 4))[1] != used(few)[1]).any()


def test_noise_has_the_deviation_it_is_given():
    features, targets = used(line(1000, 0.8, 0.0, 0))
    error = targets - (1.5 * features[:, 0] - 0.5)
    assert error.std() == pytest.approx(0.8, rel=0.1)
    assert abs(error.mean()) < 0.1
    features, targets = used(line(1000, 0.0, 0.25, 0))
    lifted = targets - (1.5 * features[:, 0] - 0.5)
    assert np.isclose(lifted, 6).mean() == pytest.approx(0.25, abs=0.05)
    assert (np.isclose(lifted, 6) | np.isclose(lifted, 0)).all()


@pytest.mark.parametrize("rows, size", [(10, 3), (10, 1), (10, 9), (50, 7), (64, 16)])
def test_each_epoch_uses_every_point_once(rows, size):
    batches = -(-rows // size)
    drawn = batch_weights(rows, 64, size, range(1, 4 * batches + 1), seed=5)
    assert drawn.max() == 1
    for epoch in range(4):
        used_now = drawn[epoch * batches : (epoch + 1) * batches]
        assert (used_now.sum(axis=0)[:rows] == 1).all()
        assert (used_now[:-1].sum(axis=1) == size).all()
        assert used_now[-1].sum() == (rows - 1) % size + 1
    assert (drawn[:, rows:] == 0).all()
    epochs = drawn.reshape(4, batches, 64)
    assert (epochs[0] != epochs[1]).any()


def test_a_batch_follows_from_its_number_alone():
    whole = batch_weights(40, 64, 6, range(1, 101), seed=1)
    assert (batch_weights(40, 64, 6, range(57, 80), seed=1) == whole[56:79]).all()
    assert (batch_weights(40, 64, 6, range(1, 101), seed=2) != whole).any()


def test_padding_changes_nothing():
    features, targets = used(line(BUCKETS[0], 0.5, 0.1, 0))
    one = LinearRegression().with_points(padded(features[:, 0], targets))
    more = LinearRegression().with_points(padded(features[:60, 0], targets[:60]))
    by_hand = np.mean((2 * features[:, 0] + 1 - targets) ** 2)
    assert float(loss_at(one, np.array([2.0, 1.0]))) == pytest.approx(by_hand, rel=1e-12)
    by_hand = np.mean((2 * features[:60, 0] + 1 - targets[:60]) ** 2)
    assert float(loss_at(more, np.array([2.0, 1.0]))) == pytest.approx(by_hand, rel=1e-12)
