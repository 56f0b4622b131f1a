"""What ``/halls`` answers, and the events of a hall."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from server.halls.hall import Answer, Hall, Phase, Tally


class OpenedHall(TypedDict):
    """A new hall; the key is told this once. ``addresses``: of this machine, for phones."""

    hall: str
    key: str
    expires: float
    addresses: Sequence[str]


class AskedQuestion(TypedDict):
    """A question; ``right`` among its answers only once it is shown."""

    text: Mapping[str, str]
    answers: Mapping[str, Any]
    scene: str | None
    landscape: Mapping[str, Any] | None


class SeenHall(TypedDict):
    """What a phone shows; ``expires`` in Unix seconds."""

    hall: str
    expires: float
    phase: Phase
    round: int
    question: AskedQuestion | None
    result: Answer | None
    scene: str | None
    step: float
    transfer: bool


class CountedAnswer(TypedDict):
    """It counts until the question is closed, or until this device sends another."""

    counted: Literal[True]
    round: int


class Counts(TypedDict):
    """What was answered: by choice, or every number or point; ``before``, in the round before."""

    round: int
    count: int
    choices: NotRequired[Sequence[int]]
    numbers: NotRequired[Sequence[float]]
    taps: NotRequired[Sequence[Sequence[float]]]
    before: NotRequired["Counts"]


class Place(TypedDict):
    """Where the lecturer is."""

    scene: str | None
    step: float
    transfer: bool


def seen(name: str, hall: Hall) -> SeenHall:
    """What a phone shows."""
    asked = hall.question
    question: AskedQuestion | None = None
    if asked is not None:
        shown = hall.phase == "shown"
        answers = {k: v for k, v in asked.answers.items() if shown or k not in ("right", "within")}
        question = {
            "text": asked.text,
            "answers": answers,
            "scene": asked.scene,
            "landscape": asked.landscape,
        }
    return {
        "hall": name,
        "expires": hall.expires,
        "phase": hall.phase,
        "round": hall.round,
        "question": question,
        "result": hall.result if hall.phase == "shown" else None,
        "scene": hall.scene,
        "step": hall.step,
        "transfer": hall.transfer,
    }


def place(hall: Hall) -> Place:
    """Where the lecturer is."""
    return {"scene": hall.scene, "step": hall.step, "transfer": hall.transfer}


def counts(hall: Hall, tally: Tally, before: Tally | None) -> Counts:
    """What was answered, and in the round before."""
    told = _counts(hall, tally)
    if before is not None:
        told["before"] = _counts(hall, before)
    return told


def _counts(hall: Hall, tally: Tally) -> Counts:
    told: Counts = {"round": tally.round, "count": tally.count}
    if tally.choices is not None:
        told["choices"] = tally.choices
    elif hall.question is not None and hall.question.kind == "tap":
        told["taps"] = tally.values or []  # pyright: ignore[reportGeneralTypeIssues]
    else:
        told["numbers"] = tally.values or []  # pyright: ignore[reportGeneralTypeIssues]
    return told
