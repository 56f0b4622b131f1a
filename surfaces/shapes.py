"""The lecture's own shapes: the smallest surfaces on which one thing happens."""

from typing import Annotated, ClassVar, final

from jax import Array

from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.surface import Example, Minimum, Surface, Tag

LECTURE = Reference("Boyd and Vandenberghe (2004), Convex Optimization, section 9.3.2")


@final
@declaration
class Bowl(Surface):
    """Convex quadratic with a condition number, f = (x² + κy²)/2."""

    id: ClassVar[str] = "bowl"
    title: ClassVar[Text] = Text("Bowl", "Чаша")
    summary: ClassVar[Text] = Text(
        "A convex quadratic. The larger κ, the more gradient descent zigzags.",
        "Выпуклая квадратичная функция. Чем больше κ, тем сильнее спуск ходит зигзагом.",
    )
    formula: ClassVar[str] = r"\tfrac{1}{2}\left(x^2 + \kappa y^2\right)"
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.5, 1.5)
    tags: ClassVar[tuple[Tag, ...]] = ("convex",)
    learning_rate: ClassVar[float] = 0.1
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(2.0, 1.0), loss=7.0, gradient=(2.0, 10.0))

    condition_number: Annotated[
        float,
        parameter(
            Text("Condition number", "Число обусловленности"),
            symbol=r"\kappa",
            ge=1,
            le=1000,
            scale="log",
        ),
    ] = 10.0

    def loss(self, x: Array, y: Array) -> Array:
        return (x**2 + self.condition_number * y**2) / 2

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(0.0, 0.0, 0.0),)
