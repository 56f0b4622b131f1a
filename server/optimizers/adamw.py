"""AdamW: Adam with decay of the weights beside the gradient, not in it."""

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
    of_decay,
    of_moment,
    over_root,
)
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate, WeightDecay
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    G: Array
    """Second moment: the running mean of its square."""


@final
@declaration
class AdamW(OptaxRule):
    """Adam whose weight decay stays out of the gradient: x ← x − α(v̂/(√Ĝ + ε) + λx)."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    weight_decay: WeightDecay = 1e-4
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.adamw(
            self.learning_rate,
            self.beta1,
            self.beta2,
            self.epsilon,
            weight_decay=self.weight_decay,
        )

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"), kept(state, "nu"))

    id = "adamw"
    title = Text("AdamW", "AdamW")
    summary = Text(
        "Adam, and each step pulls x to 0 by a share λ of the rate, whatever the gradient's scale.",
        "Adam, и каждый шаг тянет x к нулю на долю λ от скорости, каков бы ни был масштаб "
        "градиента.",
    )
    reference = Reference(
        "Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization, ICLR, algorithm 2",
        "https://arxiv.org/abs/1711.05101",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"\hat v &= \frac{v}{1-\beta_1^k},\; \hat G = \frac{G}{1-\beta_2^k}",
        r"x &\leftarrow x - \alpha\left(\frac{\hat v}{\sqrt{\hat G} + \varepsilon}"
        r" + \lambda x\right)",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "Decay is multiplied by the rate, as in PyTorch; λ = 0.0001 by default.",
                "Затухание умножается на скорость, как в PyTorch; по умолчанию λ = 0,0001.",
            ),
            sources.optax("alias.py"),
            parity="optax.adamw",
        ),
        "pytorch": Form(
            _UPDATE,
            Text(
                "The same; λ = 0.01 by default.",
                "То же; по умолчанию λ = 0,01.",
            ),
            sources.pytorch("adamw.py"),
            {"weight_decay": 0.01},
            "torch.optim.AdamW",
            computes_as="optax",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        G = corrected(steps.after.G, self.beta2, steps.k)
        return over_root(steps, G, self.epsilon, letter=r"\hat G")

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, bias = self.effective_rate(steps).values, 1 - self.beta1**steps.k
        moment = of_moment(steps, rate, self.beta1, steps.before.v, bias=bias)
        return *moment, of_decay(steps, self.weight_decay)

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return hats(steps, self.beta1, self.beta2)
