"""Minima of convex losses of points: in closed form where there is one, else by SciPy.

Every fit is made of data of size 1 and carried back, so that units matter to no digit. SciPy's
solvers are imported where they solve, as in ``stationary``.
"""

from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from surfaces.caching import within
from surfaces.points import Points, count
from surfaces.surface import Minimum

Numbers = NDArray[np.float64]
LossName = Literal["mse", "mse_half", "mae", "huber"]


BUDGET = 2**18
"""Bytes of the minima of each kind that are kept: hundreds of sets of points."""


class _Fitted:
    """Points that are fitted, known by a digest: their minima are kept, and not they."""

    def __init__(self, points: Points):
        n = count(points)
        self.features = np.asarray(points.features, np.float64)[:n]
        self.targets = np.asarray(points.targets, np.float64)[:n]
        self.digest = blake2b(self.features.tobytes() + self.targets.tobytes()).digest()


def _known_by(fitted: _Fitted, *numbers: object) -> Hashable:
    return (fitted.digest, *numbers)


def linear(points: Points, loss: LossName, delta: float) -> tuple[Minimum, ...]:
    """The best line: least squares, a linear program for MAE, BFGS for Huber's loss."""
    return _linear(_Fitted(points), loss, delta if loss == "huber" else 0.0)


@within(BUDGET, key=_known_by)
def _linear(key: _Fitted, loss: str, delta: float) -> tuple[Minimum, ...]:
    x, y = key.features[:, 0], key.targets
    centre, width = float(x.mean()), float(x.std())
    if not width > 1e-12 * np.abs(x).max():
        return ()
    middle, height = float(y.mean()), float(y.std()) or 1.0
    design = np.stack([(x - centre) / width, np.ones(len(x))], axis=1)
    targets = (y - middle) / height
    best = np.linalg.lstsq(design, targets)[0].astype(np.float64)
    if loss == "mae":
        best = _least_absolute(design, targets)
    elif loss == "huber":
        best = _huber(design, targets, delta / height, best)
    if best is None:
        return ()
    slope = best[0] * height / width
    at = np.array([slope, middle + best[1] * height - slope * centre])
    error = np.abs(design @ best - targets) * height
    match loss:
        case "mse":
            each = error**2
        case "mse_half":
            each = error**2 / 2
        case "mae":
            each = error
        case _:
            each = np.where(error <= delta, error**2 / 2, delta * (error - delta / 2))
    return (_minimum(at, float(each.mean())),)


def _huber(design: Numbers, targets: Numbers, delta: float, first: Numbers) -> Numbers | None:
    def value(parameters: Numbers) -> tuple[float, Numbers]:
        error = design @ parameters - targets
        near = np.abs(error) <= delta
        each = np.where(near, error**2 / 2, delta * (np.abs(error) - delta / 2))
        return float(each.mean()), design.T @ np.clip(error, -delta, delta) / len(error)

    return _minimised(value, first)


def _least_absolute(design: Numbers, targets: Numbers) -> Numbers | None:
    """Least Σ t_i with −t ≤ design·p − targets ≤ t, as a linear program."""
    from scipy.optimize import linprog

    n = len(targets)
    each = np.eye(n)
    found = linprog(
        np.concatenate([np.zeros(2), np.full(n, 1 / n)]),
        A_ub=np.block([[design, -each], [-design, -each]]),
        b_ub=np.concatenate([targets, -targets]),
        bounds=[(None, None)] * 2 + [(0, None)] * n,
    )
    return found.x[:2] if found.success else None


def logistic(points: Points, bias: float) -> tuple[Minimum, ...]:
    """The best weights; none where they run away because a line parts the classes."""
    return _logistic(_Fitted(points), bias)


@within(BUDGET, key=_known_by)
def _logistic(key: _Fitted, bias: float) -> tuple[Minimum, ...]:
    sizes = np.sqrt((key.features**2).mean(axis=0))
    if not (sizes > 0).all():
        return ()
    from scipy.special import expit

    towards = key.targets[:, None] * key.features / sizes
    if _in_half_plane(towards):
        return ()

    def value(weights: Numbers) -> tuple[float, Numbers]:
        margin = key.targets * bias + towards @ weights
        return float(np.logaddexp(0, -margin).mean()), -towards.T @ expit(-margin) / len(margin)

    found = _minimised(value, np.zeros(2))
    return () if found is None else (_minimum(found / sizes, value(found)[0]),)


def _in_half_plane(vectors: Numbers) -> bool:
    """Whether some direction is at no obtuse angle to any vector [n, 2].

    Along it the loss never rises, so that it has no minimum, or not one only.
    """
    long = vectors[np.hypot(*vectors.T) > 0]
    angles = np.sort(np.arctan2(long[:, 1], long[:, 0]))
    gaps = np.diff(angles, append=angles[:1] + 2 * np.pi)
    return bool((gaps >= np.pi - 1e-12).any())


def logistic_bias(points: Points) -> float | None:
    """w₀ of the best border with all three numbers free; ``None`` where there is none."""
    return _logistic_bias(_Fitted(points))


@within(BUDGET, key=_known_by)
def _logistic_bias(key: _Fitted) -> float | None:
    mean, deviation = key.features.mean(axis=0), key.features.std(axis=0)
    if not (deviation > 1e-12 * np.abs(key.features).max(axis=0)).all():
        return None
    from scipy.special import expit

    design = np.column_stack([np.ones(len(key.targets)), (key.features - mean) / deviation])
    towards = key.targets[:, None] * design

    def value(weights: Numbers) -> tuple[float, Numbers]:
        margin = towards @ weights
        return float(np.logaddexp(0, -margin).mean()), -towards.T @ expit(-margin) / len(margin)

    found = _minimised(value, np.zeros(3))
    # Where every point lies on its side, longer weights are better without end.
    if found is None or (towards @ found >= 0).all():
        return None
    return float(found[0] - (found[1:] / deviation) @ mean)


def _minimised(value: Callable[[Numbers], tuple[float, Numbers]], first: Numbers) -> Numbers | None:
    """BFGS comes near; where the gradient is 0 is then solved for to machine precision."""
    from scipy.optimize import minimize, root

    def gradient(at: Numbers) -> Numbers:
        return value(at)[1]

    near = minimize(value, first, jac=True, method="BFGS", options={"gtol": 1e-10}).x
    found = root(gradient, near, tol=1e-15)
    at = found.x if np.max(np.abs(found.fun)) < np.max(np.abs(gradient(near))) else near
    return None if np.max(np.abs(gradient(at))) > 1e-7 else at


def _minimum(at: Numbers, loss: float) -> Minimum:
    return Minimum(float(at[0]), float(at[1]), loss)
