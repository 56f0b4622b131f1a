"""The one interface of everything that descends."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple

from jax import Array

from surfaces.declaration import Reference, Text

Convention = Literal["lecture", "pytorch", "keras", "optax"]


@dataclass(frozen=True)
class DefaultRate:
    """How an optimiser's default learning rate follows from a surface.

    ``of="gradient"``: the rate multiplies a gradient, so it follows the surface's
    ``learning_rate`` (an inverse curvature). ``of="stride"``: the step is about as long as
    the rate whatever the gradient, so it follows the surface's ``stride`` (a length).
    """

    of: Literal["gradient", "stride"]
    times: float = 1.0


@dataclass(frozen=True)
class Form:
    """The update rule as one source writes it.

    Attributes:
        lines: LaTeX of the update, one assignment a line, ``&`` before each arrow.
        note: what differs from the other sources, in one sentence.
        source: the file or page the rule was read from, with the version.
        defaults: hyperparameters whose default differs under this convention.
        parity: the class or function of the framework that a test compares every step with;
            ``None`` for the lecture, whose steps are worked by hand.
    """

    lines: tuple[str, ...]
    note: Text
    source: Reference
    defaults: Mapping[str, float] = field(default_factory=dict[str, float])
    parity: str | None = None

    @property
    def formula(self) -> str:
        """The lines as one aligned LaTeX formula."""
        return r"\begin{split} " + r" \\ ".join(self.lines) + r" \end{split}"


@dataclass(frozen=True)
class Example:
    """Three steps worked by hand from the lecture's formula on f = (x² + 10y²)/2.

    ``optimizer`` are the hyperparameters used; ``points`` start with the start itself.
    """

    optimizer: Mapping[str, float]
    points: tuple[tuple[float, float], ...]


class Optimizer(ABC):
    """An update rule.

    A subclass is a ``@declaration``: its number fields are the hyperparameters,
    ``learning_rate`` first, its ``convention`` chooses the form. Everything is written for
    points, gradients and state of shape [2] and any float dtype.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what it adds to the others, in one sentence.
        reference: the paper.
        forms: the update as the lecture and the frameworks write it; the lecture's first.
        default_rate: how the default learning rate follows from a surface.
        example: three steps worked by hand, in the lecture's form.
        state_type: a NamedTuple of arrays of shape [2], named by the lecture's letters; ``()``
            for an optimiser without memory.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    reference: ClassVar[Reference]
    forms: ClassVar[Mapping[Convention, Form]]
    default_rate: ClassVar[DefaultRate]
    example: ClassVar[Example]
    state_type: ClassVar[type[Any]]

    learning_rate: float
    convention: Convention = "lecture"

    @abstractmethod
    def init(self, x: Array) -> Any:
        """State before the first step, for a start x of shape [2]."""

    def look_at(self, x: Array, state: Any) -> Array:
        """Where the gradient is taken: at x itself unless an optimiser says otherwise."""
        return x

    @abstractmethod
    def step(self, gradient: Array, state: Any, k: Array) -> tuple[Array, Any]:
        """One update.

        Args:
            gradient: gradient at ``look_at(x, state)``, shape [2].
            state: state after the previous step.
            k: number of this step, from 1, as a float of the same dtype.

        Returns:
            The displacement to add to x, shape [2], and the new state.
        """


class NoState(NamedTuple):
    """The state of an optimiser that remembers nothing."""
