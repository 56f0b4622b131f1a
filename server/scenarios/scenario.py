"""What a scene of the lecture is: a question, the state that answers it, the claim behind it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from server.scenarios.states import State
from surfaces.declaration import Text

Section = Literal[1, 2, 3, 4, 5, 6]

SECTIONS: Mapping[Section, Text] = {
    1: Text("From a neuron to a loss", "От нейрона к функции потерь"),
    2: Text("What optimisation can hope for", "На что может надеяться оптимизация"),
    3: Text("Backpropagation", "Обратное распространение ошибки"),
    4: Text("The optimisers", "Оптимизаторы"),
    5: Text("The nuances of training", "Тонкости обучения"),
    6: Text("Depth", "Глубина"),
}
"""The lecture's parts, in its order."""

Answer = dict[str, Any]
"""What the API answered to one request, as parsed JSON."""


@dataclass(frozen=True)
class Choices:
    """One of some answers is right.

    Attributes:
        options: two to five of them.
        right: index of the right one.
    """

    options: Sequence[Text]
    right: int
    kind = "choices"


@dataclass(frozen=True)
class Tap:
    """Where a run ends, tapped on the landscape.

    Attributes:
        run: whose end it is: its place among the state's runs.
        start: from which of the starts.
        within: how near is near enough, in the surface's numbers.
    """

    run: int = 0
    start: int = 0
    within: float = 0.25
    kind = "tap"


@dataclass(frozen=True)
class Quantity:
    """A number is guessed.

    Attributes:
        right: the number; a test compares it with what the claim finds.
        low, high: what may be answered.
        within: how near is near enough: as a part of ``right``; on a log scale the guess and
            ``right`` may be a factor of 1 + ``within`` apart.
        unit: what it counts.
        scale: how guesses are spread between the bounds.
    """

    right: float
    low: float
    high: float
    within: float = 0.2
    unit: Text | None = None
    scale: Literal["linear", "log"] = "linear"
    kind = "number"


Answers = Choices | Tap | Quantity


@dataclass(frozen=True)
class Transfer:
    """The same question once more, with something changed."""

    question: Text
    answers: Answers
    state: State


@dataclass(frozen=True)
class Finding:
    """What a claim found: whether it holds, and the number that it rests on."""

    holds: bool
    number: float


@dataclass(frozen=True)
class Claim:
    """What must be true for the scene's words to be true.

    Attributes:
        text: the claim in a sentence.
        check: of the answers to the state's requests, in their order, and of those to each of the
            other states' by its name. Pure: ``check(answers, **others) -> Finding``.
        others: states that the opening is compared with; a transfer's among them.
    """

    text: Text
    check: Callable[..., Finding]
    others: Mapping[str, State] = field(default_factory=dict[str, State])


@dataclass(frozen=True)
class Scenario:
    """One idea on one screen.

    Attributes:
        id: its address is ``/scene/<id>``.
        section: of the lecture.
        title: a few words, as on a slide.
        question: what the hall is asked before anything moves.
        answers: what may be answered.
        state: what is opened.
        controls: one to three, by their names in the page's address: ``surface.condition_number``,
            ``run.learning_rate`` (of all runs), ``run.1.momentum`` (of the second), ``start``,
            ``steps``, ``seed``; ``depth``, ``b.activation``; ``z``.
        watch: what to look at while it plays.
        why: revealed after it.
        transfer: the same with something changed.
        claim: computed by the tests, on the state and with every number moved by 1 %.
        notes: for the speaker alone.
    """

    id: str
    section: Section
    title: Text
    question: Text
    answers: Answers
    state: State
    controls: Sequence[str]
    watch: Text
    why: Text
    transfer: Transfer
    claim: Claim
    notes: Text
