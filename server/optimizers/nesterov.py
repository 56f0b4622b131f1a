"""Nesterov's momentum: look where the velocity leads before trusting the slope."""

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
class Nesterov(Rule):
    """v ← βv − α∇f(x + βv); x ← x + v.

    Frameworks follow Sutskever et al. (2013): they keep the look-ahead point y = x + βv as
    their parameters, so that the gradient is taken at what they store. Their path is the
    lecture's path of y, while the rate is constant.
    """

    learning_rate: Rate = 0.003
    momentum: Beta = 0.9
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> State:
        return State(v=jnp.zeros_like(x))

    def look_at(self, x: Array, state: State) -> Array:
        return x + self.momentum * state.v if self.convention == "lecture" else x

    def step(self, gradient: Array, state: State, k: Array) -> tuple[Array, State]:
        match self.convention:
            case "lecture":
                v = self.momentum * state.v - self.learning_rate * gradient
                move = v
            case "keras":
                v = self.momentum * state.v - self.learning_rate * gradient
                move = self.momentum * v - self.learning_rate * gradient
            case "pytorch" | "optax":
                v = self.momentum * state.v + gradient
                move = -self.learning_rate * (gradient + self.momentum * v)
        return move, State(v)

    def recurrence(self, step: float) -> tuple[float, float]:
        return (1 + self.momentum) * (1 - step), self.momentum * (1 - step)

    id = "nesterov"
    title = Text("Nesterov", "Нестеров")
    summary = Text(
        "Momentum that takes the gradient where the velocity is about to lead.",
        "Импульс, берущий градиент там, куда приведёт накопленная скорость.",
    )
    reference = Reference(
        "Nesterov (1983), A method for solving the convex programming problem with "
        "convergence rate O(1/k²), Soviet Mathematics Doklady 27(2); "
        "Sutskever et al. (2013), On the importance of initialization and momentum, ICML",
        "https://proceedings.mlr.press/v28/sutskever13.html",
    )
    default_rate = DefaultRate(of="gradient", times=0.5)
    state_type = State
    example = Example(
        {"learning_rate": 0.05, "momentum": 0.5},
        (
            (2.0, 1.0),
            (1.9, 0.5),
            (1.7575, 0.125),
            (1.6019375, -0.03125),
        ),
    )
    _LOOK_AHEAD = (r"v &\leftarrow \beta v - \alpha \nabla f(x + \beta v)", r"x &\leftarrow x + v")
    _FROM_NEW_V = (r"v &\leftarrow \beta v - \alpha g", r"x &\leftarrow x + \beta v - \alpha g")
    _FROM_NEW_SUM = (r"v &\leftarrow \beta v + g", r"x &\leftarrow x - \alpha\,(g + \beta v)")
    _AT_X = Text(
        "The gradient is taken at x, which here plays the look-ahead point of the lecture's form.",
        "Градиент берётся в x: здесь x — это точка «взгляда вперёд» из записи лекции.",
    )
    forms = {
        "lecture": Form(
            _LOOK_AHEAD,
            Text(
                "The gradient is taken at the look-ahead point x + βv.",
                "Градиент берётся в точке «взгляда вперёд» x + βv.",
            ),
            sources.LECTURE,
            looks_ahead=True,
        ),
        "pytorch": Form(_FROM_NEW_SUM, _AT_X, sources.pytorch("sgd.py"), parity="torch.optim.SGD"),
        "keras": Form(_FROM_NEW_V, _AT_X, sources.keras("sgd.py"), parity="keras.optimizers.SGD"),
        "optax": Form(
            _FROM_NEW_SUM,
            _AT_X,
            sources.optax("alias.py"),
            parity="optax.sgd",
            computes_as="pytorch",
        ),
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        kept = np.full_like(steps.rate, self.momentum)
        descent = Term("gradient", r"-\alpha g", -steps.rate, steps.gradient)
        match self.convention:
            case "lecture":
                # To the look-ahead point first, and from there down the gradient that is there.
                down = r"-\alpha \nabla f(x + \beta v)"
                return (
                    Term("velocity", r"\beta v", kept, steps.before.v),
                    Term("gradient", down, -steps.rate, steps.gradient),
                )
            case "keras":
                return descent, Term("velocity", r"\beta v", kept, steps.after.v, new=True)
            case "pytorch" | "optax":
                kept = -steps.rate * self.momentum
                return descent, Term("velocity", r"-\alpha\beta v", kept, steps.after.v, new=True)
