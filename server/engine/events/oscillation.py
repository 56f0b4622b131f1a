"""The path swings from wall to wall of a ravine."""

from math import isfinite

import numpy as np

from server.engine.events.path import SIGN, Found, Path
from server.engine.outcomes.writing import TIMES, times
from server.results import Floats
from surfaces.declaration import Text

RAVINE = 5.0
"""Times that the curvature across is larger than that along, at least."""
CHANGES = 4
"""Changes of sign under which nothing oscillates."""
APART = 25
"""Steps between two changes, at most."""
WINDOW = 10
"""Steps before and after one that say which way is across."""
PART = 1e-3
"""Of the gradient's norm, that its part across has where it counts."""

SWINGS = Text(
    "It swings from wall to wall of a ravine: up to step {until} the gradient across it changes "
    "sign {changes_said}.",
    "Мечется от стенки к стенке оврага: до шага {until} градиент поперёк него меняет знак "
    "{changes_said}.",
)
STEEPER = Text(
    " The curvature across is {more} that along, so the rate that suits one direction is too large "
    "or too small for the other.",
    " Кривизна поперёк в {more} больше, чем вдоль, так что скорость, хорошая для одного "
    "направления, не годится для другого.",
)
FLAT = Text(
    " Along it there is no curvature at all.",
    " Вдоль него кривизны нет вовсе.",
)
NEARLY_FLAT = Text(
    " Along it there is next to no curvature.",
    " Вдоль него кривизны почти нет.",
)


def oscillation(path: Path) -> Found | None:
    """The longest series of changes of sign of the gradient across a ravine."""
    if path.noisy or path.last < CHANGES:
        return None
    across = _across(path.gradient)
    before = (path.gradient[:-1] * across[1:]).sum(axis=1)
    after = (path.gradient[1:] * across[1:]).sum(axis=1)
    smaller, larger = np.abs(path.along).T
    with np.errstate(all="ignore"):
        kappa = np.maximum(smaller, larger) / np.minimum(smaller, larger)
        counts = (np.abs(after) > PART * path.norm[1:]) & (np.abs(before) > PART * path.norm[:-1])
        # Where a path that flies away has left what a number can hold, there is no ravine.
        ravine = (kappa >= RAVINE) & np.isfinite(path.along).all(axis=1)
        ravine = ravine[1:] & (path.norm[1:] > path.tolerance)
        changes = np.flatnonzero((before * after < 0) & counts & ravine) + 1
    if len(changes) < CHANGES:
        return None
    series = np.split(changes, np.flatnonzero(np.diff(changes) > APART) + 1)
    longest = max(series, key=len)
    if len(longest) < CHANGES:
        return None
    begin, until = int(longest[0]), int(longest[-1])
    median = float(np.nanmedian(kappa[begin : until + 1]))
    numbers = {"until": until, "changes": len(longest), "kappa": median}
    said = {"changes_said": TIMES.of(len(longest))}
    if not isfinite(median):
        return Found(begin, (SWINGS, FLAT), numbers, said)
    # Of a ratio with ten digits nobody wants to hear.
    if median * SIGN >= 1:
        return Found(begin, (SWINGS, NEARLY_FLAT), numbers, said)
    return Found(begin, (SWINGS, STEEPER), numbers, said | {"more": times(median)})


def _across(gradient: Floats) -> Floats:
    """The unit vector along which the gradients around each point are largest, shape [n, 2].

    Of the sum of their squares, the eigenvector of the larger eigenvalue, from its angle.
    """
    x, y = gradient.T
    products = np.stack([x * x, y * y, x * y])
    sums = np.concatenate([np.zeros((3, 1)), np.cumsum(products, axis=1)], axis=1)
    n = len(gradient)
    first = np.maximum(np.arange(n) - WINDOW, 0)
    end = np.minimum(np.arange(n) + WINDOW + 1, n)
    xx, yy, xy = sums[:, end] - sums[:, first]
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)
