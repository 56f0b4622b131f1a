"""Newton's method: the step that would end a quadratic at once."""

from typing import Annotated, Literal, final

import jax.numpy as jnp
import numpy as np
from jax import Array

from server.optimizers.anatomy import Steps, Term
from server.optimizers.hyperparameters import Rate
from server.optimizers.optimizer import (
    DefaultRate,
    Example,
    Form,
    NoState,
    Objective,
    ObjectiveMethod,
)
from server.optimizers.sources import NOCEDAL_WRIGHT
from surfaces.declaration import Text, declaration, parameter


@final
@declaration
class Newton(ObjectiveMethod):
    """x ← x − α(H + λI)⁻¹g with the exact Hessian H.

    Without λ it goes to the nearest stationary point of the local quadratic, be it a minimum,
    a saddle or a maximum.
    """

    learning_rate: Rate = 1.0
    damping: Annotated[
        float,
        parameter(Text("Damping", "Демпфирование"), symbol=r"\lambda", ge=0, le=1000, step=0.1),
    ] = 0.0
    convention: Literal["textbook"] = "textbook"

    def init(self, x: Array) -> NoState:
        return NoState()

    def step(self, objective: Objective, x: Array, state: NoState) -> tuple[Array, NoState]:
        gradient, hessian = objective.gradient(x), objective.hessian(x)
        a, b, d = hessian[0, 0] + self.damping, hessian[0, 1], hessian[1, 1] + self.damping
        inverse = jnp.stack([d * gradient[0] - b * gradient[1], a * gradient[1] - b * gradient[0]])
        return -self.learning_rate * inverse / (a * d - b * b), state

    @property
    def hessian_shift(self) -> float:
        return self.damping

    def evaluations(self, memory: NoState) -> int:
        # The gradient, and the two columns of the Hessian.
        return 3

    id = "newton"
    kind = "reference"
    title = Text("Newton (damped)", "Ньютон (с демпфированием)")
    summary = Text(
        "Divides the gradient by the curvature: no zigzag, but saddles and maxima attract it too.",
        "Делит градиент на кривизну: без зигзагов, но сёдла и максимумы его тоже притягивают.",
    )
    reference = NOCEDAL_WRIGHT
    default_rate = DefaultRate(of="constant")
    state_type = NoState
    example = Example(
        {"learning_rate": 0.5, "damping": 0.0},
        ((2.0, 1.0), (1.0, 0.5), (0.5, 0.25), (0.25, 0.125)),
    )
    forms = {
        "textbook": Form(
            (r"x &\leftarrow x - \alpha\,(H + \lambda I)^{-1} g",),
            Text(
                "H is the exact Hessian; λ > 0 shortens steps where it is flat or bends down.",
                "H — точный гессиан; λ > 0 укорачивает шаги там, где он плоский или вогнут.",
            ),
            NOCEDAL_WRIGHT,
        )
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        formula = r"-\alpha\,(H + \lambda I)^{-1} g"
        return (Term("scaling", formula, np.ones_like(steps.k), steps.moved),)
