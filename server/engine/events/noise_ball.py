"""A noisy path has come as near as its noise lets it."""

from math import sqrt

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.events.quadratics import stationary_variance
from surfaces.declaration import Text

TAIL = 0.5
"""Share of the path that has to be of one level."""
LEAST = 40
"""Points of it, at least."""
ABOVE = 3.0
"""Times over the level that the path began, in distance from its middle."""
SURE = 3.0
"""Standard errors, of each of two means, by which halves of one level may differ."""

TEXT = Text(
    "Here the noise takes over: from now on it rattles around ({x}; {y}) at a distance of about "
    "{radius} and comes no nearer, for the noise pushes it out as fast as the gradient draws it "
    "in. Only a smaller rate or a larger batch would help.",
    "Здесь верх берёт шум: дальше точка топчется вокруг ({x}; {y}) на расстоянии около {radius} и "
    "ближе не подходит: шум отбрасывает её так же быстро, как градиент притягивает. Помогут только "
    "меньшая скорость или батч побольше.",
)
THEORY = Text(
    " For this curvature theory says {theory}.",
    " По теории для такой кривизны — {theory}.",
)


def noise_ball(path: Path) -> Found | None:
    """The first step within the ball in which the second half of a noisy path stays."""
    tail = path.points[int((1 - TAIL) * path.last) + 1 :]
    if not path.noisy or len(tail) < LEAST or len(np.unique(path.rate[-len(tail) :])) > 1:
        return None
    middle = tail.mean(axis=0)
    away = np.hypot(*(path.points - middle).T)
    squares = away[-len(tail) :] ** 2
    radius = sqrt(float(squares.mean()))
    halves = np.array_split(tail, 2)
    spread = [_error(half) for half in halves]
    apart = np.abs(halves[0].mean(axis=0) - halves[1].mean(axis=0))
    drifts = apart > SURE * np.sqrt(spread[0] ** 2 + spread[1] ** 2)
    grows = max(half.std() for half in halves) > 3 * min(half.std() for half in halves)
    if radius == 0 or away[0] < ABOVE * radius or drifts.any() or grows:
        return None
    step = int((away <= radius).argmax())
    numbers = {"x": float(middle[0]), "y": float(middle[1]), "radius": radius}
    theory = _theory(path)
    if theory is None:
        return Found(step, (TEXT,), numbers)
    return Found(step, (TEXT, THEORY), numbers | {"theory": theory})


def _error(half: np.ndarray) -> np.ndarray:
    """Standard error of the mean of a half, shape [2], from the means of its eighths."""
    means = np.array([part.mean(axis=0) for part in np.array_split(half, 8)])
    return means.std(axis=0, ddof=1) / sqrt(len(means))


def _theory(path: Path) -> float | None:
    """Root of the mean square distance on a quadratic of the curvature in the ball."""
    if path.batched or path.changes[2:] != (0.0, float("inf"), float("inf")):
        return None
    curvatures = np.median(path.along[len(path.along) // 2 :], axis=0).tolist()
    if not min(curvatures) > 0:
        return None
    rate = float(path.rate[-1])
    parts = [stationary_variance(path.optimizer, rate, one, path.noise) for one in curvatures]
    total = [part for part in parts if part is not None]
    return sqrt(sum(total)) if len(total) == len(parts) else None
