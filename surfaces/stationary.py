"""Where slopes vanish, to machine precision: the local minima that surfaces list.

SciPy's solvers take a quarter of a second to import: a server that starts answers before.
"""

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from surfaces.surface import Interval, Minimum, Point

PRECISE = 4 * float(np.finfo(np.float64).eps)


def crossing(slope: Callable[[float], float], low: float, high: float) -> float:
    """The one zero of a slope between two places where its signs differ."""
    from scipy.optimize import brentq

    return float(brentq(slope, low, high, xtol=1e-15, rtol=PRECISE))  # pyright: ignore


def rippled(curvature: float, amplitude: float, frequency: float, within: Interval) -> list[float]:
    """All minima of ct²/2 + A(1 − cos ωt) in an interval around 0, ascending.

    The slope ct + Aω sin ωt rises only where cos ωt > −c/Aω², and there monotonically, so that
    each such stretch holds one minimum at most.

    Args:
        curvature: c > 0.
        amplitude: A ≥ 0.
        frequency: ω > 0.
        within: the interval.
    """

    def slope(t: float) -> float:
        return curvature * t + amplitude * frequency * math.sin(frequency * t)

    found = [0.0]
    if amplitude * frequency**2 > curvature:
        reach = math.acos(-curvature / (amplitude * frequency**2)) / frequency
        period = 2 * math.pi / frequency
        for wave in range(1, math.ceil(max(map(abs, within)) / period) + 1):
            low, high = wave * period - reach, wave * period + reach
            if slope(low) < 0 < slope(high):
                right = crossing(slope, low, high)
                found += [right, -right]
    return sorted(t for t in found if within[0] <= t <= within[1])


def product(
    along_x: Iterable[float], along_y: Iterable[float], loss: Callable[[float, float], float]
) -> tuple[Minimum, ...]:
    """Minima of a sum of a function of x and one of y: each with each, the lowest first."""
    ys = list(along_y)
    return ascending(Minimum(x, y, loss(x, y)) for x in along_x for y in ys)


def solved(
    gradient: Callable[[float, float], Point],
    near: Iterable[Point],
    loss: Callable[[float, float], float],
) -> tuple[Minimum, ...]:
    """Minima of a function even in x and in y, solved for from guesses with x ≥ 0 and y ≥ 0.

    Args:
        gradient: ∇f.
        near: a guess for each, close enough for Newton's method; 0 stays exactly 0.
        loss: f.
    """
    from scipy.optimize import root

    def slope(point: NDArray[np.float64]) -> Point:
        return gradient(point[0], point[1])

    found: set[Point] = set()
    for guess in near:
        at = root(slope, guess, tol=1e-15).x
        x, y = (abs(float(t)) if place else 0.0 for t, place in zip(at, guess, strict=True))
        found |= {(sign * x, other * y) for sign in (1, -1) for other in (1, -1)}
    return ascending(Minimum(x + 0.0, y + 0.0, loss(x, y)) for x, y in found)


def ascending(minima: Iterable[Minimum]) -> tuple[Minimum, ...]:
    """The lowest first; equal ones by their places, so that the order is always the same."""
    return tuple(sorted(minima, key=lambda minimum: (minimum.loss, minimum.x, minimum.y)))
