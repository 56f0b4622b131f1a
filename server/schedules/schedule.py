"""The one interface of schedules."""

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar

import numpy as np
from jaxtyping import Float

from server.limits import STEPS
from surfaces.declaration import Reference, Text, parameter

OPTAX = Reference(
    "Optax 0.2.8, optax/schedules/_schedule.py",
    "https://github.com/google-deepmind/optax/blob/v0.2.8/optax/schedules/_schedule.py",
)

Steps = Float[np.ndarray, " n"]
"""A number for each of some steps: their counts from 0, or their factors."""

WarmupSteps = Annotated[
    int,
    parameter(
        Text("Warm-up", "Разогрев"),
        symbol="w",
        ge=0,
        le=STEPS,
        step=1,
        unit=Text("steps", "шагов"),
        note=Text(
            "The rate rises in a straight line from 0 at step 1, which does not move, to the full "
            "rate at step w + 1. The schedule begins there and lasts for the steps that are left.",
            "Скорость растёт по прямой: от 0 на шаге 1, который не сдвигает точку, до полной на "
            "шаге w + 1. Там расписание начинается и занимает оставшиеся шаги.",
        ),
    ),
]


class Schedule(ABC):
    """What the learning rate is multiplied by at each step.

    A subclass is a frozen dataclass of numbers and one line of NumPy, evaluated before the walk:
    a schedule compiles nothing. Optax's own is what tests compare it with.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; when it helps.
        formula: LaTeX of the factor, k from 0, n the number of steps.
        reference: where it comes from.
        parity: Optax's function that computes the same; ``None`` where Optax has none.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    formula: ClassVar[str]
    reference: ClassVar[Reference]
    parity: ClassVar[str | None]

    warmup_steps: int

    @abstractmethod
    def at(self, k: Steps, steps: int) -> Steps:
        """The factor at each of some step counts from 0, without warm-up.

        Args:
            k: shape [n].
            steps: how many the whole schedule has, at least 1.
        """

    def factors(self, steps: int) -> Steps:
        """The factor of each step, in float64, shape [steps].

        Step 1 uses the schedule at 0, as every framework does. With a warm-up of w steps it
        rises in a straight line from 0 at step 1 to 1 at step w + 1, where the schedule
        itself begins, as ``optax.warmup_cosine_decay_schedule`` does; a warm-up that is as
        long as the run or longer never ends.
        """
        k = np.arange(steps, dtype=np.float64)
        warmup = self.warmup_steps
        if warmup == 0:
            return self.at(k, max(1, steps))
        rising = 1 - (1 - share(k[:warmup], max(1, warmup)))
        after = self.at(k[warmup:] - warmup, max(1, steps - warmup))
        return np.concatenate([rising, after])


def share(k: Steps, of: float | Steps) -> Steps:
    """k/n, by way of 1/n as XLA has it: with Optax's order of operations, equal to the last bit."""
    return k * (1 / of)


def half_cosine(k: Steps, steps: float | Steps, end: float) -> Steps:
    """From 1 at 0 down to an end at ``steps``."""
    return (1 - end) * (0.5 * (1 + np.cos(share(np.pi * k, steps)))) + end


def between(start: float, end: float, part: Steps) -> Steps:
    """Half a cosine from a start at 0 to an end at 1."""
    return end + (start - end) / 2 * (np.cos(np.pi * part) + 1)
