"""What is worth seeing of a surface, and the scales that default learning rates follow."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.programs import Programs
from server.results import Floats
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.surface import Interval, Point, Surface

SIDE = 48
RATES = (1e-6, 10.0)
"""Bounds of a learning rate, as optimisers declare it."""
SHARE = 0.01
"""A stride, as a share of the domain."""
REACH = 10
"""Strides that a typical step of gradient descent may be long at first."""


class View(NamedTuple):
    """Of one surface; the attributes are those of ``Surface``."""

    domain: tuple[Interval, Interval]
    start: Point
    learning_rate: float
    stride: float
    rates: Mapping[str, float] = {}


def view(programs: Programs, surface: Surface) -> View:
    """As declared; measured where a reader brought the formula or the points."""
    if isinstance(surface, Formula):
        return _measured(programs, surface, surface.domain)
    if isinstance(surface, DataSurface) and surface.points is not None:
        return _measured(programs, surface, surface.region())
    return declared(surface)


def declared(surface: Surface) -> View:
    """As a built-in surface declares it, for its parameters."""
    return View(surface.domain, surface.start, *surface.scales())


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
    typical = max(_quantile(curvature, 0.9), _quantile(steepness, 0.5) / (REACH * stride))
    rate = min(max(1 / typical if typical > 0 else RATES[1], RATES[0]), RATES[1])
    return View(domain, start, float(f"{rate:.2g}"), float(f"{stride:.2g}"))


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
