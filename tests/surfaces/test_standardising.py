"""Data in any units: standardising against NumPy, fits against SciPy and PyTorch."""

import re

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import zscore

from surfaces.data import LinearRegression, LogisticRegression, Neuron
from surfaces.points import padded, used
from surfaces.surface import gradient_at, loss_at
from tests.surfaces.houses import AREA, PRICE, exams

HOUSES = padded(AREA, PRICE)
DESIGN = np.column_stack([AREA, np.ones(len(AREA))])


def undone(scalings, w, b):
    """The line of the columns as they were, by two of its points."""
    [shift], [scale] = scalings.features
    [middle], [height] = scalings.targets
    left, right = (middle + height * (w * (x - shift) / scale + b) for x in (0.0, 1.0))
    return right - left, left


def test_columns_have_mean_0_and_deviation_1():
    features, targets = used(LinearRegression().with_points(HOUSES).ready().points)
    assert features[:, 0] == pytest.approx(zscore(AREA), abs=1e-13)
    assert targets == pytest.approx(zscore(PRICE), abs=1e-13)


@pytest.mark.parametrize("unit, wanted", [(1.0, True), (1e-3, False), (1e5, True)])
def test_only_ill_conditioned_points_are_standardised_by_themselves(unit, wanted):
    """κ of XᵀX by NumPy; in thousands of square feet the same houses need nothing."""
    surface = LinearRegression().with_points(padded(unit * AREA, PRICE))
    kappa = np.linalg.cond(np.column_stack([unit * AREA, np.ones(len(AREA))])) ** 2
    assert surface.condition_number() == pytest.approx(kappa, rel=1e-6)
    assert (kappa > 1e4) == wanted
    assert (surface.scalings() is not None) == wanted


def test_synthetic_points_stay_as_they_are():
    """Noise 0 puts both classes on a line, where κ is infinite: an old link still means it."""
    surface = LogisticRegression(noise=0.0)
    assert surface.condition_number() == np.inf
    assert surface.scalings() is None
    assert used(surface.ready().points)[0] == pytest.approx(used(surface.raw())[0])


@pytest.mark.parametrize("loss", ["mse", "mse_half", "mae", "huber"])
def test_a_standardised_fit_undone_is_the_raw_fit(loss):
    """Huber's δ is of standardised errors there, so that it has to be scaled for the raw ones."""
    scaled = LinearRegression(loss_function=loss, standardise="on").with_points(HOUSES)
    delta = PRICE.std() if loss == "huber" else 1.0
    raw = LinearRegression(loss_function=loss, huber_delta=delta, standardise="off")
    [there], [here] = scaled.minima(), raw.with_points(HOUSES).minima()
    tolerance = 1e-9 if loss.startswith("mse") else 1e-6
    assert undone(scaled.scalings(), there.x, there.y) == pytest.approx(
        (here.x, here.y), rel=tolerance
    )


def test_the_raw_fit_is_numpys_least_squares():
    [fit] = LinearRegression(standardise="off").with_points(HOUSES).minima()
    line = np.polynomial.Polynomial.fit(AREA, PRICE, 1).convert().coef
    assert (fit.y, fit.x) == pytest.approx(tuple(line), rel=1e-9)
    error = DESIGN @ (fit.x, fit.y) - PRICE
    assert fit.loss == pytest.approx(np.mean(error**2), rel=1e-12)


def test_raw_huber_and_mae_fits_are_where_a_search_without_gradients_ends():
    for loss in ("mae", "huber"):
        surface = LinearRegression(loss_function=loss, huber_delta=3e4, standardise="off")
        surface = surface.with_points(HOUSES)
        [stated] = surface.minima()

        def price(at, surface=surface):
            return float(loss_at(surface, np.array([at[0], at[1] * 1e3])))

        found = minimize(
            price, (150, 50), method="Nelder-Mead",
            options={"xatol": 1e-7, "fatol": 1e-7, "maxiter": 4000},
        )  # fmt: skip
        assert stated.loss == pytest.approx(found.fun, rel=1e-6)


def test_half_the_mse_is_half_of_pytorchs():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make torch")
    surface = LinearRegression(loss_function="mse_half", standardise="off").with_points(HOUSES)
    at = torch.tensor([120.0, 7e4], dtype=torch.float64, requires_grad=True)
    x, y = torch.tensor(AREA, dtype=torch.float64), torch.tensor(PRICE, dtype=torch.float64)
    theirs = torch.nn.functional.mse_loss(at[0] * x + at[1], y) / 2
    theirs.backward()
    place = at.detach().numpy()
    assert float(loss_at(surface, place)) == pytest.approx(theirs.item(), rel=1e-12)
    assert np.asarray(gradient_at(surface, place)) == pytest.approx(at.grad.numpy(), rel=1e-9)


def test_a_logistic_fit_with_a_far_intercept():
    """All three numbers by SciPy; the two weights at that bias are those of the surface."""
    scores, labels = exams()
    points = padded(scores, labels)

    def value(theta):
        return np.logaddexp(0, -labels * (theta[0] + scores @ theta[1:])).mean()

    found = minimize(value, (-20, 0.2, 0.2), method="Nelder-Mead",
                     options={"xatol": 1e-9, "fatol": 1e-14, "maxiter": 9000}).x  # fmt: skip
    assert found[0] < -20
    surface = LogisticRegression(standardise="off").with_points(points)
    assert surface.suggested()["bias"] == pytest.approx(found[0], rel=1e-4)
    low, high = surface.ranges()["bias"]
    assert low < found[0] < high
    at_its_bias = LogisticRegression(bias=found[0], standardise="off").with_points(points)
    [best] = at_its_bias.minima()
    assert (best.x, best.y) == pytest.approx(found[1:], rel=1e-4)
    # Standardised, the border is the same one.
    scaled = LogisticRegression(standardise="on").with_points(points)
    [near] = LogisticRegression(
        bias=scaled.suggested()["bias"], standardise="on"
    ).with_points(points).minima()  # fmt: skip
    weights = np.array([near.x, near.y]) / scores.std(axis=0)
    assert weights == pytest.approx(found[1:], rel=1e-4)
    bias = scaled.suggested()["bias"] - weights @ scores.mean(axis=0)
    assert bias == pytest.approx(found[0], rel=1e-4)


def test_weights_of_any_size_are_a_minimum_and_parted_classes_have_none():
    """Features of 1e-5 want weights of 1e5; moved apart the same classes want endless ones."""
    chance = np.random.default_rng(3)
    labels = np.where(np.arange(60) % 2 == 0, 1.0, -1.0)
    features = 1e-5 * (labels[:, None] * (1, 0.5) + 2 * chance.standard_normal((60, 2)))
    [best] = LogisticRegression(standardise="off").with_points(padded(features, labels)).minima()
    assert max(abs(best.x), abs(best.y)) > 1e4
    margin = labels * (features @ (best.x, best.y))
    slope = -(features * (labels / (1 + np.exp(margin)))[:, None]).mean(axis=0)
    assert np.abs(slope / 1e-5).max() < 1e-12
    apart = labels[:, None] * np.abs(features)
    assert LogisticRegression(standardise="off").with_points(padded(apart, labels)).minima() == ()


def test_a_column_that_does_not_vary_stays_an_intercept():
    scores, labels = exams()
    features = np.column_stack([np.ones(100), scores[:, 0]])
    ready = LogisticRegression(standardise="on").with_points(padded(features, labels)).ready()
    assert used(ready.points)[0][:, 0] == pytest.approx(np.ones(100))
    assert used(ready.points)[0][:, 1] == pytest.approx(zscore(scores[:, 0]))


def test_a_neurons_targets_keep_the_range_of_its_activation():
    neuron = Neuron(standardise="on").with_points(padded(AREA, np.linspace(0, 1, len(AREA))))
    features, targets = used(neuron.ready().points)
    assert targets == pytest.approx(np.linspace(0, 1, len(AREA)))
    assert features[:, 0] == pytest.approx(zscore(AREA))


def test_the_formula_says_what_was_done():
    surface = LinearRegression(loss_function="mse_half").with_points(HOUSES)
    assert r"\tfrac{1}{2n}" in surface.latex() and r"\tilde{x}_i" in surface.latex()
    numbers = [float(one) for one in re.findall(r"\d+\.?\d*", " ".join(surface.definitions()))]
    assert numbers == pytest.approx([AREA.mean(), AREA.std(), PRICE.mean(), PRICE.std()], rel=1e-3)
    off = LinearRegression(standardise="off").with_points(HOUSES)
    assert "tilde" not in off.latex() and off.definitions() == ()
    assert "tilde" not in LinearRegression().latex()
