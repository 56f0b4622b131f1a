"""The one interface of everything that can be descended."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal, NamedTuple, Protocol

import jax
import jax.numpy as jnp
from jax import Array

from surfaces.claims.claim import Claim
from surfaces.declaration import Reference, Text
from surfaces.units import Places, Units

Tag = Literal[
    "convex", "ravine", "saddle", "plateau", "cliff", "multimodal", "noisy", "data", "deep"
]
Family = Literal["plain", "points", "loops"]
Known = Literal["all", "global", "none"]
LOWERED = str.maketrans({"₁": "_1", "₂": "_2"})
Interval = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Minimum:
    """A known minimum: where it is and the loss there."""

    x: float
    y: float
    loss: float


class Scales(NamedTuple):
    """What default rates of optimisers follow; see ``Surface``."""

    learning_rate: float
    stride: float
    rates: Mapping[str, float] = {}


@dataclass(frozen=True)
class Example:
    """One value worked out by hand from the source's formula, at the default parameters.

    It is documentation, and the oracle of a test.
    """

    at: Point
    loss: float
    gradient: Point


ROUNDINGS = 16
"""How far from its true value an eigenvalue may be, in units of ε|λ_max|.

A symmetric matrix whose entries are off by δ has eigenvalues off by at most its norm (Weyl), here
2δ; an entry worked out in a dozen roundings of ε/2 each is off by 6ε of the largest, and the closed
form adds three roundings of its own.
"""


class Surface(ABC):
    """A loss of two parameters, differentiable by JAX.

    A subclass is a ``@declaration``: its fields are the surface's own parameters (floats with
    bounds), its class variables describe it.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what to watch on it.
        claim: the summary as a function of the paths of the six optimisers of the lecture, from
            ``start`` at the rates declared here; tests compute it, also with all moved by 1 %.
        formula: LaTeX of the right-hand side of f, with the parameters' symbols.
        names: what the two numbers that are descended are called, x and y or w and b: in the
            formula, on the axes and wherever a point is written.
        reference: where the formula and its minima come from.
        domain: ``((x_min, x_max), (y_min, y_max))``, what is worth seeing.
        start: a telling start inside the domain, where optimisers differ.
        tags: what it is an example of.
        learning_rate: a rate with which plain gradient descent visibly descends from
            ``start`` within 500 steps; default rates of gradient-scaled methods follow it.
        stride: a length, in the units of x and y, that an adaptive method may go in one
            step; their default rates follow it.
        rates: default rates of single optimisers by id, where these two do not fit. What
            depends on the parameters is declared by ``scales`` instead.
        rates_tuned: whether the rates are the lecture's optimisers' best for ``start``, 500 steps
            and the default parameters, all found alike.
        minima_known: which minima ``minima`` lists: every isolated one in the domain, only the
            lowest, or none.
        example: a value and a gradient worked by hand.
        family: which surfaces it shares its programs with: a loop among plain formulas would
            cost each of them its speed. ``None`` for one that has programs of its own, because
            it holds arrays of its own; nothing of it is computed before it is asked for.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    claim: ClassVar[Claim]
    formula: ClassVar[str]
    names: ClassVar[tuple[str, str]] = ("x", "y")
    reference: ClassVar[Reference]
    domain: ClassVar[tuple[Interval, Interval]]
    start: ClassVar[Point]
    tags: ClassVar[tuple[Tag, ...]]
    learning_rate: ClassVar[float]
    stride: ClassVar[float]
    rates: ClassVar[Mapping[str, float]] = {}
    rates_tuned: ClassVar[bool] = False
    minima_known: ClassVar[Known] = "all"
    example: ClassVar[Example]
    family: ClassVar[Family | None] = "plain"

    def __getstate__(self) -> dict[str, object]:
        """Its fields, for a worker; what it keeps for programs cannot be shipped."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    @abstractmethod
    def loss(self, x: Array, y: Array) -> Array:
        """f(x, y) of two scalars, a scalar of the same dtype."""

    def gradient(self, point: Array) -> Array:
        """∇f at a point of shape [2], shape [2], by reverse-mode differentiation of ``loss``."""
        return jax.grad(loss_at, argnums=1)(self, point)

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        """F and ∇f at a point of shape [2]: a scalar and shape [2], what they share done once."""
        return jax.value_and_grad(loss_at, argnums=1)(self, point)

    def hessian(self, point: Array) -> Array:
        """The Hessian at a point of shape [2], shape [2, 2]: the gradient differentiated forwards.

        Where there is none, as at a corner, something in it is not finite.
        """
        return jax.jacfwd(self.gradient)(point)

    def losses_and_gradients(self, points: Array) -> tuple[Array, Array]:
        """Loss [n] and gradient [n, 2] at points [n, 2]."""
        return jax.vmap(partial(loss_at, self))(points), jax.vmap(self.gradient)(points)

    def scales(self) -> Scales:
        """What default rates follow, for these parameters (plain floats)."""
        return Scales(self.learning_rate, self.stride, self.rates)

    def ready(self) -> "Surface":
        """The surface with all that has to be computed before JAX sees it."""
        return self

    def for_example(self) -> "Surface":
        """The surface for which ``example`` was worked: this one, at its defaults."""
        return self

    def latex(self) -> str:
        """``formula`` as these choices make it."""
        return self.formula

    def definitions(self) -> tuple[str, ...]:
        """LaTeX of what letters in ``latex`` stand for, an equation each."""
        return ()

    def units(self, points: Places) -> Units | None:
        """The units of the network behind it at points [n, 2], if there are; of what is ready."""
        return None

    def minima(self) -> tuple[Minimum, ...]:
        """Minima for these parameters (plain floats), as many as ``minima_known`` says."""
        return ()


def equation(surface: Surface) -> str:
    """LaTeX of the whole: f(x, y) = … with the surface's own names, definitions under it."""
    first, second = (name.translate(LOWERED) for name in surface.names)
    lines = [f"f({first}, {second}) = {surface.latex()}", *surface.definitions()]
    if len(lines) == 1:
        return lines[0]
    rows = r" \\ ".join(lines)
    return rf"\begin{{array}}{{c}} {rows} \end{{array}}"


def one_line(surface: Surface) -> str:
    """LaTeX of the right-hand side and of what its letters stand for, with commas."""
    return r",\; ".join([surface.latex(), *surface.definitions()])


class Descended(Protocol):
    """All that the engine asks of a surface."""

    def loss(self, x: Array, y: Array) -> Array: ...

    def gradient(self, point: Array) -> Array: ...

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]: ...

    def hessian(self, point: Array) -> Array: ...

    def losses_and_gradients(self, points: Array) -> tuple[Array, Array]: ...


def lowest(minima: Sequence[Minimum]) -> tuple[Minimum, ...]:
    """The global ones among known minima: equal to the least loss, up to rounding."""
    if not minima:
        return ()
    least = min(minimum.loss for minimum in minima)
    slack = 1e-9 * max(1.0, abs(least))
    return tuple(minimum for minimum in minima if minimum.loss <= least + slack)


def loss_at(surface: Descended, point: Array) -> Array:
    """Loss at one point of shape [2]."""
    return surface.loss(point[0], point[1])


def gradient_at(surface: Descended, point: Array) -> Array:
    """Gradient at one point of shape [2], shape [2]."""
    return surface.gradient(point)


def hessian_at(surface: Descended, point: Array) -> Array:
    """Hessian at one point of shape [2], shape [2, 2]."""
    return surface.hessian(point)


def steepest_curvature(hessian: Array) -> Array:
    """The angle from x, in (-π/2, π/2], along which a symmetric 2x2 matrix curves up the most.

    ½ atan2(2b, a − d) for [[a, b], [b, d]]; 0 where it is the same all around.
    """
    return jnp.atan2(2 * hessian[0, 1], hessian[0, 0] - hessian[1, 1]) / 2


def symmetric_eigenvalues(hessian: Array) -> Array:
    """Eigenvalues of a symmetric 2x2 matrix in closed form, ascending, shape [2].

    mean ± hypot((a − d)/2, b) for [[a, b], [b, d]]. One that is within ``ROUNDINGS`` of the other
    cannot be told from 0, and is 0.
    """
    mean = (hessian[0, 0] + hessian[1, 1]) / 2
    radius = jnp.hypot((hessian[0, 0] - hessian[1, 1]) / 2, hessian[0, 1])
    values = jnp.stack([mean - radius, mean + radius])
    values = jnp.where(jnp.isnan(hessian).any(), jnp.nan, values)
    least = ROUNDINGS * jnp.finfo(values.dtype).eps * jnp.max(jnp.abs(values))
    return jnp.where(jnp.abs(values) <= least, 0, values)
