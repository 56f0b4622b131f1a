"""How many boxes a border passes through, and the dimension that their number tells of."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Int

FEWEST = 4
"""Boxes along a side of the map, at least: of fewer nearly all are passed through."""


class BoxCounts(NamedTuple):
    """Boxes of halving sizes that a border passes through.

    Attributes:
        size: of a box's side in cells of the map, ascending from 1 in powers of 2.
        boxes: how many of that size the border passes through.
        dimension: how fast their number grows as they shrink, the slope of log boxes over
            log 1/size by least squares; NaN where there is no border.
    """

    size: Int[np.ndarray, " sizes"]
    boxes: Int[np.ndarray, " sizes"]
    dimension: float


def border_of(labels: Int[np.ndarray, "ny nx"]) -> Bool[np.ndarray, "ny-1 nx-1"]:
    """Cells between four pixels of which not all bear one label."""
    corners = np.stack([labels[1:, 1:], labels[1:, :-1], labels[:-1, 1:], labels[:-1, :-1]])
    return (corners != corners[0]).any(axis=0)


def box_counts(cells: Bool[np.ndarray, "rows columns"]) -> BoxCounts:
    """The boxes that hold one of some cells, size by size.

    Cells beyond the last whole box of the largest size count as part of boxes that reach over the
    map's edge.
    """
    sizes: list[int] = []
    boxes: list[int] = []
    level, size = cells, 1
    while size == 1 or min(level.shape) >= FEWEST:
        sizes.append(size)
        boxes.append(int(level.sum()))
        level, size = _halved(level), 2 * size
    return BoxCounts(np.array(sizes), np.array(boxes), _slope(np.array(sizes), np.array(boxes)))


def _halved(cells: Bool[np.ndarray, "r c"]) -> Bool[np.ndarray, "r2 c2"]:
    even = np.pad(cells, [(0, n % 2) for n in cells.shape])
    return even[::2, ::2] | even[1::2, ::2] | even[::2, 1::2] | even[1::2, 1::2]


def _slope(sizes: Float[np.ndarray, " n"], boxes: Float[np.ndarray, " n"]) -> float:
    if len(sizes) < 2 or not boxes[0]:
        return float("nan")
    return float(-np.polyfit(np.log(sizes), np.log(boxes), 1)[0])
