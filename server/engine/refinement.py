"""A picture's heights between its samples: sampled again where the surface curves in between."""

from collections.abc import Callable, Sequence

import numpy as np

from server.engine.levels import numbered
from server.results import Bools, Floats

FACTOR = 4
"""Parts of a cell's side where it is sampled again: a cell of three pixels then has none."""
MOST = 524_288
"""Samples added to one picture."""
BEND = 0.04
"""How far a straight line between two samples may miss the surface, in distances of level lines."""
CROSSED = 1.5
"""Level lines that one cell may hold and still count as straight."""

Sampled = Callable[[Floats], Sequence[Floats]]


def curving(heights: Floats, slope: Floats, x: Floats, y: Floats, levels: Floats) -> Bools:
    """Cells [ny - 1, nx - 1] in which the surface is not near enough to flat.

    Halfway along an edge the cubic through both ends' heights and slopes says how far the
    straight line misses. Cells next to one that curves count too: a kink has two sides.

    Args:
        heights: shape [ny, nx].
        slope: gradient, shape [ny, nx, 2].
        x: coordinates along x, shape [nx].
        y: the same along y, shape [ny].
        levels: heights of level lines, ascending.
    """
    along_x = _missed(heights, slope[..., 0], np.diff(x), levels)
    along_y = _missed(heights.T, slope[..., 1].T, np.diff(y), levels).T
    cells = along_x[1:] | along_x[:-1] | along_y[:, 1:] | along_y[:, :-1]
    wide = np.pad(cells, 1)
    rows = wide[:-2] | wide[1:-1] | wide[2:]
    return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]


def _missed(heights: Floats, slope: Floats, step: Floats, levels: Floats) -> Bools:
    """Edges along the second axis whose middle is not near the mean of their ends."""
    first, second = heights[:, :-1], heights[:, 1:]
    with np.errstate(all="ignore"):
        straight = first / 2 + second / 2
        cubic = straight + step * (slope[:, :-1] - slope[:, 1:]) / 8
        miss = np.abs(numbered(cubic, levels) - numbered(straight, levels))
        apart = np.abs(numbered(second, levels) - numbered(first, levels))
    ends = np.isfinite(first).astype(int) + np.isfinite(second)
    return (ends == 1) | (ends == 2) & ~((miss <= BEND) & (apart <= CROSSED))


def refine(
    coarse: Sequence[Floats], cells: Bools, x: Floats, y: Floats, sampled: Sampled
) -> tuple[list[Floats], int]:
    """Values on a grid ``factor`` times as fine, and that factor.

    Args:
        coarse: at the samples, each of shape [ny, nx].
        cells: where to sample, shape [ny - 1, nx - 1]; elsewhere values are interpolated.
        x: coordinates along x, shape [nx].
        y: the same along y, shape [ny].
        sampled: the same values at points [n, 2], each of shape [n].
    """
    factor = FACTOR
    while factor > 1 and cells.sum() * factor**2 > MOST:
        factor //= 2
    if factor == 1 or not cells.any():
        return list(coarse), 1
    inside = np.pad(np.repeat(np.repeat(cells, factor, axis=0), factor, axis=1), 1)
    wanted = inside[:-1, :-1] | inside[1:, :-1] | inside[:-1, 1:] | inside[1:, 1:]
    rows, columns = np.nonzero(wanted)
    points = np.stack(
        [_between(x[None], factor)[0][columns], _between(y[None], factor)[0][rows]], axis=1
    )
    finer: list[Floats] = []
    for values, own in zip(coarse, sampled(points), strict=True):
        fine = _between(_between(values, factor).T, factor).T
        fine[rows, columns] = own
        finer.append(fine)
    return finer, factor


def _between(values: Floats, factor: int) -> Floats:
    """Values [m, n] with ``factor`` parts between neighbours along the second axis."""
    share = np.arange(factor) / factor
    with np.errstate(invalid="ignore"):
        parts = values[:, :-1, None] * (1 - share) + values[:, 1:, None] * share
    return np.concatenate([parts.reshape(len(values), -1), values[:, -1:]], axis=1)


def averaged(fine: Floats, factor: int) -> Floats:
    """Every other node of a fine grid, as the mean round it.

    A valley thinner than a sample is a faint stripe then, where single samples would make it
    a string of beads.
    """
    if factor == 1:
        return fine
    for _ in range(2):
        padded = np.pad(fine, ((0, 0), (1, 1)), mode="edge")
        with np.errstate(invalid="ignore"):
            fine = (padded[:, :-2] / 4 + padded[:, 1:-1] / 2 + padded[:, 2:] / 4)[:, ::2].T
    return fine
