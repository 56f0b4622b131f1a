"""The sampled surface and its level lines."""

import itertools

import numpy as np
import pytest

from server.engine.grid import sample
from server.engine.levels import LEVELS, levels
from surfaces.catalog import SURFACES
from surfaces.formula import Formula
from surfaces.shapes import Bowl, Saddle


def test_grid_of_a_bowl_in_closed_form(programs):
    surface = Bowl(condition_number=9.0)
    grid = sample(programs, surface, (-1, 3), (-2, 2), 81, 61, gradient=True, hessian=True)
    x, y = np.meshgrid(np.linspace(-1, 3, 81), np.linspace(-2, 2, 61))
    assert grid.loss == pytest.approx((x**2 + 9 * y**2) / 2, rel=1e-12)
    assert grid.gradient_norm == pytest.approx(np.hypot(x, 9 * y), rel=1e-12)
    assert grid.eigenvalues == pytest.approx(np.broadcast_to([1.0, 9.0], (61, 81, 2)))


def test_eigenvalues_of_a_saddle_have_two_signs(programs):
    grid = sample(programs, Saddle(), (-1, 1), (-1, 1), 5, 5, hessian=True)
    assert grid.eigenvalues == pytest.approx(np.broadcast_to([-1.0, 1.0], (5, 5, 2)))


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_levels_make_every_surface_readable(programs, surface):
    """Enough lines, and no band over a quarter of the picture that is not flat."""
    grid = sample(programs, surface(), *surface.domain, 120, 100)
    assert 8 <= len(grid.levels) <= LEVELS
    assert (np.diff(grid.levels) > 0).all()
    edges = [grid.loss.min(), *grid.levels, grid.loss.max()]
    for low, high in itertools.pairwise(edges):
        inside = grid.loss[(grid.loss >= low) & (grid.loss <= high)]
        flat = np.ptp(inside) < 0.005 * np.ptp(grid.loss) if inside.size else True
        assert inside.size <= 0.25 * grid.loss.size or flat


def test_levels_of_a_valley_are_spread_over_its_decades():
    """Twenty equal slices of (10⁰ … 10⁶) would leave five decades without a line."""
    drawn = levels(10.0 ** np.linspace(0, 6, 1001))
    assert np.diff(np.log10(drawn)).max() < 0.6


def test_levels_of_a_needle_show_the_needle():
    """A pit in one percent of a plain still gets half of the lines."""
    pit = np.concatenate([np.zeros(9900), np.linspace(-1, 0, 100)])
    assert (levels(pit) < -0.05).sum() >= 8


def test_levels_of_nothing():
    assert len(levels(np.zeros((4, 4)))) == 0
    assert len(levels(np.full((4, 4), np.nan))) == 0
    assert np.isfinite(levels(np.array([1.0, 2.0, np.inf, np.nan, 3.0]))).all()


def test_where_a_loss_is_not_defined_it_has_no_slope_either(programs):
    """log x is undefined left of 0, though 1/x is not."""
    grid = sample(
        programs, Formula("log(x)"), (-2.0, 2.0), (0.0, 1.0), 4, 2, gradient=True, hessian=True
    )
    assert np.isnan(grid.gradient_norm[:, :2]).all()
    assert np.isnan(grid.eigenvalues[:, :2]).all()
    assert grid.gradient_norm[0, 2:] == pytest.approx([1.5, 0.5])
