"""The field's test functions with many minima: rings, egg boxes and needles."""

import math
from functools import cache
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
from jax import Array

from surfaces import kinks
from surfaces.claims import ripples as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.sources import virtual_library
from surfaces.stationary import product, rippled, solved
from surfaces.surface import Example, Known, Minimum, Point, Scales, Surface, Tag

ORIGIN = (Minimum(0.0, 0.0, 0.0),)


@final
@declaration
class Rastrigin(Surface):
    """f = 2A + Σ (xᵢ² − A cos 2πxᵢ): a bowl under an egg box."""

    id: ClassVar[str] = "rastrigin"
    title: ClassVar[Text] = Text("Rastrigin", "Растригин")
    summary: ClassVar[Text] = Text(
        "A minimum in every cell of an egg box: a short step never leaves its cell.",
        "Минимум в каждой ячейке: короткий шаг из неё никогда не выйдет.",
    )
    claim: ClassVar[Claim] = Claim(claims.no_path_leaves_its_cell)
    formula: ClassVar[str] = r"2A + x^2 + y^2 - A\cos 2\pi x - A\cos 2\pi y"
    reference: ClassVar[Reference] = virtual_library("rastr")
    domain: ClassVar = ((-5.12, 5.12), (-5.12, 5.12))
    start: ClassVar = (-3.4, 2.7)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(at=(0.5, 0.0), loss=20.25, gradient=(1.0, 0.0))

    amplitude: Annotated[
        float,
        parameter(Text("Amplitude", "Амплитуда"), symbol="A", ge=0, le=20, step=0.5),
    ] = 10.0

    def scales(self) -> Scales:
        # The largest curvature is 2 + 4π²A.
        return Scales(0.8 / (2 + 4 * math.pi**2 * self.amplitude), self.stride)

    def loss(self, x: Array, y: Array) -> Array:
        waves = jnp.cos(2 * math.pi * x) + jnp.cos(2 * math.pi * y)
        return x**2 + y**2 + self.amplitude * (2 - waves)

    def minima(self) -> tuple[Minimum, ...]:
        def loss(x: float, y: float) -> float:
            waves = math.cos(2 * math.pi * x) + math.cos(2 * math.pi * y)
            return x**2 + y**2 + self.amplitude * (2 - waves)

        x, y = (rippled(2.0, self.amplitude, 2 * math.pi, ends) for ends in self.domain)
        return product(x, y, loss)


@final
@declaration
class Ackley(Surface):
    """Ackley's function: a cone with ripples in a nearly flat plain."""

    id: ClassVar[str] = "ackley"
    title: ClassVar[Text] = Text("Ackley", "Экли")
    summary: ClassVar[Text] = Text(
        "Ripples all over catch every path. At the centre is a cone where the gradient does "
        "not fade: started at (−0.35, 0.25), gradient descent rattles round its tip for ever.",
        "Рябь повсюду ловит каждый путь. В центре конус, где градиент не убывает: из (−0,35; "
        "0,25) спуск бесконечно дрожит вокруг вершины.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.ripples_catch_all_and_the_cone_lets_none_settle,
        {"near": Setting(start=(-0.35, 0.25))},
    )
    formula: ClassVar[str] = (
        r"-20\,e^{-0.2\sqrt{(x^2 + y^2)/2}}"
        r" - e^{(\cos 2\pi x + \cos 2\pi y)/2} + 20 + e"
    )
    reference: ClassVar[Reference] = virtual_library("ackley")
    domain: ClassVar = ((-4.0, 4.0), (-3.2, 3.2))
    start: ClassVar = (-2.6, 1.7)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.01
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(
        at=(1.0, 0.0),
        loss=20 - 20 * math.exp(-0.2 * math.sqrt(0.5)),
        gradient=(4 * math.sqrt(0.5) * math.exp(-0.2 * math.sqrt(0.5)), 0.0),
    )

    def loss(self, x: Array, y: Array) -> Array:
        radius = kinks.hypot(x, y) / math.sqrt(2)
        waves = (jnp.cos(2 * math.pi * x) + jnp.cos(2 * math.pi * y)) / 2
        return 20 - 20 * jnp.exp(-0.2 * radius) + math.e - jnp.exp(waves)

    def minima(self) -> tuple[Minimum, ...]:
        return _ackley_minima()


@cache
def _ackley_minima() -> tuple[Minimum, ...]:
    """The cone's tip, and one near every other pair of whole numbers."""

    def waves(x: float, y: float) -> float:
        return math.exp((math.cos(2 * math.pi * x) + math.cos(2 * math.pi * y)) / 2)

    def loss(x: float, y: float) -> float:
        return 20 - 20 * math.exp(-0.2 * math.hypot(x, y) / math.sqrt(2)) + math.e - waves(x, y)

    def gradient(x: float, y: float) -> Point:
        radius = math.hypot(x, y) / math.sqrt(2)
        cone, egg = 2 * math.exp(-0.2 * radius) / radius, math.pi * waves(x, y)
        return cone * x + egg * math.sin(2 * math.pi * x), cone * y + egg * math.sin(
            2 * math.pi * y
        )

    near = [(float(x), float(y)) for x in range(5) for y in range(4) if x or y]
    return (*ORIGIN, *solved(gradient, near, loss))


@final
@declaration
class Griewank(Surface):
    """f = (x² + y²)/4000 − cos x cos(y/√2) + 1."""

    id: ClassVar[str] = "griewank"
    title: ClassVar[Text] = Text("Griewank", "Гриванк")
    summary: ClassVar[Text] = Text(
        "Nearly equal minima on a bowl so wide that it is hardly felt: (−1.3, −3) and (−1.2, "
        "−2.4) lead to different ones, and both are within 1 % of the loss at the start.",
        "Почти одинаковые минимумы на чаше, столь широкой, что наклон почти незаметен: из "
        "(−1,3; −3) и (−1,2; −2,4) приходят в разные, и потери в обоих меньше 1 % начальных.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.minima_differ_in_place_and_hardly_in_depth, {"inner": Setting(start=(-1.2, -2.4))}
    )
    formula: ClassVar[str] = r"\frac{x^2 + y^2}{4000} - \cos x \cos\frac{y}{\sqrt{2}} + 1"
    reference: ClassVar[Reference] = virtual_library("griewank")
    domain: ClassVar = ((-10.0, 10.0), (-8.0, 8.0))
    start: ClassVar = (-1.3, -3.0)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.2
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(
        at=(math.pi, 0.0), loss=2 + math.pi**2 / 4000, gradient=(math.pi / 2000, 0.0)
    )

    def loss(self, x: Array, y: Array) -> Array:
        waves = jnp.cos(x) * jnp.cos(y / math.sqrt(2))
        return (x**2 + y**2) / 4000 - waves + 1

    def minima(self) -> tuple[Minimum, ...]:
        return _griewank_minima()


@cache
def _griewank_minima() -> tuple[Minimum, ...]:
    """Near (kπ, mπ√2) where k + m is even, so that both cosines are 1 or both −1."""
    root = math.sqrt(2)

    def loss(x: float, y: float) -> float:
        return (x**2 + y**2) / 4000 - math.cos(x) * math.cos(y / root) + 1

    def gradient(x: float, y: float) -> Point:
        return (
            x / 2000 + math.sin(x) * math.cos(y / root),
            y / 2000 + math.cos(x) * math.sin(y / root) / root,
        )

    waves = [(k, m) for k in range(4) for m in range(2) if (k + m) % 2 == 0]
    near = [(k * math.pi, m * math.pi * root) for k, m in waves]
    return solved(gradient, near, loss)


@final
@declaration
class LevyN13(Surface):
    """f = sin²3πx + (x − 1)²(1 + sin²3πy) + (y − 1)²(1 + sin²2πy)."""

    id: ClassVar[str] = "levy_n13"
    title: ClassVar[Text] = Text("Lévy N. 13", "Леви № 13")
    summary: ClassVar[Text] = Text(
        "A bowl crossed by waves that grow with the distance from the minimum: from here "
        "nobody gets there.",
        "Чаша с волнами, которые растут с удалением от минимума: отсюда до него не доходит никто.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.waves_catch_far_from_the_minimum, {"near": Setting(start=(1.1, 0.9))}
    )
    formula: ClassVar[str] = (
        r"\sin^2 3\pi x + \left(x - 1\right)^2\left(1 + \sin^2 3\pi y\right)"
        r" + \left(y - 1\right)^2\left(1 + \sin^2 2\pi y\right)"
    )
    reference: ClassVar[Reference] = virtual_library("levy13")
    domain: ClassVar = ((-4.0, 6.0), (-3.0, 5.0))
    start: ClassVar = (-2.7, 3.8)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.0008
    stride: ClassVar[float] = 0.02
    minima_known: ClassVar[Known] = "global"
    example: ClassVar[Example] = Example(at=(0.0, 0.0), loss=2.0, gradient=(-2.0, -2.0))

    def loss(self, x: Array, y: Array) -> Array:
        return (
            jnp.sin(3 * math.pi * x) ** 2
            + (x - 1) ** 2 * (1 + jnp.sin(3 * math.pi * y) ** 2)
            + (y - 1) ** 2 * (1 + jnp.sin(2 * math.pi * y) ** 2)
        )

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(1.0, 1.0, 0.0),)


@final
@declaration
class DropWave(Surface):
    """f = −(1 + cos 12r)/(r²/2 + 2), r² = x² + y²: rings round a drop."""

    id: ClassVar[str] = "drop_wave"
    title: ClassVar[Text] = Text("Drop-wave", "Капля")
    summary: ClassVar[Text] = Text(
        "Rings, the deeper the nearer to the centre: a path falls into the trench it starts "
        "over and stops, for nothing pulls it round or across.",
        "Кольца, чем ближе к центру, тем глубже: путь падает в ближайшую канавку и "
        "останавливается — ни вдоль, ни поперёк его ничто не тянет.",
    )
    claim: ClassVar[Claim] = Claim(claims.paths_fall_into_their_trench_and_stop)
    formula: ClassVar[str] = (
        r"-\frac{1 + \cos\left(12\sqrt{x^2 + y^2}\right)}{0.5\left(x^2 + y^2\right) + 2}"
    )
    reference: ClassVar[Reference] = virtual_library("drop")
    domain: ClassVar = ((-2.0, 2.0), (-1.6, 1.6))
    start: ClassVar = (-1.3, 0.9)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.003
    stride: ClassVar[float] = 0.005
    minima_known: ClassVar[Known] = "global"
    example: ClassVar[Example] = Example(at=(math.pi / 12, 0.0), loss=0.0, gradient=(0.0, 0.0))

    def loss(self, x: Array, y: Array) -> Array:
        square = x**2 + y**2
        # cos(12√s) is smooth in s, but √s is not: near 0 its series, exact to rounding.
        near = square < 1e-8
        root = jnp.sqrt(jnp.where(near, 1, square))
        series = 1 - 72 * square + 864 * square**2
        return -(1 + jnp.where(near, series, jnp.cos(12 * root))) / (square / 2 + 2)

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(0.0, 0.0, -1.0),)


@final
@declaration
class Bohachevsky(Surface):
    """f = x² + 2y² − 0.3cos 3πx − 0.4cos 4πy + 0.7."""

    id: ClassVar[str] = "bohachevsky"
    title: ClassVar[Text] = Text("Bohachevsky", "Бохачевский")
    summary: ClassVar[Text] = Text(
        "A bowl with ripples that fade into it: they catch gradient descent, Adagrad and "
        "RMSProp; momentum, Nesterov and Adam roll on to the bottom.",
        "Чаша с мелкой рябью: в ней застревают спуск, Adagrad и RMSProp, а импульс, Нестеров "
        "и Adam докатываются до дна.",
    )
    claim: ClassVar[Claim] = Claim(claims.ripples_catch_who_has_no_memory)
    formula: ClassVar[str] = r"x^2 + 2y^2 - 0.3\cos 3\pi x - 0.4\cos 4\pi y + 0.7"
    reference: ClassVar[Reference] = virtual_library("boha")
    domain: ClassVar = ((-2.0, 2.0), (-1.5, 1.5))
    start: ClassVar = (-1.7, 1.3)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.01
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(at=(1.0, 1.0), loss=3.6, gradient=(2.0, 4.0))

    def loss(self, x: Array, y: Array) -> Array:
        waves = 0.3 * jnp.cos(3 * math.pi * x) + 0.4 * jnp.cos(4 * math.pi * y)
        return x**2 + 2 * y**2 - waves + 0.7

    def minima(self) -> tuple[Minimum, ...]:
        def loss(x: float, y: float) -> float:
            waves = 0.3 * math.cos(3 * math.pi * x) + 0.4 * math.cos(4 * math.pi * y)
            return x**2 + 2 * y**2 + (0.7 - waves)

        x = rippled(2.0, 0.3, 3 * math.pi, self.domain[0])
        return product(x, rippled(4.0, 0.4, 4 * math.pi, self.domain[1]), loss)
