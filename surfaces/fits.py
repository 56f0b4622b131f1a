"""Minima of convex losses of points: in closed form where there is one, else by SciPy."""

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog, minimize, root
from scipy.special import expit

from surfaces.points import Points, count
from surfaces.surface import Minimum

Numbers = NDArray[np.float64]


class _Key:
    """Points as a dictionary key: equal bytes are equal points."""

    def __init__(self, points: Points):
        n = count(points)
        self.features = np.asarray(points.features, np.float64)[:n]
        self.targets = np.asarray(points.targets, np.float64)[:n]
        self._bytes = self.features.tobytes() + self.targets.tobytes()

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._bytes == other._bytes


def linear(
    points: Points, loss: Literal["mse", "mae", "huber"], delta: float
) -> tuple[Minimum, ...]:
    """The best line: least squares, a linear program for MAE, BFGS for Huber's loss."""
    return _linear(_Key(points), loss, delta if loss == "huber" else 0.0)


@lru_cache(maxsize=128)
def _linear(key: _Key, loss: str, delta: float) -> tuple[Minimum, ...]:
    design = np.stack([key.features[:, 0], np.ones(len(key.targets))], axis=1)
    if np.linalg.matrix_rank(design) < 2:
        return ()
    best = np.linalg.lstsq(design, key.targets)[0].astype(np.float64)
    if loss == "mse":
        return (_minimum(best, float(np.mean((design @ best - key.targets) ** 2))),)
    if loss == "mae":
        return _least_absolute(design, key.targets)

    def value(parameters: Numbers) -> tuple[float, Numbers]:
        error = design @ parameters - key.targets
        near = np.abs(error) <= delta
        each = np.where(near, error**2 / 2, delta * (np.abs(error) - delta / 2))
        return float(each.mean()), design.T @ np.clip(error, -delta, delta) / len(error)

    return _minimised(value, best)


def _least_absolute(design: Numbers, targets: Numbers) -> tuple[Minimum, ...]:
    """Least Σ t_i with −t ≤ design·p − targets ≤ t, as a linear program."""
    n = len(targets)
    each = np.eye(n)
    found = linprog(
        np.concatenate([np.zeros(2), np.full(n, 1 / n)]),
        A_ub=np.block([[design, -each], [-design, -each]]),
        b_ub=np.concatenate([targets, -targets]),
        bounds=[(None, None)] * 2 + [(0, None)] * n,
    )
    return (_minimum(found.x[:2], float(found.fun)),) if found.success else ()


def logistic(points: Points, bias: float) -> tuple[Minimum, ...]:
    """The best weights; none where they run away because a line parts the classes."""
    return _logistic(_Key(points), bias)


@lru_cache(maxsize=128)
def _logistic(key: _Key, bias: float) -> tuple[Minimum, ...]:
    def value(weights: Numbers) -> tuple[float, Numbers]:
        margin = key.targets * (bias + key.features @ weights)
        slope = -key.targets * expit(-margin)
        return float(np.logaddexp(0, -margin).mean()), key.features.T @ slope / len(margin)

    found = _minimised(value, np.zeros(2))
    # Where every point lies on its side, longer weights are better without end.
    parted = [(key.targets * (key.features @ (at.x, at.y)) >= 0).all() for at in found]
    return () if any(parted) else found


def _minimised(
    value: Callable[[Numbers], tuple[float, Numbers]], first: Numbers
) -> tuple[Minimum, ...]:
    """BFGS comes near; where the gradient is 0 is then solved for to machine precision."""

    def gradient(at: Numbers) -> Numbers:
        return value(at)[1]

    near = minimize(value, first, jac=True, method="BFGS", options={"gtol": 1e-10}).x
    found = root(gradient, near, tol=1e-15)
    at = found.x if np.max(np.abs(found.fun)) < np.max(np.abs(gradient(near))) else near
    if np.max(np.abs(gradient(at))) > 1e-7 or np.max(np.abs(at)) > 1e3:
        return ()
    return (_minimum(at, value(at)[0]),)


def _minimum(at: Numbers, loss: float) -> Minimum:
    return Minimum(float(at[0]), float(at[1]), loss)
