"""What may be asked of a hall: requests, and how a scene becomes a question."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, cast

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from server.api.choices import Strict
from server.api.scenario_answer import content
from server.declarations import BY_ID
from server.errors import InputError, unknown_id_message
from server.halls.hall import Question
from server.limits import COORDINATE
from server.scenarios.catalog import SCENARIOS
from server.scenarios.states import Descent
from surfaces.declaration import Text

SCENES = {one.id: one for one in SCENARIOS}

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Coordinate = Annotated[float, Field(ge=-COORDINATE, le=COORDINATE, allow_inf_nan=False)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


class Sentences(Strict):
    """The same in both languages."""

    en: Sentence
    ru: Sentence


Words = Sentence | Sentences


Options = Annotated[list[Words], Field(min_length=2, max_length=8)]


Whole = Annotated[int, Field(ge=-COORDINATE, le=COORDINATE)]
Sent = Whole | Coordinate | Point
"""An answer, before it is known what is asked."""


def _unanswerable(said: str) -> PydanticCustomError:
    return PydanticCustomError("hall_question", "accepted: {said}", {"said": said})


class ChoicesAsked(Strict):
    """Two to eight answers; ``right`` is the index of the right one, if one is."""

    kind: Literal["choices"]
    options: Options
    right: Annotated[int, Field(ge=0, le=7)] | None = None

    @model_validator(mode="after")
    def _right_is_one(self) -> Self:
        if self.right is not None and self.right >= len(self.options):
            raise _unanswerable(f"right from 0 to {len(self.options) - 1}, the place of a choice")
        return self


class NumberAsked(Strict):
    """A number between two bounds."""

    kind: Literal["number"]
    low: Coordinate
    high: Coordinate
    right: Coordinate | None = None
    unit: Words | None = None
    scale: Literal["linear", "log"] = "linear"

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if self.low >= self.high:
            raise _unanswerable("low below high")
        if self.scale == "log" and self.low <= 0:
            raise _unanswerable("low above 0 on a log scale")
        if self.right is not None and not self.low <= self.right <= self.high:
            raise _unanswerable("right between low and high")
        return self


class TapAsked(Strict):
    """A point of a landscape: a surface of the catalogue, or a formula."""

    kind: Literal["tap"]
    surface: Annotated[str, StringConstraints(max_length=64)] | None = None
    parameters: Annotated[
        dict[
            Annotated[str, StringConstraints(max_length=64)],
            Coordinate | Annotated[str, StringConstraints(max_length=64)],
        ],
        Field(max_length=32),
    ] = {}
    formula: Sentence | None = None
    domain: Annotated[list[Point], Field(min_length=2, max_length=2)] | None = None
    right: Point | None = None

    @model_validator(mode="after")
    def _on_one_landscape(self) -> Self:
        if (self.surface is None) == (self.formula is None):
            raise _unanswerable("either surface or formula")
        if self.surface is not None and self.surface not in BY_ID.surfaces:
            said = unknown_id_message("surface", self.surface, BY_ID.surfaces)
            raise PydanticCustomError("unknown_id", "{said}", {"said": said})
        return self


def _listed(answers: object) -> object:
    """A list alone is of choices."""
    return {"kind": "choices", "options": answers} if isinstance(answers, list) else answers  # pyright: ignore[reportUnknownVariableType]


class HallRequest(Strict):
    """Nothing need be said."""


class QuestionRequest(Strict):
    """A scene by its id, or a question of one's own with its answers: a list is of choices."""

    scene: Annotated[str, StringConstraints(max_length=64)] | None = None
    transfer: bool = False
    question: Words | None = None
    answers: (
        Annotated[
            ChoicesAsked | NumberAsked | TapAsked,
            Field(discriminator="kind"),
            BeforeValidator(_listed),
        ]
        | None
    ) = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        own = self.question is not None and self.answers is not None
        if own == (self.scene is not None) or (self.question is None) != (self.answers is None):
            raise _unanswerable("scene, or question with answers")
        if own and self.transfer:
            raise _unanswerable("transfer beside a scene alone")
        return self


class AnswerRequest(Strict):
    """A device's answer: a choice's index, a number, or ``[x, y]``."""

    device: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    answer: Sent


class ShowRequest(Strict):
    """What came out, as an answer would say it; left out where the question knows it."""

    result: Sent | None = None


class PlaceRequest(Strict):
    """Where the lecturer is: a scene, or its transfer, and the step of its player."""

    scene: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,64}$")] | None = None
    step: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)] = 0.0
    transfer: bool = False


def question(asked: QuestionRequest) -> Question:
    """The question as the hall keeps it.

    Raises:
        InputError: there is no such scene.
    """
    if asked.scene is not None:
        if asked.scene not in SCENES:
            raise InputError(
                ("scene",), unknown_id_message("scene", asked.scene, SCENES), "unknown_id"
            )
        return _of_scene(asked.scene, asked.transfer)
    assert asked.question is not None and asked.answers is not None
    answers = asked.answers.model_dump(exclude_none=True)
    if isinstance(asked.answers, ChoicesAsked):
        answers["options"] = [_words(one) for one in asked.answers.options]
    if isinstance(asked.answers, NumberAsked):
        answers["unit"] = None if asked.answers.unit is None else _words(asked.answers.unit)
    if isinstance(asked.answers, TapAsked):
        tap = asked.answers
        surface = (
            {"formula": tap.formula}
            if tap.formula
            else {"id": tap.surface, "parameters": tap.parameters}
        )
        landscape = {**surface, **({"domain": tap.domain} if tap.domain else {})}
        right = {"right": tap.right} if tap.right else {}
        return Question(_words(asked.question), {"kind": "tap", **right}, landscape=landscape)
    return Question(_words(asked.question), answers)


def _words(words: Words | Text) -> Mapping[str, str]:
    if isinstance(words, str):
        return {"en": words, "ru": words}
    return {"en": words.en, "ru": words.ru}


def _of_scene(name: str, transfer: bool) -> Question:
    scene = SCENES[name]
    whole = content(scene)
    told = whole["transfer"] if transfer else whole
    state = scene.transfer.state if transfer else scene.state
    answers = dict(cast("Mapping[str, Any]", told["answers"]))
    if answers["kind"] == "choices":
        answers["options"] = [_words(one) for one in answers["options"]]
    if (unit := answers.get("unit")) is not None:
        answers["unit"] = _words(unit)
    text = _words(told["question"])
    if answers["kind"] != "tap":
        return Question(text, answers, name)
    landscape: dict[str, Any] = dict(state.requests()[0].body.get("surface", {}))
    if isinstance(state, Descent) and (view := state.shown.get("view")):
        x_min, x_max, y_min, y_max = (float(one) for one in view.split(","))
        landscape["view"] = [[x_min, x_max], [y_min, y_max]]
    return Question(text, {"kind": "tap"}, name, landscape)
