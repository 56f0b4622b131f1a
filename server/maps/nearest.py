"""Which of many places is near each of thousands of points."""

import numpy as np
from jaxtyping import Float
from scipy.spatial import KDTree

SIDE = 128
"""Cells along a side."""
NONE, SEVERAL = -1, -2


class Nearest:
    """Places, and a lattice of cells that says which of them can be near a point in each.

    Where there is one at most, its distance is all that is left to compute; a tree is asked where
    there may be several, and costs ten times as much.

    Args:
        places: shape [m, 2].
        near: only places nearer than this count.
    """

    def __init__(self, places: Float[np.ndarray, "m 2"], near: float):
        self._places, self._near = places, near
        self._tree = KDTree(places)
        self._low = places.min(axis=0) - near
        self._cell = (places.max(axis=0) + near - self._low) / SIDE
        cells = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij"), axis=-1)
        middles = self._low + self._cell * (cells + 0.5)
        reach = near + 0.5001 * np.hypot(*self._cell)
        found = np.asarray(self._tree.query(middles, k=2, distance_upper_bound=reach)[1])
        first, second = found[..., 0], found[..., 1]
        alone = np.where(first < len(places), first, NONE)
        self._candidates = np.where(second < len(places), SEVERAL, alone)

    def of(self, points: Float[np.ndarray, "n 2"]) -> np.ndarray:
        """Index of the place nearest to each finite point; -1 where none is near."""
        i, j = np.clip((points - self._low) / self._cell, 0, SIDE - 1).astype(int).T
        found = self._candidates[i, j]
        x, y = (points - self._places[found]).T
        with np.errstate(over="ignore"):
            far = x * x + y * y >= self._near**2
        several = np.flatnonzero(found == SEVERAL)
        found[far] = NONE
        if len(several):
            asked = self._tree.query(points[several], distance_upper_bound=self._near)[1]
            found[several] = np.where(asked < len(self._places), asked, NONE)
        return found
