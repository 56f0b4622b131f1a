"""Gradient flow: the curve that gradient descent follows as its rate goes to zero."""

from typing import Literal, final

from jax import Array

from server.optimizers.hyperparameters import Rate
from server.optimizers.optimizer import (
    DefaultRate,
    Example,
    Form,
    NoState,
    Objective,
    WholePath,
)
from surfaces.declaration import Reference, Text, declaration


@final
@declaration
class GradientFlow(WholePath):
    """dx/dt = −∇f(x), seen after every α of time: gradient descent is its Euler method."""

    learning_rate: Rate = 0.01
    convention: Literal["textbook"] = "textbook"

    def velocity(self, objective: Objective, x: Array) -> Array:
        return -objective.gradient(x)

    id = "gradient_flow"
    title = Text("Gradient flow", "Градиентный поток")
    summary = Text(
        "The ODE that gradient descent discretises: where GD would go with tiny steps, "
        "after the same α·k of time.",
        "ОДУ, дискретизация которого — градиентный спуск: куда он пришёл бы мелкими шагами "
        "за то же время α·k.",
    )
    reference = _SOURCE = Reference(
        "Helmke and Moore (1994), Optimization and Dynamical Systems, Springer, section 1.3",
        "https://doi.org/10.1007/978-1-4471-3467-1",
    )
    default_rate = DefaultRate(of="gradient")
    state_type = NoState
    example = Example(
        {"learning_rate": 0.1},
        (
            (2.0, 1.0),
            (1.80967483607192, 0.36787944117144),
            (1.63746150615596, 0.13533528323661),
            (1.48163644136344, 0.04978706836786),
        ),
    )
    forms = {
        "textbook": Form(
            (r"\dot x &= -\nabla f(x)", r"t_k &= \textstyle\sum_{i \le k} \alpha_i"),
            Text(
                "Solved by Kvaerno's implicit fifth-order method (diffrax), at ease where the "
                "flow is stiff, to a relative error of 1e-10 a step.",
                "Решает неявная схема Кверно пятого порядка (diffrax), устойчивая и там, где "
                "поток жёсткий; относительная ошибка шага 1e-10.",
            ),
            _SOURCE,
        )
    }
