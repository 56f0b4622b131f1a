"""The field's test functions with many minima: rings, egg boxes and needles."""

import math
from functools import cache
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
from jax import Array

from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.sources import virtual_library
from surfaces.stationary import crossing, product, rippled, solved
from surfaces.surface import Example, Known, Minimum, Point, Surface, Tag

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
    formula: ClassVar[str] = r"2A + x^2 + y^2 - A\cos 2\pi x - A\cos 2\pi y"
    reference: ClassVar[Reference] = virtual_library("rastr")
    domain: ClassVar = ((-5.12, 5.12), (-5.12, 5.12))
    start: ClassVar = (-3.4, 2.7)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.002
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(0.5, 0.0), loss=20.25, gradient=(1.0, 0.0))

    amplitude: Annotated[
        float,
        parameter(Text("Amplitude", "Амплитуда"), symbol="A", ge=0, le=20, step=0.5),
    ] = 10.0

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
        "Ripples all over, and at the centre a cone where the gradient does not fade.",
        "Всюду рябь, а в центре конус, где градиент не убывает.",
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
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(
        at=(1.0, 0.0),
        loss=20 - 20 * math.exp(-0.2 * math.sqrt(0.5)),
        gradient=(4 * math.sqrt(0.5) * math.exp(-0.2 * math.sqrt(0.5)), 0.0),
    )

    def loss(self, x: Array, y: Array) -> Array:
        square = (x**2 + y**2) / 2
        # The tip of a cone has no gradient; of its subgradients 0 is the one that stays there.
        radius = jnp.where(square > 0, jnp.sqrt(jnp.where(square > 0, square, 1)), 0)
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
        "Nearly equal minima on a bowl so wide that it is hardly felt.",
        "Почти одинаковые минимумы на чаше, столь широкой, что её едва видно.",
    )
    formula: ClassVar[str] = r"\frac{x^2 + y^2}{4000} - \cos x \cos\frac{y}{\sqrt{2}} + 1"
    reference: ClassVar[Reference] = virtual_library("griewank")
    domain: ClassVar = ((-10.0, 10.0), (-8.0, 8.0))
    start: ClassVar = (-1.0, -2.8)
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
        "A bowl crossed by waves that grow with the distance from the minimum.",
        "Чаша с волнами, которые растут с удалением от минимума.",
    )
    formula: ClassVar[str] = (
        r"\sin^2 3\pi x + \left(x - 1\right)^2\left(1 + \sin^2 3\pi y\right)"
        r" + \left(y - 1\right)^2\left(1 + \sin^2 2\pi y\right)"
    )
    reference: ClassVar[Reference] = virtual_library("levy13")
    domain: ClassVar = ((-4.0, 6.0), (-3.0, 5.0))
    start: ClassVar = (-2.7, 3.8)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.0015
    stride: ClassVar[float] = 0.05
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
class Easom(Surface):
    """f = −cos x cos y exp(−(x − π)² − (y − π)²): a needle in a plain."""

    id: ClassVar[str] = "easom"
    title: ClassVar[Text] = Text("Easom", "Изом")
    summary: ClassVar[Text] = Text(
        "One narrow pit in a plain: where the gradient is 10⁻⁵, only division by it helps.",
        "Одна узкая яма на равнине: где градиент 10⁻⁵, помогает только деление на него.",
    )
    formula: ClassVar[str] = r"-\cos x \cos y \exp\left(-(x - \pi)^2 - (y - \pi)^2\right)"
    reference: ClassVar[Reference] = virtual_library("easom")
    domain: ClassVar = ((-0.5, 6.8), (0.4, 5.9))
    start: ClassVar = (1.9, 4.1)
    tags: ClassVar[tuple[Tag, ...]] = ("plateau",)
    learning_rate: ClassVar[float] = 0.15
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(
        at=(0.0, math.pi),
        loss=math.exp(-(math.pi**2)),
        gradient=(2 * math.pi * math.exp(-(math.pi**2)), 0.0),
    )

    def loss(self, x: Array, y: Array) -> Array:
        return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2)

    def minima(self) -> tuple[Minimum, ...]:
        # With u = x − π the slope along x is 0 where tan u = −2u: at 0, and in the domain once on
        # either side. −cos x e^{−u²} is −1 at 0 and has its maximum there, so that the needle
        # is one minimum; where both coordinates stand at a side, the plain has a dimple.
        side = crossing(lambda u: math.sin(u) + 2 * u * math.cos(u), math.pi / 2, math.pi)
        depth = math.cos(side) * math.exp(-(side**2))
        dimples = (
            Minimum(math.pi + x, math.pi + y, -(depth**2))
            for x in (-side, side)
            for y in (-side, side)
        )
        return (Minimum(math.pi, math.pi, -1.0), *dimples)


@final
@declaration
class DropWave(Surface):
    """f = −(1 + cos 12r)/(r²/2 + 2), r² = x² + y²: rings round a drop."""

    id: ClassVar[str] = "drop_wave"
    title: ClassVar[Text] = Text("Drop-wave", "Капля")
    summary: ClassVar[Text] = Text(
        "Rings of equal depth: paths stop in the first trench and run round it.",
        "Кольца: пути останавливаются в ближайшей канавке.",
    )
    formula: ClassVar[str] = (
        r"-\frac{1 + \cos\left(12\sqrt{x^2 + y^2}\right)}{0.5\left(x^2 + y^2\right) + 2}"
    )
    reference: ClassVar[Reference] = virtual_library("drop")
    domain: ClassVar = ((-2.0, 2.0), (-1.6, 1.6))
    start: ClassVar = (-1.3, 0.9)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.003
    stride: ClassVar[float] = 0.02
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
        "A bowl with ripples that fade into it: far off they do not matter, near they do.",
        "Чаша с мелкой рябью: вдали она не важна, вблизи решает всё.",
    )
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
