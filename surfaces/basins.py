"""The field's test functions with a few basins: who ends where?"""

import math
from typing import ClassVar, final

import jax.numpy as jnp
from jax import Array

from surfaces.claims import basins as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, declaration
from surfaces.sources import JAMIL_YANG, virtual_library
from surfaces.surface import Example, Minimum, Surface, Tag


@final
@declaration
class ThreeHumpCamel(Surface):
    """f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²: a deep basin between two shallow ones."""

    id: ClassVar[str] = "three_hump_camel"
    title: ClassVar[Text] = Text("Three-hump camel", "Трёхгорбый верблюд")
    summary: ClassVar[Text] = Text(
        "Three basins in a row, the middle one deepest: gradient descent stays in the outer "
        "one, momentum rolls on into the middle.",
        "Три впадины в ряд, средняя самая глубокая: обычный спуск остаётся в крайней, импульс"
        " докатывается до средней.",
    )
    claim: ClassVar[Claim] = Claim(claims.momentum_rolls_out_of_the_outer_basin)
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
        "Six minima in three pairs: from (0.9, 0.1) and (0.9, −0.1) gradient descent ends on "
        "opposite sides.",
        "Шесть минимумов тремя парами: из (0,9; 0,1) и (0,9; −0,1) спуск приходит в "
        "противоположные.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.neighbouring_starts_part, {"neighbour": Setting(start=(0.9, -0.1))}
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
        # Multiplied out: its derivative divides no power, and a step of a map takes 0.7 as long.
        return 4 * x**2 - 2.1 * x**4 + x**6 / 3 + x * y + 4 * y**4 - 4 * y**2

    def minima(self) -> tuple[Minimum, ...]:
        pairs = (
            (0.08984201310031806, -0.7126564030207396, -1.0316284534898774),
            (1.703606714969981, -0.7960835686726251, -0.21546382438371764),
            (1.6071047529201972, 0.5686514548841314, 2.1042503103112584),
        )
        return tuple(Minimum(sign * x, sign * y, loss) for x, y, loss in pairs for sign in (1, -1))


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
    claim: ClassVar[Claim] = Claim(
        claims.only_the_start_decides,
        {"middle": Setting(start=(2.0, 6.0)), "right": Setting(start=(8.0, 9.0))},
    )
    formula: ClassVar[str] = (
        r"\left(y - \frac{5.1}{4\pi^2}x^2 + \frac{5}{\pi}x - 6\right)^2"
        r" + 10\left(1 - \frac{1}{8\pi}\right)\cos x + 10"
    )
    reference: ClassVar[Reference] = virtual_library("branin")
    domain: ClassVar = ((-5.0, 11.0), (0.0, 15.0))
    start: ClassVar = (1.0, 9.0)
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
        "Четыре равных минимума вокруг холма: из одной точки оптимизаторы приходят в разные.",
    )
    claim: ClassVar[Claim] = Claim(claims.one_start_several_minima)
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
        "A well in each quadrant, three different depths: every path ends in the well of its "
        "quadrant, here the shallowest.",
        "По яме в каждой четверти, но глубины лишь три: путь кончается в яме своей "
        "четверти, здесь — в самой мелкой.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.each_quadrant_has_its_well,
        {
            "upper_left": Setting(start=(-0.3, 4.2)),
            "lower_right": Setting(start=(0.3, -4.2)),
            "lower_left": Setting(start=(-0.3, -4.2)),
        },
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
