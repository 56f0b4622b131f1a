"""What is known of a hall, and of the question that it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Phase = Literal["waiting", "open", "closed", "shown"]
"""Nothing is asked; answers are taken; no more are; what is right is shown."""
Answer = int | float | Sequence[float]
"""A choice's index, a number, or ``[x, y]``."""
Kind = Literal["choices", "number", "tap"]

ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of a hall's name: nothing that is taken for another when it is read off a wall and typed."""
LETTERS: Final = 6
"""31⁶ = 9 · 10⁸ names."""
FARTHEST: Final = 1e12
"""Largest absolute value of a number, and of a tap's coordinate."""
LIFE: Final = 12 * 3600.0
"""Seconds that a hall lives."""


@dataclass(frozen=True)
class Question:
    """What a hall is asked.

    Attributes:
        text: in one language each, or in the only one there is under both names.
        answers: what may be answered: ``kind`` with ``options``, or ``low``, ``high``, ``unit`` and
            ``scale``, or what a tap is on; ``right`` where it is known.
        scene: of the lecture, if it is a scene's.
        landscape: what a tap is on: the surface as the API takes it.
    """

    text: Mapping[str, str]
    answers: Mapping[str, Any]
    scene: str | None = None
    landscape: Mapping[str, Any] | None = None

    @property
    def kind(self) -> Kind:
        """What is answered."""
        return self.answers["kind"]


@dataclass(frozen=True)
class Tally:
    """What was answered.

    Attributes:
        round: of asking: a question that is asked again begins another.
        count: devices that answered.
        choices: how many chose each, for a question with choices.
        values: the numbers, or the points ``[x, y]``, in no order that says who sent them.
    """

    round: int
    count: int
    choices: Sequence[int] | None = None
    values: Sequence[float | Sequence[float]] | None = None


@dataclass(frozen=True)
class Hall:
    """A hall.

    Attributes:
        key: hash of the key that steers it.
        expires: when it is forgotten, Unix time in seconds.
        phase: of its question.
        round: number of the asking; 0 before the first.
        question: what is asked now.
        result: what came out, told by the lecturer's page when it is shown.
        before: the round in which the same question was asked before; 0 if it was not.
        scene, step: where the lecturer is; transfer: whether at the scene's second question.
    """

    key: str
    expires: float
    phase: Phase = "waiting"
    round: int = 0
    question: Question | None = None
    result: Answer | None = None
    before: int = 0
    scene: str | None = None
    step: float = 0.0
    transfer: bool = False

    @property
    def taking(self) -> int:
        """The round that answers are taken for; 0 if none are."""
        return self.round if self.phase == "open" else 0


def tally(question: Question, round: int, answers: Sequence[Any]) -> Tally:
    """What was answered, put together."""
    if question.kind == "choices":
        counts = [0] * len(question.answers["options"])
        for one in answers:
            counts[one] += 1
        return Tally(round, len(answers), choices=counts)
    # Sorted: the order in which they came would say who sits beside whom.
    return Tally(round, len(answers), values=sorted(answers))
