"""The learning rate of each step: a base rate, changed on the way, times a schedule."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from server.errors import InputError
from server.results import Floats


@dataclass(frozen=True)
class RateChange:
    """Another base rate: after ``step`` steps, so that the next one is the first to have it."""

    step: int
    learning_rate: float


def check(changes: Sequence[RateChange], steps: int) -> None:
    """Refuse changes out of order, and those that no step comes after.

    Raises:
        InputError: placed at the change's step.
    """
    before = 0
    for place, change in enumerate(changes):
        field = ("changes", place, "step")
        if change.step <= before:
            accepted = f"accepted: more than {before}, the step of the change before it"
            raise InputError(field, accepted, "change_order")
        if change.step >= steps:
            accepted = f"there are {steps} steps; accepted: less than {steps}"
            raise InputError(field, accepted, "change_after_end")
        before = change.step


def rates(base: float, changes: Sequence[RateChange], schedule: Floats) -> Floats:
    """The learning rate of each step, shape [n].

    The schedule knows nothing of changes: it goes on counting the steps of the whole run.

    Args:
        base: the rate up to the first change.
        changes: their steps ascend.
        schedule: what the base rate is multiplied by at each step, shape [n].
    """
    bases = np.full(len(schedule), base, np.float64)
    for change in changes:
        bases[change.step :] = change.learning_rate
    return bases * schedule
