"""RMSProp: Adagrad that forgets, so that its rate does not die."""

from typing import NamedTuple, final

import jax.numpy as jnp
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, over_root
from server.optimizers.hyperparameters import Decay, Epsilon, Rate
from server.optimizers.optimizer import (
    DefaultRate,
    Example,
    Form,
    LectureConvention,
    Rule,
)
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is remembered between steps, arrays of shape [2]."""

    G: Array
    """Second moment: the running mean of the squared gradient."""


@final
@declaration
class RMSProp(Rule):
    """G ← γG + (1−γ)g²; x ← x − α/√(G+ε) · g."""

    learning_rate: Rate = 0.01
    decay: Decay = 0.9
    epsilon: Epsilon = 1e-8
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> State:
        return State(G=jnp.zeros_like(x))

    def step(self, gradient: Array, state: State, k: Array) -> tuple[Array, State]:
        G = self.decay * state.G + (1 - self.decay) * gradient**2
        match self.convention:
            case "lecture" | "keras" | "optax":
                move = -self.learning_rate / jnp.sqrt(G + self.epsilon) * gradient
            case "pytorch":
                move = -self.learning_rate / (jnp.sqrt(G) + self.epsilon) * gradient
        return move, State(G)

    id = "rmsprop"
    title = Text("RMSProp", "RMSProp")
    summary = Text(
        "Adagrad with a running mean instead of a sum: the rate recovers on flat ground.",
        "Adagrad со скользящим средним вместо суммы: на пологом месте скорость восстанавливается.",
    )
    reference = Reference(
        "Tieleman and Hinton (2012), Neural Networks for Machine Learning, lecture 6.5",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    )
    default_rate = DefaultRate(of="stride", times=0.5)
    state_type = State
    example = Example(
        {"learning_rate": 0.5, "decay": 0.75, "epsilon": 0.25},
        (
            (2.0, 1.0),
            (1.10557280900008, 0.00496280979001),
            (0.62178290057384, -0.0007298312196),
            (0.33039326750179, 0.00023472486099),
        ),
    )
    _MEAN = r"G &\leftarrow \gamma G + (1-\gamma)\, g^2"
    _INSIDE = (_MEAN, r"x &\leftarrow x - \frac{\alpha}{\sqrt{G + \varepsilon}}\, g")
    _OUTSIDE = (_MEAN, r"x &\leftarrow x - \frac{\alpha}{\sqrt{G} + \varepsilon}\, g")
    forms = {
        "lecture": Form(_INSIDE, Text("ε inside the root.", "ε под корнем."), sources.LECTURE),
        "pytorch": Form(
            _OUTSIDE,
            Text("ε outside the root; γ = 0.99 by default.", "ε вне корня; по умолчанию γ = 0,99."),
            sources.pytorch("rmsprop.py"),
            {"decay": 0.99, "epsilon": 1e-8},
            "torch.optim.RMSprop",
        ),
        "keras": Form(
            _INSIDE,
            sources.AS_LECTURE,
            sources.keras("rmsprop.py"),
            {"decay": 0.9, "epsilon": 1e-7},
            "keras.optimizers.RMSprop",
            computes_as="lecture",
        ),
        "optax": Form(
            _INSIDE,
            sources.AS_LECTURE,
            sources.optax("alias.py"),
            {"decay": 0.9, "epsilon": 1e-8},
            "optax.rmsprop",
            computes_as="lecture",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        inside = self.convention != "pytorch"
        return over_root(steps, steps.after.G, self.epsilon, inside=inside)

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate = self.effective_rate(steps).values
        return (Term("gradient", r"-\tilde\alpha\, g", -rate, steps.gradient),)
