"""RMSProp: Adagrad that forgets, so that its rate does not die."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, final

import jax.numpy as jnp
from jax import Array

from server.optimizers import sources
from server.optimizers.hyperparameters import Decay, Epsilon, Rate
from server.optimizers.optimizer import (
    Convention,
    DefaultRate,
    Example,
    Form,
    LectureConvention,
    Rule,
)
from surfaces.declaration import Reference, Text, declaration

MEAN = r"G &\leftarrow \gamma G + (1-\gamma)\, g^2"
INSIDE = (MEAN, r"x &\leftarrow x - \frac{\alpha}{\sqrt{G + \varepsilon}}\, g")
OUTSIDE = (MEAN, r"x &\leftarrow x - \frac{\alpha}{\sqrt{G} + \varepsilon}\, g")


class State(NamedTuple):
    """What is remembered between steps, arrays of shape [2]."""

    G: Array
    """Second moment: the running mean of the squared gradient."""


@final
@declaration
class RMSProp(Rule):
    """G ← γG + (1−γ)g²; x ← x − α/√(G+ε) · g."""

    id: ClassVar[str] = "rmsprop"
    title: ClassVar[Text] = Text("RMSProp", "RMSProp")
    summary: ClassVar[Text] = Text(
        "Adagrad with a running mean instead of a sum: the rate recovers on flat ground.",
        "Adagrad со скользящим средним вместо суммы: на пологом месте скорость восстанавливается.",
    )
    reference: ClassVar[Reference] = Reference(
        "Tieleman and Hinton (2012), Neural Networks for Machine Learning, lecture 6.5",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    )
    default_rate: ClassVar[DefaultRate] = DefaultRate(of="stride", times=0.5)
    example: ClassVar[Example | None] = Example(
        {"learning_rate": 0.5, "decay": 0.75, "epsilon": 0.25},
        (
            (2.0, 1.0),
            (1.10557280900008, 0.00496280979001),
            (0.62178290057384, -0.0007298312196),
            (0.33039326750179, 0.00023472486099),
        ),
    )
    forms: ClassVar[Mapping[Convention, Form]] = {
        "lecture": Form(INSIDE, Text("ε inside the root.", "ε под корнем."), sources.LECTURE),
        "pytorch": Form(
            OUTSIDE,
            Text("ε outside the root; γ = 0.99 by default.", "ε вне корня; по умолчанию γ = 0,99."),
            sources.pytorch("rmsprop.py"),
            {"decay": 0.99, "epsilon": 1e-8},
            "torch.optim.RMSprop",
        ),
        "keras": Form(
            INSIDE,
            sources.AS_LECTURE,
            sources.keras("rmsprop.py"),
            {"decay": 0.9, "epsilon": 1e-7},
            "keras.optimizers.RMSprop",
            computes_as="lecture",
        ),
        "optax": Form(
            INSIDE,
            sources.AS_LECTURE,
            sources.optax("alias.py"),
            {"decay": 0.9, "epsilon": 1e-8},
            "optax.rmsprop",
            computes_as="lecture",
        ),
    }
    state_type: ClassVar[type[Any]] = State

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
