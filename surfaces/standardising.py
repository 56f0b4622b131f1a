"""Columns of data to mean 0 and deviation 1, and when that is worth doing by itself."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np

from surfaces.points import Points, count, used
from surfaces.scaling import Numbers, Scaling

Standardise = Literal["auto", "on", "off"]
ILL_CONDITIONED = 1e4
"""Condition number of the raw data above which it is standardised by itself."""


class Scalings(NamedTuple):
    """Of the features, and of the targets where these are standardised too."""

    features: Scaling
    targets: Scaling | None


def condition_number(design: Numbers) -> float:
    """λ_max/λ_min of the Hessian of least squares, XᵀX/n; infinite where columns depend."""
    values = np.linalg.svd(design, compute_uv=False)
    # As numpy.linalg.matrix_rank: what is smaller than this is rounding.
    if values[-1] <= values[0] * max(design.shape) * np.finfo(np.float64).eps:
        return float("inf")
    return float((values[0] / values[-1]) ** 2)


def standardised(points: Points, scalings: Scalings) -> Points:
    """The same points, shifted and scaled; padding stays 0."""
    n = count(points)
    features, targets = used(points)
    width = len(scalings.features.mean)
    scaled = Points(
        np.zeros_like(points.features, np.float64),
        np.zeros_like(points.targets, np.float64),
        points.weights,
    )
    scaled.features[:n, :width] = scalings.features.applied(features[:, :width])
    scaled.targets[:n] = targets
    if scalings.targets is not None:
        scaled.targets[:n] = scalings.targets.applied(targets[:, None])[:, 0]
    return scaled


def hatted(formula: str, scalings: Scalings | None) -> str:
    """LaTeX in which what is standardised wears a tilde: the features x, the targets y."""
    if scalings is None:
        return formula
    formula = re.sub(r"x_(?=i|\{i)", r"\\tilde{x}_", formula)
    return formula if scalings.targets is None else formula.replace("y_i", r"\tilde{y}_i")


def tildes(scalings: Scalings | None, features: Sequence[str], target: str = "") -> tuple[str, ...]:
    """LaTeX of what the tildes mean, an equation a column; empty where there are none."""
    if scalings is None:
        return ()
    columns = list(zip(features, *scalings.features, strict=True))
    if scalings.targets is not None:
        [mean], [deviation] = scalings.targets
        columns.append((target, mean, deviation))
    return tuple(
        rf"\tilde{{{name[0]}}}{name[1:]} = {_shifted(name, mean, deviation)}"
        for name, mean, deviation in columns
    )


def _shifted(name: str, mean: float, deviation: float) -> str:
    if (mean, deviation) == (0.0, 1.0):
        return name
    sign = "-" if mean >= 0 else "+"
    return rf"\frac{{{name} {sign} {_number(abs(mean))}}}{{{_number(deviation)}}}"


def _number(value: float) -> str:
    """Four significant digits as LaTeX, without a power of ten up to a million."""
    if value != 0 and not 1e-3 <= abs(value) < 1e6:
        mantissa, power = f"{value:.3e}".split("e")
        return rf"{float(mantissa):g} \cdot 10^{{{int(power)}}}"
    digits = 4 if value == 0 else max(0, 3 - int(np.floor(np.log10(abs(value)))))
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
