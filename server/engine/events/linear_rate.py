"""The end of the path converges by a steady factor a step."""

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.events.quadratics import factor
from surfaces.declaration import Text

LEAST = 8
"""Points that a rate is read off."""
STEADY = 0.15
"""By which the logarithms of the factors of two halves may differ, relative to their mean."""
SLOW = 1 - 1e-4
"""A factor over this is none that anybody would call convergence."""

TEXT = Text(
    "Arrives at a linear rate: near the end each step multiplies the gradient by ρ = {rho}.",
    "Сходится с линейной скоростью: под конец каждый шаг умножает градиент на ρ = {rho}.",
)
THEORY = Text(
    " For a quadratic with these curvatures, {smaller} and {larger}, theory says {theory}.",
    " Для квадратичной функции с такими кривизнами, {smaller} и {larger}, теория обещает {theory}.",
)


def linear_rate(path: Path) -> Found | None:
    """Where the gradient comes within the tolerance, if it falls steadily there."""
    at = path.converged_at
    if at is None or at == 0 or path.noisy:
        return None
    smaller, larger = path.along[-1].tolist()
    size = max(float(np.abs(path.points[-1]).max()) * abs(larger), path.norm[0])
    above = np.flatnonzero(path.norm <= 1e4 * path.rounding * size)
    end = int(above[0]) if len(above) else path.last + 1
    begin = at // 2
    if end - begin < LEAST or len(np.unique(path.rate[begin : end - 1])) > 1:
        return None
    rho = _steady(path.norm[begin:end])
    if rho is None:
        return None
    numbers = {"rho": rho, "since": begin}
    rate = float(path.rate[begin])
    factors = [factor(path.optimizer, rate, one) for one in (smaller, larger)]
    known = [one for one in factors if one is not None]
    if len(known) < 2 or not smaller > 0 or path.changes.weight_decay or len(path.clipped):
        return Found(at, (TEXT,), numbers)
    more = {"theory": max(known), "smaller": smaller, "larger": larger}
    return Found(at, (TEXT, THEORY), numbers | more)


def _steady(norm: np.ndarray) -> float | None:
    """The factor a step, by least squares; ``None`` where two halves do not agree on it."""
    logs = np.log(norm)
    halves = [np.polyfit(np.arange(len(half)), half, 1)[0] for half in np.array_split(logs, 2)]
    slope = float(np.polyfit(np.arange(len(logs)), logs, 1)[0])
    if not slope < np.log(SLOW) or abs(halves[0] - halves[1]) > STEADY * abs(halves[0] + halves[1]):
        return None
    return float(np.exp(slope))
