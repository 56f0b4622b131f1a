"""What is worth seeing of a surface, and the scales that default learning rates follow."""

from collections.abc import Callable, Mapping
from math import ceil, copysign, floor, inf, log10
from typing import NamedTuple

import numpy as np

from server.engine.finite import (
    Domain,
    closer,
    sampled,
    start_inside,
    usual_start,
)
from server.engine.programs import Programs
from server.errors import InputError
from server.optimizers.hyperparameters import RATES
from server.results import Floats
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.surface import Interval, Point, Surface

SHARE = 0.01
"""A stride, as a share of the domain."""
EXPONENT = 300
"""A power of ten beyond which float64 soon has none: 1e308·x has a gradient of 1e308."""
REACH = 10
"""Strides that a typical step of gradient descent may be long at first."""
FLAT = 10.0
"""The rate where nothing is curved."""
USUAL = (1e-5, 10.0)
"""Learning rates that are of use on most surfaces."""


class View(NamedTuple):
    """Of one surface; the attributes are those of ``Surface``.

    ``ranges`` are the parts of their bounds that numbers are usually from, by name: where sliders
    run, and where a search for learning rates looks by default.

    Its start is ``None`` where a reader's surface was found finite nowhere in the domain.
    """

    domain: Domain
    start: Point | None
    learning_rate: float
    stride: float
    ranges: dict[str, Interval]
    rates: Mapping[str, float] = {}


def view(programs: Programs, surface: Surface) -> View:
    """As declared; measured where a reader brought the formula or the points."""
    if isinstance(surface, Formula):
        return _measured(programs, surface, surface.domain)
    if isinstance(surface, DataSurface) and (surface.points is not None or surface.scalings()):
        ready = surface.ready()
        seen = _measured(programs, ready, ready.region())
        return seen._replace(ranges=seen.ranges | surface.ranges())
    return declared(surface)


def declared(surface: Surface) -> View:
    """As a built-in surface declares it, for its parameters."""
    rate, stride, rates = surface.scales()
    ranges = {"learning_rate": _rates(rate, stride)}
    return View(surface.domain, surface.start, rate, stride, ranges, rates)


def _rates(rate: float, stride: float) -> Interval:
    """Whole powers of ten, well below and above what optimisers begin with."""
    low = _power_of_ten(min(rate, stride) / 50, floor)
    high = _power_of_ten(5 * max(rate, 10 * stride), ceil)
    return max(RATES[0], min(USUAL[0], low)), min(RATES[1], max(USUAL[1], high))


def _power_of_ten(value: float, rounded: Callable[[float], int]) -> float:
    exponent = rounded(log10(value)) if 0 < value < inf else copysign(EXPONENT, value - 1)
    return float(f"1e{int(min(max(exponent, -EXPONENT), EXPONENT))}")


def _measured(programs: Programs, surface: Surface, domain: Domain) -> View:
    """A start near the upper left corner or where there is one, and a rate fit for what is seen.

    It is stable at nine tenths of the curvatures, and no step of the median gradient is longer
    than ``REACH`` strides.
    """
    seen = sampled(programs, surface, domain)
    start: Point | None = usual_start(domain)
    if not seen.usual:
        found = closer(programs, surface, seen)
        start = None if found is None else start_inside(programs, surface, found)
        seen = found or seen
    stride = SHARE * min(high - low for low, high in seen.domain)
    with np.errstate(all="ignore"):
        curvature = _curvature(seen.gradient, seen.x, seen.y)
        steepness = np.hypot(seen.gradient[..., 0], seen.gradient[..., 1])
    usual = _quantile(steepness, 0.5)
    with np.errstate(over="ignore"):
        typical = max(_quantile(curvature, 0.9), np.divide(usual, REACH * stride))
    rate = min(max(1 / typical if typical > 0 else FLAT, RATES[0]), RATES[1])
    ranges = {"learning_rate": _rates(rate, stride)}
    if usual > 0:
        most = _power_of_ten(1e3 * usual, ceil)
        ranges |= {"threshold": (1e-8 * most, most), "gradient_noise": (0.0, most / 100)}
    return View(domain, start, float(f"{rate:.2g}"), float(f"{stride:.2g}"), ranges)


def start_of(surface: Surface, seen: View) -> Point:
    """Where a path begins that was not told where.

    Raises:
        InputError: no place was found where the loss and its gradient are finite.
    """
    if seen.start is not None:
        return seen.start
    (x_min, x_max), (y_min, y_max) = seen.domain
    ends = {"x_min": x_min, "x_max": x_max, "y_min": y_min, "y_max": y_max}
    written = surface.text if isinstance(surface, Formula) else ""
    raise InputError(
        ("surface", "formula" if written else "points"),
        "no place was found where the loss and its gradient are finite, for x from "
        f"{x_min:g} to {x_max:g} and y from {y_min:g} to {y_max:g}; give a start or a domain "
        "where they are",
        "formula_not_finite" if written else "points_not_finite",
        {"position": 0, "length": len(written), "values": ends} if written else {},
    )


def _quantile(values: Floats, share: float) -> float:
    """A quantile of what is finite; 0 if nothing is."""
    finite = values[np.isfinite(values)]
    return float(np.quantile(finite, share)) if len(finite) else 0.0


def _curvature(gradient: Floats, x: Floats, y: Floats) -> Floats:
    """The largest |eigenvalue| of the Hessian, from differences of gradients on a grid."""
    a = np.gradient(gradient[..., 0], x, axis=1)
    b = np.gradient(gradient[..., 0], y, axis=0)
    d = np.gradient(gradient[..., 1], y, axis=0)
    return np.abs((a + d) / 2) + np.hypot((a - d) / 2, b)
