"""Rprop: a step length for each axis, grown while the sign stays."""

from typing import Annotated, Literal, NamedTuple, final

import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import Steps, Term
from server.optimizers.hyperparameters import Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration, parameter

Shrink = Annotated[
    float,
    parameter(Text("Shrink", "Сжатие"), symbol=r"\eta^-", ge=0.01, le=0.99, step=0.01),
]
Grow = Annotated[float, parameter(Text("Growth", "Рост"), symbol=r"\eta^+", ge=1, le=3, step=0.01)]


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    s: Array
    """Step length along each axis."""


class Memory(NamedTuple):
    """PyTorch's state: the step lengths, and the last gradient, 0 where its sign turned."""

    s: Array
    gradient: Array


@final
@declaration
class Rprop(OptaxRule):
    """s ← s·η⁺ while the sign of g stays, s·η⁻ when it turns; x ← x − s·sign(g)."""

    learning_rate: Rate = 0.02
    shrink: Shrink = 0.5
    grow: Grow = 1.2
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.rprop(self.learning_rate, self.shrink, self.grow)

    def init(self, x: Array) -> optax.OptState:
        if self.convention == "optax":
            return super().init(x)
        nothing = jnp.zeros_like(x)
        return Memory(jnp.full_like(x, self.learning_rate), nothing)

    def move(
        self, x: Array, gradient: Array, state: optax.OptState, k: Array
    ) -> tuple[Array, optax.OptState]:
        if not isinstance(state, Memory):
            return super().move(x, gradient, state, k)
        turned = jnp.sign(gradient * state.gradient)
        factor = jnp.where(turned > 0, self.grow, jnp.where(turned < 0, self.shrink, 1.0))
        s = jnp.clip(state.s * factor, 1e-6, 50.0)
        gradient = jnp.where(turned < 0, 0.0, gradient)
        return -s * jnp.sign(gradient), Memory(s, gradient)

    def shown(self, state: optax.OptState) -> State:
        if isinstance(state, Memory):
            return State(state.s)
        return State(kept(state, "step_sizes"))

    id = "rprop"
    title = Text("Rprop", "Rprop")
    summary = Text(
        "Ignores how steep it is: the step along each axis grows while the sign holds and "
        "halves when it turns.",
        "Не смотрит на крутизну: шаг вдоль оси растёт, пока знак тот же, и уменьшается вдвое, "
        "когда он меняется.",
    )
    reference = Reference(
        "Riedmiller and Braun (1993), A direct adaptive method for faster backpropagation "
        "learning: the RPROP algorithm",
        "https://doi.org/10.1109/ICNN.1993.298623",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"s &\leftarrow \begin{cases} \eta^+ s & g\, g' > 0 \\ \eta^- s & g\, g' < 0 \end{cases}",
        r"x &\leftarrow x - s'\,\mathrm{sign}(g')",
    )
    _PYTORCH = (
        r"s &\leftarrow \begin{cases} \eta^+ s & g\, g' > 0 \\ \eta^- s,\; g \leftarrow 0 & g\, "
        r"g' < 0 \end{cases}",
        r"x &\leftarrow x - s\,\mathrm{sign}(g)",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "Optax 0.2.8 applies each step one call late (primes: the call before), and stays "
                "where the sign turns. The rate is the first s only.",
                "Optax 0.2.8 применяет каждый шаг на вызов позже (штрих — вызов раньше) и стоит "
                "там, где знак сменился. Скорость — лишь первое s.",
            ),
            sources.optax("alias.py"),
            parity="optax.rprop",
        ),
        "pytorch": Form(
            _PYTORCH,
            Text(
                "No step where the sign turns; the rate is the first s only.",
                "Где знак сменился, шага нет; скорость — лишь первое s.",
            ),
            sources.pytorch("rprop.py"),
            parity="torch.optim.Rprop",
        ),
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        # Of the gradient only the sign, and whether it turned, are left in the step.
        formula = {"optax": r"-s'\,\mathrm{sign}(g')", "pytorch": r"-s\,\mathrm{sign}(g)"}
        return (Term("scaling", formula[self.convention], np.ones_like(steps.k), steps.moved),)
