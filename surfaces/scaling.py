"""Columns of numbers to mean 0 and deviation 1."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Scaling(NamedTuple):
    """What each column is shifted and divided by: z̃ = (z − mean)/deviation.

    Attributes:
        mean, deviation: one number a column; a column that does not vary is divided by 1.
    """

    mean: tuple[float, ...]
    deviation: tuple[float, ...]

    def applied(self, columns: NDArray[np.floating[Any]]) -> Numbers:
        """Columns [n, k], shifted and divided."""
        return (columns - np.array(self.mean)) / np.array(self.deviation)


def scaling_of(columns: Numbers, *, keeping_constants: bool = True) -> Scaling:
    """Means and deviations (divided by n) of the columns of an array [n, k].

    Args:
        columns: the numbers.
        keeping_constants: whether a column that does not vary is left as it is, an intercept;
            else it becomes 0.
    """
    mean, deviation = columns.mean(axis=0), columns.std(axis=0)
    varies = deviation > 1e-12 * np.abs(columns).max(axis=0)
    return Scaling(
        tuple(np.where(varies | (not keeping_constants), mean, 0.0).tolist()),
        tuple(np.where(varies, deviation, 1.0).tolist()),
    )
