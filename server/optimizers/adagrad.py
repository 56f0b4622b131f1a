"""Adagrad: each coordinate's rate shrinks with all the gradient it has seen."""

from typing import Annotated, NamedTuple, final

import jax.numpy as jnp
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, over_root
from server.optimizers.hyperparameters import Epsilon, Rate
from server.optimizers.optimizer import (
    DefaultRate,
    Example,
    Form,
    LectureConvention,
    Rule,
)
from surfaces.declaration import Reference, Text, declaration, parameter


class State(NamedTuple):
    """What is remembered between steps, arrays of shape [2]."""

    G: Array
    """Sum of the squares of all gradients so far."""


@final
@declaration
class Adagrad(Rule):
    """G ← G + g²; x ← x − α/√(G+ε) · g."""

    learning_rate: Rate = 0.5
    epsilon: Epsilon = 1e-8
    initial_accumulator: Annotated[
        float,
        parameter(
            Text("Initial sum of squares", "Начальная сумма квадратов"),
            symbol="G_0",
            ge=0,
            le=1,
            step=0.01,
        ),
    ] = 0.0
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> State:
        return State(G=jnp.zeros_like(x) + self.initial_accumulator)

    def step(self, gradient: Array, state: State, k: Array) -> tuple[Array, State]:
        G = state.G + gradient**2
        match self.convention:
            case "lecture" | "keras" | "optax":
                move = -self.learning_rate / jnp.sqrt(G + self.epsilon) * gradient
            case "pytorch":
                move = -self.learning_rate / (jnp.sqrt(G) + self.epsilon) * gradient
        return move, State(G)

    id = "adagrad"
    title = Text("Adagrad", "Adagrad")
    summary = Text(
        "A rate for each coordinate, divided by the root of the sum of its squared gradients; "
        "it only ever falls.",
        "Своя скорость у каждой координаты: делится на корень из суммы квадратов "
        "градиента и только падает.",
    )
    reference = Reference(
        "Duchi, Hazan and Singer (2011), Adaptive Subgradient Methods, JMLR 12",
        "https://jmlr.org/papers/v12/duchi11a.html",
    )
    default_rate = DefaultRate(of="stride", times=10)
    state_type = State
    example = Example(
        {"learning_rate": 1.0, "epsilon": 0.25},
        (
            (2.0, 1.0),
            (1.02985749985467, 0.00124766112216),
            (0.58296293176257, 1.55762574e-06),
            (0.33771839809948, 1.9446e-09),
        ),
    )
    _INSIDE = (
        r"G &\leftarrow G + g^2",
        r"x &\leftarrow x - \frac{\alpha}{\sqrt{G + \varepsilon}}\, g",
    )
    _OUTSIDE = (
        r"G &\leftarrow G + g^2",
        r"x &\leftarrow x - \frac{\alpha}{\sqrt{G} + \varepsilon}\, g",
    )
    _STARTED = Text(
        "ε inside the root, and the sum starts at 0.1: smaller first steps.",
        "ε под корнем, а сумма начинается с 0,1: первые шаги меньше.",
    )
    forms = {
        "lecture": Form(_INSIDE, Text("ε inside the root.", "ε под корнем."), sources.LECTURE),
        "pytorch": Form(
            _OUTSIDE,
            Text("ε outside the root.", "ε вне корня."),
            sources.pytorch("adagrad.py"),
            {"epsilon": 1e-10},
            "torch.optim.Adagrad",
        ),
        "keras": Form(
            _INSIDE,
            _STARTED,
            sources.keras("adagrad.py"),
            {"epsilon": 1e-7, "initial_accumulator": 0.1},
            "keras.optimizers.Adagrad",
            computes_as="lecture",
        ),
        "optax": Form(
            _INSIDE,
            _STARTED,
            sources.optax("alias.py"),
            {"epsilon": 1e-7, "initial_accumulator": 0.1},
            "optax.adagrad",
            computes_as="lecture",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        inside = self.convention != "pytorch"
        return over_root(steps, steps.after.G, self.epsilon, inside=inside)

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate = self.effective_rate(steps).values
        return (Term("gradient", r"-\tilde\alpha\, g", -rate, steps.gradient),)
