"""Hyperparameters that several optimisers share, with their bounds and controls."""

from typing import Annotated

from surfaces.declaration import Text, parameter, switch

RATES = (1e-20, 1e10)
"""Bounds of a learning rate: 2/λ_max is of either size where data is. Sliders and searches run
over a part of them that follows the surface."""

Rate = Annotated[
    float,
    parameter(
        Text("Learning rate", "Скорость обучения"),
        symbol=r"\alpha",
        ge=RATES[0],
        le=RATES[1],
        scale="log",
        slider=(1e-6, 10),
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
Beta1 = Annotated[
    float,
    parameter(
        Text("First-moment decay", "Затухание первого момента"),
        symbol=r"\beta_1",
        ge=0,
        le=0.999,
        step=0.001,
    ),
]
Beta2 = Annotated[
    float,
    parameter(
        Text("Second-moment decay", "Затухание второго момента"),
        symbol=r"\beta_2",
        ge=0,
        le=0.9999,
        step=0.0001,
    ),
]
BiasCorrection = Annotated[
    bool,
    switch(Text("Bias correction", "Поправка смещения"), when={"convention": ["lecture"]}),
]
Decay = Annotated[
    float,
    parameter(
        Text("Decay of the squares", "Затухание квадратов"),
        symbol=r"\gamma",
        ge=0,
        le=0.9999,
        step=0.0001,
    ),
]
WeightDecay = Annotated[
    float,
    parameter(Text("Weight decay", "Затухание весов"), symbol=r"\lambda", ge=0, le=10, scale="log"),
]
