"""What may be asked of a hall: requests, and how a scene becomes a question."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from server.api.choices import Strict
from server.api.scenario_answer import content
from server.errors import InputError, unknown_id_message
from server.halls.hall import Question
from server.limits import COORDINATE
from server.scenarios.catalog import SCENARIOS
from server.scenarios.states import Descent

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


class ChoicesAsked(Strict):
    """Two to eight answers; ``right`` is the index of the right one, if one is."""

    kind: Literal["choices"]
    options: Options
    right: Annotated[int, Field(ge=0, le=7)] | None = None


class NumberAsked(Strict):
    """A number between two bounds."""

    kind: Literal["number"]
    low: Coordinate
    high: Coordinate
    right: Coordinate | None = None
    unit: Words | None = None
    scale: Literal["linear", "log"] = "linear"


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
    def _one_of_both(self) -> "QuestionRequest":
        own = self.question is not None and self.answers is not None
        if own == (self.scene is not None) or (self.question is None) != (self.answers is None):
            raise ValueError("accepted: scene, or question with answers")
        return self


class AnswerRequest(Strict):
    """A device's answer: a choice's index, a number, or ``[x, y]``."""

    device: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
    answer: int | Coordinate | Point


class ShowRequest(Strict):
    """What came out, as an answer would say it; left out where the question knows it."""

    result: int | Coordinate | Point | None = None


class PlaceRequest(Strict):
    """Where the lecturer is: a scene, and the step that its player stands at."""

    scene: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,64}$")] | None = None
    step: Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)] = 0.0


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


def _words(words: Words) -> Mapping[str, str]:
    return {"en": words, "ru": words} if isinstance(words, str) else words.model_dump()


def _of_scene(name: str, transfer: bool) -> Question:
    scene = SCENES[name]
    whole = content(scene)
    told = whole["transfer"] if transfer else whole
    state = scene.transfer.state if transfer else scene.state
    answers = dict(cast("Mapping[str, Any]", told["answers"]))
    if answers["kind"] == "choices":
        answers["options"] = [{"en": one.en, "ru": one.ru} for one in answers["options"]]
    if (unit := answers.get("unit")) is not None:
        answers["unit"] = {"en": unit.en, "ru": unit.ru}
    text = {"en": told["question"].en, "ru": told["question"].ru}
    if answers["kind"] != "tap":
        return Question(text, answers, name)
    landscape: dict[str, Any] = dict(state.requests()[0].body.get("surface", {}))
    if isinstance(state, Descent) and (view := state.shown.get("view")):
        x_min, x_max, y_min, y_max = (float(one) for one in view.split(","))
        landscape["view"] = [[x_min, x_max], [y_min, y_max]]
    return Question(text, {"kind": "tap"}, name, landscape)
