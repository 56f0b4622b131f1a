"""Units of one neuron or of a chain that answer nothing any more: dead or saturated."""

from typing import Any

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.outcomes.writing import STEPS
from server.results import Floats
from surfaces.declaration import Text
from surfaces.points import Points, used

ROWS = 128
"""Points of the data that say whether a unit is saturated."""
LOOKS = 128
"""Points of the path at which they do."""
SATURATED = 0.05
"""Of the largest slope of the activation, under which their mean is."""
LASTS = 5
"""Steps of it, at least."""
ERRS = 0.5
"""Of the variance of the targets: a unit that errs less fits well, saturated or not."""
LARGEST = {"sigmoid": 0.25, "tanh": 1.0}
"""Slopes, by the activation."""

DEAD = Text(
    "The unit is dead: ReLU answers 0 to every point, so its derivative is 0 at each of them, the "
    "gradient is exactly 0, and no step will ever wake it.",
    "Нейрон мёртв: ReLU на каждой точке даёт 0, её производная всюду 0, градиент в точности равен "
    "нулю, и никакой шаг нейрон уже не оживит.",
)
SATURATED_TEXT = Text(
    "The unit is saturated for {spent}: it stands so far out on the shelf of {name} that its mean "
    "slope is {slope} of at most {largest}, and hardly any gradient comes through, {norm}.",
    "Нейрон насыщен ({spent}): он так далеко на полке {name}, что средний наклон {slope} при "
    "наибольшем {largest}, и градиент почти не проходит: {norm}.",
)
NAMES = {
    "sigmoid": Text("the sigmoid", "сигмоиды"),
    "tanh": Text("tanh", "tanh"),
}


def dead_unit(path: Path) -> Found | None:
    """From which point on a ReLU lets nothing through: the gradient is exactly 0, f is not."""
    if getattr(path.surface, "activation", None) != "relu":
        return None
    alive = np.flatnonzero(path.norm > 0)
    step = int(alive[-1]) + 1 if len(alive) else 0
    if step > path.last or not path.loss[step] > 0 or path.changes.l2 or path.changes.l1:
        return None
    numbers = {"loss": float(path.loss[step])}
    return Found(step, (DEAD,), numbers)


def saturated_unit(path: Path) -> Found | None:
    """The first long stretch on which an activation is flat on its points, and errs."""
    surface: Any = path.surface
    activation = getattr(surface, "activation", None)
    points = getattr(surface, "points", None)
    if activation not in LARGEST or not isinstance(points, Points):
        return None
    largest = LARGEST[activation]
    features, targets = used(points)
    looks = np.unique(np.linspace(0, path.last, LOOKS).round().astype(int))
    rows = np.linspace(0, len(features) - 1, min(ROWS, len(features))).round().astype(int)
    slopes = _slopes(activation, path.points[looks], features[rows, 0])
    flat = (slopes < SATURATED * largest) & (path.loss[looks] > ERRS * targets.var())
    if not flat.any():
        return None
    begin = int(flat.argmax())
    after = np.flatnonzero(~flat[begin:])
    end = begin + int(after[0]) if len(after) else len(looks)
    until = int(looks[end - 1])
    step = int(looks[begin])
    if until - step < LASTS:
        return None
    numbers = {
        "until": until,
        "slope": float(slopes[begin]),
        "largest": largest,
        "norm": float(path.norm[step]),
    }
    more = {"spent": STEPS.of(until - step), "name": NAMES[activation]}
    return Found(step, (SATURATED_TEXT,), numbers, more)


def _slopes(activation: str, weights: Floats, features: Floats) -> Floats:
    """Mean over some points of φ′(wx + b), shape [n], for weights (w, b) of shape [n, 2]."""
    with np.errstate(over="ignore"):
        z = weights[:, :1] * features + weights[:, 1:]
        tanh = np.tanh(z if activation == "tanh" else z / 2)
    # σ′(z) = (1 − tanh²(z/2))/4.
    return (LARGEST[activation] * (1 - tanh**2)).mean(axis=1)
