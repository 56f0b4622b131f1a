"""Losses: what a prediction ŷ of a target y costs, the lecture's three.

One example's loss is declared; the loss of many is their mean, and gradients are JAX's.
"""

from abc import ABC, abstractmethod
from typing import ClassVar, final

import jax
from jax import Array

from surfaces.declaration import Reference, Text, declaration
from surfaces.losses import absolute, log_of_output, log_of_probability, squared

LECTURE = Reference("Introduction to deep learning, lecture 1, section 1")


class Loss(ABC):
    """A function of a prediction and its target.

    A subclass is a ``@declaration`` without numbers.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what to know of it, in one sentence.
        formula: LaTeX of the mean over n examples.
        one: LaTeX of one example's loss ℓ(ŷ, y).
        reference: where it comes from.
        of_probabilities: whether it is defined only for targets 0 and 1 and predictions
            strictly between them.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    formula: ClassVar[str]
    one: ClassVar[str]
    reference: ClassVar[Reference]
    of_probabilities: ClassVar[bool] = False

    @abstractmethod
    def each(self, prediction: Array, target: Array) -> Array:
        """The loss of each example, of any shape and float dtype."""

    def from_output(self, z: Array, target: Array) -> Array:
        """The loss of each ŷ = σ(z), finite with its gradient for every finite z."""
        return self.each(jax.nn.sigmoid(z), target)


@final
@declaration
class MeanSquaredError(Loss):
    """ℓ = (y − ŷ)²."""

    id: ClassVar[str] = "mse"
    title: ClassVar[Text] = Text("MSE", "MSE")
    summary: ClassVar[Text] = Text(
        "Mean squared error: a miss twice as far costs four times as much, so outliers rule.",
        "Средний квадрат ошибки: промах вдвое дальше стоит вчетверо, поэтому всё решают выбросы.",
    )
    formula: ClassVar[str] = (
        r"\mathrm{MSE} = \frac{1}{n} \sum_{i=1}^{n} \left(y_i - \hat{y}_i\right)^2"
    )
    one: ClassVar[str] = r"\left(y - \hat{y}\right)^2"
    reference: ClassVar[Reference] = LECTURE

    def each(self, prediction: Array, target: Array) -> Array:
        return squared(prediction, target)


@final
@declaration
class MeanAbsoluteError(Loss):
    """ℓ = |y − ŷ|."""

    id: ClassVar[str] = "mae"
    title: ClassVar[Text] = Text("MAE", "MAE")
    summary: ClassVar[Text] = Text(
        "Mean absolute error: every miss pulls equally hard, however far it is.",
        "Средний модуль ошибки: каждый промах тянет одинаково, как бы далеко он ни был.",
    )
    formula: ClassVar[str] = (
        r"\mathrm{MAE} = \frac{1}{n} \sum_{i=1}^{n} \left|y_i - \hat{y}_i\right|"
    )
    one: ClassVar[str] = r"\left|y - \hat{y}\right|"
    reference: ClassVar[Reference] = LECTURE

    def each(self, prediction: Array, target: Array) -> Array:
        return absolute(prediction, target)


@final
@declaration
class CrossEntropy(Loss):
    """ℓ = −(y log ŷ + (1 − y) log(1 − ŷ))."""

    id: ClassVar[str] = "cross_entropy"
    title: ClassVar[Text] = Text("Log loss", "Log loss")
    summary: ClassVar[Text] = Text(
        "Cross-entropy of a probability: being sure and wrong costs without bound.",
        "Кросс-энтропия вероятности: уверенная ошибка стоит сколь угодно дорого.",
    )
    formula: ClassVar[str] = (
        r"\mathrm{LogLoss} = -\frac{1}{n} \sum_{i=1}^{n} "
        r"\left[y_i \log \hat{y}_i + (1 - y_i) \log (1 - \hat{y}_i)\right]"
    )
    one: ClassVar[str] = r"-y \log \hat{y} - (1 - y) \log (1 - \hat{y})"
    reference: ClassVar[Reference] = LECTURE
    of_probabilities: ClassVar[bool] = True

    def each(self, prediction: Array, target: Array) -> Array:
        return log_of_probability(prediction, target)

    def from_output(self, z: Array, target: Array) -> Array:
        return log_of_output(z, target)


LOSSES: tuple[type[Loss], ...] = (MeanSquaredError, MeanAbsoluteError, CrossEntropy)
"""All losses, in the lecture's order."""
