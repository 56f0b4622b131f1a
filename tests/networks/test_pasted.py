"""Pasted examples: scaled as NumPy scales them, shown in their own units."""

import numpy as np
import pytest

from server.networks.pasted import PastedClasses, PastedCurve

CHANCE = np.random.default_rng(4)
FEATURES = CHANCE.normal(size=(40, 2)) * [1200.0, 0.003] + [54_000.0, -7.0]
HEIGHTS = CHANCE.normal(size=40) * 1e6


def test_classes_are_given_columns_of_mean_0_and_deviation_1():
    labels = np.where(FEATURES[:, 0] > 54_000, 1.0, -1.0)
    dataset = PastedClasses.of(FEATURES, labels)
    inputs, targets = dataset.examples()
    np.testing.assert_allclose(inputs, (FEATURES - FEATURES.mean(0)) / FEATURES.std(0), atol=1e-12)
    np.testing.assert_array_equal(targets, labels > 0)
    np.testing.assert_array_equal(dataset.shown().inputs, FEATURES)
    np.testing.assert_array_equal(dataset.shown().targets, targets)
    # Probabilities have no units.
    np.testing.assert_array_equal(dataset.unscaled(np.array([0.25])), [0.25])


def test_a_curve_is_scaled_both_ways():
    dataset = PastedCurve.of(FEATURES, HEIGHTS)
    inputs, targets = dataset.examples()
    assert inputs.shape == (40, 1)
    for column in (inputs[:, 0], targets):
        assert (column.mean(), column.std()) == pytest.approx((0, 1), abs=1e-9)
    np.testing.assert_allclose(dataset.unscaled(targets.astype(np.float32)), HEIGHTS, rtol=1e-5)
    np.testing.assert_array_equal(dataset.scaled(FEATURES[:, :1]), inputs)


def test_a_column_that_does_not_vary_becomes_0_and_is_shown_as_it_is():
    constant = np.full((3, 2), 1e9)
    dataset = PastedClasses.of(constant, np.array([1.0, -1.0, 1.0]))
    np.testing.assert_array_equal(dataset.examples().inputs, np.zeros((3, 2)))
    level = PastedCurve.of(np.arange(6.0).reshape(3, 2), np.full(3, 7.0))
    np.testing.assert_array_equal(level.examples().targets, np.zeros(3))
    np.testing.assert_array_equal(level.unscaled(np.array([0.0, 0.5])), [7.0, 7.5])
    (_, _), (low, high) = level.worth_seeing()
    assert low < 7 < high


@pytest.mark.parametrize("kind", [PastedClasses, PastedCurve])
def test_all_points_are_in_sight(kind):
    dataset = kind.of(FEATURES, np.ones(40) if kind is PastedClasses else HEIGHTS)
    (x_min, x_max), (y_min, y_max) = dataset.worth_seeing()
    second = FEATURES[:, 1] if kind is PastedClasses else HEIGHTS
    assert x_min < FEATURES[:, 0].min() and FEATURES[:, 0].max() < x_max
    assert y_min < second.min() and second.max() < y_max
