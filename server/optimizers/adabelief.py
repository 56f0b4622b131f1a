"""AdaBelief: Adam scaled by how much the gradient surprises."""

from typing import Literal, NamedTuple, final

import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import (
    EffectiveRate,
    Memories,
    Steps,
    Term,
    corrected,
    hats,
    of_moment,
    over_root,
)
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    G: Array
    """Running mean of the squared surprise g − v."""


@final
@declaration
class AdaBelief(OptaxRule):
    """Adam with G ← β₂G + (1−β₂)(g − v)² + ε₀."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-16
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.adabelief(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"), kept(state, "nu"))

    id = "adabelief"
    title = Text("AdaBelief", "AdaBelief")
    summary = Text(
        "Adam divided by the deviation from the expected gradient: bold where gradients agree.",
        "Adam, делённый на отклонение от ожидаемого градиента: смелее там, где градиенты "
        "согласованы.",
    )
    reference = Reference(
        "Zhuang et al. (2020), AdaBelief Optimizer, NeurIPS",
        "https://arxiv.org/abs/2010.07468",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)(g - v)^2 + \varepsilon_0",
        r"\hat v &= \frac{v}{1-\beta_1^k},\; \hat G = \frac{G}{1-\beta_2^k}",
        r"x &\leftarrow x - \alpha\,\frac{\hat v}{\sqrt{\hat G} + \varepsilon}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "ε₀ = 1e-16 is added at every step.",
                "ε₀ = 1e-16 прибавляется на каждом шаге.",
            ),
            sources.optax("alias.py"),
            parity="optax.adabelief",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        G = corrected(steps.after.G, self.beta2, steps.k)
        return over_root(steps, G, self.epsilon, letter=r"\hat G")

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, bias = self.effective_rate(steps).values, 1 - self.beta1**steps.k
        return of_moment(steps, rate, self.beta1, steps.before.v, bias=bias)

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return hats(steps, self.beta1, self.beta2)
