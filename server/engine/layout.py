"""Where the parts of a job and of a row stand in the vectors that the walk's program takes.

One vector a job and one a row: each array more costs the program a copy of its own.
"""

from typing import Any, NamedTuple

from server.engine.gradient_changes import CHANGE_NUMBERS
from server.engine.rules import Rules


class JobLayout(NamedTuple):
    """A job's floats.

    Attributes:
        first_step: number of its first step, 1 for a new path.
        numbers: hyperparameters, padded.
        changes: what training does to its gradient.
        given: both.
        moving: its point and its packed state: all that a step changes.
        width: how many there are in all.
    """

    first_step: int
    numbers: slice
    changes: slice
    given: slice
    moving: slice
    width: int

    @classmethod
    def of(cls, rules: Rules[Any]) -> "JobLayout":
        """That of jobs of some rules."""
        numbers, changes = 1 + rules.numbers, 1 + rules.numbers + CHANGE_NUMBERS
        width = changes + 2 + rules.states
        return cls(
            first_step=0,
            numbers=slice(1, numbers),
            changes=slice(numbers, changes),
            given=slice(1, changes),
            moving=slice(changes, width),
            width=width,
        )


class RowLayout(NamedTuple):
    """A row: what a step came to, and what it was given.

    Attributes:
        point: after the step.
        state: after the step, packed.
        moving: both.
        clipped: 1 where its gradient was clipped, else 0.
        loss: f where the step took its gradient.
        gradient: of f, there; neither penalties nor noise are in it.
        width: how many there are in all.
    """

    point: slice
    state: slice
    moving: slice
    clipped: int
    loss: int
    gradient: slice
    width: int

    @classmethod
    def of(cls, rules: Rules[Any]) -> "RowLayout":
        """That of rows of some rules."""
        end = 2 + rules.states
        gradient = slice(end + 2, end + 4)
        return cls(slice(0, 2), slice(2, end), slice(0, end), end, end + 1, gradient, end + 4)
