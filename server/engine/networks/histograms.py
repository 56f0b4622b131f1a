"""Histograms of what layers hand on and of the gradients by it, on axes that layers share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.results import Floats, Integers

BINS = 48
REACH = 8.0
"""How many times the median layer's largest value an axis may reach: one layer that explodes
would else hide all others. What lies beyond is counted in the last bin."""
DECADES = 40


@dataclass(frozen=True)
class Histograms:
    """Counts a layer; what is not finite is left out.

    Attributes:
        activation_edges: shape [BINS + 1].
        activations: counts, shape [layers, BINS].
        gradient_edges: of log₁₀|∂L/∂h|, shape [BINS + 1].
        gradients: counts, shape [layers, BINS].
        zeros: how many gradients are exactly 0, shape [layers].
    """

    activation_edges: Floats
    activations: Integers
    gradient_edges: Floats
    gradients: Integers
    zeros: Integers


def histograms(activations: Floats, gradients: Floats) -> Histograms:
    """Histograms of arrays [layers, rows, units]."""
    layers = len(activations)
    handed_on = activations.reshape(layers, -1)
    sizes = np.abs(gradients.reshape(layers, -1))
    with np.errstate(divide="ignore"):
        decades = np.log10(sizes)
    activation_edges = _edges(*_reach(handed_on))
    gradient_edges = _edges(*_decades(decades))
    return Histograms(
        activation_edges,
        _counts(handed_on, activation_edges),
        gradient_edges,
        _counts(decades, gradient_edges),
        np.count_nonzero(sizes == 0, axis=1),
    )


def _edges(low: float, high: float) -> NDArray[np.float64]:
    return np.linspace(low, high, BINS + 1)


def _reach(values: Floats) -> tuple[float, float]:
    """Ends of an axis on which most layers can be read."""
    finite = np.where(np.isfinite(values), values, 0)
    low, high = finite.min(axis=1), finite.max(axis=1)
    most = REACH * float(np.median(np.maximum(np.abs(low), np.abs(high))))
    ends = max(float(low.min()), -most), min(float(high.max()), most)
    if most == 0:
        ends = float(low.min()), float(high.max())
    if ends[0] == ends[1]:
        return ends[0] - 0.5, ends[1] + 0.5
    return ends


def _decades(values: Floats) -> tuple[float, float]:
    """Ends of a logarithmic axis in whole decades, from the largest down."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return -1.0, 0.0
    high = np.ceil(float(finite.max()))
    low = min(np.floor(float(finite.min())), high - 1)
    return max(low, high - DECADES), high


def _counts(values: Floats, edges: Floats) -> Integers:
    """How many values of each row lie between edges; the end bins hold what lies beyond."""
    # Row by row: what is made on the way would be several times the values, 34 MB at most.
    return np.stack([_row_counts(row, edges) for row in values])


def _row_counts(values: Floats, edges: Floats) -> Integers:
    scale = BINS / (edges[-1] - edges[0])
    with np.errstate(invalid="ignore"):
        places = np.clip((values - edges[0]) * scale, 0, BINS - 1)
        finite = np.isfinite(values)
        bins = np.where(finite, places, BINS).astype(np.intp)
    return np.bincount(bins, minlength=BINS + 1)[:BINS]
