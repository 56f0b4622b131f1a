"""What is worth seeing of a surface, and the scales that default learning rates follow."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.programs import Programs
from server.optimizers.hyperparameters import RATES
from server.results import Floats
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.surface import Interval, Point, Surface

SIDE = 48
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
    """

    domain: tuple[Interval, Interval]
    start: Point
    learning_rate: float
    stride: float
    ranges: dict[str, Interval]


def view(programs: Programs, surface: Surface) -> View:
    """As declared; measured where a reader brought the formula or the points."""
    if isinstance(surface, Formula):
        return _measured(programs, surface, surface.domain)
    if isinstance(surface, DataSurface) and (surface.points is not None or surface.scalings()):
        ready = surface.ready()
        seen = _measured(programs, ready, ready.region())
        return seen._replace(ranges=seen.ranges | surface.ranges())
    return declared(surface)


def declared(surface: Surface | type[Surface]) -> View:
    """As a built-in surface declares it."""
    rate, stride = surface.learning_rate, surface.stride
    ranges = {"learning_rate": _rates(rate, stride)}
    return View(surface.domain, surface.start, rate, stride, ranges)


def _rates(rate: float, stride: float) -> Interval:
    """Whole powers of ten, well below and above what optimisers begin with."""
    low = _power_of_ten(min(rate, stride) / 50, np.floor)
    high = _power_of_ten(5 * max(rate, 10 * stride), np.ceil)
    return max(RATES[0], min(USUAL[0], low)), min(RATES[1], max(USUAL[1], high))


def _power_of_ten(value: float, rounded: Callable[[Any], Any]) -> float:
    with np.errstate(divide="ignore"):
        exponent = np.clip(rounded(np.log10(value)), -EXPONENT, EXPONENT)
    return float(f"1e{int(exponent)}")


def _measured(programs: Programs, surface: Surface, domain: tuple[Interval, Interval]) -> View:
    """A start near the upper left corner, and a rate fit for what is seen.

    It is stable at nine tenths of the curvatures, and no step of the median gradient is longer
    than ``REACH`` strides.
    """
    (x_min, x_max), (y_min, y_max) = domain
    start = (x_min + (x_max - x_min) / 8, y_max - (y_max - y_min) / 8)
    stride = SHARE * min(x_max - x_min, y_max - y_min)
    x, y = np.linspace(x_min, x_max, SIDE), np.linspace(y_min, y_max, SIDE)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    _, gradient = loss_and_gradient(programs, surface, points, "float64")
    with np.errstate(all="ignore"):
        curvature = _curvature(gradient.reshape(SIDE, SIDE, 2), x, y)
        steepness = np.hypot(gradient[:, 0], gradient[:, 1])
    usual = _quantile(steepness, 0.5)
    typical = max(_quantile(curvature, 0.9), usual / (REACH * stride))
    rate = min(max(1 / typical if typical > 0 else FLAT, RATES[0]), RATES[1])
    ranges = {"learning_rate": _rates(rate, stride)}
    if usual > 0:
        most = _power_of_ten(1e3 * usual, np.ceil)
        ranges |= {"threshold": (1e-8 * most, most), "gradient_noise": (0.0, most / 100)}
    return View(domain, start, float(f"{rate:.2g}"), float(f"{stride:.2g}"), ranges)


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
