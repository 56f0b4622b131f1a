"""The numbers that say how large a network is and how often it is drawn."""

from dataclasses import dataclass
from typing import Annotated, Literal, final

from surfaces.declaration import Text, choice, parameter


@final
@dataclass(frozen=True)
class Shape:
    """A multilayer perceptron: hidden layers, units of each, and what helps a signal through."""

    depth: Annotated[
        int,
        parameter(
            Text("Depth", "Глубина"),
            symbol="L",
            ge=1,
            le=64,
            step=1,
            unit=Text("hidden layers", "скрытых слоёв"),
        ),
    ] = 10
    width: Annotated[
        int,
        parameter(
            Text("Width", "Ширина"),
            symbol="N",
            ge=2,
            le=256,
            scale="log",
            step=1,
            unit=Text("units a layer", "нейронов в слое"),
        ),
    ] = 64
    skip: bool = False
    normalization: Annotated[
        Literal["none", "layer"],
        choice(
            Text("Normalisation", "Нормализация"),
            none=Text("none", "нет"),
            layer=Text("of layers", "по слоям"),
        ),
    ] = "none"


@final
@dataclass(frozen=True)
class Draws:
    """Networks that differ in the draw of their weights alone."""

    seed: Annotated[
        int,
        parameter(
            Text("Seed of the weights", "Зерно весов"), symbol="s", ge=0, le=2**32 - 9, step=1
        ),
    ] = 0
    seeds: Annotated[
        int,
        parameter(
            Text("Networks averaged", "Сетей для усреднения"), symbol="k", ge=1, le=8, step=1
        ),
    ] = 4
