"""What ``/scenarios`` answers: a scene's words, its state as an address, and what that asks."""

from collections.abc import Sequence
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from server.scenarios.scenario import SECTIONS, Answers, Choices, Quantity, Scenario, Tap
from server.scenarios.states import Descent, State
from surfaces.declaration import Text


class ChoicesContent(TypedDict):
    """Some answers; ``right`` is the index of the right one."""

    kind: Literal["choices"]
    options: Sequence[Text]
    right: int


class TapContent(TypedDict):
    """Where a run ends: its place among the state's runs, the start's, and how near counts."""

    kind: Literal["tap"]
    run: int
    start: int
    within: float


class QuantityContent(TypedDict):
    """A number between two bounds; within which part of the right one a guess is near."""

    kind: Literal["number"]
    right: float
    low: float
    high: float
    within: float
    unit: Text | None
    scale: Literal["linear", "log"]


AnswersContent = ChoicesContent | TapContent | QuantityContent


class RequestContent(TypedDict):
    """What the page asks of the API, for who wants the numbers alone."""

    path: str
    body: dict[str, object]


class SectionContent(TypedDict):
    """A part of the lecture."""

    number: int
    title: Text


class TransferContent(TypedDict):
    """The same question with something changed."""

    question: Text
    answers: AnswersContent
    address: str


class ListedScenario(TypedDict):
    """A scene as the catalogue lists it: ``page`` is that which shows it.

    ``why`` stands beside the state on the page of networks, where scenes can be chosen.
    """

    id: str
    section: SectionContent
    title: Text
    question: Text
    page: Literal["descent", "signal", "functions", "maps"]
    address: str
    why: Text


class ScenarioContent(ListedScenario):
    """A scene of the lecture.

    ``address`` opens its state in the laboratory, below the product's own address; ``controls`` are
    named as there. ``claim`` is what its words rest on, ``requests`` what that is computed from.
    """

    answers: AnswersContent
    controls: Sequence[str]
    watch: Text
    transfer: TransferContent
    claim: Text
    notes: Text
    requests: Sequence[RequestContent]
    surface: NotRequired[str]


def _answers(answers: Answers) -> AnswersContent:
    match answers:
        case Choices(options, right):
            return {"kind": "choices", "options": options, "right": right}
        case Tap(run, start, within):
            return {"kind": "tap", "run": run, "start": start, "within": within}
        case Quantity():
            return {
                "kind": "number",
                "right": answers.right,
                "low": answers.low,
                "high": answers.high,
                "within": answers.within,
                "unit": answers.unit,
                "scale": answers.scale,
            }


def _requests(state: State) -> list[RequestContent]:
    return [{"path": one.path, "body": one.body} for one in state.requests()]


def listed(scenario: Scenario) -> ListedScenario:
    """The scene as the catalogue lists it."""
    return {
        "id": scenario.id,
        "section": {"number": scenario.section, "title": SECTIONS[scenario.section]},
        "title": scenario.title,
        "question": scenario.question,
        "page": scenario.state.page,
        "address": scenario.state.address(),
        "why": scenario.why,
    }


def content(scenario: Scenario) -> ScenarioContent:
    """The whole scene."""
    whole: ScenarioContent = {
        **listed(scenario),
        "answers": _answers(scenario.answers),
        "controls": scenario.controls,
        "watch": scenario.watch,
        "transfer": {
            "question": scenario.transfer.question,
            "answers": _answers(scenario.transfer.answers),
            "address": scenario.transfer.state.address(),
        },
        "claim": scenario.claim.text,
        "notes": scenario.notes,
        "requests": _requests(scenario.state),
    }
    if isinstance(scenario.state, Descent):
        whole["surface"] = scenario.state.surface
    return whole
