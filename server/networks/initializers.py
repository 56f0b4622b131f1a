"""Initializers: how a network's weights are drawn before the first step.

Weights are a scale times a base that the seed alone decides, so that changing the initializer,
the depth or the activation keeps the same draw.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, final

from surfaces.declaration import Reference, Text, parameter

Base = Literal["normal", "orthogonal", "ones"]


@dataclass(frozen=True)
class Preset:
    """Numbers worth a name of their own."""

    title: Text
    parameters: Mapping[str, float] = field(default_factory=dict[str, float])


class Initializer(ABC):
    """How a weight matrix is drawn; biases begin at 0.

    A subclass is a frozen dataclass of numbers.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what it is good for.
        formula: LaTeX of the law of one weight of a layer n_in → n_out.
        reference: where it comes from.
        base: what the scale multiplies: independent standard normal numbers, a matrix with
            orthonormal rows or columns, or ones.
        presets: numbers worth a name of their own.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    formula: ClassVar[str]
    reference: ClassVar[Reference]
    base: ClassVar[Base] = "normal"
    presets: ClassVar[tuple[Preset, ...]] = ()

    @abstractmethod
    def scale(self, fan_in: int, fan_out: int) -> float:
        """What the base is multiplied by for a layer fan_in → fan_out."""

    def variance(self, fan_in: int, fan_out: int) -> float | None:
        """Variance of one weight; ``None`` where the weights are not random."""
        if self.base == "ones":
            return None
        of_base = 1 / max(fan_in, fan_out) if self.base == "orthogonal" else 1.0
        return of_base * self.scale(fan_in, fan_out) ** 2


@final
@dataclass(frozen=True)
class Zeros(Initializer):
    """W = 0."""

    id: ClassVar[str] = "zeros"
    title: ClassVar[Text] = Text("Zeros", "Нули")
    summary: ClassVar[Text] = Text(
        "All weights 0: units stay alike, and where φ(0) = 0 only the output's bias ever moves.",
        "Все веса 0: нейроны неразличимы, а при φ(0) = 0 сдвинется только смещение выхода.",
    )
    formula: ClassVar[str] = "W_{ij} = 0"
    reference: ClassVar[Reference] = Reference(
        "Goodfellow, Bengio and Courville (2016), Deep Learning, section 8.4",
        "https://www.deeplearningbook.org/contents/optimization.html",
    )
    base: ClassVar[Base] = "ones"

    def scale(self, fan_in: int, fan_out: int) -> float:
        return 0.0


@final
@dataclass(frozen=True)
class Constant(Initializer):
    """W = c."""

    id: ClassVar[str] = "constant"
    title: ClassVar[Text] = Text("Constant", "Константа")
    summary: ClassVar[Text] = Text(
        "All weights alike: every unit of a layer computes and learns the same.",
        "Все веса одинаковы: нейроны слоя вычисляют одно и то же и учатся одинаково.",
    )
    formula: ClassVar[str] = "W_{ij} = c"
    reference: ClassVar[Reference] = Zeros.reference
    base: ClassVar[Base] = "ones"

    value: Annotated[
        float, parameter(Text("Value", "Значение"), symbol="c", ge=-1, le=1, step=0.01)
    ] = 0.1

    def scale(self, fan_in: int, fan_out: int) -> float:
        return self.value


@final
@dataclass(frozen=True)
class Normal(Initializer):
    """W ~ N(0, σ²), whatever the width."""

    id: ClassVar[str] = "normal"
    title: ClassVar[Text] = Text("Normal", "Нормальная")
    summary: ClassVar[Text] = Text(
        "One deviation for every layer: too small a signal fades, too large it explodes.",
        "Одно отклонение на все слои: слишком малое гасит сигнал, слишком большое взрывает.",
    )
    formula: ClassVar[str] = r"W_{ij} \sim \mathcal{N}(0, \sigma^2)"
    reference: ClassVar[Reference] = Reference(
        "Krizhevsky, Sutskever and Hinton (2012), ImageNet Classification with Deep "
        "Convolutional Neural Networks, NIPS, section 5",
        "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-"
        "neural-networks",
    )
    presets: ClassVar[tuple[Preset, ...]] = (
        Preset(Text("Small normal", "Малая нормальная"), {"standard_deviation": 0.01}),
        Preset(Text("Large normal", "Большая нормальная"), {"standard_deviation": 1.0}),
    )

    standard_deviation: Annotated[
        float,
        parameter(
            Text("Standard deviation", "Отклонение"), symbol=r"\sigma", ge=1e-4, le=10, scale="log"
        ),
    ] = 0.01

    def scale(self, fan_in: int, fan_out: int) -> float:
        return self.standard_deviation


@final
@dataclass(frozen=True)
class Xavier(Initializer):
    """W ~ N(0, 2/(n_in + n_out))."""

    id: ClassVar[str] = "xavier"
    title: ClassVar[Text] = Text("Xavier", "Ксавье")
    summary: ClassVar[Text] = Text(
        "Keeps the variance forwards and backwards where the activation is linear near 0.",
        "Сохраняет дисперсию вперёд и назад там, где активация около 0 линейна.",
    )
    formula: ClassVar[str] = (
        r"W_{ij} \sim \mathcal{N}\left(0, \tfrac{2}{n_\mathrm{in} + n_\mathrm{out}}\right)"
    )
    reference: ClassVar[Reference] = Reference(
        "Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward "
        "neural networks, AISTATS, equation 16 (its normal form)",
        "https://proceedings.mlr.press/v9/glorot10a.html",
    )

    def scale(self, fan_in: int, fan_out: int) -> float:
        return (2 / (fan_in + fan_out)) ** 0.5


@final
@dataclass(frozen=True)
class He(Initializer):
    """W ~ N(0, 2/n_in)."""

    id: ClassVar[str] = "he"
    title: ClassVar[Text] = Text("He", "Хе")
    summary: ClassVar[Text] = Text(
        "Twice the variance, since ReLU drops half of the signal.",
        "Вдвое большая дисперсия: ReLU отбрасывает половину сигнала.",
    )
    formula: ClassVar[str] = r"W_{ij} \sim \mathcal{N}\left(0, \tfrac{2}{n_\mathrm{in}}\right)"
    reference: ClassVar[Reference] = Reference(
        "He, Zhang, Ren and Sun (2015), Delving Deep into Rectifiers, ICCV, equation 10",
        "https://arxiv.org/abs/1502.01852",
    )

    def scale(self, fan_in: int, fan_out: int) -> float:
        return (2 / fan_in) ** 0.5


@final
@dataclass(frozen=True)
class LeCun(Initializer):
    """W ~ N(0, 1/n_in)."""

    id: ClassVar[str] = "lecun"
    title: ClassVar[Text] = Text("LeCun", "Лекун")
    summary: ClassVar[Text] = Text(
        "Keeps the variance forwards where the activation is linear near 0.",
        "Сохраняет дисперсию вперёд там, где активация около 0 линейна.",
    )
    formula: ClassVar[str] = r"W_{ij} \sim \mathcal{N}\left(0, \tfrac{1}{n_\mathrm{in}}\right)"
    reference: ClassVar[Reference] = Reference(
        "LeCun, Bottou, Orr and Müller (1998), Efficient BackProp, equation 16",
        "https://doi.org/10.1007/3-540-49430-8_2",
    )

    def scale(self, fan_in: int, fan_out: int) -> float:
        return (1 / fan_in) ** 0.5


@final
@dataclass(frozen=True)
class Orthogonal(Initializer):
    """W with orthonormal rows or columns."""

    id: ClassVar[str] = "orthogonal"
    title: ClassVar[Text] = Text("Orthogonal", "Ортогональная")
    summary: ClassVar[Text] = Text(
        "A random rotation: lengths are kept exactly, however many linear layers there are.",
        "Случайный поворот: длины сохраняются точно, сколько бы линейных слоёв ни было.",
    )
    formula: ClassVar[str] = r"W W^\top = I \text{ or } W^\top W = I"
    reference: ClassVar[Reference] = Reference(
        "Saxe, McClelland and Ganguli (2014), Exact solutions to the nonlinear dynamics of "
        "learning in deep linear neural networks, ICLR",
        "https://arxiv.org/abs/1312.6120",
    )
    base: ClassVar[Base] = "orthogonal"

    def scale(self, fan_in: int, fan_out: int) -> float:
        return 1.0


INITIALIZERS: tuple[type[Initializer], ...] = (
    Zeros,
    Constant,
    Normal,
    Xavier,
    He,
    LeCun,
    Orthogonal,
)
