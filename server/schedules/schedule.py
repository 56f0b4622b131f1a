"""The one interface of schedules."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, ClassVar

import jax
import jax.numpy as jnp
import numpy as np
import optax
from numpy.typing import NDArray

from server.limits import STEPS
from surfaces.declaration import Reference, Text, parameter

OPTAX = Reference(
    "Optax 0.2.8, optax/schedules/_schedule.py",
    "https://github.com/google-deepmind/optax/blob/v0.2.8/optax/schedules/_schedule.py",
)

Count = Callable[[Any], Any]

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

    A subclass is a frozen dataclass of numbers. It is never traced: Optax evaluates it to an
    array before the walk, so that a schedule compiles nothing.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; when it helps.
        formula: LaTeX of the factor, k from 0, n the number of steps.
        reference: where it comes from.
        parity: Optax's function that computes it; ``None`` where Optax has none.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    formula: ClassVar[str]
    reference: ClassVar[Reference]
    parity: ClassVar[str | None]

    warmup_steps: int

    @abstractmethod
    def optax(self, steps: int) -> Count:
        """Optax's schedule with a peak of 1 over ``steps`` steps, without warm-up."""

    def factors(self, steps: int) -> NDArray[np.float64]:
        """The factor of each step, shape [steps].

        Step 1 uses the schedule at 0, as every framework does. With a warm-up of w steps it
        rises in a straight line from 0 at step 1 to 1 at step w + 1, where the schedule
        itself begins, as ``optax.warmup_cosine_decay_schedule`` does; a warm-up that is as
        long as the run or longer never ends.
        """
        return _evaluated(self, steps)


@lru_cache(maxsize=256)
def _evaluated(schedule: Schedule, steps: int) -> NDArray[np.float64]:
    warmup = schedule.warmup_steps
    whole = schedule.optax(max(1, steps - warmup))
    if warmup > 0:
        rising = optax.linear_schedule(0.0, 1.0, warmup)
        whole = optax.join_schedules([rising, whole], [warmup])
    # Always as long as the longest run: another number of steps then compiles nothing.
    with jax.default_device(jax.devices("cpu")[0]):
        factors = np.asarray(jax.vmap(whole)(jnp.arange(STEPS)), np.float64)[:steps]
    factors.setflags(write=False)
    return factors
