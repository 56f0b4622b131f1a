"""Gradient descent: straight down, by a step proportional to the slope."""

from typing import final

from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import Steps, Term
from server.optimizers.hyperparameters import Rate
from server.optimizers.optimizer import (
    DefaultRate,
    Example,
    Form,
    LectureConvention,
    NoState,
    Rule,
)
from surfaces.declaration import Reference, Text, declaration


@final
@declaration
class Sgd(Rule):
    """x ← x − αg. Every source writes the same."""

    learning_rate: Rate = 0.01
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> NoState:
        return NoState()

    def step(self, gradient: Array, state: NoState, k: Array) -> tuple[Array, NoState]:
        return -self.learning_rate * gradient, state

    def recurrence(self, step: float) -> tuple[float, float]:
        return 1 - step, 0.0

    id = "sgd"
    title = Text("SGD", "SGD")
    summary = Text(
        "Steps straight down the slope: no memory, one rate for both directions.",
        "Шагает прямо по антиградиенту: без памяти, одна скорость на оба направления.",
    )
    reference = Reference(
        "Robbins and Monro (1951), A Stochastic Approximation Method, "
        "Annals of Mathematical Statistics 22(3)",
        "https://doi.org/10.1214/aoms/1177729586",
    )
    default_rate = DefaultRate(of="gradient")
    stable_below_curvature = True
    state_type = NoState
    example = Example(
        {"learning_rate": 0.05},
        (
            (2.0, 1.0),
            (1.9, 0.5),
            (1.805, 0.25),
            (1.71475, 0.125),
        ),
    )
    _UPDATE = (r"x &\leftarrow x - \alpha g",)
    forms = {
        "lecture": Form(_UPDATE, sources.AS_LECTURE, sources.LECTURE),
        "pytorch": Form(
            _UPDATE,
            sources.AS_LECTURE,
            sources.pytorch("sgd.py"),
            parity="torch.optim.SGD",
            computes_as="lecture",
        ),
        "keras": Form(
            _UPDATE,
            sources.AS_LECTURE,
            sources.keras("sgd.py"),
            parity="keras.optimizers.SGD",
            computes_as="lecture",
        ),
        "optax": Form(
            _UPDATE,
            sources.AS_LECTURE,
            sources.optax("alias.py"),
            parity="optax.sgd",
            computes_as="lecture",
        ),
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        return (Term("gradient", r"-\alpha g", -steps.rate, steps.gradient),)
