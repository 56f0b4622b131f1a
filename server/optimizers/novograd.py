"""NovoGrad: one scale for all of a layer's gradient."""

from typing import Literal, NamedTuple, final

import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, of_decay, over_root
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate, WeightDecay
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """Momentum of normalised gradients."""
    n: Array
    """Running mean of ‖g‖², the same for x and y."""


@final
@declaration
class NovoGrad(OptaxRule):
    """v ← β₁v + g/(√n + ε) + λx, n the running mean of ‖g‖²; x ← x − αv."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.25
    epsilon: Epsilon = 1e-6
    weight_decay: WeightDecay = 0.0
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.novograd(
            self.learning_rate,
            self.beta1,
            self.beta2,
            self.epsilon,
            weight_decay=self.weight_decay,
        )

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"), kept(state, "nu").repeat(2))

    id = "novograd"
    title = Text("NovoGrad", "NovoGrad")
    summary = Text(
        "Divides by the running length of the whole gradient, so its direction is kept.",
        "Делит на скользящее среднее длины всего градиента, поэтому направление сохраняется.",
    )
    reference = Reference(
        "Ginsburg et al. (2019), Stochastic Gradient Methods with Layer-wise Adaptive Moments",
        "https://arxiv.org/abs/1905.11286",
    )
    default_rate = DefaultRate(of="stride", times=0.2)
    scope = "layer"
    state_type = State
    _UPDATE = (
        r"n &\leftarrow \beta_2 n + (1-\beta_2)\|g\|^2,\; n_1 = \|g_1\|^2",
        r"v &\leftarrow \beta_1 v + \frac{g}{\sqrt{n} + \varepsilon} + \lambda x",
        r"x &\leftarrow x - \alpha v",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "The first n is ‖g‖² itself.",
                "Первое n — само ‖g‖².",
            ),
            sources.optax("alias.py"),
            parity="optax.novograd",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        return over_root(steps, steps.after.n, self.epsilon, letter="n")

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate = self.effective_rate(steps).values
        return (
            Term("gradient", r"-\tilde\alpha\, g", -rate, steps.gradient),
            Term("velocity", r"-\alpha\beta_1 v", -steps.rate * self.beta1, steps.before.v),
            *([of_decay(steps, self.weight_decay)] if self.weight_decay else []),
        )
