"""Adadelta: steps in the units of x, from its own past steps."""

from typing import Literal, NamedTuple, final

import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term
from server.optimizers.hyperparameters import Decay, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    G: Array
    """Running mean of squared gradients."""
    D: Array
    """Running mean of squared steps."""


@final
@declaration
class Adadelta(OptaxRule):
    """x ← x − αΔ, Δ = √(D+ε)/√(G+ε) · g, D the running mean of Δ²."""

    learning_rate: Rate = 1.0
    decay: Decay = 0.9
    epsilon: Epsilon = 1e-6
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.adadelta(self.learning_rate, self.decay, self.epsilon)

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "e_g"), kept(state, "e_x"))

    id = "adadelta"
    title = Text("Adadelta", "Adadelta")
    summary = Text(
        "Scales each step by its own past steps, so it needs no learning rate; it starts "
        "very slowly.",
        "Масштабирует шаг по своим прошлым шагам, поэтому скорость не нужна; начинает очень "
        "медленно.",
    )
    reference = Reference(
        "Zeiler (2012), ADADELTA: An Adaptive Learning Rate Method",
        "https://arxiv.org/abs/1212.5701",
    )
    default_rate = DefaultRate(of="constant")
    state_type = State
    _UPDATE = (
        r"G &\leftarrow \gamma G + (1-\gamma)\, g^2",
        r"\Delta &= \frac{\sqrt{D + \varepsilon}}{\sqrt{G + \varepsilon}}\, g",
        r"D &\leftarrow \gamma D + (1-\gamma)\, \Delta^2",
        r"x &\leftarrow x - \alpha \Delta",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "α = 1 is the paper's method.",
                "α = 1 — как в статье.",
            ),
            sources.optax("alias.py"),
            parity="optax.adadelta",
        ),
        "pytorch": Form(
            _UPDATE,
            Text(
                "The same.",
                "То же.",
            ),
            sources.pytorch("adadelta.py"),
            parity="torch.optim.Adadelta",
            computes_as="optax",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        D, G = steps.before.D + self.epsilon, steps.after.G + self.epsilon
        formula = r"\alpha\,\frac{\sqrt{D + \varepsilon}}{\sqrt{G + \varepsilon}}"
        return EffectiveRate(formula, steps.rate * np.sqrt(D) / np.sqrt(G))

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate = self.effective_rate(steps).values
        return (Term("gradient", r"-\tilde\alpha\, g", -rate, steps.gradient),)

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return {r"\Delta": self.effective_rate(steps).values / steps.rate * steps.gradient}
