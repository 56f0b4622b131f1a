"""What a network's training came to, by the words of paths where they fit.

Of a loss in thousands of dimensions no minimum is known and no curvature computed: so it is
only told what the loss did over the last tenth of the steps.
"""

from typing import Any

import numpy as np

from server.engine.outcomes.courses import Course, courses
from server.engine.outcomes.path_outcome import WORDS
from server.engine.outcomes.writing import LAST_STEPS, SHOWN, digits_apart, filled_in
from server.results import Floats, Outcome, OutcomeId
from surfaces.declaration import Text

LEVEL = 1e-3
"""A loss that changes by less, relative to its own height, in a tenth of the steps is level."""

SENTENCES: dict[OutcomeId, Text] = {
    "descending": Text(
        "Still learning: over the {last_steps} the loss was going down, to {loss}.",
        "Ещё учится: за {last_steps} потери убывали, теперь они {loss}.",
    ),
    "flat": Text(
        "At a standstill: over the {last_steps} the loss stayed between {lowest} and {highest}.",
        "Стоит на месте: за {last_steps} потери оставались между {lowest} и {highest}.",
    ),
    "oscillating": Text(
        "Oscillating: over the {last_steps} the loss swung between {lowest} and {highest} "
        "and its swings did not shrink.",
        "Колеблется: за {last_steps} потери меняются от {lowest} до {highest}, и "
        "размах не убывает.",
    ),
    "growing": Text(
        "Growing: the loss has come to {highest}, its highest so far; it began at {start_loss}.",
        "Растёт: потери дошли до {highest}, выше ещё не было; вначале было {start_loss}.",
    ),
    "not_finite": Text(
        "Diverged: step {at} left the range of finite numbers.",
        "Обучение разошлось: шаг {at} вышел за пределы конечных чисел.",
    ),
}
LEVELLED = Text(
    "At a standstill: over the {last_steps} the loss stayed at {lowest}.",
    "Стоит на месте: за {last_steps} потери не отходили от {lowest}.",
)
"""Where no few digits tell the ends of the loss apart."""
NOISY = Text(
    " Each step saw one batch only, so a part of that is chance.",
    " Каждый шаг видел лишь один батч, так что отчасти это случай.",
)


def outcome(loss: Floats, diverged_at: int | None, *, noisy: bool) -> Outcome:
    """How a training stands after its last step.

    Args:
        loss: before each step and after the last, shape [n + 1]; empty if never finite.
        diverged_at: the step that left the finite range, if one did.
        noisy: whether steps saw batches.
    """
    if diverged_at is not None:
        numbers: dict[str, Any] = {"loss": float(loss[-1]) if len(loss) else None}
        text = filled_in((SENTENCES["not_finite"],), {"at": diverged_at})
        return Outcome("not_finite", diverged_at, text, numbers)
    one = loss[None].astype(np.float64)
    nothing = np.zeros(one.shape)
    with np.errstate(all="ignore"):
        seen = courses(one, nothing, np.ones((1, len(loss) - 1)), nothing, 1.0, noisy=noisy)
    levels = seen.high - seen.low <= LEVEL * np.abs(seen.high)
    words = np.array([WORDS[Course(course)] for course in seen.course[0].tolist()])
    words[levels[0] & (seen.course[0] != Course.START)] = "flat"
    word: OutcomeId = words[-1].item()
    changes = np.flatnonzero(words[1:] != words[:-1]) + 1
    numbers = {
        "loss": float(loss[-1]),
        "steps": len(loss) - 1 - int(seen.first[-1]),
        "lowest": float(seen.low[0, -1]),
        "highest": float(seen.high[0, -1]),
        "start_loss": float(loss[0]),
    }
    alike = digits_apart(numbers["lowest"], numbers["highest"]) > SHOWN
    said = LEVELLED if word == "flat" and alike else SENTENCES[word]
    more = {"apart": 1, "last_steps": LAST_STEPS.of(numbers["steps"])}
    text = filled_in((said, NOISY) if noisy else (said,), {**numbers, **more})
    return Outcome(word, int(changes[-1]) if len(changes) else 0, text, numbers)
