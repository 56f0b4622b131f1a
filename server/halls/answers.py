"""Which answers a question takes."""

from typing import Any

from server.errors import InputError
from server.halls.hall import FARTHEST, Answer, Question


def accepted(question: Question, answer: Any, place: tuple[str, ...] = ("answer",)) -> Answer:
    """The answer, if the question has it.

    Raises:
        InputError: at ``place``, with what would be accepted.
    """
    wanted = question.answers
    match question.kind:
        case "choices":
            most = len(wanted["options"]) - 1
            if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= most:
                return answer
            said = f"a whole number from 0 to {most}, the place of a choice"
        case "number":
            low, high = wanted["low"], wanted["high"]
            if _is_number(answer) and low <= answer <= high:
                return answer
            said = f"a number from {low:g} to {high:g}"
        case "tap":
            if _is_point(answer):
                return [float(one) for one in answer]
            said = f"[x, y], each from {-FARTHEST:g} to {FARTHEST:g}"
    raise InputError(place, f"accepted: {said}", "hall_answer")


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(_is_number(one) for one in value)
    )


def _is_number(value: Any) -> bool:
    # No NaN is, and no integer is too large to be compared.
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and abs(value) <= FARTHEST
