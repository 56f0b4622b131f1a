"""Squares of past gradients hold the rate down, far from any minimum."""

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.outcomes.writing import times
from server.results import Floats
from surfaces.declaration import Text

FELL = 10.0
"""Times that the effective rate has fallen since the first step."""
PAST = 10.0
"""Times that the root of the second moment is over the gradient of today."""

TEXT = Text(
    "Past gradients have frozen the rate: √G of {axis} is {past} the gradient of today, "
    "and what is left of the rate is α/√G = {now}, where it began with {first}. The path has "
    "not arrived and hardly moves.",
    "Прошлые градиенты заморозили скорость: √G по {axis} в {past} больше нынешнего градиента, "
    "и от скорости осталось α/√G = {now}, а начиналось с {first}. Путь ещё не дошёл, но почти "
    "стоит.",
)


def rate_frozen(path: Path) -> Found | None:
    """The first step after which the second moment holds the rate down to the end."""
    roots = _roots(path)
    if roots is None or path.norm[-1] <= path.tolerance:
        return None
    with np.errstate(all="ignore"):
        rates = path.rate[:, None] / roots
        slopes = np.abs(path.gradient[1:])
        frozen = (rates * FELL <= rates[:1]) & (roots >= PAST * slopes)
        # Of the coordinate that has most of the way before it.
        main = slopes.argmax(axis=1)
        rows = np.arange(path.last)
        seen = frozen[rows, main]
    axis = int(main[-1])
    open_ends = np.flatnonzero(~seen)
    since = int(open_ends[-1]) + 1 if len(open_ends) else 0
    if since >= path.last:
        return None
    numbers = {
        "times": float(roots[since, axis] / max(slopes[since, axis], 1e-300)),
        "first": float(rates[0, axis]),
        "now": float(rates[since, axis]),
        "last": float(rates[-1, axis]),
        "axis": axis,
    }
    name = path.surface.names[axis]
    more = {"axis": Text(name, name), "past": times(numbers["times"])}
    return Found(since + 1, (TEXT,), numbers, more)


def _roots(path: Path) -> Floats | None:
    """What divides the rate of each coordinate at each step, shape [n-1, 2], if a moment does."""
    if path.effective is None or path.state.keys().isdisjoint(("G", "M")):
        return None
    with np.errstate(all="ignore"):
        return path.rate[:, None] / path.effective
