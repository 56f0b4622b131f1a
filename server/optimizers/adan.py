"""Adan: Nesterov's look-ahead from differences of gradients."""

from typing import Annotated, Literal, NamedTuple, final

import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, corrected
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
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


ROOT_EPSILON = 1e-8
"""Optax's eps_root: ε₀ under the root."""


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

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        n = corrected(steps.after.n, self.beta3, steps.k)
        formula = r"\frac{\alpha}{\sqrt{\hat n + \varepsilon_0} + \varepsilon}"
        return EffectiveRate(formula, steps.rate / (np.sqrt(n + ROOT_EPSILON) + self.epsilon))

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, bias = self.effective_rate(steps).values, 1 - self.beta1**steps.k
        ahead = (1 - self.beta2) / (1 - self.beta2**steps.k)
        old = r"-\tilde\alpha\,\frac{\beta_1 m}{1-\beta_1^k}"
        new = r"-\tilde\alpha\,\frac{(1-\beta_1)\, g}{1-\beta_1^k}"
        change = r"-\tilde\alpha\,\frac{(1-\beta_2)\, v}{1-\beta_2^k}"
        return (
            Term("gradient", new, -rate * (1 - self.beta1) / bias, steps.gradient),
            Term("velocity", old, -rate * self.beta1 / bias, steps.before.m),
            Term("lookahead", change, -rate * ahead, steps.after.v, new=True),
        )

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return {
            r"\hat m": corrected(steps.after.m, self.beta1, steps.k),
            r"\hat v": corrected(steps.after.v, self.beta2, steps.k),
            r"\hat n": corrected(steps.after.n, self.beta3, steps.k),
            r"\varepsilon_0": np.full_like(steps.k, ROOT_EPSILON),
        }
