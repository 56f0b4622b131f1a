"""The velocity carries the path past the bottom and up the other side."""

import numpy as np

from server.engine.events.path import Found, Path
from server.engine.outcomes.writing import TIMES
from surfaces.declaration import Text

RISE = 0.02
"""Of the fall so far, that the loss climbs at least."""

TEXT = Text(
    "Overshoots: the gradient already points back, but the velocity gathered on the way down "
    "carries it on, uphill, and by step {until} the loss climbs from {lowest} to {highest}.",
    "Проскакивает: градиент уже тянет назад, но накопленная скорость несёт дальше, вверх по "
    "склону, и к шагу {until} потери вырастают с {lowest} до {highest}.",
)
OFTEN = Text(" It does so {times}.", " Всего так {times}.")


def overshoot(path: Path) -> Found | None:
    """The first bottom after which the loss climbs by moving uphill, and how many there are."""
    if path.noisy or path.last < 2:
        return None
    loss = path.loss
    uphill = (path.moves * path.gradient[:-1]).sum(axis=1) > 0
    rises = np.diff(loss) > 0
    # A climb is told by its first step that the gradient is against; without one it is the rate.
    edges = np.flatnonzero(np.diff(np.concatenate([[False], rises, [False]]).astype(int)))
    begins, tops = edges[::2], edges[1::2]
    highest = np.maximum.accumulate(loss)
    own = uphill[begins]
    fall = highest[begins] - loss[begins]
    found = np.flatnonzero(own & (fall > 0) & (loss[tops] - loss[begins] >= RISE * fall))
    if len(found) == 0:
        return None
    begin, top = int(begins[found[0]]), int(tops[found[0]])
    count = len(found)
    numbers = {
        "until": top,
        "lowest": float(loss[begin]),
        "highest": float(loss[top]),
        "count": count,
    }
    texts = (TEXT, OFTEN) if count > 1 else (TEXT,)
    return Found(begin, texts, numbers, {"times": TIMES.of(count), "apart": 1})
