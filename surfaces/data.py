"""Losses of real points: two parameters of a model, and the mean loss over the points."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal, Self, final

import jax.numpy as jnp
import numpy as np
from jax import Array

from surfaces import fits
from surfaces.activations.activation import LECTURE, Activation
from surfaces.activations.cornered import Relu
from surfaces.activations.smooth import Sigmoid, Tanh
from surfaces.claims import data as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.datasets import line, step_curve, two_classes
from surfaces.declaration import Reference, Text, choice, declaration, parameter
from surfaces.points import Kind, Points, around, size_of, spread, used
from surfaces.surface import Example, Family, Interval, Known, Minimum, Surface, Tag

ACTIVATIONS: dict[str, Activation] = {one.id: one for one in (Sigmoid(), Tanh(), Relu())}

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


class DataSurface(Surface):
    """The mean over points of a loss of a model with two free parameters, x and y.

    Attributes:
        kind: what the points are: a curve to fit, or classes to part.
        size, noise, outliers, data_seed: of the synthetic points, unless points are given.
        points: the points; not a parameter. ``ready`` makes synthetic ones.
        example_points: few points, for which ``example`` was worked.
    """

    family: ClassVar[Family | None] = "points"
    kind: ClassVar[Kind]
    example_points: ClassVar[Points]

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

    def ready(self) -> Self:
        return self if self.points is not None else self.with_points(self.synthetic())

    def with_points(self, points: Points) -> Self:
        """The same loss of other points."""
        made: Any = self
        return replace(made, points=points)

    def for_example(self) -> Self:
        return self.with_points(self.example_points)

    @abstractmethod
    def region(self) -> tuple[Interval, Interval]:
        """What is worth seeing for the points given."""

    def loss(self, x: Array, y: Array) -> Array:
        features, targets, weights = self.points
        losses = self.each_loss(self.predict(x, y, features), targets)
        return jnp.sum(weights * losses) / jnp.sum(weights)


@final
@declaration
class LinearRegression(DataSurface):
    """Mean loss of ŷ = wx + b: the same points, three losses, three landscapes."""

    id: ClassVar[str] = "linear_regression"
    title: ClassVar[Text] = Text("Linear regression", "Линейная регрессия")
    summary: ClassVar[Text] = Text(
        "A line through points: x is its slope w, y its height b. MSE runs after outliers; "
        "MAE and Huber do not.",
        "Прямая через точки: x — наклон w, y — высота b. MSE гонится за выбросами, "
        "MAE и Хьюбер — нет.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.squares_run_after_outliers,
        {
            "clean": Setting({"outliers": 0.0}),
            "absolute": Setting({"loss_function": "mae"}),
            "huber": Setting({"loss_function": "huber"}),
        },
    )
    formula: ClassVar[str] = r"\tfrac{1}{n}\sum_i \ell\left(w x_i + b - y_i\right)"
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 1; Huber (1964), Robust Estimation of a Location Parameter, "
        "Annals of Mathematical Statistics 35(1)",
        "https://doi.org/10.1214/aoms/1177703732",
    )
    kind: ClassVar[Kind] = "curve"
    domain: ClassVar = ((-3.0, 5.0), (-4.0, 4.0))
    start: ClassVar = (-2.0, 3.0)
    tags: ClassVar[tuple[Tag, ...]] = ("convex", "data")
    learning_rate: ClassVar[float] = 0.05
    stride: ClassVar[float] = 0.05
    # ŷ = (1, 3), residuals (0, 2): (0 + 4)/2; gradient by w (0·1 + 2·2·2)/2, by b (2·2)/2.
    example_points: ClassVar[Points] = Points(
        np.array([[0.0, 0.0], [2.0, 0.0]]), np.array([1.0, 1.0]), np.array([1.0, 1.0])
    )
    example: ClassVar[Example] = Example(at=(1.0, 1.0), loss=2.0, gradient=(4.0, 2.0))

    loss_function: Annotated[
        Literal["mse", "mae", "huber"],
        choice(
            Text("Loss", "Потери"),
            mse=Text("MSE", "MSE"),
            mae=Text("MAE", "MAE"),
            huber=Text("Huber", "Хьюбер"),
        ),
    ] = "mse"
    huber_delta: Annotated[
        float,
        parameter(Text("Huber's δ", "δ Хьюбера"), symbol=r"\delta", ge=0.01, le=10, scale="log"),
    ] = 1.0
    size: Size = 50
    noise: Noise = 0.5
    outliers: Outliers = 0.1
    data_seed: Seed = 0
    points: Any = None

    def synthetic(self) -> Points:
        return line(self.size, self.noise, self.outliers, self.data_seed)

    def predict(self, x: Array, y: Array, features: Array) -> Array:
        return x * features[:, 0] + y

    def each_loss(self, predicted: Array, targets: Array) -> Array:
        error = predicted - targets
        match self.loss_function:
            case "mse":
                return error**2
            case "mae":
                return jnp.abs(error)
            case "huber":
                delta = self.huber_delta
                far = delta * (jnp.abs(error) - delta / 2)
                return jnp.where(jnp.abs(error) <= delta, error**2 / 2, far)

    def minima(self) -> tuple[Minimum, ...]:
        return fits.linear(self.ready().points, self.loss_function, self.huber_delta)

    def region(self) -> tuple[Interval, Interval]:
        features, targets = used(self.points)
        rise = spread(targets)
        best = self.minima()
        centre = (best[0].x, best[0].y) if best else (0.0, float(targets.mean()))
        return around(centre, (3 * rise / size_of(features[:, 0]), 3 * rise))


@final
@declaration
class LogisticRegression(DataSurface):
    """Mean of log(1 + e^{−y(w₀ + w₁x₁ + w₂x₂)}), w₁ and w₂ free."""

    id: ClassVar[str] = "logistic_regression"
    title: ClassVar[Text] = Text("Logistic regression", "Логистическая регрессия")
    summary: ClassVar[Text] = Text(
        "A border between two classes: x is w₁, y is w₂. Convex, steep on one side, flat on "
        "the other.",
        "Граница между двумя классами: x — это w₁, y — w₂. Выпукла, с одной стороны крута, "
        "с другой полога.",
    )
    claim: ClassVar[Claim] = Claim(claims.steep_fall_then_a_flat_walk)
    formula: ClassVar[str] = (
        r"\tfrac{1}{n}\sum_i \log\left(1 + e^{-y_i(w_0 + w_1 x_{i1} + w_2 x_{i2})}\right)"
    )
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 3; Hastie, Tibshirani and Friedman (2009), The Elements of "
        "Statistical Learning, section 4.4",
        "https://hastie.su.domains/ElemStatLearn/",
    )
    kind: ClassVar[Kind] = "classes"
    domain: ClassVar = ((-4.0, 6.0), (-4.5, 5.5))
    start: ClassVar = (-3.0, 3.5)
    tags: ClassVar[tuple[Tag, ...]] = ("convex", "data")
    learning_rate: ClassVar[float] = 0.5
    stride: ClassVar[float] = 0.05
    # w₀ = 0, margins (0, 0): log 2 each; gradient −yx/2 over both, ((−1, −2) + (−3, 0))/4.
    example_points: ClassVar[Points] = Points(
        np.array([[1.0, 2.0], [-3.0, 0.0]]), np.array([1.0, -1.0]), np.array([1.0, 1.0])
    )
    example: ClassVar[Example] = Example(
        at=(0.0, 0.0), loss=0.6931471805599453, gradient=(-1.0, -0.5)
    )

    bias: Annotated[
        float, parameter(Text("Bias", "Смещение"), symbol="w_0", ge=-5, le=5, step=0.01)
    ] = 0.0
    size: Size = 50
    noise: Noise = 1.0
    outliers: Outliers = 0.0
    data_seed: Seed = 0
    points: Any = None

    def synthetic(self) -> Points:
        return two_classes(self.size, self.noise, self.outliers, self.data_seed)

    def predict(self, x: Array, y: Array, features: Array) -> Array:
        return self.bias + x * features[:, 0] + y * features[:, 1]

    def each_loss(self, predicted: Array, targets: Array) -> Array:
        return jnp.logaddexp(0.0, -targets * predicted)

    def minima(self) -> tuple[Minimum, ...]:
        return fits.logistic(self.ready().points, self.bias)

    def region(self) -> tuple[Interval, Interval]:
        features, _ = used(self.points)
        best = self.minima()
        centre = (best[0].x, best[0].y) if best else (0.0, 0.0)
        return around(centre, (5 / size_of(features[:, 0]), 5 / size_of(features[:, 1])))


@final
@declaration
class Neuron(DataSurface):
    """Mean squared error of ŷ = φ(wx + b): not convex, with plateaus where φ is flat."""

    id: ClassVar[str] = "neuron"
    title: ClassVar[Text] = Text("One neuron", "Один нейрон")
    summary: ClassVar[Text] = Text(
        "One neuron fits a curve: x is its weight w, y its bias b. Where it saturates or dies "
        "the loss is flat.",
        "Один нейрон приближает кривую: x — вес w, y — смещение b. Там, где он насыщен или "
        "мёртв, потери плоские.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.saturated_waits_and_dead_stays,
        {"dead": Setting({"activation": "relu"}, start=(-2.0, -7.0))},
    )
    formula: ClassVar[str] = r"\tfrac{1}{n}\sum_i \left(\varphi(w x_i + b) - y_i\right)^2"
    reference: ClassVar[Reference] = LECTURE
    kind: ClassVar[Kind] = "curve"
    domain: ClassVar = ((-8.0, 8.0), (-8.0, 8.0))
    start: ClassVar = (-5.0, 4.0)
    tags: ClassVar[tuple[Tag, ...]] = ("plateau", "data")
    learning_rate: ClassVar[float] = 2.0
    stride: ClassVar[float] = 0.05
    rates: ClassVar[Mapping[str, float]] = {"adagrad": 2.0}
    minima_known: ClassVar[Known] = "none"
    # wx + b = 0 at both: φ = 1/2, errors (1/2, −1/2), φ′ = 1/4, features (1, −1).
    example_points: ClassVar[Points] = Points(
        np.array([[1.0, 0.0], [-1.0, 0.0]]), np.array([0.0, 1.0]), np.array([1.0, 1.0])
    )
    example: ClassVar[Example] = Example(at=(0.0, 0.0), loss=0.25, gradient=(0.25, 0.0))

    activation: Annotated[
        Literal["sigmoid", "tanh", "relu"],
        choice(
            Text("Activation", "Активация"),
            sigmoid=Text("sigmoid", "сигмоида"),
            tanh=Text("tanh", "tanh"),
            relu=Text("ReLU", "ReLU"),
        ),
    ] = "sigmoid"
    size: Size = 50
    noise: Noise = 0.1
    outliers: Outliers = 0.0
    data_seed: Seed = 0
    points: Any = None

    def synthetic(self) -> Points:
        return step_curve(self.size, self.noise, self.outliers, self.data_seed)

    def predict(self, x: Array, y: Array, features: Array) -> Array:
        return ACTIVATIONS[self.activation](x * features[:, 0] + y)

    def each_loss(self, predicted: Array, targets: Array) -> Array:
        return (predicted - targets) ** 2

    def region(self) -> tuple[Interval, Interval]:
        features, _ = used(self.points)
        return around((0.0, 0.0), (8 / size_of(features[:, 0]), 8.0))
