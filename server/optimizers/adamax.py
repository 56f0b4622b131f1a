"""AdaMax: Adam with the largest gradient instead of the mean square."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NamedTuple, final

import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule
from server.optimizers.optimizer import Convention, DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration

UPDATE = (
    r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
    r"u &\leftarrow \max(\beta_2 u, |g| + \varepsilon)",
    r"x &\leftarrow x - \frac{\alpha}{1-\beta_1^k}\,\frac{v}{u}",
)


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    u: Array
    """The largest recent gradient, fading by β₂."""


@final
@declaration
class AdaMax(OptaxRule):
    """Adam in the infinity norm: x ← x − α/(1−β₁ᵏ) · v/u, u ← max(β₂u, |g| + ε)."""

    id: ClassVar[str] = "adamax"
    title: ClassVar[Text] = Text("AdaMax", "AdaMax")
    summary: ClassVar[Text] = Text(
        "Adam that divides by the largest recent gradient instead of the root mean square.",
        "Adam, который делит на наибольший недавний градиент вместо среднеквадратичного.",
    )
    reference: ClassVar[Reference] = Reference(
        "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR, algorithm 2",
        "https://arxiv.org/abs/1412.6980",
    )
    default_rate: ClassVar[DefaultRate] = DefaultRate(of="stride")
    forms: ClassVar[Mapping[Convention, Form]] = {
        "optax": Form(
            UPDATE,
            Text(
                "ε inside the maximum.",
                "ε внутри максимума.",
            ),
            sources.optax("alias.py"),
            parity="optax.adamax",
        ),
        "pytorch": Form(
            UPDATE,
            Text(
                "The same.",
                "То же.",
            ),
            sources.pytorch("adamax.py"),
            parity="torch.optim.Adamax",
            computes_as="optax",
        ),
    }
    state_type: ClassVar[type[Any]] = State

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.adamax(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def shown(self, state: Any) -> State:
        return State(state[0].mu, state[0].nu)
