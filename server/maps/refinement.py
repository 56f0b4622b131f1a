"""Which pixels of a finer level have to be computed, and what the others are filled with.

A cell of the coarser lattice whose corners all bear one label has that label inside, unless
something small hides there. So those pixels are computed that touch a cell whose corners disagree,
or its neighbour, and the others are filled in between the corners of theirs. Whether that was
right is asked of the map itself: some filled pixels are computed after all, and when one of them
bears another label, all are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from server.maps.description import MapDescription
from server.maps.pixels import Pixels

CHECKED: Final = 1024
"""Filled pixels that are computed after all.

When none is wrong, fewer than 0.3 % of those that were filled are, with a chance of 95 % (the
rule of three); the levels that are always computed are not among them.
"""

USUALLY: Final = 0.1
"""Share of the pixels of finer levels that are computed: 0.05 to 0.2, where no check fails."""
NARROWER: Final = 0.75
"""A border of dimension 1.25 touches a share of all cells that is this power of their size: by it
the share of pixels that are computed falls from level to level."""

LARGE: Final = 2**19
"""Pixels from which a two-dimensional map is worth it."""


def is_refined(nx: int, ny: int, *, exact: bool) -> bool:
    """Whether a two-dimensional map is: a large one, unless all of it is asked for."""
    return nx * ny > LARGE and not exact


def usual_pixels(description: MapDescription) -> float:
    """How many pixels of a map are computed, unless a check of a refined one fails."""
    total = description.nx * description.ny
    if not description.refined_by:
        return total
    return usual_pixels_refined(description.nx, description.ny, description.strides[0])


def seconds_at_most(description: MapDescription) -> float:
    """The price of all pixels, which are computed where a check fails.

    It is the price itself, to the last digit, of a map whose pixels are all computed anyhow.
    """
    total = description.nx * description.ny
    return description.seconds() * (total / usual_pixels(description))


def usual_pixels_refined(nx: int, ny: int, stride: int) -> float:
    """As ``usual_pixels``, by the stride of the first level, which is computed whole."""
    first = ceil(nx / stride) * ceil(ny / stride)
    return first + USUALLY * (nx * ny - first)


def later(share: float, strides: Sequence[int], sizes: Sequence[int]) -> float:
    """How many pixels of the levels after one will be computed, those that check included.

    Args:
        share: that is computed of it.
        strides: of the level before it, of it, and of all after it.
        sizes: pixels of it and of all after it.
    """
    shares = [share * (stride / strides[0]) ** NARROWER for stride in strides[1:-1]]
    return CHECKED + sum(size * one for size, one in zip(sizes[1:], shares, strict=True))


@dataclass(frozen=True)
class Plan:
    """What becomes of a level's pixels.

    Attributes:
        computed: those that have to be computed.
        filled: the others.
        corners: the four pixels of the coarser lattice round each that is filled.
        weights: of those corners, bilinear.
    """

    computed: Pixels
    filled: Pixels
    corners: Int[np.ndarray, "filled 4"]
    weights: Float[np.ndarray, "filled 4"]

    def values(self, field: np.ndarray) -> np.ndarray:
        """What a field is filled with, in between its corners; a kind (unsigned) as the nearest.

        Args:
            field: of all pixels [ny * nx]; those of the coarser lattice are known.
        """
        if field.dtype.kind == "u":
            nearest = self.weights.argmax(axis=1)
            return field[self.corners[np.arange(len(nearest)), nearest]]
        with np.errstate(invalid="ignore", over="ignore"):
            terms = np.where(self.weights > 0, field[self.corners] * self.weights, 0)
            between = terms.sum(axis=1)
        return (between if field.dtype.kind == "f" else np.rint(between)).astype(field.dtype)


def planned(labels: Int[np.ndarray, "ny nx"], pixels: Pixels, coarser: int) -> Plan:
    """What becomes of the pixels of a level.

    Args:
        labels: of the whole map; those on the lattice of stride ``coarser`` are known.
        pixels: of the level, see ``pixels_of``.
        coarser: the stride of the level before it.
    """
    ny, nx = labels.shape
    cells = _near_disagreement(labels[::coarser, ::coarser])
    row, column = pixels // nx, pixels % nx
    wanted = _touching(cells, coarser, ny, nx)[row, column]
    kept = ~wanted
    i, up = np.divmod(row[kept], coarser)
    j, right = np.divmod(column[kept], coarser)
    # On a line of the lattice both ends are the same, as there may be no other line.
    rows, columns = (i, i + (up > 0)), (j, j + (right > 0))
    shares = [(1 - part / coarser, part / coarser) for part in (up, right)]
    corners = [a * coarser * nx + b * coarser for a in rows for b in columns]
    weights = [a * b for a in shares[0] for b in shares[1]]
    return Plan(pixels[wanted], pixels[kept], np.stack(corners, 1), np.stack(weights, 1))


def _near_disagreement(labels: Int[np.ndarray, "r c"]) -> Bool[np.ndarray, "r-1 c-1"]:
    """Cells whose corners disagree, and their eight neighbours."""
    corners = np.stack([labels[1:, 1:], labels[1:, :-1], labels[:-1, 1:], labels[:-1, :-1]])
    wide = np.pad((corners != corners[0]).any(axis=0), 1)
    rows = wide[:-2] | wide[1:-1] | wide[2:]
    return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]


def _touching(cells: Bool[np.ndarray, "r c"], side: int, ny: int, nx: int) -> np.ndarray:
    """Pixels [ny, nx] in or at the edge of a cell, and those beyond the last of the lattice."""
    if cells.size == 0:
        # A lattice that is one wide or high has no cells that could tell.
        return np.ones((ny, nx), bool)
    fine = np.pad(cells.repeat(side, axis=0).repeat(side, axis=1), 1)
    closed = fine[1:, 1:] | fine[:-1, 1:] | fine[1:, :-1] | fine[:-1, :-1]
    whole = np.ones((ny, nx), bool)
    whole[: len(closed), : closed.shape[1]] = closed
    return whole


def sample(filled: Pixels, seed: int = 0) -> Pixels:
    """Those of the filled pixels that are computed to see whether one is wrong."""
    count = min(CHECKED, len(filled))
    return np.random.default_rng(seed).choice(filled, count, replace=False)
