"""Gradient descent: straight down, by a step proportional to the slope."""

from collections.abc import Mapping
from typing import Any, ClassVar, final

from jax import Array

from server.optimizers import sources
from server.optimizers.hyperparameters import Rate
from server.optimizers.optimizer import (
    Convention,
    DefaultRate,
    Example,
    Form,
    LectureConvention,
    NoState,
    Rule,
)
from surfaces.declaration import Reference, Text, declaration

UPDATE = (r"x &\leftarrow x - \alpha g",)


@final
@declaration
class Sgd(Rule):
    """x ← x − αg. Every source writes the same."""

    id: ClassVar[str] = "sgd"
    title: ClassVar[Text] = Text("SGD", "SGD")
    summary: ClassVar[Text] = Text(
        "Steps straight down the slope: no memory, one rate for both directions.",
        "Шагает прямо по антиградиенту: без памяти, одна скорость на оба направления.",
    )
    reference: ClassVar[Reference] = Reference(
        "Robbins and Monro (1951), A Stochastic Approximation Method, "
        "Annals of Mathematical Statistics 22(3)",
        "https://doi.org/10.1214/aoms/1177729586",
    )
    default_rate: ClassVar[DefaultRate] = DefaultRate(of="gradient")
    example: ClassVar[Example | None] = Example(
        {"learning_rate": 0.05},
        (
            (2.0, 1.0),
            (1.9, 0.5),
            (1.805, 0.25),
            (1.71475, 0.125),
        ),
    )
    forms: ClassVar[Mapping[Convention, Form]] = {
        "lecture": Form(UPDATE, sources.AS_LECTURE, sources.LECTURE),
        "pytorch": Form(
            UPDATE,
            sources.AS_LECTURE,
            sources.pytorch("sgd.py"),
            parity="torch.optim.SGD",
            computes_as="lecture",
        ),
        "keras": Form(
            UPDATE,
            sources.AS_LECTURE,
            sources.keras("sgd.py"),
            parity="keras.optimizers.SGD",
            computes_as="lecture",
        ),
        "optax": Form(
            UPDATE,
            sources.AS_LECTURE,
            sources.optax("alias.py"),
            parity="optax.sgd",
            computes_as="lecture",
        ),
    }
    state_type: ClassVar[type[Any]] = NoState

    learning_rate: Rate = 0.01
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> NoState:
        return NoState()

    def step(self, gradient: Array, state: NoState, k: Array) -> tuple[Array, NoState]:
        return -self.learning_rate * gradient, state
