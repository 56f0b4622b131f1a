"""The common declaration of everything that descends, and the three kinds of method.

- ``GradientRule``: a rule of one gradient a step, exact or an estimate, as training uses it;
- ``ObjectiveMethod``: steps that ask for more of the objective: its loss, gradient or Hessian,
  here or at other points;
- ``WholePath``: no steps at all: a velocity, whose path is solved as a whole.

Each kind has its executor in the engine. What else a caller has to know of a method it declares
itself (``takes_estimates``, ``tunable``, ``hessian_shift``), so that nobody asks for its class.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, NamedTuple, Protocol

from jax import Array
from jaxtyping import Float
from typing_extensions import TypeVar

from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term
from server.results import Floats
from surfaces.declaration import Reference, Text

Convention = Literal["lecture", "textbook", "paper", "pytorch", "keras", "optax"]
LectureConvention = Literal["lecture", "pytorch", "keras", "optax"]
Kind = Literal["lecture", "framework", "reference"]
Scope = Literal["coordinate", "layer", "all"]
Memory = TypeVar("Memory", default=Any)
"""What a method keeps from step to step: a pytree of its own."""


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


def aligned(lines: tuple[str, ...]) -> str:
    """Lines as one aligned LaTeX formula."""
    return r"\begin{split} " + r" \\ ".join(lines) + r" \end{split}"


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
        looks_ahead: whether the gradient is taken elsewhere than at x.
        computes_as: an earlier convention of the same optimiser whose rule is the very same
            program; the two share one, and a test compares their programs.
        switched: the lines where a switch of this name is on.
    """

    lines: tuple[str, ...]
    note: Text
    source: Reference
    defaults: Mapping[str, float] = field(default_factory=dict[str, float])
    parity: str | None = None
    looks_ahead: bool = False
    computes_as: Convention | None = None
    switched: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def lines_of(self, numbers: object) -> tuple[str, ...]:
        """The lines as these numbers have it: those of the switch that is on, if one is."""
        on = (lines for name, lines in self.switched.items() if getattr(numbers, name))
        return next(on, self.lines)

    @property
    def formula(self) -> str:
        """The lines as one aligned LaTeX formula."""
        return aligned(self.lines)


Forms = Mapping[Convention, Form]
"""The update as each source writes it; the default convention's first."""


@dataclass(frozen=True)
class Example:
    """Three steps worked by hand from the first form's formula on f = (x² + 10y²)/2.

    ``optimizer`` are the hyperparameters used; ``points`` start with the start itself.
    """

    optimizer: Mapping[str, float]
    points: tuple[tuple[float, float], ...]


class Optimizer(ABC):
    """A way to descend: what every kind declares.

    A subclass is a ``@declaration``: its number fields are the hyperparameters,
    ``learning_rate`` first where it has one, its ``convention`` chooses the form. Everything
    is written for points and gradients of any float dtype, of shape [2] in the plane and of a
    layer's shape in a network; state is any pytree of arrays whose shapes do not depend on
    numbers.

    Attributes:
        id: the name used by the API.
        kind: whose it is: the lecture's, a framework's, or a textbook's reference.
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
        letters: LaTeX of those parts of the state that formulas do not call by their name.
        takes_estimates: whether its gradient may be an estimate: of a batch, with noise,
            clipped. What does not is a reference only, and trains no network.
        tunable: whether another learning rate is another path.
        stable_below_curvature: whether its limit of stability on a quadratic is a learning rate
            of 2/λ_max; others have other limits.
        finds_its_rate: whether its steps may grow long after it seems to have settled, as it
            estimates its own learning rate.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    reference: ClassVar[Reference]
    forms: ClassVar[Forms]
    default_rate: ClassVar[DefaultRate]
    example: ClassVar[Example | None] = None
    scope: ClassVar[Scope] = "coordinate"
    state_type: ClassVar[type[Any]]
    letters: ClassVar[Mapping[str, str]] = {}
    takes_estimates: ClassVar[bool]
    tunable: ClassVar[bool] = True
    stable_below_curvature: ClassVar[bool] = False
    finds_its_rate: ClassVar[bool] = False

    learning_rate: float
    convention: Any

    def recurrence(self, step: float) -> tuple[float, float] | None:
        """(a, b) of e ← a e − b e₋₁, by which an error along one axis of a quadratic evolves.

        Args:
            step: αλ, the rate times the curvature along that axis.

        Returns:
            ``None`` for a rule that is no such recurrence. Elsewhere the roots of r² − ar + b
            say by what the error shrinks a step, and 2/αλ at 1 + a + b = 0 where it stops to.
        """
        return None

    @property
    def hessian_shift(self) -> float | None:
        """λ of the matrix H + λI that a step divides by; ``None`` where it divides by none."""
        return None

    def evaluations(self, memory: Any) -> Any:
        """How many gradients a step asks for: what a budget that all methods share is counted in.

        The loss and the gradient at one place are one, a Hessian is one a coordinate, and a place
        that the step before has asked for already is not counted again.

        Args:
            memory: what the method keeps after the step.

        Returns:
            A number, or a part of ``memory`` that holds it.
        """
        return 1

    def effective_rate(self, steps: Memories) -> EffectiveRate | None:
        """What each coordinate is multiplied by; ``None`` where that is the same for both."""
        return None

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        """What each step is made of, in the order of its formula; nothing where there are none."""
        return ()

    def derived(self, steps: Steps) -> Mapping[str, Floats]:
        """Values of other letters of the formula by their LaTeX, of shape [n, 1] or [n, 2]."""
        return {}


class GradientRule(Optimizer, Generic[Memory]):
    """A rule of one gradient a step."""

    takes_estimates: ClassVar[bool] = True

    @abstractmethod
    def init(self, x: Float[Array, "*point"]) -> Memory:
        """State before the first step."""

    def look_at(self, x: Float[Array, "*point"], state: Memory) -> Float[Array, "*point"]:
        """Where the gradient is taken: at x itself unless a rule says otherwise."""
        return x

    @abstractmethod
    def move(
        self,
        x: Float[Array, "*point"],
        gradient: Float[Array, "*point"],
        state: Memory,
        k: Float[Array, ""],
    ) -> tuple[Float[Array, "*point"], Memory]:
        """One update.

        Args:
            x: the point.
            gradient: at ``look_at(x, state)``.
            state: after the previous step.
            k: number of this step, from 1, as a float of the same dtype.

        Returns:
            The displacement to add to x, and the new state.
        """

    def shown(self, state: Memory) -> Any:
        """The state as a ``state_type``."""
        return state


class Rule(GradientRule[Memory]):
    """One of the lecture's rules, in our own code: its step does not depend on where x is."""

    kind: ClassVar[Kind] = "lecture"
    convention: LectureConvention = "lecture"

    @abstractmethod
    def step(
        self, gradient: Float[Array, "*point"], state: Memory, k: Float[Array, ""]
    ) -> tuple[Float[Array, "*point"], Memory]:
        """The displacement to add to x and the new state; arguments as in ``move``."""

    def move(
        self,
        x: Float[Array, "*point"],
        gradient: Float[Array, "*point"],
        state: Memory,
        k: Float[Array, ""],
    ) -> tuple[Float[Array, "*point"], Memory]:
        return self.step(gradient, state, k)


class Objective(Protocol):
    """What is minimised, penalties included."""

    def loss(self, point: Float[Array, "2"]) -> Float[Array, ""]:
        """Its value at a point."""
        ...

    def gradient(self, point: Float[Array, "2"]) -> Float[Array, "2"]:
        """Its gradient at a point."""
        ...

    def hessian(self, point: Float[Array, "2"]) -> Float[Array, "2 2"]:
        """Its Hessian at a point."""
        ...


class ObjectiveMethod(Optimizer, Generic[Memory]):
    """A method that asks the exact objective for more than one gradient a step."""

    takes_estimates: ClassVar[bool] = False

    @abstractmethod
    def init(self, x: Float[Array, "2"]) -> Memory:
        """State before the first step."""

    @abstractmethod
    def step(
        self, objective: Objective, x: Float[Array, "2"], state: Memory
    ) -> tuple[Float[Array, "2"], Memory]:
        """The displacement to add to x, and the new state."""

    def shown(self, state: Memory) -> Any:
        """The state as a ``state_type``."""
        return state


class WholePath(Optimizer):
    """A curve x(t), seen after the sum of the learning rates so far: there are no steps."""

    kind: ClassVar[Kind] = "reference"
    takes_estimates: ClassVar[bool] = False
    # Another rate looks at the same curve at other times.
    tunable: ClassVar[bool] = False

    @abstractmethod
    def velocity(self, objective: Objective, x: Float[Array, "2"]) -> Float[Array, "2"]:
        """dx/dt at a point."""


class NoState(NamedTuple):
    """The state of an optimiser that remembers nothing."""
