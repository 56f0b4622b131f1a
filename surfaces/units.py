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


PLAIN = {
    "sigmoid": Plain(_sigmoid, _sigmoids_slope),
    "tanh": Plain(np.tanh, lambda z: 4 * _sigmoids_slope(2 * z)),
    "relu": Plain(lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float)),
    "silu": Plain(lambda z: z * _sigmoid(z), lambda z: _sigmoid(z) + z * _sigmoids_slope(z)),
}
"""By the activation's id; those that surfaces have."""
