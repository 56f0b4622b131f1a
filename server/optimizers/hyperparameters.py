"""Hyperparameters that several optimisers share, with their bounds and controls."""

from typing import Annotated

from surfaces.declaration import Text, parameter

Rate = Annotated[
    float,
    parameter(
        Text("Learning rate", "Скорость обучения"), symbol=r"\alpha", ge=1e-6, le=10, scale="log"
    ),
]
Momentum = Annotated[
    float,
    parameter(Text("Momentum", "Импульс"), symbol=r"\beta", ge=0, le=0.999, step=0.001),
]
Epsilon = Annotated[
    float,
    parameter(Text("Epsilon", "Эпсилон"), symbol=r"\varepsilon", ge=1e-16, le=1, scale="log"),
]
