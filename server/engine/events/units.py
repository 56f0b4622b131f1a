"""Units behind a surface that answer nothing any more: dead or saturated, and whether they wake."""

from collections.abc import Callable
from typing import Any

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.outcomes.writing import STEPS
from server.results import Bools, Integers
from surfaces.declaration import Text
from surfaces.points import Points, used
from surfaces.units import Units

LOOKS = 128
"""Points of the path at which units are looked at; between two that differ, at each."""
LASTS = 5
"""Steps that a unit is saturated, at least."""
ERRS = 0.5
"""Of the variance of the targets, or of the first loss where there are none: a unit that errs
less fits well, saturated or not."""

DEAD = Text(
    "The unit is dead: ReLU answers 0 to every example, so its derivative is 0 at each of them and "
    "no gradient of the data comes through.",
    "Нейрон мёртв: ReLU на каждом примере даёт 0, её производная всюду 0, и градиент по данным "
    "сквозь него не проходит.",
)
DEAD_IN_CHAIN = Text(
    "The unit of layer {layer} is dead: its ReLU answers 0, so its derivative is 0, nothing gets "
    "past it, and no gradient of the data comes to any weight of the chain.",
    "Нейрон слоя {layer} мёртв: его ReLU даёт 0, её производная 0, дальше не проходит ничего, и "
    "градиент по данным не доходит ни до одного веса цепочки.",
)
FOR_GOOD = Text(" No step will ever wake it.", " Никакой шаг нейрон уже не оживит.")
STAYS = Text(" It is so to the end.", " Так до самого конца.")
WAKES = Text(
    " It is not the gradient through it that moves it on, and after step {until} it wakes.",
    " Дальше его двигает уже не градиент, прошедший сквозь него, и после шага {until} он оживает.",
)
SATURATED = Text(
    "The unit is saturated for {spent}: it stands so far out on the shelf of {name} that its mean "
    "slope is {slope} of at most {largest}, and hardly any gradient comes through, {norm}.",
    "Нейрон насыщен ({spent}): он так далеко на полке {name}, что средний наклон {slope} при "
    "наибольшем {largest}, и градиент почти не проходит: {norm}.",
)
ONE_OF_MANY = Text(
    "Unit {unit} of layer {layer} is saturated for {spent}: {name} is so flat where it stands that "
    "its mean slope is {slope} of at most {largest}. In all {count} of {all} units are so, and the "
    "gradient is {norm}.",
    "Нейрон {unit} слоя {layer} насыщен ({spent}): он на таком плоском участке {name}, что средний "
    "наклон {slope} при наибольшем {largest}. Всего таких {count} из {all}, градиент {norm}.",
)
SHARE = Text(
    " On {shown} % of the examples |φ′| is at most {flat}.",
    " На {shown} % примеров |φ′| не больше {flat}.",
)
RECOVERS = Text(
    " After step {until} it has a slope again.", " После шага {until} наклон возвращается."
)
NAMES = {
    "sigmoid": Text("the sigmoid", "сигмоиды"),
    "tanh": Text("tanh", "tanh"),
    "silu": Text("SiLU", "SiLU"),
}


def dead_unit(path: Path) -> Found | None:
    """From which point on a ReLU lets nothing through, and whether it wakes."""
    units = path.surface.units(path.points[:1])
    if units is None or not units.activation.dies():
        return None

    def holds(steps: Integers) -> Bools:
        return _off(_units(path, steps)).any(axis=(1, 2)) & (path.loss[steps] > 0)

    found = _stretch(path, holds)
    if found is None:
        return None
    step, until = found
    off = _off(_units(path, np.array([step])))[0]
    layer = int(off.any(axis=1).argmax()) + 1
    numbers: dict[str, float | int] = {"loss": float(path.loss[step]), "layer": layer}
    numbers["slope"] = 0.0
    if until < path.last:
        numbers["until"] = until
    stands = not path.moves[step:].any() and not path.noisy
    after = WAKES if until < path.last else FOR_GOOD if stands else STAYS
    return Found(step, (DEAD_IN_CHAIN if len(off) > 1 else DEAD, after), numbers)


def saturated_unit(path: Path) -> Found | None:
    """The first long stretch on which an activation is flat on its examples, and errs."""
    units = path.surface.units(path.points[:1])
    if units is None or units.activation.dies():
        return None
    flat = units.activation.flat()
    most = _unexplained(path)

    def holds(steps: Integers) -> Bools:
        means = _units(path, steps).slopes().mean(axis=3)
        return (means <= flat).any(axis=(1, 2)) & (path.loss[steps] > most)

    found = _stretch(path, holds, LASTS)
    if found is None:
        return None
    step, until = found
    slopes = _units(path, np.array([step])).slopes()[0]
    means = slopes.mean(axis=2)
    layer, unit = np.argwhere(means <= flat)[0].tolist()
    share = float((slopes[layer, unit] <= flat).mean())
    numbers = {
        "until": until,
        "slope": float(means[layer, unit]),
        "largest": units.activation.largest_slope(),
        "norm": float(path.norm[step]),
        "flat": flat,
        "share": share,
        "layer": layer + 1,
        "unit": unit + 1,
        "count": int((means <= flat).sum()),
        "all": means.size,
    }
    texts = [ONE_OF_MANY if means.size > 1 else SATURATED]
    if slopes.shape[2] > 1:
        texts.append(SHARE)
    texts.append(RECOVERS if until < path.last else STAYS)
    more: dict[str, Any] = {
        "spent": STEPS.of(until - step),
        "name": NAMES[units.activation.id],
        "shown": round(100 * share),
    }
    return Found(step, texts, numbers, more)


def _units(path: Path, steps: Integers) -> Units:
    units = path.surface.units(path.points[steps])
    assert units is not None
    return units


def _off(units: Units) -> Bools:
    """Which units have no slope on any example, shape [points, layers, units]."""
    return (units.slopes() == 0).all(axis=3)


def _unexplained(path: Path) -> float:
    """The loss over which something is still to be learned."""
    points = getattr(path.surface, "points", None)
    if isinstance(points, Points):
        return ERRS * float(used(points)[1].var())
    return ERRS * float(path.loss[0])


def _stretch(
    path: Path, holds: Callable[[Integers], Bools], least: int = 0
) -> tuple[int, int] | None:
    """The first stretch of so many steps on which something holds: its first and last point."""
    looks = np.unique(np.linspace(0, path.last, LOOKS).round().astype(int))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], holds(looks), [False]]).astype(int)))
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        first, last = int(looks[begin]), int(looks[end - 1])
        if begin > 0:
            between = np.arange(int(looks[begin - 1]) + 1, first + 1)
            first = int(between[holds(between).argmax()])
        if end < len(looks):
            between = np.arange(last, int(looks[end]) + 1)
            last = int(between[(~holds(between)).argmax()]) - 1
        if last - first >= least:
            return first, last
    return None
