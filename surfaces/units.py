"""Units behind a surface: what their activations' slopes are, outside of all programs.

In NumPy, for what looks at some points of a path; tests compare the slopes with JAX's.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from surfaces.activations.activation import Activation

Values = Float[np.ndarray, "..."]
Places = Float[np.ndarray, "points 2"]
"""Points of a surface."""


class Units(NamedTuple):
    """The units of a network at some points.

    Attributes:
        activation: of all of them.
        sums: what each gets on each example, shape [points, layers, units, examples].
    """

    activation: Activation
    sums: Float[np.ndarray, "points layers units examples"]

    def slopes(self) -> Float[np.ndarray, "points layers units examples"]:
        """|φ′| of the sums."""
        with np.errstate(all="ignore"):
            return np.abs(PLAIN[self.activation.id].slope(self.sums))


def one_unit(
    activation: Activation, points: Places, features: Float[np.ndarray, "rows columns"]
) -> Units:
    """A single unit φ(wx + b) at points (w, b), its examples the first column of the features."""
    sums = points[:, :1] * features[:, 0] + points[:, 1:]
    return Units(activation, sums[:, None, None])


class Plain(NamedTuple):
    """φ and φ′ in NumPy."""

    value: Callable[[Values], Values]
    slope: Callable[[Values], Values]


def _sigmoid(z: Values) -> Values:
    return (1 + np.tanh(z / 2)) / 2


def _sigmoids_slope(z: Values) -> Values:
    # (1 − tanh²(z/2))/4 rounds to 0 far out.
    return 1 / (2 + np.exp(z) + np.exp(-z))


def _tanhs_slope(z: Values) -> Values:
    return 4 * _sigmoids_slope(2 * z)


def _relu(z: Values) -> Values:
    return np.maximum(z, 0)


def _relus_slope(z: Values) -> Values:
    return (z > 0).astype(np.float64)


def _silu(z: Values) -> Values:
    return z * _sigmoid(z)


def _silus_slope(z: Values) -> Values:
    return _sigmoid(z) + z * _sigmoids_slope(z)


PLAIN = {
    "sigmoid": Plain(_sigmoid, _sigmoids_slope),
    "tanh": Plain(np.tanh, _tanhs_slope),
    "relu": Plain(_relu, _relus_slope),
    "silu": Plain(_silu, _silus_slope),
}
"""By the activation's id; those that surfaces have."""
