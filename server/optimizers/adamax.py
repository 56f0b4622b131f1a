"""AdaMax: Adam with the largest gradient instead of the mean square."""

from typing import Literal, NamedTuple, final

import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, of_moment
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration


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

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.adamax(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"), kept(state, "nu"))

    id = "adamax"
    title = Text("AdaMax", "AdaMax")
    summary = Text(
        "Adam that divides by the largest recent gradient instead of the root mean square.",
        "Adam, который делит на наибольший недавний градиент вместо среднеквадратичного.",
    )
    reference = Reference(
        "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR, algorithm 2",
        "https://arxiv.org/abs/1412.6980",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"u &\leftarrow \max(\beta_2 u, |g| + \varepsilon)",
        r"x &\leftarrow x - \frac{\alpha}{1-\beta_1^k}\,\frac{v}{u}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "ε inside the maximum.",
                "ε внутри максимума.",
            ),
            sources.optax("alias.py"),
            parity="optax.adamax",
        ),
        "pytorch": Form(
            _UPDATE,
            Text(
                "The same.",
                "То же.",
            ),
            sources.pytorch("adamax.py"),
            parity="torch.optim.Adamax",
            computes_as="optax",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        return EffectiveRate(r"\frac{\alpha}{u}", steps.rate / steps.after.u)

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, bias = self.effective_rate(steps).values, 1 - self.beta1**steps.k
        return of_moment(steps, rate, self.beta1, steps.before.v, bias=bias)
