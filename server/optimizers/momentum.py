"""Momentum: a heavy ball that keeps part of its last step."""

from typing import NamedTuple, final

import jax.numpy as jnp
import numpy as np
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import Steps, Term
from server.optimizers.hyperparameters import Momentum as Beta
from server.optimizers.hyperparameters import Rate
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

    v: Array
    """Velocity: the last step (lecture, Keras) or the sum of gradients (PyTorch, Optax)."""


@final
@declaration
class Momentum(Rule):
    """v ← βv − αg; x ← x + v, equal to x_{k+1} = x_k − αg + β(x_k − x_{k−1})."""

    learning_rate: Rate = 0.003
    momentum: Beta = 0.9
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> State:
        return State(v=jnp.zeros_like(x))

    def step(self, gradient: Array, state: State, k: Array) -> tuple[Array, State]:
        match self.convention:
            case "lecture" | "keras":
                v = self.momentum * state.v - self.learning_rate * gradient
                move = v
            case "pytorch" | "optax":
                v = self.momentum * state.v + gradient
                move = -self.learning_rate * v
        return move, State(v)

    def recurrence(self, step: float) -> tuple[float, float]:
        return 1 + self.momentum - step, self.momentum

    id = "momentum"
    title = Text("Momentum", "Импульс")
    summary = Text(
        "A heavy ball: each step keeps a share β of the previous one.",
        "Тяжёлый шарик: каждый шаг сохраняет долю β предыдущего.",
    )
    reference = Reference(
        "Polyak (1964), Some methods of speeding up the convergence of iteration methods, "
        "USSR Computational Mathematics and Mathematical Physics 4(5)",
        "https://doi.org/10.1016/0041-5553(64)90137-5",
    )
    default_rate = DefaultRate(of="gradient", times=0.5)
    state_type = State
    example = Example(
        {"learning_rate": 0.05, "momentum": 0.5},
        (
            (2.0, 1.0),
            (1.9, 0.5),
            (1.755, 0.0),
            (1.59475, -0.25),
        ),
    )
    _RATE_INSIDE = (r"v &\leftarrow \beta v - \alpha g", r"x &\leftarrow x + v")
    _RATE_OUTSIDE = (r"v &\leftarrow \beta v + g", r"x &\leftarrow x - \alpha v")
    _OUTSIDE_NOTE = Text(
        "The buffer sums gradients and the rate multiplies it afterwards: "
        "the same path while the rate is constant.",
        "Буфер копит градиенты, а скорость умножается после: при постоянной скорости путь тот же.",
    )
    forms = {
        "lecture": Form(
            _RATE_INSIDE,
            Text("The rate is inside the velocity.", "Скорость обучения — внутри скорости v."),
            sources.LECTURE,
        ),
        "pytorch": Form(
            _RATE_OUTSIDE, _OUTSIDE_NOTE, sources.pytorch("sgd.py"), parity="torch.optim.SGD"
        ),
        "keras": Form(
            _RATE_INSIDE,
            sources.AS_LECTURE,
            sources.keras("sgd.py"),
            parity="keras.optimizers.SGD",
            computes_as="lecture",
        ),
        "optax": Form(
            _RATE_OUTSIDE,
            _OUTSIDE_NOTE,
            sources.optax("alias.py"),
            parity="optax.sgd",
            computes_as="pytorch",
        ),
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        beta, v = r"\beta v", steps.before.v
        kept = np.full_like(steps.rate, self.momentum)
        if self.convention in ("pytorch", "optax"):
            beta, kept = rf"-\alpha {beta}", -steps.rate * self.momentum
        return (
            Term("gradient", r"-\alpha g", -steps.rate, steps.gradient),
            Term("velocity", beta, kept, v),
        )
