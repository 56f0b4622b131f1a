"""Yogi: Adam whose scale changes by controlled amounts."""

from typing import Literal, NamedTuple, final

import jax.numpy as jnp
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
    """Second moment, moved additively."""


@final
@declaration
class Yogi(OptaxRule):
    """Adam with G ← G − (1−β₂) sign(G − g²) g²."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-3
    convention: Literal["optax", "paper"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.yogi(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def init(self, x: Array) -> optax.OptState:
        state = super().init(x)
        if self.convention == "paper":
            return optax.tree_utils.tree_set(state, mu=jnp.zeros_like(x))
        return state

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"), kept(state, "nu"))

    _PAPER = Reference(
        "Zaheer et al. (2018), Adaptive Methods for Nonconvex Optimization, NeurIPS",
        "https://papers.nips.cc/paper/8186-adaptive-methods-for-nonconvex-optimization",
    )
    id = "yogi"
    title = Text("Yogi", "Yogi")
    summary = Text(
        "Adam whose second moment moves by no more than g² a step, so that it cannot collapse.",
        "Adam, второй момент которого меняется за шаг не больше чем на g² и не может обвалиться.",
    )
    reference = _PAPER
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow G - (1-\beta_2)\,\mathrm{sign}(G - g^2)\, g^2",
        r"\hat v &= \frac{v}{1-\beta_1^k},\; \hat G = \frac{G}{1-\beta_2^k}",
        r"x &\leftarrow x - \alpha\,\frac{\hat v}{\sqrt{\hat G} + \varepsilon}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "v and G begin at 1e-6; ε = 0.001.",
                "v и G начинаются с 1e-6; ε = 0,001.",
            ),
            sources.optax("alias.py"),
            parity="optax.yogi",
        ),
        "paper": Form(
            _UPDATE,
            Text(
                "v begins at 0, as in the paper; the rest is Optax's: G begins at 1e-6, v and G "
                "are corrected as in Adam.",
                "v начинается с 0, как в статье; остальное — как в Optax: G начинается с 1e-6, "
                "v и G поправлены, как в Adam.",
            ),
            _PAPER,
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
