"""Lion: only the sign of an interpolated momentum."""

from typing import Literal, NamedTuple, final

import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import Steps, Term, of_decay
from server.optimizers.hyperparameters import Beta1, Beta2, Rate, WeightDecay
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """Momentum: the running mean of the gradient."""


@final
@declaration
class Lion(OptaxRule):
    """x ← x − α(sign(β₁v + (1−β₁)g) + λx); v ← β₂v + (1−β₂)g."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.99
    weight_decay: WeightDecay = 1e-3
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.lion(
            self.learning_rate, self.beta1, self.beta2, weight_decay=self.weight_decay
        )

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"))

    id = "lion"
    title = Text("Lion", "Lion")
    summary = Text(
        "Steps of one length along each axis, by the sign of a momentum; found by program search.",
        "Шаги одной длины вдоль каждой оси по знаку импульса; найден поиском среди программ.",
    )
    reference = Reference(
        "Chen et al. (2023), Symbolic Discovery of Optimization Algorithms, NeurIPS",
        "https://arxiv.org/abs/2302.06675",
    )
    default_rate = DefaultRate(of="stride", times=0.5)
    state_type = State
    _UPDATE = (
        r"x &\leftarrow x - \alpha\left(\mathrm{sign}(\beta_1 v + (1-\beta_1)\, g)"
        r" + \lambda x\right)",
        r"v &\leftarrow \beta_2 v + (1-\beta_2)\, g",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "λ = 0.001 by default in Optax.",
                "В Optax по умолчанию λ = 0,001.",
            ),
            sources.optax("alias.py"),
            parity="optax.lion",
        ),
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        mixed = self.beta1 * steps.before.v + (1 - self.beta1) * steps.gradient
        sign = r"-\alpha\,\mathrm{sign}(\beta_1 v + (1-\beta_1)\, g)"
        return (
            Term("velocity", sign, -steps.rate, np.sign(mixed)),
            of_decay(steps, self.weight_decay),
        )
