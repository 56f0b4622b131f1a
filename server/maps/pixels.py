"""Which pixels of a map are computed when: coarse to fine, each once.

A pixel's number is row * nx + column; row 0 is at the lowest y, column 0 at the lowest x.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Int

Pixels = Int[np.ndarray, " n"]


class Tile(NamedTuple):
    """A piece of a level: so many of its pixels, from the ``first`` of them on."""

    level: int
    first: int
    size: int


def pixels_of(nx: int, ny: int, strides: Sequence[int], level: int) -> Pixels:
    """The pixels of a level, row by row: of its lattice those that no coarser level held.

    Args:
        nx: how many columns.
        ny: how many rows.
        strides: of all levels, each a multiple of the next.
        level: which of them.
    """
    stride = strides[level]
    rows, columns = np.arange(0, ny, stride), np.arange(0, nx, stride)
    pixels = rows[:, None] * nx + columns
    if level == 0:
        return pixels.ravel()
    coarser = strides[level - 1]
    held = (rows % coarser == 0)[:, None] & (columns % coarser == 0)
    return pixels[~held]


def tiles_of(nx: int, ny: int, strides: Sequence[int], most: int) -> Iterator[Tile]:
    """All pieces of a map of at most so many pixels, coarse to fine."""
    for level in range(len(strides)):
        total = len(pixels_of(nx, ny, strides, level))
        for first in range(0, total, most):
            yield Tile(level, first, min(most, total - first))
