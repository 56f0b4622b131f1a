r"""What theory predicts of a random network: mean fields in the limit of great width.

With independent weights of variance σ_w²/n, the sums z of a layer are Gaussian of variance
q = σ_w² E[h²], so that moments of the next layer follow from one-dimensional integrals
(Poole et al. 2016, equation 3), and the mean square of the gradient is multiplied by
χ = σ_w² E[φ′(z)²] on the way back through each layer (Schoenholz et al. 2017, equation 12).
A skip adds 1 to χ (Yang and Schoenholz 2017); layer normalisation divides by the deviation
of the sums. It gives He's ½σ_w² = 1 for ReLU, Xavier's σ_w² = 1 for tanh near 0, and at most
σ_w²/16 for the sigmoid: a factor of at most ¼ in the gradient's norm.
"""

from functools import cache
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.networks.layers import (
    EPSILON,
    LAYERS,
    Architecture,
    activated,
    activation_derivatives,
)
from server.engine.networks.network import Network
from server.results import Floats
from surfaces.declaration import Reference

REFERENCE = Reference(
    "Poole et al. (2016), Exponential expressivity in deep neural networks through transient "
    "chaos, NeurIPS; Schoenholz et al. (2017), Deep Information Propagation, ICLR",
    "https://arxiv.org/abs/1611.01232",
)
NODES = 128
"""Of the quadrature."""
FINEST = 1 / 400
"""Below this share of a deviation nodes lie evenly, above it by a constant ratio."""
FARTHEST = 9.0
"""How many deviations the quadrature reaches."""
SAMPLES = 16
"""Lengths of inputs that stand for all: quantiles of them."""


class Moments(NamedTuple):
    """What is predicted of each layer.

    Attributes:
        mean_square: E[h²] of what a layer hands on, shape [LAYERS].
        mean: E[h], shape [LAYERS].
        factor: what a gradient's norm is multiplied by on its way back through the layer,
            shape [LAYERS].
    """

    mean_square: Array
    mean: Array
    factor: Array


@cache
def _quadrature() -> tuple[Floats, Floats]:
    """Nodes and weights of E[f(u)] for a standard normal u, symmetric about 0.

    Midpoints in t of u = FINEST sinh t: dense near 0, where the slope of a saturated unit is a
    peak that is narrow beside the deviation of its sums. Gauss–Hermite misses such a peak.
    """
    reach = np.arcsinh(FARTHEST / FINEST)
    t = reach * (2 * np.arange(NODES) + 1 - NODES) / NODES
    nodes = FINEST * np.sinh(t)
    weights = np.cosh(t) * np.exp(-(nodes**2) / 2)
    return nodes, weights / weights.sum()


def propagate(architecture: Architecture, lengths: Array, first: Array, gain: Array) -> Moments:
    """Moments of every layer, by a loop over layers; float64.

    Args:
        architecture: of the network.
        lengths: squared lengths of inputs that stand for all, shape [SAMPLES].
        first: variance of a weight of the first layer.
        gain: σ_w², the variance of a weight of the others times their inputs.
    """
    u, weights = (jnp.asarray(one) for one in _quadrature())
    wide = architecture._replace(width=jnp.int32(NODES))

    def layer(i: Array, carry: tuple[Array, Array, Moments]) -> tuple[Array, Array, Moments]:
        square, mean, moments = carry
        variance = jnp.where(i == 0, first * lengths, gain * square)
        shrunk = jnp.where(architecture.normalised, variance + EPSILON, 1.0)
        z = jnp.sqrt(variance / shrunk)[:, None] * u
        h, slope = activated(z, wide), activation_derivatives(z, wide)
        own_mean, own_square, steep = h @ weights, h**2 @ weights, slope**2 @ weights
        skips = (architecture.skip & (i > 0)).astype(z.dtype)
        new_square = own_square + skips * (square + 2 * mean * own_mean)
        new_mean = own_mean + skips * mean
        # Back to a layer's inputs: the first layer's are the data, which nothing trains.
        factor = jnp.sqrt(jnp.mean(gain * steep / shrunk + skips))
        moments = Moments(
            moments.mean_square.at[i].set(jnp.mean(new_square)),
            moments.mean.at[i].set(jnp.mean(new_mean)),
            moments.factor.at[i].set(factor),
        )
        return new_square, new_mean, moments

    empty = jnp.zeros(LAYERS, lengths.dtype)
    start = jnp.zeros_like(lengths), jnp.zeros_like(lengths), Moments(empty, empty, empty)
    return lax.fori_loop(0, architecture.depth, layer, start)[2]


def arguments(network: Network) -> tuple[Any, ...] | None:
    """What ``propagate`` takes for a network; ``None`` where its weights are not random."""
    first = network.initializer.variance(*network.fans(0))
    other = network.initializer.variance(network.width, network.width)
    if first is None or other is None:
        return None
    squared = (network.dataset.examples().inputs ** 2).sum(axis=1)
    lengths = np.quantile(squared, (np.arange(SAMPLES) + 0.5) / SAMPLES)
    return (
        network.architecture(np.dtype(np.float64)),
        lengths,
        np.float64(first),
        np.float64(network.width * other),
    )


def bound(network: Network) -> float | None:
    """The most that a gradient's norm can be multiplied by a layer, on average over weights.

    sup|φ′| √σ_w², ¼ for the sigmoid with Xavier's weights. None is known with normalisation,
    which may divide by little, or for weights that are not random.
    """
    variance = network.initializer.variance(network.width, network.width)
    if variance is None or network.normalization != "none":
        return None
    steepest = network.activation.largest_slope() ** 2 * network.width * variance
    return float(np.sqrt(steepest + network.skip))
