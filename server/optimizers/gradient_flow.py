"""Gradient flow: the curve that gradient descent follows as its rate goes to zero."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, final

from jax import Array

from server.optimizers.hyperparameters import Rate
from server.optimizers.optimizer import Convention, DefaultRate, Example, Form, NoState
from server.optimizers.reference import Objective, Reference
from surfaces.declaration import Reference as Source
from surfaces.declaration import Text, declaration

SOURCE = Source(
    "Helmke and Moore (1994), Optimization and Dynamical Systems, Springer, section 1.3",
    "https://doi.org/10.1007/978-1-4471-3467-1",
)


@final
@declaration
class GradientFlow(Reference):
    """dx/dt = −∇f(x), seen after every α of time: gradient descent is its Euler method."""

    id: ClassVar[str] = "gradient_flow"
    title: ClassVar[Text] = Text("Gradient flow", "Градиентный поток")
    summary: ClassVar[Text] = Text(
        "The ODE that gradient descent discretises: where GD would go with tiny steps, "
        "after the same α·k of time.",
        "ОДУ, которое дискретизует градиентный спуск: куда он пришёл бы мелкими шагами "
        "за то же время α·k.",
    )
    reference: ClassVar[Source] = SOURCE
    default_rate: ClassVar[DefaultRate] = DefaultRate(of="gradient")
    example: ClassVar[Example | None] = Example(
        {"learning_rate": 0.1},
        (
            (2.0, 1.0),
            (1.80967483607192, 0.36787944117144),
            (1.63746150615596, 0.13533528323661),
            (1.48163644136344, 0.04978706836786),
        ),
    )
    forms: ClassVar[Mapping[Convention, Form]] = {
        "textbook": Form(
            (r"\dot x &= -\nabla f(x)", r"t_k &= \textstyle\sum_{i \le k} \alpha_i"),
            Text(
                "Solved by Kvaerno's implicit fifth-order method (diffrax), at ease where the "
                "flow is stiff, to a relative error of 1e-10 a step.",
                "Решает неявный метод Кверно пятого порядка (diffrax), устойчивый и там, где "
                "поток жёсткий; относительная ошибка шага 1e-10.",
            ),
            SOURCE,
        )
    }
    state_type: ClassVar[type[Any]] = NoState
    steps: ClassVar[bool] = False

    learning_rate: Rate = 0.01
    convention: Literal["textbook"] = "textbook"

    def init(self, x: Array) -> NoState:
        return NoState()

    def travel(self, objective: Objective, x: Array, state: NoState) -> tuple[Array, NoState]:
        raise NotImplementedError("a flow is solved as a whole")
