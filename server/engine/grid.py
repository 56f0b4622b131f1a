"""A surface sampled on a rectangle, for its picture."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from server.engine.contours import level_lines
from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from server.engine.gradient_changes import (
    PLAIN,
    GradientChanges,
    penalised_eigenvalues,
    penalty,
    penalty_gradient,
)
from server.engine.heights import heights
from server.engine.levels import even, levels, numbered
from server.engine.programs import Programs
from server.engine.refinement import averaged, curving, refine
from server.engine.steepness import ends, steepness, uneven
from server.results import Floats, Grid, Steepness
from surfaces.surface import Interval, Surface

Spacing = Literal["balanced", "linear"]

Evaluated = Callable[[Floats], tuple[Floats, Floats]]
"""Loss [n] and gradient [n, 2] at points [n, 2]."""


def sample(
    programs: Programs,
    surface: Surface,
    x_range: Interval,
    y_range: Interval,
    nx: int,
    ny: int,
    *,
    changes: GradientChanges = PLAIN,
    gradient: bool = False,
    hessian: bool = False,
    lines: bool = False,
    spacing: Spacing = "balanced",
) -> Grid:
    """Loss, and if asked the gradient norm, Hessian eigenvalues and level lines, in float64.

    Args:
        programs: the compiled programs.
        surface: what is sampled.
        x_range: ends of the rectangle along x, both included.
        y_range: the same along y.
        nx: how many points along x, at least 2.
        ny: the same along y.
        changes: whose penalties are added.
        gradient: add the norm of the gradient.
        hessian: add the eigenvalues of the Hessian.
        lines: add the level lines and the shade between them.
        spacing: of the levels: balanced, so that all heights can be read, or linear.
    """
    x = np.linspace(*x_range, nx)
    y = np.linspace(*y_range, ny)
    points: Floats = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)

    def evaluated(at: Floats) -> tuple[Floats, Floats]:
        loss, slope = loss_and_gradient(programs, surface, at, "float64", many=True)
        with np.errstate(all="ignore"):
            return loss + penalty(at, changes), slope + penalty_gradient(at, changes)

    loss, slope = evaluated(points)
    loss, slope = loss.reshape(ny, nx), slope.reshape(ny, nx, 2)
    with np.errstate(all="ignore"):
        norm = np.hypot(slope[..., 0], slope[..., 1]) if gradient else None
    values = None
    if hessian:
        values = hessian_eigenvalues(programs, surface, points, "float64")
        values = penalised_eigenvalues(values, points, changes).reshape(ny, nx, 2)
    # A slope's own formula may have a value where f has none: 1/x left of the y axis for log x.
    nowhere = np.isnan(loss)
    for derived in (norm, values):
        if derived is not None:
            derived[nowhere] = np.nan
    above, reference, exact = heights(loss, slope, x, y)
    drawn = (levels if spacing == "balanced" else even)(above, zero=-reference)
    with np.errstate(over="ignore"):
        at_levels = drawn + reference
    grid = Grid(x, y, loss, above, reference, exact, at_levels, drawn, norm, values)
    return _with_lines(programs, grid, slope, evaluated) if lines else grid


def _with_lines(programs: Programs, grid: Grid, slope: Floats, evaluated: Evaluated) -> Grid:
    """The same with its level lines and colours.

    Where the losses are too coarse for heights they are too coarse for more samples as well:
    such a picture is drawn from its heights alone, and is smooth at its size.
    """
    drawn = grid.level_heights
    corner = np.array([grid.x[0], grid.y[0]])
    sides = np.array([grid.x[-1], grid.y[-1]]) - corner

    def slopes(share: Floats) -> Floats:
        return evaluated(corner + share * sides)[1]

    low, high = ends(np.empty(0) if grid.gradient_norm is None else grid.gradient_norm)

    def sampled(at: Floats) -> list[Floats]:
        loss, slope = evaluated(at)
        with np.errstate(all="ignore"):
            values = [numbered(loss - grid.reference, drawn)]
            if grid.gradient_norm is not None:
                norm = np.where(np.isnan(loss), np.nan, np.hypot(slope[:, 0], slope[:, 1]))
                values.append(steepness(norm, low, high))
        return values

    coarse = [numbered(grid.heights, drawn)]
    cells = curving(grid.heights, slope, grid.x, grid.y, drawn)
    if grid.gradient_norm is not None:
        coarse.append(steepness(grid.gradient_norm, low, high))
        cells |= uneven(coarse[1], low, high)
    fine, factor = refine(coarse, cells, grid.x, grid.y, sampled) if grid.exact else (coarse, 1)
    steep = Steepness(low, high, averaged(fine[1], factor)) if len(fine) > 1 else None
    return replace(
        grid,
        lines=level_lines(fine[0], len(drawn), slopes, programs.token.check),
        shade=averaged(fine[0], factor),
        steepness=steep,
    )
