"""Refinement: what is skipped is what all corners agree on, and a wrong pixel is noticed."""

import numpy as np
import pytest

from server.maps.pixels import pixels_of
from server.maps.refinement import CHECKED, planned, sample


def plane(nx, ny):
    return np.mgrid[:ny, :nx]


@pytest.mark.parametrize("nx, ny", [(65, 65), (64, 50), (33, 41), (9, 3), (2, 2), (10, 1)])
def test_each_pixel_is_computed_or_filled_once(nx, ny):
    labels = (plane(nx, ny)[1] > nx // 2).astype(np.int64)
    for coarser, stride in ((8, 2), (2, 1), (8, 4)):
        pixels = pixels_of(nx, ny, (coarser, stride), 1)
        plan = planned(labels, pixels, coarser)
        both = np.concatenate([plan.computed, plan.filled])
        np.testing.assert_array_equal(np.sort(both), np.sort(pixels))
        assert plan.weights.sum(axis=1) == pytest.approx(np.ones(len(plan.filled)))
        rows, columns = np.divmod(plan.corners, nx)
        assert not (rows % coarser).any() and not (columns % coarser).any()


@pytest.mark.parametrize("nx, ny", [(3, 40), (40, 3), (1, 40), (40, 1)])
def test_where_no_cell_can_tell_all_is_computed(nx, ny):
    labels = np.indices((ny, nx)).sum(axis=0) % 5
    pixels = pixels_of(nx, ny, (8, 1), 1)
    np.testing.assert_array_equal(planned(labels, pixels, 8).computed, pixels)


def test_what_touches_a_cell_near_disagreement_is_computed():
    """One pixel of another label at (16, 16): cells at most two away from it, edges included."""
    labels = np.zeros((41, 41), np.int64)
    labels[16, 16] = 1
    plan = planned(labels, pixels_of(41, 41, (4, 1), 1), 4)
    rows, columns = np.divmod(plan.computed, 41)
    inside = (np.abs(plane(41, 41) - 16) <= 8).all(axis=0)
    expected = inside.copy()
    expected[::4, ::4] = False
    found = np.zeros((41, 41), bool)
    found[rows, columns] = True
    np.testing.assert_array_equal(found, expected)


def test_numbers_between_corners_are_bilinear_and_labels_stay():
    row, column = plane(33, 33)
    values = (2.0 * row - 3 * column + row * column / 8).ravel().astype(np.float32)
    plan = planned(np.full((33, 33), 7), pixels_of(33, 33, (8, 2), 1), 8)
    assert not len(plan.computed)
    np.testing.assert_allclose(plan.values(values), values[plan.filled], atol=1e-4)
    assert (plan.values(np.full(33 * 33, 7, np.uint8)) == 7).all()
    lost = np.where(np.arange(33 * 33) == 0, np.inf, 1).astype(np.float32)
    far = plan.filled[np.isfinite(plan.values(lost))]
    near = np.setdiff1d(plan.filled, far)
    assert (near // 33 < 8).all() and (near % 33 < 8).all() and len(near) == 15


def test_those_that_are_checked_are_filled_ones_each_once():
    filled = np.arange(5000) * 3
    chosen = sample(filled)
    assert len(np.unique(chosen)) == CHECKED and np.isin(chosen, filled).all()
    assert sorted(sample(filled[:10])) == filled[:10].tolist()
