"""Lion: only the sign of an interpolated momentum."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NamedTuple, final

import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.hyperparameters import Beta1, Beta2, Rate, WeightDecay
from server.optimizers.optax_rule import OptaxRule
from server.optimizers.optimizer import Convention, DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration

UPDATE = (
    r"x &\leftarrow x - \alpha\left(\mathrm{sign}(\beta_1 v + (1-\beta_1)\, g) + \lambda x\right)",
    r"v &\leftarrow \beta_2 v + (1-\beta_2)\, g",
)


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """Momentum: the running mean of the gradient."""


@final
@declaration
class Lion(OptaxRule):
    """x ← x − α(sign(β₁v + (1−β₁)g) + λx); v ← β₂v + (1−β₂)g."""

    id: ClassVar[str] = "lion"
    title: ClassVar[Text] = Text("Lion", "Lion")
    summary: ClassVar[Text] = Text(
        "Steps of one length along each axis, by the sign of a momentum; found by program search.",
        "Шаги одной длины вдоль каждой оси по знаку импульса; найден перебором программ.",
    )
    reference: ClassVar[Reference] = Reference(
        "Chen et al. (2023), Symbolic Discovery of Optimization Algorithms, NeurIPS",
        "https://arxiv.org/abs/2302.06675",
    )
    default_rate: ClassVar[DefaultRate] = DefaultRate(of="stride", times=0.5)
    forms: ClassVar[Mapping[Convention, Form]] = {
        "optax": Form(
            UPDATE,
            Text(
                "λ = 0.001 by default in Optax.",
                "В Optax по умолчанию λ = 0,001.",
            ),
            sources.optax("alias.py"),
            parity="optax.lion",
        ),
    }
    state_type: ClassVar[type[Any]] = State

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.99
    weight_decay: WeightDecay = 1e-3
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.lion(
            self.learning_rate, self.beta1, self.beta2, weight_decay=self.weight_decay
        )

    def shown(self, state: Any) -> State:
        return State(state[0].mu)
