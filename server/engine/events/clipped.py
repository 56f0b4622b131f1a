"""A gradient was too long and was clipped."""

from math import isfinite

from server.engine.events.path import Found, Path
from server.engine.outcomes.writing import TIMES
from surfaces.declaration import Text

BY_NORM = Text(
    "Clipped: the gradient is {norm} long here, the threshold is {threshold}. Its direction "
    "stays, its length is cut to the threshold.",
    "Обрезка: длина градиента здесь {norm}, порог {threshold}. Направление остаётся, длина "
    "урезана.",
)
BY_NORM_UNSEEN = Text(
    "Clipped: the gradient that this step was given is longer than the threshold, {threshold}. "
    "Its direction stays, its length is cut to the threshold.",
    "Обрезка: градиент, который получил этот шаг, длиннее порога, {threshold}. Направление "
    "остаётся, длина урезана.",
)
BY_VALUE = Text(
    "Clipped: a component of the gradient is over {threshold} and was cut to it, so the step "
    "turns away from the gradient.",
    "Обрезка: составляющая градиента больше {threshold} и урезана до этого порога, поэтому шаг "
    "отклоняется от градиента.",
)
OFTEN = Text(" In all gradients were clipped {times}.", " Всего градиент обрезан {times}.")


def clipped(path: Path) -> Found | None:
    """The point at which the first clipped gradient was taken, and how many there are."""
    if len(path.clipped) == 0:
        return None
    step = int(path.clipped[0]) - 1
    by_norm = isfinite(path.changes.clip_norm)
    threshold = path.changes.clip_norm if by_norm else path.changes.clip_value
    # Noise, a batch or a look ahead: then it was another gradient than that of this point.
    own = not path.noisy and path.norm[step] >= threshold
    text = (BY_NORM if own else BY_NORM_UNSEEN) if by_norm else BY_VALUE
    count = len(path.clipped)
    numbers = {"threshold": threshold, "count": count, "until": int(path.clipped[-1])}
    if own:
        numbers["norm"] = float(path.norm[step])
    texts = (text, OFTEN) if count > 1 else (text,)
    return Found(step, texts, numbers, {"times": TIMES.of(count)})
