"""Steepest descent with exact line search: as far down each gradient as it goes down."""

from typing import Literal, NamedTuple, final

import jax.numpy as jnp
from jax import Array, lax
from jaxtyping import Float

from server.optimizers.anatomy import Steps, Term
from server.optimizers.hyperparameters import Rate
from server.optimizers.optimizer import (
    DefaultRate,
    Example,
    Form,
    Objective,
    ObjectiveMethod,
)
from server.optimizers.sources import NOCEDAL_WRIGHT
from surfaces.declaration import Text, declaration

DOUBLINGS = 60
HALVINGS = 60


BESIDES = 3 + HALVINGS
"""Gradients that a step asks for besides doublings: one here, two for the Hessian, and halvings."""


class State(NamedTuple):
    """What is shown of the state."""

    t: Float[Array, "2"]
    """The length found, in units of the gradient, once for x and once for y."""


class Memory(NamedTuple):
    """What is remembered between steps."""

    t: Float[Array, "2"]
    """As it is shown."""
    asked: Float[Array, ""]
    """Gradients that the step asked for."""


@final
@declaration
class ExactLineSearch(ObjectiveMethod):
    """x ← x − αt*g, t* the first stationary point of f along −g.

    α = 1 is Cauchy's method; less is its relaxation (Raydan and Svaiter 2002).
    """

    learning_rate: Rate = 1.0
    convention: Literal["textbook"] = "textbook"

    def init(self, x: Array) -> Memory:
        return Memory(t=jnp.zeros_like(x), asked=jnp.zeros((), x.dtype))

    def shown(self, state: Memory) -> State:
        return State(state.t)

    def evaluations(self, memory: Memory) -> Array:
        return memory.asked

    def step(self, objective: Objective, x: Array, state: Memory) -> tuple[Array, Memory]:
        gradient = objective.gradient(x)

        loss = objective.loss(x)

        def still_down(t: Array) -> Array:
            there = x - t * gradient
            falls = jnp.dot(gradient, objective.gradient(there)) > 0
            return falls & (objective.loss(there) <= loss)

        # Whether it goes on is carried, not asked of t: mapped over many places a loop asks twice,
        # to go on and for which of them, and two roundings of one place could go on for ever.
        def descends(carry: tuple[Array, Array, Array]) -> Array:
            return carry[2]

        def double(carry: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
            doublings, t = carry[0] + 1, 2 * carry[1]
            return doublings, t, (doublings < DOUBLINGS) & still_down(t)

        curvature = jnp.dot(gradient, objective.hessian(x) @ gradient)
        square = jnp.dot(gradient, gradient)
        first = jnp.where(curvature > 0, square / jnp.where(curvature > 0, curvature, 1), 1.0)
        # A little short of the quadratic's answer, so that rounding cannot hide its root.
        short = 0.75 * first.astype(x.dtype)
        doublings, high, _ = lax.while_loop(
            descends, double, (jnp.int32(0), short, still_down(short))
        )

        def halve(_: Array, bracket: tuple[Array, Array]) -> tuple[Array, Array]:
            low, high = bracket
            middle = (low + high) / 2
            before = still_down(middle)
            return jnp.where(before, middle, low), jnp.where(before, high, middle)

        low, high = lax.fori_loop(0, HALVINGS, halve, (jnp.zeros_like(high), high))
        t = (low + high) / 2
        # One try that no longer went down ends the doublings, unless there were all of them.
        asked = BESIDES + jnp.minimum(doublings + 1, DOUBLINGS).astype(x.dtype)
        return -self.learning_rate * t * gradient, Memory(jnp.stack([t, t]), asked)

    id = "exact_line_search"
    kind = "reference"
    title = Text("Exact line search", "Наискорейший спуск")
    summary = Text(
        "Goes down each gradient until the slope along it ends: every turn is a right angle.",
        "Идёт по антиградиенту, пока вдоль него есть уклон: каждый поворот — прямой угол.",
    )
    reference = NOCEDAL_WRIGHT
    default_rate = DefaultRate(of="constant")
    state_type = State
    letters = {"t": "t^*"}
    example = Example(
        {"learning_rate": 1.0},
        (
            (2.0, 1.0),
            (1.792828685259, -0.035856573705179),
            (0.46101309049516, 0.23050654524758),
            (0.41325874645981, -0.0082651749291961),
        ),
    )
    forms = {
        "textbook": Form(
            (
                r"t^* &= \arg\min_{t>0} f(x - t g)",
                r"x &\leftarrow x - \alpha\, t^* g",
            ),
            Text(
                "t* is the first point along the ray where the slope ends, to machine precision.",
                "t* — первая точка луча, где уклон кончается, с машинной точностью.",
            ),
            NOCEDAL_WRIGHT,
        )
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        found = -steps.rate * steps.after.t
        return (Term("gradient", r"-\alpha\, t^* g", found, steps.gradient),)
