"""The weights that a network begins with: a scale times a draw that the seed decides."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.engine.networks.layers import LAYERS
from server.engine.networks.network import Network
from server.networks.initializers import Base
from surfaces.caching import within

MOST_SEEDS = 8
BUDGET = 48 * 2**20
"""Bytes of the draws that are kept: two settings side by side, 10 layers, the most seeds and 256
units. Deeper ones are drawn anew, at half a millisecond a layer."""
OUTPUT = LAYERS
"""Where the output's weights are, and the number of their stream of chance."""


@within(BUDGET)
def _draw(base: Base, seed: int, stream: int, fan_in: int, fan_out: int) -> NDArray[np.floating]:
    """One layer's draw, shape [fan_in, fan_out].

    Normal draws are single precision, which holds each number exactly; the orthogonal matrix
    made of them is double, since rounding it would make it orthogonal to 1e-8 only.
    """
    if base == "ones":
        drawn: NDArray[np.floating] = np.ones((fan_in, fan_out), np.float32)
    else:
        chance = np.random.default_rng([seed, stream])
        drawn = chance.standard_normal((fan_in, fan_out), np.float32)
    if base == "orthogonal":
        # Signs by the diagonal of R: else the rotations are not uniform (Mezzadri 2007).
        tall = drawn if fan_in >= fan_out else drawn.T
        q, r = np.linalg.qr(tall.astype(np.float64))
        q = q * np.sign(np.diag(r))
        drawn = q if fan_in >= fan_out else q.T
    drawn.setflags(write=False)
    return drawn


def draw(network: Network, seed: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """All parameters before the first step, shape [LAYERS + 1, capacity + 1, capacity].

    A layer's draw depends on its seed, its place and its shape, not on what else the network
    is: a deeper network begins with the layers of a shallower one.
    """
    parameters = np.zeros((LAYERS + 1, network.capacity + 1, network.capacity), dtype)
    for layer in range(network.depth + 1):
        fan_in, fan_out = network.fans(layer)
        stream = OUTPUT if layer == network.depth else layer
        drawn = _draw(network.initializer.base, seed, stream, fan_in, fan_out)
        scale = dtype.type(network.initializer.scale(fan_in, fan_out))
        np.multiply(drawn, scale, out=parameters[stream, :fan_in, :fan_out])
    return parameters
