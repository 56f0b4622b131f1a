"""The field's test functions with one valley or trough to follow."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
from jax import Array

from surfaces.claims import valleys as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.sources import virtual_library
from surfaces.surface import Example, Minimum, Scales, Surface, Tag

ADAM_AND_ITS_KIN = ("adam", "adamw", "nadam", "amsgrad", "adamax", "adabelief", "yogi")


@final
@declaration
class Rosenbrock(Surface):
    """f = (1 − x)² + b(y − x²)²: the banana valley."""

    id: ClassVar[str] = "rosenbrock"
    title: ClassVar[Text] = Text("Rosenbrock", "Розенброк")
    summary: ClassVar[Text] = Text(
        "A curved valley, found in a few steps and followed for hundreds: the classic race. "
        "Momentum arrives, gradient descent is still far away.",
        "Изогнутая долина: найти её — дело нескольких шагов, пройти — сотен. Классическая "
        "гонка: импульс доходит, обычный спуск ещё далеко.",
    )
    claim: ClassVar[Claim] = Claim(claims.valley_is_found_at_once_and_followed_slowly)
    formula: ClassVar[str] = r"\left(1 - x\right)^2 + b\left(y - x^2\right)^2"
    reference: ClassVar[Reference] = Reference(
        "Rosenbrock (1960), An automatic method for finding the greatest or least value of a "
        "function, The Computer Journal 3(3)",
        "https://doi.org/10.1093/comjnl/3.3.175",
    )
    domain: ClassVar = ((-2.0, 2.0), (-1.0, 3.0))
    start: ClassVar = (-1.2, 1.0)
    tags: ClassVar[tuple[Tag, ...]] = ("ravine",)
    stride: ClassVar[float] = 0.02
    rates_tuned: ClassVar[bool] = True
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

    def scales(self) -> Scales:
        """Rates of the opening race, in parts of 1/λ_max at (1, 1).

        They have the least mean of log f over 500 steps among those that could come to rest there
        (for descent: under 2/λ_max) and that moves of 1 % leave as it is.
        """
        b = self.steepness
        largest = 1 + 5 * b + math.sqrt((1 + 3 * b) ** 2 + (4 * b) ** 2)
        rates = {
            "momentum": 2.7 / largest,
            "nesterov": 1.3 / largest,
            "adagrad": 1.6,
            "rmsprop": 0.01,
            **dict.fromkeys(ADAM_AND_ITS_KIN, 0.14),
        }
        return Scales(1.9 / largest, self.stride, rates)

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
        "A flat floor between walls that rise like an eighth power: down the wall in 40 "
        "steps, along the floor in hundreds, and sooner with momentum.",
        "Плоское дно между стенками, растущими как восьмая степень: вниз — за 40 шагов, по "
        "дну — за сотни, с импульсом быстрее.",
    )
    claim: ClassVar[Claim] = Claim(claims.walls_fall_at_once_and_the_floor_takes_hundreds)
    formula: ClassVar[str] = (
        r"\left(1.5 - x + xy\right)^2 + \left(2.25 - x + xy^2\right)^2"
        r" + \left(2.625 - x + xy^3\right)^2"
    )
    reference: ClassVar[Reference] = virtual_library("beale")
    domain: ClassVar = ((-1.0, 4.5), (-2.0, 2.0))
    start: ClassVar = (1.0, 1.5)
    tags: ClassVar[tuple[Tag, ...]] = ("plateau", "ravine")
    learning_rate: ClassVar[float] = 0.006
    stride: ClassVar[float] = 0.05
    rates: ClassVar[Mapping[str, float]] = {"rmsprop": 0.01}
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
        "A convex quadratic turned by 45°: along one diagonal it is nine times as steep as "
        "along the other, and gradient descent zigzags across.",
        "Выпуклая квадратичная функция, повёрнутая на 45°: вдоль одной диагонали она в девять"
        " раз круче, чем вдоль другой, и спуск ходит поперёк зигзагом.",
    )
    claim: ClassVar[Claim] = Claim(claims.descent_zigzags_across_the_steep_diagonal)
    formula: ClassVar[str] = r"\left(x + 2y - 7\right)^2 + \left(2x + y - 5\right)^2"
    reference: ClassVar[Reference] = virtual_library("booth")
    domain: ClassVar = ((-6.0, 8.0), (-4.0, 8.0))
    start: ClassVar = (-5.0, 7.0)
    tags: ClassVar[tuple[Tag, ...]] = ("convex",)
    learning_rate: ClassVar[float] = 0.098
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
        "A shallow diagonal trough: across it gradient descent is done at once, and the "
        "flattest direction takes all the time.",
        "Пологий диагональный жёлоб: поперёк спуск справляется сразу, всё время уходит на "
        "самое плоское направление.",
    )
    claim: ClassVar[Claim] = Claim(claims.across_at_once_along_the_trough_slowly)
    formula: ClassVar[str] = r"0.26\left(x^2 + y^2\right) - 0.48xy"
    reference: ClassVar[Reference] = virtual_library("matya")
    domain: ClassVar = ((-10.0, 10.0), (-8.0, 8.0))
    start: ClassVar = (-8.0, 1.0)
    tags: ClassVar[tuple[Tag, ...]] = ("convex", "ravine")
    learning_rate: ClassVar[float] = 1.0
    stride: ClassVar[float] = 0.1
    example: ClassVar[Example] = Example(at=(1.0, 2.0), loss=0.34, gradient=(-0.44, 0.56))

    def loss(self, x: Array, y: Array) -> Array:
        return 0.26 * (x**2 + y**2) - 0.48 * x * y

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(0.0, 0.0, 0.0),)


@final
@declaration
class McCormick(Surface):
    """f = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1."""

    id: ClassVar[str] = "mccormick"
    title: ClassVar[Text] = Text("McCormick", "Маккормик")
    summary: ClassVar[Text] = Text(
        "A trough with waves along it: from here every path stops one wave too early, from "
        "(−1.5, 0.5) none does.",
        "Жёлоб с волнами вдоль дна: отсюда каждый путь останавливается на одну волну раньше "
        "минимума, а из (−1,5; 0,5) — ни один.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.paths_stop_one_wave_too_early, {"nearer": Setting(start=(-1.5, 0.5))}
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
    claim: ClassVar[Claim] = Claim(
        claims.rate_safe_on_the_slopes_crawls_on_the_floor, {"faster": Setting(rates=10.0)}
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
