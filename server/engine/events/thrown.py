"""A wall throws the path far away in one step."""

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.outcomes.writing import TIMES, times
from surfaces.declaration import Text

TIMES_LONGER = 20.0
"""Than any of the steps before it, that the throw is."""
FAR = 0.1
"""Of the domain's diagonal, that it is long at least."""
BEFORE = 10
"""Steps before it that are compared."""

TEXT = Text(
    "Thrown off a wall: here the gradient is {norm}, {steeper_said} what it was a step before, "
    "and the next step is {stride} long, {longer_said} as long as any of those before it.",
    "Отброшен стеной: градиент здесь {norm}, в {steeper_said} больше, чем шагом раньше, и "
    "следующий шаг длиной {stride}, в {longer_said} длиннее любого из предыдущих.",
)
OFTEN = Text(" This happens {times}.", " Всего так {times}.")


def thrown(path: Path) -> Found | None:
    """The point before the first step that is many times as long as those before it."""
    strides = path.strides
    if len(strides) < 2:
        return None
    padded = np.concatenate([np.zeros(BEFORE), strides[:-1]])
    longest = np.lib.stride_tricks.sliding_window_view(padded, BEFORE).max(axis=1)
    far = strides >= FAR * path.diagonal
    steep = np.concatenate([[False], path.norm[1:-1] > 2 * path.norm[:-2]])
    found = np.flatnonzero(far & steep & (longest > 0) & (strides >= TIMES_LONGER * longest))
    if len(found) == 0:
        return None
    step, count = int(found[0]), len(found)
    numbers = {
        "norm": float(path.norm[step]),
        "steeper": float(path.norm[step] / max(path.norm[step - 1], 1e-300)),
        "stride": float(strides[step]),
        "longer": float(strides[step] / longest[step]),
        "count": count,
    }
    texts = (TEXT, OFTEN) if count > 1 else (TEXT,)
    said = {name: times(numbers[name]) for name in ("steeper", "longer")}
    more = {f"{name}_said": text for name, text in said.items()}
    return Found(step, texts, numbers, more | {"times": TIMES.of(count)})
