"""The length of the gradient as colours: on a logarithmic scale, between ends that show it."""

import numpy as np

from server.results import Bools, Floats

SHARES = (0.01, 0.999)
"""All but the flattest hundredth and the steepest thousandth, or one needle takes all colours."""
NARROW = 1e-3
"""Decades under which the scale is widened to one: there is nothing but rounding to see."""
BEND = 0.1
"""Of the scale, that may lie between two neighbouring samples and still count as straight."""


def ends(norm: Floats) -> tuple[float, float]:
    """log₁₀ of the norms that get the first and the last colour."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log10(norm)
    values = values[np.isfinite(values)]
    low, high = np.quantile(values, SHARES) if len(values) else (0.0, 1.0)
    return (float(low), float(high)) if high - low >= NARROW else (low - 0.5, high + 0.5)


def steepness(norm: Floats, low: float, high: float) -> Floats:
    """log₁₀ of norms of any shape, cut to two ends: no slope is the flattest that is shown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.clip(np.log10(norm), low, high)


def uneven(numbers: Floats, low: float, high: float) -> Bools:
    """Cells [ny - 1, nx - 1] over whose corners the steepness [ny, nx] changes much."""
    corners = np.stack([numbers[:-1, :-1], numbers[:-1, 1:], numbers[1:, :-1], numbers[1:, 1:]])
    with np.errstate(invalid="ignore"):
        spread = corners.max(0) - corners.min(0) > BEND * (high - low)
    cells = np.pad(spread, 1)
    rows = cells[:-2] | cells[1:-1] | cells[2:]
    return rows[:, :-2] | rows[:, 1:-1] | rows[:, 2:]
