"""Datasets against their own formulas, and initializers against what they say."""

from dataclasses import replace

import numpy as np
import pytest

from server.networks.datasets import DATASETS, Blobs, Circles, Curve, Moons, Spirals, Xor
from server.networks.initializers import INITIALIZERS


@pytest.mark.parametrize("dataset", DATASETS)
def test_points_are_seeded_and_bounded(dataset):
    one = dataset(size=100)
    inputs, targets = one.examples()
    again = dataset(size=100).examples()
    np.testing.assert_array_equal(inputs, again.inputs)
    assert not np.allclose(inputs, replace(one, data_seed=1).examples().inputs)
    assert len(inputs) == len(targets) == 100
    (x_min, x_max), (y_min, y_max) = one.region
    assert (inputs[:, 0] > x_min).all() and (inputs[:, 0] < x_max).all()
    assert (inputs[:, -1] > min(y_min, x_min)).all() and (inputs[:, -1] < max(y_max, x_max)).all()


@pytest.mark.parametrize("dataset", DATASETS)
def test_more_points_begin_with_the_fewer_and_noise_moves_the_same(dataset):
    few, many = (dataset(size=size).examples() for size in (20, 90))
    np.testing.assert_array_equal(few.inputs, many.inputs[:20])
    still, little, more = (
        np.column_stack(dataset(size=50, noise=noise).examples()) for noise in (0, 0.1, 0.2)
    )
    np.testing.assert_allclose(more - still, 2 * (little - still), atol=1e-12)


@pytest.mark.parametrize("dataset", [one for one in DATASETS if one.kind == "classes"])
def test_classes_take_turns(dataset):
    labels = dataset(size=64).examples().targets
    assert labels[:10].sum() == 5
    assert set(labels) == {0.0, 1.0}


def test_moons_lie_on_half_circles():
    inputs, targets = Moons(size=80, noise=0).examples()
    upper = inputs[targets == 0]
    assert np.hypot(upper[:, 0] + 0.75, upper[:, 1] + 0.375) == pytest.approx(1.5)
    assert (upper[:, 1] >= -0.375).all()
    lower = inputs[targets == 1]
    assert np.hypot(lower[:, 0] - 0.75, lower[:, 1] - 0.375) == pytest.approx(1.5)


def test_circles_have_their_radii():
    inputs, targets = Circles(size=80, noise=0).examples()
    np.testing.assert_allclose(np.hypot(*inputs.T), np.where(targets == 1, 1, 2))


def test_xor_is_the_sign_of_the_product():
    inputs, targets = Xor(size=200, noise=0).examples()
    np.testing.assert_array_equal(inputs.prod(axis=1) < 0, targets == 1)
    signs = np.sign(inputs)
    quadrants = {tuple(one) for one in signs}
    assert len(quadrants) == 4


def test_arms_of_the_spiral_mirror_each_other():
    inputs, targets = Spirals(size=100, noise=0).examples()
    radius = np.hypot(*inputs.T)
    angle = 3 * np.pi * (radius - 0.25) / 2.25
    arm = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    np.testing.assert_allclose(inputs, np.where(targets[:, None] == 0, arm, -arm), atol=1e-12)


def test_blobs_have_their_centres_and_spread():
    inputs, targets = Blobs(size=256, noise=0.5).examples()
    for label, centre in ((0, -1), (1, 1)):
        cloud = inputs[targets == label]
        assert cloud.mean(axis=0) == pytest.approx([centre, centre], abs=0.2)
        assert cloud.std() == pytest.approx(0.5, abs=0.08)


def test_the_curve_is_its_formula():
    inputs, targets = Curve(size=60, noise=0).examples()
    x = inputs[:, 0]
    np.testing.assert_allclose(targets, 0.8 * np.sin(2 * x) + 0.25 * np.cos(5 * x))
    assert inputs.shape == (60, 1)


def test_scales_are_the_papers():
    by_id = {one.id: one() for one in INITIALIZERS}
    assert by_id["xavier"].variance(30, 70) == pytest.approx(2 / 100)
    assert by_id["he"].variance(50, 7) == pytest.approx(2 / 50)
    assert by_id["lecun"].variance(50, 7) == pytest.approx(1 / 50)
    assert by_id["normal"].variance(3, 9) == pytest.approx(1e-4)
    assert by_id["orthogonal"].variance(2, 8) == pytest.approx(1 / 8)
    assert by_id["zeros"].variance(2, 8) is None
