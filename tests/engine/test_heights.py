"""Heights in deep zooms, against closed forms and mpmath."""

import mpmath
import numpy as np
import pytest

from server.engine.grid import sample
from surfaces.catalog import SURFACES
from surfaces.formula import Formula


def test_a_paraboloid_on_a_million_keeps_its_heights(programs):
    """f itself takes two values in this view; 0.001 r² has them all."""
    zoom = (-1e-4, 1e-4)
    grid = sample(programs, Formula("1e6+0.001*(x^2+y^2)"), zoom, zoom, 41, 41, lines=True)
    x, y = np.meshgrid(np.linspace(*zoom, 41), np.linspace(*zoom, 41))
    assert len(np.unique(grid.loss)) <= 2
    assert not grid.exact
    assert grid.heights == pytest.approx(1e-3 * (x**2 + y**2), abs=1e-20)
    assert grid.reference == 1e6
    assert len(grid.level_heights) >= 15
    assert (np.diff(grid.level_heights) > 0).all()
    # Each of its lines is a circle or an arc of one.
    u, v = (grid.lines.vertices * 2e-4 - 1e-4).T
    level = np.repeat(grid.level_heights[grid.lines.level], grid.lines.length)
    assert 1e-3 * (u**2 + v**2) == pytest.approx(level, rel=0.02)


@pytest.mark.parametrize("width", [1e-3, 1e-5, 1e-7, 1e-9])
def test_six_hump_camel_at_any_zoom(programs, width):
    surface = next(one for one in SURFACES if one.id == "six_hump_camel")()
    at = surface.minima()[0]
    x_range, y_range = ((c - width / 2, c + width / 2) for c in (at.x, at.y))
    grid = sample(programs, surface, x_range, y_range, 21, 21)

    def f(x, y):
        x, y = mpmath.mpf(x), mpmath.mpf(y)
        return (4 - mpmath.mpf("2.1") * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2

    with mpmath.workdps(50):
        true = [[f(x, y) for x in grid.x] for y in grid.y]
        lowest = min(map(min, true))
        heights = np.array([[float(value - lowest) for value in row] for row in true])
    # Its coefficients 2.1 and 1/3 are rounded in float64, which tilts the ground by 1e-16.
    assert grid.heights == pytest.approx(heights, abs=0.002 * heights.max() + 1e-16 * width * 10)
    assert grid.exact == (width > 1e-6)
    assert len(np.unique(grid.level_heights)) >= 15


def test_where_the_gradient_disagrees_the_losses_are_drawn(programs):
    """Ripples finer than the samples: what the gradient adds up to is no height."""
    surface = Formula("1e6+1e-9*sin(1e9*x)+0*y")
    grid = sample(programs, surface, (0.0, 1.0), (0.0, 1.0), 30, 30)
    assert grid.exact
    assert (grid.heights == grid.loss - grid.loss.min()).all()


def test_nothing_to_see_is_flat(programs):
    grid = sample(programs, Formula("3+0*x"), (-1.0, 1.0), (-1.0, 1.0), 9, 9, lines=True)
    assert (grid.heights == 0).all()
    assert len(grid.levels) == len(grid.lines.length) == 0


@pytest.mark.parametrize("formula", ["1e308*x", "exp(exp(x))", "log(x)", "1/x", "1e300*x*1e300"])
def test_heights_are_where_losses_are(programs, formula):
    wide = (-1e6, 1e6)
    grid = sample(programs, Formula(formula), wide, wide, 12, 12, gradient=True, lines=True)
    assert (np.isfinite(grid.heights) == np.isfinite(grid.loss)).all()
    assert (np.diff(grid.level_heights) > 0).all()
