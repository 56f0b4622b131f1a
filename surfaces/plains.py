"""Nearly flat ground: a pit, a needle, a wall across it."""

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, final

import jax.numpy as jnp
from jax import Array
from jax.nn import sigmoid

from surfaces.claims import plains as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, declaration, parameter
from surfaces.sources import LECTURE, virtual_library
from surfaces.stationary import crossing
from surfaces.surface import Example, Minimum, Scales, Surface, Tag


@final
@declaration
class Plateau(Surface):
    """f = 1 − exp(−(x² + y²)/(2w²)): a pit in a plain where the gradient vanishes."""

    id: ClassVar[str] = "plateau"
    title: ClassVar[Text] = Text("Plateau", "Плато")
    summary: ClassVar[Text] = Text(
        "Far from the pit there is almost no gradient; methods that divide by it walk on.",
        "Вдали от ямы градиента почти нет; оптимизаторы, которые делят на него, всё равно идут.",
    )
    claim: ClassVar[Claim] = Claim(claims.only_division_crosses_the_plain)
    formula: ClassVar[str] = r"1 - \exp\left(-\frac{x^2 + y^2}{2 w^2}\right)"
    reference: ClassVar[Reference] = LECTURE
    domain: ClassVar = ((-4.0, 4.0), (-3.0, 3.0))
    start: ClassVar = (-3.8, 2.6)
    tags: ClassVar[tuple[Tag, ...]] = ("plateau",)
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

    def scales(self) -> Scales:
        # The largest curvature, in the pit, is 1/w².
        return Scales(0.3 * self.width**2, self.stride)

    def loss(self, x: Array, y: Array) -> Array:
        return 1 - jnp.exp(-(x**2 + y**2) / (2 * self.width**2))

    def minima(self) -> tuple[Minimum, ...]:
        return (Minimum(0.0, 0.0, 0.0),)


@final
@declaration
class Easom(Surface):
    """f = −cos x cos y exp(−(x − π)² − (y − π)²): a needle in a plain."""

    id: ClassVar[str] = "easom"
    title: ClassVar[Text] = Text("Easom", "Изом")
    summary: ClassVar[Text] = Text(
        "One narrow pit in a plain. Near it methods that divide by the gradient arrive first;"
        " from (1, 5.2), where it is 10⁻⁵, only they move, and nobody finds the pit.",
        "Одна узкая яма на равнине. Рядом с ней первыми приходят оптимизаторы, которые делят на "
        "градиент; из (1; 5,2), где он порядка 10⁻⁵, только они и движутся, а ямы не находит "
        "никто.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.division_wins_near_the_needle_and_nobody_finds_it_from_afar,
        {"afar": Setting(start=(1.0, 5.2))},
    )
    formula: ClassVar[str] = r"-\cos x \cos y \exp\left(-(x - \pi)^2 - (y - \pi)^2\right)"
    reference: ClassVar[Reference] = virtual_library("easom")
    domain: ClassVar = ((-0.5, 6.8), (0.4, 5.9))
    start: ClassVar = (1.7, 4.6)
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
class Cliff(Surface):
    """f = 0.15(x² + y²) + hσ(s(x − 1)): a gentle slope with a wall across it."""

    id: ClassVar[str] = "cliff"
    title: ClassVar[Text] = Text("Cliff", "Обрыв")
    summary: ClassVar[Text] = Text(
        "A gentle slope, then a wall: one step on its face throws gradient descent far away. "
        "Clipping by norm at 1 keeps it; methods that divide by the gradient do not notice "
        "the wall.",
        "Пологий склон, потом стена: один шаг на ней отбрасывает спуск далеко. Обрезка по "
        "норме 1 его удерживает; оптимизаторы, которые делят на градиент, стены не замечают.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.wall_throws_descent_far_and_clipping_keeps_it, {"clipped": Setting(clipping=1.0)}
    )
    formula: ClassVar[str] = r"0.15\left(x^2 + y^2\right) + \frac{h}{1 + e^{-s (x - 1)}}"
    reference: ClassVar[Reference] = Reference(
        "Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural "
        "networks, ICML, section 2.3",
        "https://arxiv.org/abs/1211.5063",
    )
    domain: ClassVar = ((-9.0, 4.0), (-4.5, 4.5))
    start: ClassVar = (2.35, 1.6)
    tags: ClassVar[tuple[Tag, ...]] = ("cliff",)
    learning_rate: ClassVar[float] = 0.5
    stride: ClassVar[float] = 0.05
    # A tenth of descent's rate, as far as β = 0.9 carries them: they too are thrown, and seen.
    rates: ClassVar[Mapping[str, float]] = {"momentum": 0.03, "nesterov": 0.05}
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
