"""The lecture's own shapes: the smallest surfaces on which one thing happens."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
import numpy as np
from jax import Array

from surfaces.claims import shapes as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.sources import LECTURE
from surfaces.stationary import product, rippled
from surfaces.surface import Example, Minimum, Scales, Surface, Tag

ORIGIN = (Minimum(0.0, 0.0, 0.0),)


def zigzag_rate(condition_number: float) -> float:
    """Under 2/(λ_min + λ_max), descent's best fixed rate, also when rounded to two digits up.

    Across the valley it then turns at every step.
    """
    return 1.9 / (1 + condition_number)


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
        "A convex quadratic. The larger κ, the longer gradient descent zigzags; by κ = 100 "
        "momentum is far ahead of it.",
        "Выпуклая квадратичная функция. Чем больше κ, тем дольше спуск ходит зигзагом; при κ "
        "= 100 импульс уже далеко впереди.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.zigzag_grows_with_the_condition_number,
        {
            "rounder": Setting({"condition_number": 2.0}),
            "narrower": Setting({"condition_number": 100.0}),
        },
    )
    formula: ClassVar[str] = r"\tfrac{1}{2}\left(x^2 + \kappa y^2\right)"
    reference: ClassVar[Reference] = Reference(
        "Boyd and Vandenberghe (2004), Convex Optimization, section 9.3.2",
        "https://web.stanford.edu/~boyd/cvxbook/",
    )
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.5, 1.5)
    tags: ClassVar[tuple[Tag, ...]] = ("convex",)
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(2.0, 1.0), loss=7.0, gradient=(2.0, 10.0))

    condition_number: ConditionNumber = 10.0

    def scales(self) -> Scales:
        return Scales(zigzag_rate(self.condition_number), self.stride)

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
        "Gradient descent zigzags across the ravine, momentum runs along it. A rate per "
        "coordinate helps on the axes (0°) and much less here, off them.",
        "Спуск ходит поперёк оврага зигзагом, импульс идёт вдоль. Своя скорость на каждую "
        "координату помогает вдоль осей (0°), а здесь, под углом, — гораздо меньше.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.turned_ravine_costs_each_coordinate_its_rate, {"straight": Setting({"angle": 0.0})}
    )
    formula: ClassVar[str] = r"\tfrac{1}{2}\left(u^2 + \kappa v^2\right)"
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.0, -0.5)
    tags: ClassVar[tuple[Tag, ...]] = ("convex", "ravine")
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(1.0, 1.0), loss=1.0, gradient=(1.0, 1.0))

    condition_number: ConditionNumber = 100.0
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

    def scales(self) -> Scales:
        return Scales(zigzag_rate(self.condition_number), self.stride)

    def definitions(self) -> tuple[str, ...]:
        return (
            r"u = x\cos\varphi + y\sin\varphi",
            r"v = y\cos\varphi - x\sin\varphi",
        )

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
        "A noisy version of a convex function: at A = 0.1 every path gets to the bottom, at "
        "0.3 only some, at 1 none.",
        "Выпуклая функция с шумом: при A = 0,1 до дна доходят все пути, при 0,3 — некоторые, "
        "при 1 — ни один.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.ripples_catch_more_the_higher_they_are,
        {"lower": Setting({"amplitude": 0.1}), "higher": Setting({"amplitude": 1.0})},
    )
    formula: ClassVar[str] = (
        r"\tfrac{1}{2}\left(x^2 + y^2\right) + A\left(2 - \cos\omega x - \cos\omega y\right)"
    )
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.4, 2.3)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal", "noisy")
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

    def scales(self) -> Scales:
        # The largest curvature is 1 + Aω².
        return Scales(0.4 / (1 + self.amplitude * self.frequency**2), self.stride)

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
        "The start is almost on the ridge. Methods that divide by the gradient leave at once,"
        " momentum hundreds of steps later, gradient descent not at all.",
        "Старт почти на гребне. Оптимизаторы, которые делят на градиент, уходят сразу, импульс — "
        "через сотни шагов, обычный спуск так и не уходит.",
    )
    claim: ClassVar[Claim] = Claim(claims.who_divides_leaves_the_saddle_first)
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
    # As far as momentum goes within the picture: its speed on the way down has no end.
    rates: ClassVar[Mapping[str, float]] = {"momentum": 0.0022, "nesterov": 0.0022}
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
        "A degenerate saddle: even the Hessian vanishes in the middle, so paths linger there,"
        " all but those that divide by the gradient.",
        "Вырожденное седло: в середине обращается в нуль даже гессиан, и все пути там медлят,"
        " кроме тех, что делят на градиент.",
    )
    claim: ClassVar[Claim] = Claim(claims.where_the_hessian_vanishes_paths_linger)
    formula: ClassVar[str] = r"x^3 - 3xy^2"
    reference: ClassVar[Reference] = Reference(
        "Hilbert and Cohn-Vossen (1952), Geometry and the Imagination, section 29"
    )
    domain: ClassVar = ((-1.6, 1.6), (-1.2, 1.2))
    start: ClassVar = (1.0, 0.002)
    tags: ClassVar[tuple[Tag, ...]] = ("saddle",)
    learning_rate: ClassVar[float] = 0.006
    stride: ClassVar[float] = 0.003
    # Past the middle f falls without end: these leave it when the race is over.
    rates: ClassVar[Mapping[str, float]] = {"momentum": 0.001, "nesterov": 0.001, "rmsprop": 0.003}
    example: ClassVar[Example] = Example(at=(1.0, 2.0), loss=-11.0, gradient=(-9.0, -12.0))

    def loss(self, x: Array, y: Array) -> Array:
        return x**3 - 3 * x * y**2


@final
@declaration
class DoubleWell(Surface):
    """f = (x² − 1)² + tx + y²: two basins, one deeper when t is not 0."""

    id: ClassVar[str] = "double_well"
    title: ClassVar[Text] = Text("Double well", "Двойная яма")
    summary: ClassVar[Text] = Text(
        "Two wells: gradient descent ends in the one it starts over, momentum rolls across "
        "into the other.",
        "Две ямы: обычный спуск приходит в ту, над которой начал, а импульс перекатывается в "
        "другую.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.start_decides_the_well_and_momentum_may_change_it,
        {"mirrored": Setting(start=(-1.9, 1.2))},
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
