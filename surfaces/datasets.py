"""Synthetic points: seeded, so that the same numbers give the same points.

Every number has its own stream of chance: more noise moves the same points farther, more
outliers add to those there are, and a slider can be dragged without the picture jumping.
"""

import numpy as np
from numpy.typing import NDArray

from surfaces.caching import within
from surfaces.points import Points, padded

Numbers = NDArray[np.float64]

BUDGET = 2 * 2**20
"""Bytes of the points of each kind that are kept: 64 of the largest sets."""


def _streams(seed: int, count: int) -> list[np.random.Generator]:
    return [np.random.default_rng([seed, stream]) for stream in range(count)]


def _outlying(chance: np.random.Generator, size: int, share: float) -> NDArray[np.bool_]:
    """The share of points with the lowest draw, rounded to a whole number of points."""
    rank = np.argsort(np.argsort(chance.random(1000)[:size]))
    return rank < round(share * size)


@within(BUDGET)
def line(size: int, noise: float, outliers: float, seed: int) -> Points:
    """Points of y = 1.5x − 0.5 + noise on x in [−2, 2]; outliers stand 6 above."""
    place, error, chance = _streams(seed, 3)
    x = place.uniform(-2, 2, 1000)[:size]
    y = 1.5 * x - 0.5 + noise * error.standard_normal(1000)[:size]
    return padded(x, y + 6.0 * _outlying(chance, size, outliers))


@within(BUDGET)
def two_classes(size: int, noise: float, outliers: float, seed: int) -> Points:
    """Two clouds of spread ``noise`` round (1, 0.5) and (−1, −0.5); outliers are mislabelled."""
    place, error, chance = _streams(seed, 3)
    label = np.where(place.permutation(1000)[:size] % 2 == 0, 1.0, -1.0)
    x = label[:, None] * np.array([1.0, 0.5]) + noise * error.standard_normal((1000, 2))[:size]
    return padded(x, np.where(_outlying(chance, size, outliers), -label, label))


@within(BUDGET)
def step_curve(size: int, noise: float, outliers: float, seed: int) -> Points:
    """Points of y = σ(3x − 1.5) + noise on x in [−3, 3]; outliers are mirrored, y → 1 − y."""
    from scipy.special import expit

    place, error, chance = _streams(seed, 3)
    x = place.uniform(-3, 3, 1000)[:size]
    y = expit(3 * x - 1.5)
    y = np.where(_outlying(chance, size, outliers), 1 - y, y)
    return padded(x, y + noise * error.standard_normal(1000)[:size])
