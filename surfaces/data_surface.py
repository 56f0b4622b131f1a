"""What every loss of real points shares: its numbers, its points, and how they are prepared."""

from abc import abstractmethod
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Self

import jax.numpy as jnp
import numpy as np
from jax import Array

from surfaces.declaration import Text, choice, parameter
from surfaces.points import Kind, Points, used
from surfaces.scaling import scaling_of
from surfaces.standardising import (
    ILL_CONDITIONED,
    Scalings,
    Standardise,
    condition_number,
    standardised,
)
from surfaces.surface import Family, Interval, Surface

Size = Annotated[
    int,
    parameter(Text("Points", "Точек"), symbol="n", ge=10, le=1000, scale="log", step=1),
]
Noise = Annotated[float, parameter(Text("Noise", "Шум"), symbol=r"\sigma", ge=0, le=3, step=0.01)]
Outliers = Annotated[
    float,
    parameter(Text("Outliers", "Выбросы"), symbol="q", ge=0, le=0.5, step=0.01),
]
Seed = Annotated[
    int, parameter(Text("Seed of the points", "Зерно точек"), symbol="s", ge=0, le=9999, step=1)
]
Standardising = Annotated[
    Standardise,
    choice(
        Text("Standardise", "Стандартизация"),
        auto=Text("where it is needed", "где нужна"),
        on=Text("on", "включена"),
        off=Text("off", "выключена"),
    ),
]


class DataSurface(Surface):
    """The mean over points of a loss of a model with two free parameters, x and y.

    Attributes:
        kind: what the points are: a curve to fit, or classes to part.
        size, noise, outliers, data_seed: of the synthetic points, unless points are given.
        standardise: whether columns are shifted and scaled to mean 0 and deviation 1 before
            anything is descended; ``auto`` does so to points that were given and whose
            condition number is above ``ILL_CONDITIONED``.
        points: the points; not a parameter. ``ready`` makes synthetic ones.
        scaled_targets: whether standardising concerns the targets too.
        example_points: few points, for which ``example`` was worked.
    """

    family: ClassVar[Family | None] = "points"
    kind: ClassVar[Kind]
    example_points: ClassVar[Points]
    scaled_targets: ClassVar[bool] = False

    standardise: Standardising
    size: Size
    noise: Noise
    outliers: Outliers
    data_seed: Seed
    points: Any

    @abstractmethod
    def predict(self, x: Array, y: Array, features: Array) -> Array:
        """What the model answers: features [n, 2] to shape [n]."""

    @abstractmethod
    def each_loss(self, predicted: Array, targets: Array) -> Array:
        """The loss of each point, shape [n]."""

    @abstractmethod
    def synthetic(self) -> Points:
        """The points that the numbers ask for."""

    def raw(self) -> Points:
        """The points as they were given, or synthetic ones."""
        return self.synthetic() if self.points is None else self.points

    def scalings(self) -> Scalings | None:
        """What is done to the columns; ``None`` where nothing is."""
        if self.standardise == "off" or (self.standardise == "auto" and not self.needs_scaling()):
            return None
        features, targets = used(self.raw())
        columns = features if self.kind == "classes" else features[:, :1]
        return Scalings(
            scaling_of(columns), scaling_of(targets[:, None]) if self.scaled_targets else None
        )

    def needs_scaling(self) -> bool:
        """Whether ``auto`` standardises: points that were given, ill-conditioned."""
        return self.points is not None and self.condition_number() > ILL_CONDITIONED

    def condition_number(self) -> float:
        """λ_max/λ_min of the Hessian of least squares of the points as they were given."""
        features, _ = used(self.raw())
        if self.kind == "curve":
            features = np.stack([features[:, 0], np.ones(len(features))], axis=1)
        return condition_number(features)

    def ready(self) -> Self:
        # What is ready is not scaled again; ``standardise`` chooses no code, so that all three
        # words share their programs.
        if self.points is not None and self.standardise == "off":
            return self
        scalings, points = self.scalings(), self.raw()
        made: Any = self
        return replace(
            made,
            points=points if scalings is None else standardised(points, scalings),
            standardise="off",
        )

    def with_points(self, points: Points) -> Self:
        """The same loss of other points."""
        made: Any = self
        return replace(made, points=points)

    def ranges(self) -> dict[str, Interval]:
        """Where sliders of its own numbers run for these points, where it is elsewhere."""
        return {}

    def suggested(self) -> dict[str, float]:
        """Its own numbers that fit these points best, where they are not descended."""
        return {}

    def for_example(self) -> Self:
        return self.with_points(self.example_points)

    @abstractmethod
    def region(self) -> tuple[Interval, Interval]:
        """What is worth seeing for these points; of a surface that is ready."""

    def loss(self, x: Array, y: Array) -> Array:
        features, targets, weights = self.points
        losses = self.each_loss(self.predict(x, y, features), targets)
        return jnp.sum(weights * losses) / jnp.sum(weights)
