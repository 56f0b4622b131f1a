"""Prodigy: Adam that estimates its own learning rate."""

from typing import Literal, NamedTuple, final

import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment."""
    G: Array
    """Second moment."""
    d: Array
    """Estimate of the distance, the same for x and y."""


@final
@declaration
class Prodigy(OptaxRule):
    """Adam with a rate d that grows to the distance from the start to the minimum."""

    learning_rate: Rate = 1.0
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    convention: Literal["optax"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.contrib.prodigy(self.learning_rate, (self.beta1, self.beta2), eps=self.epsilon)

    def shown(self, state: optax.OptState) -> State:
        return State(
            kept(state, "exp_avg"), kept(state, "exp_avg_sq"), kept(state, "estim_lr").repeat(2)
        )

    finds_its_rate = True
    id = "prodigy"
    title = Text("Prodigy", "Prodigy")
    summary = Text(
        "Adam that estimates the distance to the minimum on the way and steps by it: α = 1 "
        "fits all.",
        "Adam, который по пути оценивает расстояние до минимума и шагает по нему: α = 1 "
        "годится всем.",
    )
    reference = Reference(
        "Mishchenko and Defazio (2024), Prodigy: An Expeditiously Adaptive Parameter-Free "
        "Learner, ICML",
        "https://arxiv.org/abs/2306.06101",
    )
    default_rate = DefaultRate(of="constant")
    scope = "all"
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, d g,\; G \leftarrow \beta_2 G + (1-\beta_2)\, "
        r"d^2 g^2",
        r"r &\leftarrow \sqrt{\beta_2}\, r + \tfrac{d}{d_0}\alpha_k d\; g^\top(x_0 - x)",
        r"s &\leftarrow \sqrt{\beta_2}\, s + \tfrac{d}{d_0}\alpha_k d\; g",
        r"x &\leftarrow x - \alpha_k d\,\frac{v}{\sqrt{G} + d\varepsilon},\; d \leftarrow "
        r"\max\left(d, \tfrac{r}{\|s\|_1}\right)",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "Here α_k = α√(1−β₂ᵏ)/(1−β₁ᵏ), d₀ = 1e-6.",
                "Здесь α_k = α√(1−β₂ᵏ)/(1−β₁ᵏ), d₀ = 1e-6.",
            ),
            sources.optax_contrib("_prodigy.py"),
            parity="optax.contrib.prodigy",
        ),
    }

    def _rate(self, steps: Memories) -> Floats:
        """α_k: with the bias correction inside."""
        return steps.rate * np.sqrt(1 - self.beta2**steps.k) / (1 - self.beta1**steps.k)

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        # Optax takes the distance before the step under v, and the one after it beside ε.
        scale = np.sqrt(steps.after.G) + steps.after.d * self.epsilon
        formula = r"\frac{\alpha_k d^2}{\sqrt{G} + d\varepsilon}"
        return EffectiveRate(formula, self._rate(steps) * steps.before.d**2 / scale)

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate = self.effective_rate(steps).values
        of_v = -rate / steps.before.d * self.beta1
        old = r"-\alpha_k d\,\frac{\beta_1 v}{\sqrt{G} + d\varepsilon}"
        return (
            Term("gradient", r"-\tilde\alpha\,(1-\beta_1)\, g", -rate * (1 - self.beta1),
                 steps.gradient),
            Term("velocity", old, of_v, steps.before.v),
        )  # fmt: skip

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return {r"\alpha_k": self._rate(steps)}
