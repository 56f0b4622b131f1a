"""Heights above a picture's lowest sample, with the digits that the loss itself has lost."""

from typing import NamedTuple

import numpy as np

from server.results import Floats

ROUNDING = 4 * float(np.finfo(np.float64).eps)
"""Of a loss, in parts of itself: a formula's last operations each add half a unit."""
ENOUGH = 1e4
"""Roundings that a picture must span for its losses to be drawn as they are."""
AGREEMENT = 0.05
"""How far heights by two ways may differ, in parts of their span, besides rounding."""


class Heights(NamedTuple):
    """Attributes of a sampled surface, shapes [ny, nx] and none.

    Attributes:
        above: how far each sample is above the reference.
        reference: the loss that is height 0.
        exact: whether they are differences of the losses; else the gradient gave them.
    """

    above: Floats
    reference: float
    exact: bool


def heights(loss: Floats, slope: Floats, x: Floats, y: Floats) -> Heights:
    """Losses less the lowest of them, in float64, or better where float64 does not hold them.

    10⁶ + 0.001 r² has nothing but rounding in its losses within a thousandth of its minimum,
    while its gradient keeps all digits there. So where a picture spans too few roundings its
    heights are summed up from the gradient (the trapezoidal rule), if along x first and along y
    first come to the same, and to the losses within their rounding.

    Args:
        loss: shape [ny, nx]; what is not finite stays so.
        slope: gradient, shape [ny, nx, 2].
        x: coordinates along x, shape [nx].
        y: the same along y, shape [ny].
    """
    finite = np.isfinite(loss)
    if not finite.any():
        return Heights(loss, 0.0, True)
    lowest, highest = float(loss[finite].min()), float(loss[finite].max())
    with np.errstate(over="ignore"):
        span = highest - lowest
    if not np.isfinite(span):
        return Heights(loss, 0.0, True)
    rounding = ROUNDING * max(abs(lowest), abs(highest))
    if span <= ENOUGH * rounding and finite.all() and np.isfinite(slope).all():
        with np.errstate(all="ignore"):
            summed = _summed(loss, slope, x, y, rounding)
        if summed is not None:
            return summed
    with np.errstate(invalid="ignore"):
        return Heights(loss - lowest, lowest, True)


def _summed(loss: Floats, slope: Floats, x: Floats, y: Floats, rounding: float) -> Heights | None:
    """Heights by the gradient; none where it does not agree with itself or with the losses."""
    along_x = _cumulated(slope[..., 0], x)
    along_y = _cumulated(slope[..., 1].T, y).T
    first = along_x[:1] + along_y
    second = along_x + along_y[:, :1]
    above = (first + second) / 2
    span = np.ptp(above)
    direct = loss - loss[0, 0]
    wrong = np.abs(first - second).max(), np.abs(above - direct).max() - 16 * rounding
    if not (np.isfinite(above).all() and span > 0 and max(wrong) <= AGREEMENT * span):
        return None
    lowest = np.unravel_index(np.argmin(above), above.shape)
    return Heights(above - above[lowest], float(loss[lowest]), False)


def _cumulated(slope: Floats, at: Floats) -> Floats:
    """Integrals from the first place along the second axis."""
    parts = (slope[:, 1:] + slope[:, :-1]) / 2 * np.diff(at)
    return np.concatenate([np.zeros((len(slope), 1)), np.cumsum(parts, axis=1)], axis=1)
