"""L-BFGS: Newton's step guessed from the last ten steps and gradients."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, final

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array, lax

from server.optimizers import sources
from server.optimizers.anatomy import Steps, Term
from server.optimizers.hyperparameters import Rate
from server.optimizers.optax_rule import kept, step_of
from server.optimizers.optimizer import DefaultRate, Form, Objective, ObjectiveMethod
from surfaces.declaration import Reference, Text, declaration

MEMORY = 10


class State(NamedTuple):
    """What is shown of the state, shape [2]."""

    d: Array
    """The last direction."""


class Memory(NamedTuple):
    """PyTorch's state: pairs (s, y), the newest last, and the last step's parts."""

    s: Array
    y: Array
    pairs: Array
    gradient: Array
    d: Array
    t: Array
    scale: Array
    calls: Array


class Searching(NamedTuple):
    """Optax's state, and the last direction for show."""

    optax: optax.OptState
    d: Array


@final
@declaration
class Lbfgs(ObjectiveMethod[Searching | Memory]):
    """x ← x + td, d = −Hg by the two-loop recursion (Nocedal and Wright, algorithm 7.4).

    Optax looks for t by a zoom line search (strong Wolfe conditions); PyTorch, as it is by
    default, takes t = α without a search, and min(1, 1/‖g‖₁)·α at first.
    """

    learning_rate: Rate = 1.0
    convention: Literal["optax", "pytorch"] = "optax"

    def init(self, x: Array) -> Searching | Memory:
        nothing = jnp.zeros_like(x)
        if self.convention == "optax":
            return Searching(self._rule().init(x), nothing)
        pairs = jnp.zeros((MEMORY, 2), x.dtype)
        zero, one = jnp.zeros((), x.dtype), jnp.ones((), x.dtype)
        count = jnp.zeros((), jnp.int32)
        return Memory(pairs, pairs, count, nothing, nothing, zero, one, count)

    def shown(self, state: Searching | Memory) -> State:
        return State(state.d)

    def evaluations(self, memory: Searching | Memory) -> Any:
        # The last place that the search tried is where the next step begins.
        if isinstance(memory, Memory):
            return 1
        return kept(memory.optax, "num_linesearch_steps")

    def step(
        self, objective: Objective, x: Array, state: Searching | Memory
    ) -> tuple[Array, Searching | Memory]:
        gradient = objective.gradient(x)
        if isinstance(state, Memory):
            return self._without_search(gradient, state)
        updates, new = self._rule().update(
            gradient,
            state.optax,
            x,
            value=objective.loss(x),
            grad=gradient,
            value_fn=_differentiable(objective),
        )
        step = step_of(updates)
        return step, Searching(new, step)

    def _rule(self) -> optax.GradientTransformationExtraArgs:
        return optax.lbfgs(self.learning_rate, memory_size=MEMORY)

    def _without_search(self, g: Array, state: Memory) -> tuple[Array, Memory]:
        first = state.calls == 0
        y, s = g - state.gradient, state.d * state.t
        sy = jnp.dot(y, s)
        keep = ~first & (sy > 1e-10)

        def pushed(memory: Array, new: Array) -> Array:
            return jnp.where(keep, jnp.roll(memory, -1, axis=0).at[-1].set(new), memory)

        new = Memory(
            s=pushed(state.s, s),
            y=pushed(state.y, y),
            pairs=jnp.minimum(state.pairs + keep, MEMORY),
            gradient=g,
            d=state.d,
            t=state.t,
            scale=jnp.where(keep, sy / jnp.where(keep, jnp.dot(y, y), 1), state.scale),
            calls=state.calls + 1,
        )
        d = _two_loops(g, new)
        t = self.learning_rate * jnp.where(first, jnp.minimum(1, 1 / jnp.sum(jnp.abs(g))), 1)
        goes = jnp.dot(g, d) <= -1e-9
        moved = jnp.where(goes, t * d, 0)
        new = new._replace(d=d, t=t.astype(g.dtype))
        ended = jnp.max(jnp.abs(g)) <= 1e-7
        kept = [jnp.where(ended, old, fresh) for old, fresh in zip(state, new, strict=True)]
        return jnp.where(ended, 0, moved), Memory(*kept)

    id = "lbfgs"
    kind = "framework"
    title = Text("L-BFGS", "L-BFGS")
    summary = Text(
        "Guesses the curvature from its last steps: nearly Newton, without second derivatives.",
        "Угадывает кривизну по последним шагам: почти Ньютон, но без вторых производных.",
    )
    reference = Reference(
        "Liu and Nocedal (1989), On the limited memory BFGS method for large scale "
        "optimization, Mathematical Programming 45",
        "https://doi.org/10.1007/BF01589116",
    )
    default_rate = DefaultRate(of="constant")
    state_type = State
    _DIRECTION = r"d &= -H_m\, g,\; H_m \text{ from the last 10 pairs } (s, y)"
    forms = {
        "optax": Form(
            (_DIRECTION, r"x &\leftarrow x + t d,\; t \text{ by zoom line search}"),
            Text(
                "Each step asks for several gradients: the line search counts too.",
                "Каждый шаг берёт несколько градиентов: поиск вдоль прямой тоже считается.",
            ),
            sources.optax("alias.py"),
            parity="optax.lbfgs",
        ),
        "pytorch": Form(
            (_DIRECTION, r"x &\leftarrow x + \alpha d,\; t_1 = \alpha\min(1, 1/\|g\|_1)"),
            Text(
                "No line search by default, so it may leave for infinity; stops at ‖g‖∞ ≤ 1e-7.",
                "По умолчанию без поиска вдоль прямой, так что может уйти в бесконечность; "
                "останавливается при ‖g‖∞ ≤ 1e-7.",
            ),
            sources.pytorch("lbfgs.py"),
            parity="torch.optim.LBFGS",
        ),
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        formula = {"optax": "t d", "pytorch": r"\alpha d"}[self.convention]
        return (Term("velocity", formula, np.ones_like(steps.k), steps.moved),)


def _differentiable(objective: Objective) -> Callable[[Array], Array]:
    """The loss with the objective's own gradient.

    Optax differentiates backwards by itself, which JAX cannot do through the loop of an
    interpreted formula.
    """

    @jax.custom_jvp
    def loss(x: Array) -> Array:
        return objective.loss(x)

    def along(primals: tuple[Array], tangents: tuple[Array]) -> tuple[Array, Array]:
        (x,), (direction,) = primals, tangents
        return loss(x), jnp.dot(objective.gradient(x), direction)

    loss.defjvp(along)
    return loss


def _two_loops(g: Array, memory: Memory) -> Array:
    """−Hg, newest pair first and then oldest first; empty places change nothing."""
    full = jnp.arange(MEMORY) >= MEMORY - memory.pairs
    products = jnp.sum(memory.s * memory.y, axis=1)
    rho = jnp.where(full, 1 / jnp.where(full, products, 1), 0)

    def back(i: Array, carry: tuple[Array, Array]) -> tuple[Array, Array]:
        q, alphas = carry
        j = MEMORY - 1 - i
        alpha = rho[j] * jnp.dot(memory.s[j], q)
        return q - alpha * memory.y[j], alphas.at[j].set(alpha)

    def forth(j: Array, r: Array) -> Array:
        beta = rho[j] * jnp.dot(memory.y[j], r)
        return r + memory.s[j] * (alphas[j] - beta)

    q, alphas = lax.fori_loop(0, MEMORY, back, (-g, jnp.zeros(MEMORY, g.dtype)))
    return lax.fori_loop(0, MEMORY, forth, memory.scale * q)
