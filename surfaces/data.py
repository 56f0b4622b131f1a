"""Losses of real points: two parameters of a model, and the mean loss over the points."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, final

import numpy as np
from jax import Array

from surfaces import fits, losses
from surfaces.activations.activation import LECTURE, Activation
from surfaces.activations.cornered import Relu
from surfaces.activations.smooth import Sigmoid, Tanh
from surfaces.claims import data as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.data_surface import DataSurface, Noise, Outliers, Seed, Size, Standardising
from surfaces.datasets import line, step_curve, two_classes
from surfaces.declaration import Reference, Text, choice, declaration, parameter
from surfaces.points import Kind, Points, around, size_of, spread, used
from surfaces.standardising import hatted, tildes
from surfaces.surface import Example, Interval, Known, Minimum, Tag
from surfaces.units import Places, Units, one_unit

ACTIVATIONS: dict[str, Activation] = {one.id: one for one in (Sigmoid(), Tanh(), Relu())}


@final
@declaration
class LinearRegression(DataSurface):
    """Mean loss of ŷ = wx + b: the same points, three losses, three landscapes."""

    id: ClassVar[str] = "linear_regression"
    title: ClassVar[Text] = Text("Linear regression", "Линейная регрессия")
    summary: ClassVar[Text] = Text(
        "A line through points: slope w, height b. MSE runs after outliers; MAE and Huber do not.",
        "Прямая через точки: w — наклон, b — высота. MSE гонится за выбросами, MAE и Хьюбер — нет.",
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
    scaled_targets: ClassVar[bool] = True
    names: ClassVar[tuple[str, str]] = ("w", "b")
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
        Literal["mse", "mse_half", "mae", "huber"],
        choice(
            Text("Loss", "Потери"),
            mse=Text("MSE", "MSE"),
            mse_half=Text("½MSE", "½MSE"),
            mae=Text("MAE", "MAE"),
            huber=Text("Huber", "Хьюбер"),
        ),
    ] = "mse"
    huber_delta: Annotated[
        float,
        parameter(
            Text("Huber's δ", "δ Хьюбера"),
            symbol=r"\delta",
            ge=1e-9,
            le=1e12,
            scale="log",
            slider=(0.01, 10),
            when={"loss_function": ("huber",)},
        ),
    ] = 1.0
    standardise: Standardising = "auto"
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
        match self.loss_function:
            case "mse":
                return losses.squared(predicted, targets)
            case "mse_half":
                return losses.squared(predicted, targets) / 2
            case "mae":
                return losses.absolute(predicted, targets)
            case "huber":
                return losses.huber(predicted, targets, self.huber_delta)

    def latex(self) -> str:
        error = hatted(r"w x_i + b - y_i", self.scalings())
        mean = {
            "mse": rf"\tfrac{{1}}{{n}}\sum_i \left({error}\right)^2",
            "mse_half": rf"\tfrac{{1}}{{2n}}\sum_i \left({error}\right)^2",
            "mae": rf"\tfrac{{1}}{{n}}\sum_i \left|{error}\right|",
            "huber": rf"\tfrac{{1}}{{n}}\sum_i H_\delta\left({error}\right)",
        }
        return mean[self.loss_function]

    def definitions(self) -> tuple[str, ...]:
        huber = (
            r"H_\delta(e) = \begin{cases} \tfrac{1}{2} e^2 & |e| \le \delta \\ "
            r"\delta\left(|e| - \tfrac{1}{2}\delta\right) & |e| > \delta \end{cases}"
        )
        scaled = tildes(self.scalings(), ("x",), "y")
        return (huber, *scaled) if self.loss_function == "huber" else scaled

    def minima(self) -> tuple[Minimum, ...]:
        return fits.linear(self.ready().points, self.loss_function, self.huber_delta)

    def ranges(self) -> dict[str, Interval]:
        # δ is in the units of the targets.
        _, targets = used(self.ready().points)
        unit = 10.0 ** np.round(np.log10(spread(targets)))
        return {"huber_delta": (float(0.01 * unit), float(10 * unit))}

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
        "A border between two classes, with weights w₁ and w₂. Convex, steep on one side, flat on "
        "the other.",
        "Граница между двумя классами с весами w₁ и w₂. Выпукла, с одной стороны крута, "
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
    names: ClassVar[tuple[str, str]] = ("w₁", "w₂")
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
        float,
        parameter(
            Text("Bias", "Смещение"), symbol="w_0", ge=-1e6, le=1e6, step=0.01, slider=(-5, 5)
        ),
    ] = 0.0
    standardise: Standardising = "auto"
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
        return losses.log_of_margin(targets * predicted)

    def latex(self) -> str:
        return hatted(self.formula, self.scalings())

    def definitions(self) -> tuple[str, ...]:
        return tildes(self.scalings(), ("x_{1}", "x_{2}"))

    def minima(self) -> tuple[Minimum, ...]:
        return fits.logistic(self.ready().points, self.bias)

    def ranges(self) -> dict[str, Interval]:
        most = max(5.0, float(np.ceil(2 * abs(self.suggested().get("bias", 0.0)))))
        return {"bias": (-most, most)}

    def suggested(self) -> dict[str, float]:
        best = fits.logistic_bias(self.ready().points)
        return {} if best is None else {"bias": best}

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
        "One neuron fits a curve with its weight w and bias b. Where it saturates or dies "
        "the loss is flat.",
        "Один нейрон приближает кривую: у него вес w и смещение b. Там, где он насыщен или "
        "мёртв, потери плоские.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.saturated_waits_and_dead_stays,
        {"dead": Setting({"activation": "relu"}, start=(-2.0, -7.0))},
    )
    formula: ClassVar[str] = r"\tfrac{1}{n}\sum_i \left(\varphi(w x_i + b) - y_i\right)^2"
    reference: ClassVar[Reference] = LECTURE
    kind: ClassVar[Kind] = "curve"
    names: ClassVar[tuple[str, str]] = ("w", "b")
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
            **{one.id: one.title.in_a_sentence() for one in ACTIVATIONS.values()},
        ),
    ] = "sigmoid"
    standardise: Standardising = "auto"
    size: Size = 50
    noise: Noise = 0.1
    outliers: Outliers = 0.0
    data_seed: Seed = 0
    points: Any = None

    def synthetic(self) -> Points:
        return step_curve(self.size, self.noise, self.outliers, self.data_seed)

    def predict(self, x: Array, y: Array, features: Array) -> Array:
        return ACTIVATIONS[self.activation](x * features[:, 0] + y)

    def units(self, points: Places) -> Units:
        return one_unit(ACTIVATIONS[self.activation], points, used(self.points)[0])

    def each_loss(self, predicted: Array, targets: Array) -> Array:
        return losses.squared(predicted, targets)

    def latex(self) -> str:
        name = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\operatorname{ReLU}"}
        formula = self.formula.replace(r"\varphi", name[self.activation])
        return hatted(formula, self.scalings())

    def definitions(self) -> tuple[str, ...]:
        return tildes(self.scalings(), ("x",))

    def region(self) -> tuple[Interval, Interval]:
        features, _ = used(self.points)
        return around((0.0, 0.0), (8 / size_of(features[:, 0]), 8.0))
