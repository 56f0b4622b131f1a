"""The field's test functions with few minima: valleys, plates and camels."""

import math
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
from jax import Array

from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.sources import JAMIL_YANG, virtual_library
from surfaces.surface import Example, Minimum, Surface, Tag


@final
@declaration
class Rosenbrock(Surface):
    """f = (1 − x)² + b(y − x²)²: the banana valley."""

    id: ClassVar[str] = "rosenbrock"
    title: ClassVar[Text] = Text("Rosenbrock", "Розенброк")
    summary: ClassVar[Text] = Text(
        "A curved valley, easy to find and slow to follow: the classic race.",
        "Изогнутая долина: найти её легко, пройти трудно. Классическая гонка.",
    )
    formula: ClassVar[str] = r"\left(1 - x\right)^2 + b\left(y - x^2\right)^2"
    reference: ClassVar[Reference] = Reference(
        "Rosenbrock (1960), An automatic method for finding the greatest or least value of a "
        "function, The Computer Journal 3(3)",
        "https://doi.org/10.1093/comjnl/3.3.175",
    )
    domain: ClassVar = ((-2.0, 2.0), (-1.0, 3.0))
    start: ClassVar = (-0.5, 2.6)
    tags: ClassVar[tuple[Tag, ...]] = ("ravine",)
    learning_rate: ClassVar[float] = 0.0007
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(at=(-1.0, 1.0), loss=4.0, gradient=(-4.0, 0.0))

    steepness: Annotated[
        float,
        parameter(
            Text("Steepness of the walls", "Крутизна стенок"),
            symbol="b",
            ge=1,
            le=500,
            scale="log",
        ),
    ] = 100.0

    def loss(self, x: Array, y: Array) -> Array:
        return (1 - x) ** 2 + self.steepness * (y - x**2) ** 2

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(1.0, 1.0, 0.0),)


@final
@declaration
class Beale(Surface):
    """Three squared residuals of 1.5, 2.25 and 2.625: flat corners, sharp edges."""

    id: ClassVar[str] = "beale"
    title: ClassVar[Text] = Text("Beale", "Бил")
    summary: ClassVar[Text] = Text(
        "A flat floor between walls that rise like an eighth power.",
        "Плоское дно между стенками, растущими как восьмая степень.",
    )
    formula: ClassVar[str] = (
        r"\left(1.5 - x + xy\right)^2 + \left(2.25 - x + xy^2\right)^2"
        r" + \left(2.625 - x + xy^3\right)^2"
    )
    reference: ClassVar[Reference] = virtual_library("beale")
    domain: ClassVar = ((-1.0, 4.5), (-2.0, 2.0))
    start: ClassVar = (1.0, 1.5)
    tags: ClassVar[tuple[Tag, ...]] = ("plateau", "ravine")
    learning_rate: ClassVar[float] = 0.004
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(at=(1.0, 1.0), loss=14.203125, gradient=(0.0, 27.75))

    def loss(self, x: Array, y: Array) -> Array:
        return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(3.0, 0.5, 0.0),)


@final
@declaration
class Booth(Surface):
    """f = (x + 2y − 7)² + (2x + y − 5)²: a tilted quadratic."""

    id: ClassVar[str] = "booth"
    title: ClassVar[Text] = Text("Booth", "Бут")
    summary: ClassVar[Text] = Text(
        "A convex quadratic whose axes stand at 45° to the coordinates.",
        "Выпуклая квадратичная функция, оси которой повёрнуты на 45°.",
    )
    formula: ClassVar[str] = r"\left(x + 2y - 7\right)^2 + \left(2x + y - 5\right)^2"
    reference: ClassVar[Reference] = virtual_library("booth")
    domain: ClassVar = ((-6.0, 8.0), (-4.0, 8.0))
    start: ClassVar = (-4.0, -2.0)
    tags: ClassVar[tuple[Tag, ...]] = ("convex",)
    learning_rate: ClassVar[float] = 0.02
    stride: ClassVar[float] = 0.1
    example: ClassVar[Example] = Example(at=(0.0, 0.0), loss=74.0, gradient=(-34.0, -38.0))

    def loss(self, x: Array, y: Array) -> Array:
        return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(1.0, 3.0, 0.0),)


@final
@declaration
class Matyas(Surface):
    """f = 0.26(x² + y²) − 0.48xy: a plate with condition number 25."""

    id: ClassVar[str] = "matyas"
    title: ClassVar[Text] = Text("Matyas", "Матьяш")
    summary: ClassVar[Text] = Text(
        "A shallow diagonal trough: the direction that matters is the flattest.",
        "Пологий диагональный жёлоб: важнее всего самое плоское направление.",
    )
    formula: ClassVar[str] = r"0.26\left(x^2 + y^2\right) - 0.48xy"
    reference: ClassVar[Reference] = virtual_library("matya")
    domain: ClassVar = ((-10.0, 10.0), (-8.0, 8.0))
    start: ClassVar = (-8.0, 1.0)
    tags: ClassVar[tuple[Tag, ...]] = ("convex", "ravine")
    learning_rate: ClassVar[float] = 0.3
    stride: ClassVar[float] = 0.1
    example: ClassVar[Example] = Example(at=(1.0, 2.0), loss=0.34, gradient=(-0.44, 0.56))

    def loss(self, x: Array, y: Array) -> Array:
        return 0.26 * (x**2 + y**2) - 0.48 * x * y

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(0.0, 0.0, 0.0),)


@final
@declaration
class ThreeHumpCamel(Surface):
    """f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²: a deep basin between two shallow ones."""

    id: ClassVar[str] = "three_hump_camel"
    title: ClassVar[Text] = Text("Three-hump camel", "Трёхгорбый верблюд")
    summary: ClassVar[Text] = Text(
        "Three basins in a row, the middle one deepest.",
        "Три впадины в ряд, средняя самая глубокая.",
    )
    formula: ClassVar[str] = r"2x^2 - 1.05x^4 + \frac{x^6}{6} + xy + y^2"
    reference: ClassVar[Reference] = virtual_library("camel3")
    domain: ClassVar = ((-2.4, 2.4), (-1.8, 1.8))
    start: ClassVar = (-2.2, -1.4)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.02
    stride: ClassVar[float] = 0.02
    example: ClassVar[Example] = Example(
        at=(1.0, 1.0), loss=2 - 1.05 + 1 / 6 + 2, gradient=(1.8, 3.0)
    )

    def loss(self, x: Array, y: Array) -> Array:
        return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2

    def minima(self) -> tuple[Minimum, ...]:
        # ∇f = 0 gives y = −x/2 and x⁴ − 4.2x² + 3.5 = 0, whose larger root is a minimum.
        x = math.sqrt(2.1 + math.sqrt(0.91))
        loss = 1.75 * x**2 - 1.05 * x**4 + x**6 / 6
        side = (Minimum(x, -x / 2, loss), Minimum(-x, x / 2, loss))
        return (Minimum(0.0, 0.0, 0.0), *side)


@final
@declaration
class SixHumpCamel(Surface):
    """f = (4 − 2.1x² + x⁴/3)x² + xy + 4(y² − 1)y²: six minima, two of them global."""

    id: ClassVar[str] = "six_hump_camel"
    title: ClassVar[Text] = Text("Six-hump camel", "Шестигорбый верблюд")
    summary: ClassVar[Text] = Text(
        "Six minima in three pairs: neighbouring starts end in different ones.",
        "Шесть минимумов тремя парами: соседние старты приходят в разные.",
    )
    formula: ClassVar[str] = (
        r"\left(4 - 2.1x^2 + \frac{x^4}{3}\right)x^2 + xy + 4\left(y^2 - 1\right)y^2"
    )
    reference: ClassVar[Reference] = virtual_library("camel6")
    domain: ClassVar = ((-2.1, 2.1), (-1.3, 1.3))
    start: ClassVar = (0.9, 0.1)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal", "saddle")
    learning_rate: ClassVar[float] = 0.01
    stride: ClassVar[float] = 0.015
    example: ClassVar[Example] = Example(
        at=(1.0, 1.0), loss=4 - 2.1 + 1 / 3 + 1, gradient=(2.6, 9.0)
    )

    def loss(self, x: Array, y: Array) -> Array:
        return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + 4 * (y**2 - 1) * y**2

    def minima(self) -> tuple[Minimum, ...]:
        pairs = (
            (0.08984201310031806, -0.7126564030207396, -1.0316284534898774),
            (1.703606714969981, -0.7960835686726251, -0.21546382438371764),
            (1.6071047529201972, 0.5686514548841314, 2.1042503103112584),
        )
        return tuple(Minimum(sign * x, sign * y, loss) for x, y, loss in pairs for sign in (1, -1))


@final
@declaration
class McCormick(Surface):
    """f = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1."""

    id: ClassVar[str] = "mccormick"
    title: ClassVar[Text] = Text("McCormick", "Маккормик")
    summary: ClassVar[Text] = Text(
        "A trough with waves along it: a path may stop one wave too early.",
        "Жёлоб с волнами вдоль дна: путь может остановиться на волну раньше.",
    )
    formula: ClassVar[str] = r"\sin(x + y) + \left(x - y\right)^2 - 1.5x + 2.5y + 1"
    reference: ClassVar[Reference] = virtual_library("mccorm")
    domain: ClassVar = ((-2.5, 4.5), (-3.0, 4.0))
    start: ClassVar = (1.0, 3.5)
    tags: ClassVar[tuple[Tag, ...]] = ("ravine", "multimodal")
    learning_rate: ClassVar[float] = 0.05
    stride: ClassVar[float] = 0.03
    example: ClassVar[Example] = Example(at=(0.0, 0.0), loss=1.0, gradient=(-0.5, 3.5))

    def loss(self, x: Array, y: Array) -> Array:
        return jnp.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1

    def minima(self) -> tuple[Minimum, ...]:
        # ∇f = 0 gives x − y = 1 and cos(x + y) = −1/2; each wave adds π to x, y and the loss.
        return tuple(
            Minimum(0.5 - angle, -0.5 - angle, loss)
            for angle, loss in (
                (math.pi / 3, -math.sqrt(3) / 2 - math.pi / 3),
                (math.pi / 3 - math.pi, math.pi - math.sqrt(3) / 2 - math.pi / 3),
            )
        )


@final
@declaration
class GoldsteinPrice(Surface):
    """Goldstein and Price's product of two polynomials, from 3 to a million."""

    id: ClassVar[str] = "goldstein_price"
    title: ClassVar[Text] = Text("Goldstein–Price", "Голдстейн — Прайс")
    summary: ClassVar[Text] = Text(
        "Losses from 3 to a million: a rate that is safe on the slopes crawls on the floor.",
        "Потери от 3 до миллиона: скорость, безопасная на склонах, еле ползёт по дну.",
    )
    formula: ClassVar[str] = (
        r"\left(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\right)"
        r"\left(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\right)"
    )
    reference: ClassVar[Reference] = virtual_library("goldpr")
    domain: ClassVar = ((-2.0, 2.0), (-2.0, 2.0))
    start: ClassVar = (-1.0, 0.4)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal", "ravine")
    learning_rate: ClassVar[float] = 1e-05
    stride: ClassVar[float] = 0.01
    example: ClassVar[Example] = Example(at=(0.0, 0.0), loss=600.0, gradient=(720.0, 720.0))

    def loss(self, x: Array, y: Array) -> Array:
        first = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
        second = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
        return (1 + (x + y + 1) ** 2 * first) * (30 + (2 * x - 3 * y) ** 2 * second)

    def minima(self) -> tuple[Minimum, ...]:
        return (
            Minimum(0.0, -1.0, 3.0),
            Minimum(-0.6, -0.4, 30.0),
            Minimum(1.8, 0.2, 84.0),
            Minimum(1.2, 0.8, 840.0),
        )


@final
@declaration
class Branin(Surface):
    """f = (y − 5.1x²/4π² + 5x/π − 6)² + 10(1 − 1/8π)cos x + 10: three equal minima."""

    id: ClassVar[str] = "branin"
    title: ClassVar[Text] = Text("Branin", "Бранин")
    summary: ClassVar[Text] = Text(
        "Three minima of the same depth: only the start decides which one is found.",
        "Три минимума одной глубины: какой найдётся, решает только старт.",
    )
    formula: ClassVar[str] = (
        r"\left(y - \frac{5.1}{4\pi^2}x^2 + \frac{5}{\pi}x - 6\right)^2"
        r" + 10\left(1 - \frac{1}{8\pi}\right)\cos x + 10"
    )
    reference: ClassVar[Reference] = virtual_library("branin")
    domain: ClassVar = ((-5.0, 11.0), (0.0, 15.0))
    start: ClassVar = (-2.6, 3.5)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.02
    stride: ClassVar[float] = 0.08
    example: ClassVar[Example] = Example(
        at=(0.0, 0.0),
        loss=56 - 10 / (8 * math.pi),
        gradient=(-60 / math.pi, -12.0),
    )

    def loss(self, x: Array, y: Array) -> Array:
        bend = y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6
        return bend**2 + 10 * (1 - 1 / (8 * math.pi)) * jnp.cos(x) + 10

    def minima(self) -> tuple[Minimum, ...]:
        # At odd multiples of π the cosine is −1 and the bracket can be made 0.
        return tuple(
            Minimum(x, 5.1 / (4 * math.pi**2) * x**2 - 5 / math.pi * x + 6, 10 / (8 * math.pi))
            for x in (-math.pi, math.pi, 3 * math.pi)
        )


@final
@declaration
class Himmelblau(Surface):
    """f = (x² + y − 11)² + (x + y² − 7)²: four minima of the same depth."""

    id: ClassVar[str] = "himmelblau"
    title: ClassVar[Text] = Text("Himmelblau", "Химмельблау")
    summary: ClassVar[Text] = Text(
        "Four equal minima round a hill: optimizers from one start part company.",
        "Четыре равных минимума вокруг холма: из одной точки методы расходятся.",
    )
    formula: ClassVar[str] = r"\left(x^2 + y - 11\right)^2 + \left(x + y^2 - 7\right)^2"
    reference: ClassVar[Reference] = Reference(
        f"Himmelblau (1972), Applied Nonlinear Programming; {JAMIL_YANG.citation}",
        JAMIL_YANG.url,
    )
    domain: ClassVar = ((-5.5, 5.5), (-5.0, 5.0))
    start: ClassVar = (-0.2, 1.1)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal",)
    learning_rate: ClassVar[float] = 0.005
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(0.0, 0.0), loss=170.0, gradient=(-14.0, -22.0))

    def loss(self, x: Array, y: Array) -> Array:
        return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2

    def minima(self) -> tuple[Minimum, ...]:
        return (
            Minimum(3.0, 2.0, 0.0),
            Minimum(-2.805118086952745, 3.131312518250573, 0.0),
            Minimum(-3.779310253377747, -3.2831859912861696, 0.0),
            Minimum(3.5844283403304917, -1.848126526964404, 0.0),
        )


@final
@declaration
class StyblinskiTang(Surface):
    """f = ½ Σ (xᵢ⁴ − 16xᵢ² + 5xᵢ): a well in each quadrant, one of them deepest."""

    id: ClassVar[str] = "styblinski_tang"
    title: ClassVar[Text] = Text("Styblinski–Tang", "Стыблинский — Танг")
    summary: ClassVar[Text] = Text(
        "A well in each quadrant with three different depths.",
        "По яме в каждой четверти, глубины трёх разных величин.",
    )
    formula: ClassVar[str] = r"\tfrac{1}{2}\left(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y\right)"
    reference: ClassVar[Reference] = virtual_library("stybtang")
    domain: ClassVar = ((-5.0, 5.0), (-4.5, 4.5))
    start: ClassVar = (0.3, 4.2)
    tags: ClassVar[tuple[Tag, ...]] = ("multimodal", "saddle")
    learning_rate: ClassVar[float] = 0.006
    stride: ClassVar[float] = 0.05
    example: ClassVar[Example] = Example(at=(1.0, 1.0), loss=-10.0, gradient=(-11.5, -11.5))

    def loss(self, x: Array, y: Array) -> Array:
        return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2

    def minima(self) -> tuple[Minimum, ...]:
        # The outer roots of 4t³ − 32t + 5 and the loss of one coordinate there.
        low, high = -2.9035340277711770, 2.7468027709908369
        depth = {t: (t**4 - 16 * t**2 + 5 * t) / 2 for t in (low, high)}
        return tuple(Minimum(x, y, depth[x] + depth[y]) for x in (low, high) for y in (low, high))
