"""The network that a slice cuts, trained by hand in NumPy: nothing is compiled for it."""

from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from surfaces.moons import moons as half_circles

WIDTH = 6
DEPTH = 10
POINTS = 24
STEPS = 400
RATE = 0.01
DECAY = 0.1
BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8


class Weights(NamedTuple):
    """A network, or a direction among networks: [w, 2], [w], [d, w, w], [d, w], [w], []."""

    first: Any
    first_bias: Any
    hidden: Any
    hidden_bias: Any
    last: Any
    last_bias: Any


class Examples(NamedTuple):
    """What a network is trained on: points [n, 2], labels [n]."""

    points: Any
    labels: Any


def moons(seed: int) -> Examples:
    """Two half-circles, one shifted into the other, with noise of deviation 0.08."""
    angle = np.linspace(0, np.pi, POINTS // 2)
    upper, lower = half_circles(angle, 1.0, (0.5, 0.25))
    noise = 0.08 * np.random.default_rng([seed, 0]).standard_normal((POINTS, 2))
    points = np.concatenate([upper, lower]) + noise - [0.5, 0.25]
    return Examples(points, np.repeat([1.0, -1.0], POINTS // 2))


def initial(seed: int, skip: float) -> Weights:
    """He's normal initialisation; with skips hidden layers are divided by √depth."""
    chance = np.random.default_rng([seed, 1])
    branch = np.sqrt(DEPTH) if skip else 1.0
    return Weights(
        chance.standard_normal((WIDTH, 2)),
        np.zeros(WIDTH),
        chance.standard_normal((DEPTH, WIDTH, WIDTH)) * np.sqrt(2 / WIDTH) / branch,
        np.zeros((DEPTH, WIDTH)),
        chance.standard_normal(WIDTH) / np.sqrt(WIDTH),
        np.zeros(()),
    )


def _sigmoid(z: Float[np.ndarray, "..."]) -> Float[np.ndarray, "..."]:
    return 1 / (1 + np.exp(-z))


def gradient(weights: Weights, examples: Examples, skip: float) -> Weights:
    """The gradient by the weights of the mean of log(1 + e^{−label · score}).

    Forwards h ← s·h + φ(Wh + b) with φ(z) = z·σ(z), backwards the chain rule.
    """
    points, labels = examples

    def activated(z: Any) -> tuple[Any, Any]:
        """φ(z) and φ′(z) = σ(z)(1 + z(1 − σ(z)))."""
        sigmoid = _sigmoid(z)
        return z * sigmoid, sigmoid * (1 + z * (1 - sigmoid))

    h, first_slope = activated(weights.first @ points.T + weights.first_bias[:, None])
    inputs, slopes = [], []
    for matrix, bias in zip(weights.hidden, weights.hidden_bias, strict=True):
        inputs.append(h)
        branch, slope = activated(matrix @ h + bias[:, None])
        slopes.append(slope)
        h = skip * h + branch
    score = weights.last @ h + weights.last_bias
    by_score = -labels * _sigmoid(-labels * score) / len(labels)
    by_h = weights.last[:, None] * by_score
    hidden, hidden_bias = np.empty_like(weights.hidden), np.empty_like(weights.hidden_bias)
    for layer in reversed(range(len(inputs))):
        by_z = by_h * slopes[layer]
        hidden[layer], hidden_bias[layer] = by_z @ inputs[layer].T, by_z.sum(axis=1)
        by_h = skip * by_h + weights.hidden[layer].T @ by_z
    by_z = by_h * first_slope
    return Weights(
        by_z @ points, by_z.sum(axis=1), hidden, hidden_bias, h @ by_score, by_score.sum()
    )


def trained(weights: Weights, examples: Examples, skip: float) -> Weights:
    """After ``STEPS`` steps of AdamW on all points, the rate falling to 0 as half a cosine.

    Loshchilov and Hutter (2019), algorithm 2, with the decay multiplied by the rate as PyTorch
    and Optax have it.
    """
    ends = np.cumsum([np.size(part) for part in weights])[:-1]
    shapes = [np.shape(part) for part in weights]

    def packed(parts: Weights) -> Float[np.ndarray, " numbers"]:
        return np.concatenate([np.ravel(part) for part in parts])

    def unpacked(at: Float[np.ndarray, " numbers"]) -> Weights:
        parts = zip(np.split(at, ends), shapes, strict=True)
        return Weights(*(part.reshape(shape) for part, shape in parts))

    at = packed(weights)
    first, second = np.zeros_like(at), np.zeros_like(at)
    for k in range(STEPS):
        slope = packed(gradient(unpacked(at), examples, skip))
        first = BETA_1 * first + (1 - BETA_1) * slope
        second = BETA_2 * second + (1 - BETA_2) * slope**2
        mean, square = first / (1 - BETA_1 ** (k + 1)), second / (1 - BETA_2 ** (k + 1))
        rate = RATE * (1 + np.cos(np.pi * k / STEPS)) / 2
        at = at - rate * (mean / (np.sqrt(square) + EPSILON) + DECAY * at)
    return unpacked(at)
