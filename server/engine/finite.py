"""Where a surface that a reader brought is finite, and a start there."""

from dataclasses import dataclass
from math import ceil, log10

import numpy as np
from numpy.typing import NDArray

from server.engine.evaluation import loss_and_gradient
from server.engine.programs import Programs
from server.results import Floats
from surfaces.surface import Interval, Point, Surface

SIDE = 48
FINE = 255
"""Points a side when none of ``SIDE`` was finite; odd, so that the middle is one of them."""
SPREAD = (0.7548776662466927, 0.5698402909980532)
"""Of the sequence R2, whose points are spread evenly and on no common lines (Roberts 2018)."""
ZOOMS = 4
INSIDE = 8
"""A start is an eighth of what is seen away from its edges."""

Domain = tuple[Interval, Interval]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Samples:
    """A surface on a grid of ``SIDE`` x ``SIDE`` points; arrays are indexed [y, x].

    Attributes:
        domain: the rectangle.
        x: shape [SIDE].
        y: shape [SIDE].
        gradient: shape [SIDE, SIDE, 2].
        finite: whether the loss and its gradient are finite.
        usual: whether they are at the usual start.
    """

    domain: Domain
    x: Floats
    y: Floats
    gradient: Floats
    finite: Mask
    usual: bool

    def around(self) -> Domain:
        """The smallest rectangle around what is finite, a cell wider and within the domain."""
        ends: list[Interval] = []
        axes = zip((self.x, self.y), self.domain, strict=True)
        for axis, (values, (low, high)) in enumerate(axes):
            found = np.flatnonzero(self.finite.any(axis=axis))
            cell = values[1] - values[0]
            ends.append((max(low, values[found[0]] - cell), min(high, values[found[-1]] + cell)))
        return ends[0], ends[1]


def sampled(programs: Programs, surface: Surface, domain: Domain) -> Samples:
    """The surface on a grid over a rectangle, ends included."""
    x, y = (np.linspace(*ends, SIDE) for ends in domain)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    # One point more in the same call.
    points = np.concatenate([points, [usual_start(domain)]])
    gradient, finite = _evaluated(programs, surface, points)
    gradient = gradient[:-1].reshape(SIDE, SIDE, 2)
    return Samples(domain, x, y, gradient, finite[:-1].reshape(SIDE, SIDE), bool(finite[-1]))


def usual_start(domain: Domain) -> Point:
    """Near the upper left corner."""
    (x_min, x_max), (y_min, y_max) = domain
    return x_min + (x_max - x_min) / INSIDE, y_max - (y_max - y_min) / INSIDE


def closer(programs: Programs, surface: Surface, seen: Samples) -> Samples | None:
    """The part of a domain where a surface is finite, sampled again; ``None`` if none was found."""
    near = seen if seen.finite.any() else _searched(programs, surface, seen.domain)
    if near is None:
        return None
    for _ in range(ZOOMS):
        domain = near.around()
        if _area(domain) > _area(near.domain) / 4:
            break
        again = sampled(programs, surface, domain)
        if not again.finite.any():
            break
        near = again
    return near


def _searched(programs: Programs, surface: Surface, domain: Domain) -> Samples | None:
    """A rectangle around what a finer grid, and points on no grid, find finite."""
    low, high = np.array(domain).T
    side = np.linspace(0, 1, FINE)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    spread = (0.5 + np.arange(FINE**2)[:, None] * np.array(SPREAD)) % 1
    for shares in (grid, spread):
        points = low + shares * (high - low)
        found = points[_evaluated(programs, surface, points)[1]]
        for margin in (1 / FINE, FINE**-2) if len(found) else ():
            first = np.maximum(low, found.min(axis=0) - margin * (high - low))
            last = np.minimum(high, found.max(axis=0) + margin * (high - low))
            x_range, y_range = np.stack([first, last], axis=1).tolist()
            seen = sampled(programs, surface, (tuple(x_range), tuple(y_range)))
            if seen.finite.any():
                return seen
    return None


def start_inside(programs: Programs, surface: Surface, seen: Samples) -> Point:
    """A start where the surface is finite, and all around it as far as may be.

    Of the grid's points that lie deepest inside, up to an eighth of the domain, with a gradient
    that is not 0 if there are such: the nearest to the usual start of the rectangle around what
    is finite.
    """
    slopes = (seen.gradient != 0).any(axis=-1)
    depths = _depths(seen.finite)
    chosen = next(
        one for usable in (slopes, True) for depth in depths if (one := depth & usable).any()
    )
    (left, right), (bottom, top) = ends = seen.around()
    x, y = usual_start(ends)
    across = (seen.x[None, :] - x) / (right - left)
    along = (seen.y[:, None] - y) / (top - bottom)
    distance = np.where(chosen, np.hypot(across, along), np.inf)
    row, column = np.unravel_index(int(distance.argmin()), distance.shape)
    exact = float(seen.x[column]), float(seen.y[row])
    short = _short(exact[0], right - left), _short(exact[1], top - bottom)
    return short if _evaluated(programs, surface, np.array([short]))[1].all() else exact


def _depths(finite: Mask) -> list[Mask]:
    """Points in the domain that are finite with all around them, the farthest around first."""
    depths: list[Mask] = [finite]
    for _ in range(SIDE // INSIDE):
        wide = np.pad(depths[-1], 1, constant_values=False)
        windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3))
        depths.append(np.all(windows, axis=(2, 3)))
    return depths[::-1]


def _short(value: float, width: float) -> float:
    """A coordinate with no more digits than a thousandth of what is seen needs."""
    return round(value, 3 - ceil(log10(width)))


def _area(domain: Domain) -> float:
    (x_min, x_max), (y_min, y_max) = domain
    return (x_max - x_min) * (y_max - y_min)


def _evaluated(programs: Programs, surface: Surface, points: Floats) -> tuple[Floats, Mask]:
    """The gradient at points [N, 2], and whether it and the loss are finite."""
    loss, gradient = loss_and_gradient(programs, surface, points, "float64")
    return gradient, np.isfinite(loss) & np.isfinite(gradient).all(axis=1)
