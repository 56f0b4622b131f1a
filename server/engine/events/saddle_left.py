"""The path lingers at a saddle and leaves it."""

import numpy as np

from server.engine.events.path import SIGN, Found, Path
from server.engine.outcomes.writing import STEPS
from surfaces.declaration import Text

NEAR = 0.05
"""Of the domain's diagonal, that Newton's step to the stationary point may be long at most."""
LINGERS = 5
"""Steps under which it only passes by."""
LEFT = 4.0
"""Times over its smallest that the gradient has grown when the saddle is behind."""

TEXT = Text(
    "It leaves a saddle: {spent} were spent near it, where the gradient fell to {least}. The way "
    "out is the direction of negative curvature, {smaller}; across it the curvature is {larger}.",
    "Уходит от седла: рядом с ним потрачено {spent}, градиент там падал до {least}. Выход — вдоль "
    "направления отрицательной кривизны, {smaller}; поперёк кривизна {larger}.",
)


def saddle_left(path: Path) -> Found | None:
    """The end of the longest stretch near a saddle, if it ends."""
    smaller, larger = path.along.T
    with np.errstate(all="ignore"):
        way = path.norm / np.minimum(np.abs(smaller), np.abs(larger))
        near = (smaller < -SIGN * larger) & (larger > 0) & (way <= NEAR * path.diagonal)
    if path.noisy or not near.any():
        return None
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(int)))
    begins, ends = edges[::2], edges[1::2]
    longest = int((ends - begins).argmax())
    begin, end = int(begins[longest]), int(ends[longest])
    if end > path.last or end - begin < LINGERS:
        return None
    lowest = begin + int(path.norm[begin:end].argmin())
    if path.norm[end:].max() < LEFT * path.norm[lowest]:
        return None
    numbers = {
        "since": begin,
        "steps": end - begin,
        "least": float(path.norm[lowest]),
        "smaller": float(smaller[lowest]),
        "larger": float(larger[lowest]),
    }
    return Found(end, (TEXT,), numbers, {"spent": STEPS.of(end - begin)})
