"""Schedule-free SGD: averaging instead of a decaying rate."""

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
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration, parameter

Interpolation = Annotated[
    float,
    parameter(
        Text("Interpolation", "Интерполяция"), symbol=r"\beta", ge=0.01, le=0.999, step=0.001
    ),
]


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    z: Array
    """The iterate that steps."""
    average: Array
    """x̄, the average of z: the answer."""


class Averaging(NamedTuple):
    """Optax's state, and the average that it recomputes from y and z."""

    optax: optax.OptState
    average: Array


@final
@declaration
class ScheduleFree(OptaxRule):
    """z ← z − αg(y); x̄ ← x̄ + c(z − x̄); y = (1−β)z + βx̄.

    The path shown is y, where gradients are taken.
    """

    learning_rate: Rate = 0.01
    momentum: Interpolation = 0.9
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.contrib.schedule_free_sgd(self.learning_rate, b1=self.momentum)

    def init(self, x: Array) -> Averaging:
        return Averaging(super().init(x), x)

    def move(
        self, x: Array, gradient: Array, state: optax.OptState, k: Array
    ) -> tuple[Array, Averaging]:
        assert isinstance(state, Averaging)
        step, new = super().move(x, gradient, state.optax, k)
        average = (x + step - (1 - self.momentum) * kept(new, "z")) / self.momentum
        return step, Averaging(new, jnp.asarray(average, x.dtype))

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "z"), kept(state, "average"))

    id = "schedule_free"
    title = Text("Schedule-free SGD", "SGD без расписания")
    summary = Text(
        "Averages its iterates instead of decaying the rate; the path is y, where gradients "
        "are taken, x̄ the answer.",
        "Усредняет точки вместо снижения скорости; путь — это y, где берутся градиенты, ответ — x̄.",
    )
    reference = Reference(
        "Defazio et al. (2024), The Road Less Scheduled, NeurIPS",
        "https://arxiv.org/abs/2405.15682",
    )
    default_rate = DefaultRate(of="gradient")
    state_type = State
    letters = {"average": r"\bar x"}
    _UPDATE = (
        r"z &\leftarrow z - \alpha \nabla f(y)",
        r"\bar x &\leftarrow (1 - c)\,\bar x + c z,\; c = \frac{\alpha^2}{\sum \alpha^2}",
        r"y &\leftarrow (1-\beta) z + \beta \bar x",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "α² is that of the largest rate so far.",
                "α² — от наибольшей скорости до сих пор.",
            ),
            sources.optax_contrib("_schedule_free.py"),
            parity="optax.contrib.schedule_free_sgd",
        ),
    }

    def _drawn(self, steps: Steps) -> Floats:
        """How far x̄ goes: from where x and z say that it is, as Optax has it."""
        average = (steps.x - (1 - self.momentum) * steps.before.z) / self.momentum
        return steps.after.average - average

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        share = np.full_like(steps.rate, self.momentum)
        descent = r"-(1-\beta)\,\alpha\, g"
        return (
            Term("gradient", descent, -(1 - share) * steps.rate, steps.gradient),
            Term("velocity", r"\beta\,\Delta\bar x", share, self._drawn(steps)),
        )

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return {r"\Delta\bar x": self._drawn(steps)}
