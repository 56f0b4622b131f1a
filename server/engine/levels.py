"""Level lines that make any surface readable."""

import numpy as np

from server.results import Floats

LEVELS = 21


def levels(loss: Floats, count: int = LEVELS, *, zero: float = 0.0) -> Floats:
    """Losses at which to draw level lines.

    Twenty equal slices of a valley a thousand times deeper than its floor show the walls
    only; twenty quantiles of a flat surface with one pit show the flat only. So the lines
    stand at equal steps of the mean of the two: of a point's rank among all points and of
    its relative height. No band between neighbouring lines then covers more than
    2/(count + 1) of the picture, nor of the height. Heights are taken on a logarithmic scale
    when they span more than three decades.

    Args:
        loss: any shape; values that are not finite are left out.
        count: how many lines at most.
        zero: a round number among them: a line a rounding away from it stands on it.

    Returns:
        Ascending and distinct, at most ``count``; a flat surface has none.
    """
    values = np.sort(loss[np.isfinite(loss)].astype(np.float64), axis=None)
    if len(values) == 0 or values[0] == values[-1]:
        return np.empty(0)
    low = values[0]
    with np.errstate(over="ignore"):
        heights = np.minimum(values - low, np.finfo(np.float64).max)
    floor = heights[len(heights) // 500] or heights[heights > 0][0]
    logarithmic = heights[-1] > 1e3 * floor and np.median(heights) > 30 * floor
    scaled = np.log(np.maximum(heights, floor) / floor) if logarithmic else heights
    scaled = scaled / scaled[-1]
    rank = np.linspace(0, 1, len(values))
    mean = (rank + scaled) / 2
    wanted = np.arange(1, count + 1) / (count + 1)
    at = np.interp(wanted, mean, scaled)
    # Lines closer than a thousandth of the height would draw rounding on a flat.
    apart = np.concatenate([[True], np.diff(at) > 1e-3])
    drawn = np.interp(at[apart], scaled, values)
    # A line at 1e-15 that stands for 0 is rounding, and reads badly.
    return np.unique(np.where(np.abs(drawn - zero) < 1e-9 * heights[-1], zero, drawn))


def even(loss: Floats, count: int = LEVELS, *, zero: float = 0.0) -> Floats:
    """Losses at equal distances: lines that show slopes as a map does, and valleys not at all.

    Args:
        loss: any shape; values that are not finite are left out.
        count: how many lines.
        zero: a round number, as in ``levels``.

    Returns:
        Ascending and distinct; a flat surface has none.
    """
    values = loss[np.isfinite(loss)].astype(np.float64)
    if len(values) == 0 or values.min() == values.max():
        return np.empty(0)
    low, high = values.min(), values.max()
    share = np.arange(1, count + 1) / (count + 1)
    drawn = low * (1 - share) + high * share
    return np.unique(np.where(np.abs(drawn - zero) < 1e-9 * (high / 2 - low / 2), zero, drawn))


def numbered(heights: Floats, levels: Floats) -> Floats:
    """Heights counted in level lines: line k is exactly k, what lies between is interpolated.

    Evenly far from the first line down to -1 and from the last up to their count.

    Args:
        heights: any shape; NaN stays NaN.
        levels: ascending.
    """
    count = len(levels)
    if count < 2:
        return np.where(np.isnan(heights), np.nan, 0.0)
    below, above = levels[1] - levels[0], levels[-1] - levels[-2]
    with np.errstate(all="ignore"):
        inside = np.interp(heights, levels, np.arange(count))
        low = np.maximum(-1, (heights - levels[0]) / below)
        high = np.minimum(count, count - 1 + (heights - levels[-1]) / above)
    return np.where(heights < levels[0], low, np.where(heights > levels[-1], high, inside))
