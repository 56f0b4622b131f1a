"""The one interface of everything that descends."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, NamedTuple

from jax import Array

from surfaces.declaration import Reference, Text

Convention = Literal["lecture", "textbook", "paper", "pytorch", "keras", "optax"]
LectureConvention = Literal["lecture", "pytorch", "keras", "optax"]
Kind = Literal["lecture", "framework", "reference"]
Scope = Literal["coordinate", "layer", "all"]


@dataclass(frozen=True)
class DefaultRate:
    """How an optimiser's default learning rate follows from a surface.

    ``of="gradient"``: the rate multiplies a gradient, so it follows the surface's
    ``learning_rate`` (an inverse curvature). ``of="stride"``: the step is about as long as
    the rate whatever the gradient, so it follows the surface's ``stride`` (a length).
    ``of="smaller"``: one now and the other later, so it follows the smaller of the two.
    ``of="constant"``: the rate is a pure number.
    """

    of: Literal["gradient", "stride", "smaller", "constant"]
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
            ``None`` for the lecture and for papers, whose steps are worked by hand.
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
    """Three steps worked by hand from the first form's formula on f = (x² + 10y²)/2.

    ``optimizer`` are the hyperparameters used; ``points`` start with the start itself.
    """

    optimizer: Mapping[str, float]
    points: tuple[tuple[float, float], ...]


class Optimizer(ABC):
    """A way to descend.

    A subclass is a ``@declaration``: its number fields are the hyperparameters,
    ``learning_rate`` first where it has one, its ``convention`` chooses the form. Everything
    is written for points and gradients of shape [2] and any float dtype; state is any pytree
    of arrays whose shapes do not depend on numbers.

    Attributes:
        id: the name used by the API.
        kind: one of the lecture's rules, a framework's, or a reference to compare with.
        title, summary: what it is called; what it adds to the others, in one sentence.
        reference: the paper.
        forms: the update as each source writes it; the default convention's first.
        default_rate: how the default learning rate follows from a surface.
        example: three steps worked by hand, in the first form; ``None`` where only a
            comparison with a framework is practical.
        scope: what moves by its own gradient and memory alone: each coordinate, each layer's
            weights (in two dimensions the whole point), or only all parameters together.
        state_type: a NamedTuple of arrays of shape [2], what is shown of the state, named by
            the lecture's letters where it has them; ``NoState`` for one without memory.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    reference: ClassVar[Reference]
    forms: ClassVar[Mapping[Convention, Form]]
    default_rate: ClassVar[DefaultRate]
    example: ClassVar[Example | None] = None
    scope: ClassVar[Scope] = "coordinate"
    state_type: ClassVar[type[Any]]

    learning_rate: float
    convention: Any

    @abstractmethod
    def init(self, x: Array) -> Any:
        """State before the first step, for a start x of shape [2]."""

    def look_at(self, x: Array, state: Any) -> Array:
        """Where the gradient is taken: at x itself unless an optimiser says otherwise."""
        return x

    @abstractmethod
    def move(self, x: Array, gradient: Array, state: Any, k: Array) -> tuple[Array, Any]:
        """One update.

        Args:
            x: the point, shape [2].
            gradient: gradient at ``look_at(x, state)``, shape [2].
            state: state after the previous step.
            k: number of this step, from 1, as a float of the same dtype.

        Returns:
            The displacement to add to x, shape [2], and the new state.
        """

    def shown(self, state: Any) -> Any:
        """The state as a ``state_type``."""
        return state


class Rule(Optimizer):
    """One of the lecture's rules, in our own code: its step does not depend on where x is."""

    kind: ClassVar[Kind] = "lecture"
    convention: LectureConvention = "lecture"

    @abstractmethod
    def step(self, gradient: Array, state: Any, k: Array) -> tuple[Array, Any]:
        """The displacement to add to x and the new state; arguments as in ``move``."""

    def move(self, x: Array, gradient: Array, state: Any, k: Array) -> tuple[Array, Any]:
        return self.step(gradient, state, k)


class NoState(NamedTuple):
    """The state of an optimiser that remembers nothing."""
