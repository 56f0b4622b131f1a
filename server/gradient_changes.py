"""What is done to a gradient besides the rule, as declarations: clipping, penalties, noise."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import inf
from typing import Annotated, ClassVar, NamedTuple, final

from surfaces.declaration import Reference, Text, parameter

PASCANU = Reference(
    "Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural "
    "networks, ICML, algorithm 1",
    "https://arxiv.org/abs/1211.5063",
)

Threshold = Annotated[
    float,
    parameter(
        Text("Threshold", "Порог"), symbol="c", ge=1e-12, le=1e15, scale="log", slider=(1e-6, 1e6)
    ),
]


class Thresholds(NamedTuple):
    """What a gradient is cut to; infinite where it is not.

    Attributes:
        norm: the longest gradient that is let through.
        value: the largest component that is let through.
    """

    norm: float = inf
    value: float = inf


class Clipping(ABC):
    """How long a gradient is let through.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what it changes.
        formula: LaTeX of what happens to ĝ.
        note: how frameworks differ from it.
        reference: where it comes from.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    formula: ClassVar[str]
    note: ClassVar[Text]
    reference: ClassVar[Reference]

    threshold: float

    @abstractmethod
    def thresholds(self) -> Thresholds:
        """As engines take it."""


@final
@dataclass(frozen=True)
class Norm(Clipping):
    """The lecture's algorithm 1: if ‖ĝ‖ ≥ c then ĝ ← cĝ/‖ĝ‖."""

    id: ClassVar[str] = "norm"
    title: ClassVar[Text] = Text("By norm", "По норме")
    summary: ClassVar[Text] = Text(
        "A gradient longer than the threshold is shortened to it; its direction stays.",
        "Градиент длиннее порога укорачивается до него; направление сохраняется.",
    )
    formula: ClassVar[str] = (
        r"\hat g \leftarrow \frac{c}{\|\hat g\|}\hat g \;\text{ if }\; \|\hat g\| \ge c"
    )
    note: ClassVar[Text] = Text(
        "Divides by ‖ĝ‖, as the paper does; PyTorch's clip_grad_norm_ divides by ‖ĝ‖ + 10⁻⁶.",
        "Делит на ‖ĝ‖, как в статье; clip_grad_norm_ в PyTorch делит на ‖ĝ‖ + 10⁻⁶.",
    )
    reference: ClassVar[Reference] = PASCANU

    threshold: Threshold = 1.0

    def thresholds(self) -> Thresholds:
        return Thresholds(norm=self.threshold)


@final
@dataclass(frozen=True)
class Value(Clipping):
    """Each component into [−c, c]."""

    id: ClassVar[str] = "value"
    title: ClassVar[Text] = Text("By value", "По значению")
    summary: ClassVar[Text] = Text(
        "Each component is cut at the threshold on its own, so the direction turns.",
        "Каждая компонента обрезается отдельно, поэтому направление меняется.",
    )
    formula: ClassVar[str] = r"\hat g_i \leftarrow \min(\max(\hat g_i, -c), c)"
    note: ClassVar[Text] = Text(
        "The same as clip_grad_value_ of PyTorch.", "То же, что clip_grad_value_ в PyTorch."
    )
    reference: ClassVar[Reference] = Reference(
        "PyTorch 2.13.0, torch/nn/utils/clip_grad.py, clip_grad_value_",
        "https://github.com/pytorch/pytorch/blob/v2.13.0/torch/nn/utils/clip_grad.py",
    )

    threshold: Threshold = 1.0

    def thresholds(self) -> Thresholds:
        return Thresholds(value=self.threshold)


CLIPPINGS: tuple[type[Clipping], ...] = (Norm, Value)


@final
@dataclass(frozen=True)
class Regularization:
    """Penalties, which belong to the loss and change the surface, and decay, which does not."""

    l2: Annotated[
        float,
        parameter(
            Text("L2 penalty λ‖x‖²/2", "Штраф L2 λ‖x‖²/2"),
            symbol=r"\lambda_2",
            ge=0,
            le=1000,
            scale="log",
        ),
    ] = 0.0
    l1: Annotated[
        float,
        parameter(
            Text("L1 penalty λ‖x‖₁", "Штраф L1 λ‖x‖₁"),
            symbol=r"\lambda_1",
            ge=0,
            le=1000,
            scale="log",
        ),
    ] = 0.0
    weight_decay: Annotated[
        float,
        parameter(
            Text("Decoupled weight decay", "Отдельное затухание весов"),
            symbol=r"\lambda_w",
            ge=0,
            le=10,
            scale="log",
        ),
    ] = 0.0


@final
@dataclass(frozen=True)
class Estimate:
    """How far the gradient that a rule is given is from the exact one."""

    gradient_noise: Annotated[
        float,
        parameter(
            Text("Noise of the gradient", "Шум градиента"),
            symbol=r"\sigma",
            ge=0,
            le=1e15,
            scale="log",
            slider=(0, 1000),
        ),
    ] = 0.0
