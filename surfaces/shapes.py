"""The lecture's own shapes: the smallest surfaces on which one thing happens."""

import math
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.nn import sigmoid

from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.stationary import crossing, product, rippled
from surfaces.surface import Example, Minimum, Surface, Tag

LECTURE = Reference("Introduction to deep learning, lecture 1, sections 2 and 4")
ORIGIN = (Minimum(0.0, 0.0, 0.0),)

ConditionNumber = Annotated[
    float,
    parameter(
        Text("Condition number", "Число обусловленности"),
        symbol=r"\kappa",
        ge=1,
        le=1000,
        scale="log",
    ),
]


@final
@declaration
class Bowl(Surface):
    """f = (x² + κy²)/2: convex, curved κ times more along y than along x."""

    id: ClassVar[str] = "bowl"
    title: ClassVar[Text] = Text("Bowl", "Чаша")
    summary: ClassVar[Text] = Text(
        "A convex quadratic. The larger κ, the more gradient descent zigzags.",
        "Выпуклая квадратичная функция. Чем больше κ, тем сильнее спуск ходит зигзагом.",
    )
    formula: ClassVar[str] = r"\tfrac{1}{2}\left(x^2 + \kappa y^2\right)"
    reference: ClassVar[Reference] = Reference(
        "Boyd and Vandenberghe (2004), Convex Optimization, section 9.3.2",
        "https://web.stanford.edu/~boyd/cvxbook/",
    )
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.5, 1.5)
    tags: ClassVar[tuple[Tag, ...]] = ("convex",)
    learning_rate: ClassVar[float] = 0.1
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(2.0, 1.0), loss=7.0, gradient=(2.0, 10.0))

    condition_number: ConditionNumber = 10.0

    def loss(self, x: Array, y: Array) -> Array:
        return (x**2 + self.condition_number * y**2) / 2

    def minima(self) -> tuple[Minimum, ...]:
        return ORIGIN


@final
@declaration
class RotatedRavine(Surface):
    """f = (u² + κv²)/2 with (u, v) the coordinates turned by an angle."""

    id: ClassVar[str] = "rotated_ravine"
    title: ClassVar[Text] = Text("Rotated ravine", "Повёрнутый овраг")
    summary: ClassVar[Text] = Text(
        "The same ravine turned: methods with a rate per coordinate lose their advantage "
        "off the axes.",
        "Тот же овраг, но повёрнутый: у методов со своей скоростью на координату "
        "преимущество вне осей пропадает.",
    )
    formula: ClassVar[str] = (
        r"\tfrac{1}{2}\left(u^2 + \kappa v^2\right),\; "
        r"u = x\cos\varphi + y\sin\varphi,\; v = y\cos\varphi - x\sin\varphi"
    )
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.0, -0.5)
    tags: ClassVar[tuple[Tag, ...]] = ("convex", "ravine")
    learning_rate: ClassVar[float] = 0.03
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(1.0, 1.0), loss=1.0, gradient=(1.0, 1.0))

    condition_number: ConditionNumber = 50.0
    angle: Annotated[
        float,
        parameter(
            Text("Angle", "Угол"),
            symbol=r"\varphi",
            ge=0,
            le=90,
            step=1,
            unit=Text("degrees", "градусы"),
        ),
    ] = 45.0

    def loss(self, x: Array, y: Array) -> Array:
        turn = self.angle * (math.pi / 180)
        u = x * jnp.cos(turn) + y * jnp.sin(turn)
        v = y * jnp.cos(turn) - x * jnp.sin(turn)
        return (u**2 + self.condition_number * v**2) / 2

    def minima(self) -> tuple[Minimum, ...]:
        return ORIGIN


@final
@declaration
class RippledBowl(Surface):
    """f = (x² + y²)/2 + A(2 − cos ωx − cos ωy): a convex function seen through noise."""

    id: ClassVar[str] = "rippled_bowl"
    title: ClassVar[Text] = Text("Bowl with ripples", "Чаша с рябью")
    summary: ClassVar[Text] = Text(
        "A noisy version of a convex function: raise the ripples and the paths get caught.",
        "Выпуклая функция с шумом: поднимите рябь, и траектории начнут застревать.",
    )
    formula: ClassVar[str] = (
        r"\tfrac{1}{2}\left(x^2 + y^2\right) + A\left(2 - \cos\omega x - \cos\omega y\right)"
    )
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.4, 2.3)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal", "noisy")
    learning_rate: ClassVar[float] = 0.05
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(
        at=(math.pi / 5, 0.0),
        loss=math.pi**2 / 50 + 0.6,
        gradient=(math.pi / 5, 0.0),
    )

    amplitude: Annotated[
        float,
        parameter(Text("Ripple amplitude", "Амплитуда ряби"), symbol="A", ge=0, le=2, step=0.05),
    ] = 0.3
    frequency: Annotated[
        float,
        parameter(
            Text("Ripple frequency", "Частота ряби"), symbol=r"\omega", ge=1, le=20, step=0.5
        ),
    ] = 5.0

    def loss(self, x: Array, y: Array) -> Array:
        ripples = 2 - jnp.cos(self.frequency * x) - jnp.cos(self.frequency * y)
        return (x**2 + y**2) / 2 + self.amplitude * ripples

    def minima(self) -> tuple[Minimum, ...]:
        def loss(x: float, y: float) -> float:
            ripples = 2 - math.cos(self.frequency * x) - math.cos(self.frequency * y)
            return (x**2 + y**2) / 2 + self.amplitude * ripples

        x, y = (rippled(1.0, self.amplitude, self.frequency, ends) for ends in self.domain)
        return product(x, y, loss)


@final
@declaration
class Saddle(Surface):
    """f = (x² − y²)/2: down along y, up along x, unbounded below."""

    id: ClassVar[str] = "saddle"
    title: ClassVar[Text] = Text("Saddle", "Седло")
    summary: ClassVar[Text] = Text(
        "The start is almost on the ridge: who leaves the saddle, and when?",
        "Старт почти на гребне: кто уйдёт с седла и когда?",
    )
    formula: ClassVar[str] = r"\tfrac{1}{2}\left(x^2 - y^2\right)"
    reference: ClassVar[Reference] = Reference(
        "Dauphin et al. (2014), Identifying and attacking the saddle point problem in "
        "high-dimensional non-convex optimization, NIPS",
        "https://arxiv.org/abs/1406.2572",
    )
    domain: ClassVar = ((-2.0, 2.0), (-1.5, 1.5))
    start: ClassVar = (-1.6, 0.0001)
    tags: ClassVar[tuple[Tag, ...]] = ("saddle",)
    learning_rate: ClassVar[float] = 0.01
    stride: ClassVar[float] = 0.005
    example: ClassVar[Example] = Example(at=(2.0, 1.0), loss=1.5, gradient=(2.0, -1.0))

    def loss(self, x: Array, y: Array) -> Array:
        return (x**2 - y**2) / 2


@final
@declaration
class MonkeySaddle(Surface):
    """f = x³ − 3xy²: three ways down, three up, and no curvature at all in the middle."""

    id: ClassVar[str] = "monkey_saddle"
    title: ClassVar[Text] = Text("Monkey saddle", "Обезьянье седло")
    summary: ClassVar[Text] = Text(
        "A degenerate saddle: even the Hessian vanishes in the middle, so paths linger there.",
        "Вырожденное седло: в середине обращается в нуль даже гессиан, и пути там медлят.",
    )
    formula: ClassVar[str] = r"x^3 - 3xy^2"
    reference: ClassVar[Reference] = Reference(
        "Hilbert and Cohn-Vossen (1952), Geometry and the Imagination, section 29"
    )
    domain: ClassVar = ((-1.6, 1.6), (-1.2, 1.2))
    start: ClassVar = (1.0, 0.05)
    tags: ClassVar[tuple[Tag, ...]] = ("saddle",)
    learning_rate: ClassVar[float] = 0.0006
    stride: ClassVar[float] = 0.003
    example: ClassVar[Example] = Example(at=(1.0, 2.0), loss=-11.0, gradient=(-9.0, -12.0))

    def loss(self, x: Array, y: Array) -> Array:
        return x**3 - 3 * x * y**2


@final
@declaration
class Plateau(Surface):
    """f = 1 − exp(−(x² + y²)/(2w²)): a pit in a plain where the gradient vanishes."""

    id: ClassVar[str] = "plateau"
    title: ClassVar[Text] = Text("Plateau", "Плато")
    summary: ClassVar[Text] = Text(
        "Far from the pit there is almost no gradient; methods that divide by it walk on.",
        "Вдали от ямы градиента почти нет; методы, которые делят на него, всё равно идут.",
    )
    formula: ClassVar[str] = r"1 - \exp\left(-\frac{x^2 + y^2}{2 w^2}\right)"
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-2.4, 1.4)
    tags: ClassVar[tuple[Tag, ...]] = ("plateau",)
    learning_rate: ClassVar[float] = 0.3
    stride: ClassVar[float] = 0.03
    example: ClassVar[Example] = Example(
        at=(1.0, 1.0),
        loss=1 - math.exp(-1),
        gradient=(math.exp(-1), math.exp(-1)),
    )

    width: Annotated[
        float,
        parameter(Text("Width of the pit", "Ширина ямы"), symbol="w", ge=0.3, le=3, step=0.05),
    ] = 1.0

    def loss(self, x: Array, y: Array) -> Array:
        return 1 - jnp.exp(-(x**2 + y**2) / (2 * self.width**2))

    def minima(self) -> tuple[Minimum, ...]:
        return ORIGIN


@final
@declaration
class Cliff(Surface):
    """f = 0.15(x² + y²) + hσ(s(x − 1)): a gentle slope with a wall across it."""

    id: ClassVar[str] = "cliff"
    title: ClassVar[Text] = Text("Cliff", "Обрыв")
    summary: ClassVar[Text] = Text(
        "A gentle slope, then a wall: one step on its face throws the iterate far away.",
        "Пологий склон, потом стена: один шаг на ней отбрасывает точку далеко.",
    )
    formula: ClassVar[str] = r"0.15\left(x^2 + y^2\right) + \frac{h}{1 + e^{-s (x - 1)}}"
    reference: ClassVar[Reference] = Reference(
        "Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural "
        "networks, ICML, section 2.3",
        "https://arxiv.org/abs/1211.5063",
    )
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (3.2, 1.6)
    tags: ClassVar[tuple[Tag, ...]] = ("cliff",)
    learning_rate: ClassVar[float] = 0.25
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(1.0, 0.0), loss=3.15, gradient=(18.3, 0.0))

    height: Annotated[
        float,
        parameter(Text("Height of the wall", "Высота стены"), symbol="h", ge=0.5, le=20, step=0.5),
    ] = 6.0
    steepness: Annotated[
        float,
        parameter(Text("Steepness of the wall", "Крутизна стены"), symbol="s", ge=8, le=40, step=1),
    ] = 12.0

    def loss(self, x: Array, y: Array) -> Array:
        return 0.15 * (x**2 + y**2) + self.height * sigmoid(self.steepness * (x - 1))

    def minima(self) -> tuple[Minimum, ...]:
        def risen(x: float) -> float:
            return 1 / (1 + math.exp(-self.steepness * (x - 1)))

        def slope(x: float) -> float:
            return 0.3 * x + self.height * self.steepness * risen(x) * (1 - risen(x))

        x = crossing(slope, -1.0, 0.0)
        return (Minimum(x, 0.0, 0.15 * x**2 + self.height * risen(x)),)


@final
@declaration
class DoubleWell(Surface):
    """f = (x² − 1)² + tx + y²: two basins, one deeper when t is not 0."""

    id: ClassVar[str] = "double_well"
    title: ClassVar[Text] = Text("Double well", "Двойная яма")
    summary: ClassVar[Text] = Text(
        "Two basins: the start decides the answer, and momentum may change it.",
        "Две ямы: ответ решает начальная точка, а импульс может его изменить.",
    )
    formula: ClassVar[str] = r"\left(x^2 - 1\right)^2 + t x + y^2"
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-2.0, 2.0), (-1.5, 1.5))
    start: ClassVar = (1.9, 1.2)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal", "saddle")
    learning_rate: ClassVar[float] = 0.02
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(at=(2.0, 1.0), loss=10.6, gradient=(24.3, 2.0))

    tilt: Annotated[
        float, parameter(Text("Tilt", "Наклон"), symbol="t", ge=-1.5, le=1.5, step=0.05)
    ] = 0.3

    def loss(self, x: Array, y: Array) -> Array:
        return (x**2 - 1) ** 2 + self.tilt * x + y**2

    def minima(self) -> tuple[Minimum, ...]:
        """Roots of 4x³ − 4x + t, real while |t| < 8/(3√3), where the curve bends upwards."""
        found: list[Minimum] = []
        for x in sorted(float(root.real) for root in np.roots([4.0, 0.0, -4.0, self.tilt])):
            if 12 * x**2 > 4:
                found.append(Minimum(x, 0.0, (x**2 - 1) ** 2 + self.tilt * x))
        return tuple(found)
