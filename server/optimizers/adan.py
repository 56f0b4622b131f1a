"""Adan: Nesterov's look-ahead from differences of gradients."""

from typing import Annotated, Literal, NamedTuple, final

import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration, parameter

Beta3 = Annotated[
    float,
    parameter(
        Text("Decay of the squares", "Затухание квадратов"),
        symbol=r"\beta_3",
        ge=0,
        le=0.9999,
        step=0.0001,
    ),
]


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    m: Array
    """First moment of the gradient."""
    v: Array
    """First moment of its change."""
    n: Array
    """Second moment of the gradient looked ahead."""


@final
@declaration
class Adan(OptaxRule):
    """Moments of g, of its change, and of their sum squared."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.98
    beta2: Beta2 = 0.92
    beta3: Beta3 = 0.99
    epsilon: Epsilon = 1e-8
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.adan(self.learning_rate, self.beta1, self.beta2, self.beta3, self.epsilon)

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "m"), kept(state, "v"), kept(state, "n"))

    id = "adan"
    title = Text("Adan", "Adan")
    summary = Text(
        "Adam with a third memory, of how the gradient changes: an estimate of the look-ahead.",
        "Adam с третьей памятью — о том, как меняется градиент: оценка взгляда вперёд.",
    )
    reference = Reference(
        "Xie et al. (2022), Adan: Adaptive Nesterov Momentum Algorithm, algorithm 1",
        "https://arxiv.org/abs/2208.06677",
    )
    default_rate = DefaultRate(of="stride", times=2.0)
    state_type = State
    _UPDATE = (
        r"m &\leftarrow \beta_1 m + (1-\beta_1)\, g",
        r"v &\leftarrow \beta_2 v + (1-\beta_2)(g - g')",
        r"n &\leftarrow \beta_3 n + (1-\beta_3)\left(g + (1-\beta_2)(g - g')\right)^2",
        r"x &\leftarrow x - \alpha\,\frac{\hat m + (1-\beta_2)\hat v}{\sqrt{\hat n + "
        r"\varepsilon_0} + \varepsilon}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "Hats divide by 1 − βᵏ; ε₀ = 1e-8; g′ is the gradient before.",
                "Крышки делят на 1 − βᵏ; ε₀ = 1e-8; g′ — предыдущий градиент.",
            ),
            sources.optax("alias.py"),
            parity="optax.adan",
        ),
    }
