"""The learning rate is over what the curvature allows."""

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.events.quadratics import factor, limit
from server.engine.outcomes.writing import filled_in
from server.results import Bools, Floats, Integers
from surfaces.declaration import Text

PASSED = Text(
    "From here on the rate is too high for the curvature: α = {rate}, and steps across the "
    "slope stay bounded only up to {limit}{sign} (λ_max = {curvature}). Each step multiplies "
    "the deviation across by {growth}.",
    "Отсюда скорость обучения велика для такой кривизны: α = {rate}, а устойчивы шаги только до "
    "{limit}{sign} (λ_max = {curvature}). Отклонение поперёк склона за шаг умножается на {growth}.",
)
BEGUN = Text(
    "The rate is too high from the very start: α = {rate}, and at this curvature steps stay "
    "bounded only up to {limit}{sign} (λ_max = {curvature}). Each step multiplies the deviation "
    "across by {growth}.",
    "Скорость обучения велика с самого начала: α = {rate}, а при такой кривизне устойчивы шаги "
    "только до {limit}{sign} (λ_max = {curvature}). Отклонение поперёк склона за шаг умножается "
    "на {growth}.",
)
SIGN = Text(" = 2/λ_max", " = 2/λ_max")
OTHER_SIGN = Text(", {times} × 2/λ_max", ", {times} × 2/λ_max")
MARGIN = 1 + 1e-9
"""A rate at the very limit is not over it, however it is rounded."""


def rate_over_limit(path: Path) -> Found | None:
    """The first step whose rate is over its limit of stability, where theory knows one."""
    unit = limit(path.optimizer, 1.0)
    if unit is None or path.last == 0 or path.changes.weight_decay:
        return None

    def over(steps: Integers, eigenvalues: Floats) -> Bools:
        return path.rate[np.minimum(steps, path.last - 1)] * eigenvalues[:, 1] > unit * MARGIN

    seen = over(path.looks, path.eigenvalues) & (path.looks < path.last)
    if not seen.any():
        return None
    step = path.first(seen, over)
    curvature = float(path.curvature(np.array([step]))[0, 1])
    rate = float(path.rate[step])
    growth = factor(path.optimizer, rate, curvature)
    assert growth is not None
    count = int((path.rate * path.along[:-1, 1] > unit * MARGIN).sum())
    numbers = {
        "rate": rate,
        "limit": unit / curvature,
        "curvature": curvature,
        "growth": growth,
        "steps": count,
    }
    sign = SIGN if abs(unit - 2) < 1e-9 else filled_in((OTHER_SIGN,), {"times": unit / 2})
    return Found(step, (PASSED if step else BEGUN,), numbers, {"sign": sign})
