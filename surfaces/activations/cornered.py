"""Activations made of pieces: most have a corner or a jump at 0."""

from typing import Annotated, ClassVar, final

import jax.numpy as jnp
from jax import Array

from surfaces import kinks
from surfaces.activations.activation import LECTURE, Activation, ActivationExample
from surfaces.declaration import Reference, Text, declaration, parameter


@final
@declaration
class Linear(Activation):
    """φ(z) = z."""

    id: ClassVar[str] = "linear"
    title: ClassVar[Text] = Text("Linear", "Линейная")
    summary: ClassVar[Text] = Text(
        "Nothing at all: layers of it are one linear layer, however many there are.",
        "Ничего не меняет: сколько слоёв ни взять, вместе они один линейный слой.",
    )
    formula: ClassVar[str] = "z"
    derivative: ClassVar[str] = "1"
    range: ClassVar[str] = r"({-\infty}, \infty)"
    at_zero: ClassVar[Text] = Text("Smooth: φ(0) = 0, φ′(0) = 1.", "Гладкая: φ(0) = 0, φ′(0) = 1.")
    reference: ClassVar[Reference] = LECTURE
    example: ClassVar[ActivationExample] = ActivationExample(-2.0, -2.0, 1.0)

    def __call__(self, z: Array) -> Array:
        return z

    def largest_slope(self) -> float:
        return 1.0

    def least_slope(self) -> float:
        return 1.0


@final
@declaration
class BinaryStep(Activation):
    """φ(z) = 0 under 0, 1 from 0 on."""

    id: ClassVar[str] = "binary_step"
    title: ClassVar[Text] = Text("Binary step", "Ступенька")
    summary: ClassVar[Text] = Text(
        "The first neurons' yes or no; its derivative is 0, so nothing can be learned through it.",
        "«Да» или «нет» первых нейронов; производная равна 0, и обучить сквозь неё ничего нельзя.",
    )
    formula: ClassVar[str] = r"\begin{cases} 0, & z < 0 \\ 1, & z \ge 0 \end{cases}"
    derivative: ClassVar[str] = r"0, \quad z \ne 0"
    range: ClassVar[str] = r"\{0, 1\}"
    at_zero: ClassVar[Text] = Text(
        "A jump: φ(0) = 1, no derivative there; automatic differentiation says 0.",
        "Скачок: φ(0) = 1, производной нет; автоматическое дифференцирование даёт 0.",
    )
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 1; McCulloch and Pitts (1943), A logical calculus of the ideas "
        "immanent in nervous activity, Bulletin of Mathematical Biophysics 5",
        "https://doi.org/10.1007/BF02478259",
    )
    example: ClassVar[ActivationExample] = ActivationExample(0.0, 1.0, 0.0)

    def __call__(self, z: Array) -> Array:
        return kinks.greater_equal(z, jnp.zeros_like(z))

    def largest_slope(self) -> float:
        return 0.0


@final
@declaration
class Relu(Activation):
    """φ(z) = max(z, 0)."""

    id: ClassVar[str] = "relu"
    title: ClassVar[Text] = Text("ReLU", "ReLU")
    summary: ClassVar[Text] = Text(
        "Half of the line passes unchanged, the other half is off; a unit always off is dead.",
        "Половина прямой проходит как есть, другая выключена; всегда выключенный нейрон мёртв.",
    )
    formula: ClassVar[str] = r"\max(z, 0)"
    derivative: ClassVar[str] = r"\begin{cases} 0, & z < 0 \\ 1, & z > 0 \end{cases}"
    range: ClassVar[str] = r"[0, \infty)"
    at_zero: ClassVar[Text] = Text(
        "A corner: any slope from 0 to 1 would do; JAX and PyTorch take 0.",
        "Излом: подошёл бы любой наклон от 0 до 1; JAX и PyTorch берут 0.",
    )
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 1; Nair and Hinton (2010), Rectified Linear Units Improve "
        "Restricted Boltzmann Machines, ICML",
        "https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf",
    )
    example: ClassVar[ActivationExample] = ActivationExample(0.0, 0.0, 0.0)

    def __call__(self, z: Array) -> Array:
        return kinks.relu(z)

    def largest_slope(self) -> float:
        return 1.0

    def dies(self) -> bool:
        return True


@final
@declaration
class LeakyRelu(Activation):
    """φ(z) = z above 0, 0.01z below."""

    id: ClassVar[str] = "leaky_relu"
    title: ClassVar[Text] = Text("Leaky ReLU", "Leaky ReLU")
    summary: ClassVar[Text] = Text(
        "ReLU that lets a little through when off, so that no unit can die.",
        "ReLU, которая и в выключенном состоянии немного пропускает: нейрон не умрёт.",
    )
    formula: ClassVar[str] = r"\begin{cases} s z, & z \le 0 \\ z, & z > 0 \end{cases}"
    derivative: ClassVar[str] = r"\begin{cases} s, & z < 0 \\ 1, & z > 0 \end{cases}"
    range: ClassVar[str] = r"({-\infty}, \infty)"
    at_zero: ClassVar[Text] = Text(
        "A corner; as in PyTorch the slope at 0 is the leak s (JAX's own takes 1).",
        "Излом; как в PyTorch, наклон в 0 равен утечке s (у самой JAX — 1).",
    )
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 1; Maas, Hannun and Ng (2013), Rectifier Nonlinearities Improve "
        "Neural Network Acoustic Models, ICML",
        "https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf",
    )
    example: ClassVar[ActivationExample] = ActivationExample(-2.0, -0.02, 0.01)

    slope: Annotated[
        float, parameter(Text("Leak", "Утечка"), symbol="s", ge=0, le=1, step=0.01)
    ] = 0.01

    def __call__(self, z: Array) -> Array:
        return kinks.leaky_relu(z, self.slope)

    def largest_slope(self) -> float:
        return 1.0

    def least_slope(self) -> float:
        return self.slope

    def dies(self) -> bool:
        return float(self.slope) == 0.0


@final
@declaration
class Elu(Activation):
    """φ(z) = z above 0, α(e^z − 1) below."""

    id: ClassVar[str] = "elu"
    title: ClassVar[Text] = Text("ELU", "ELU")
    summary: ClassVar[Text] = Text(
        "Above 0 the identity, below it falls softly to −α: outputs are centred better.",
        "Выше 0 — тождественная, ниже плавно спадает до −α: выходы лучше центрированы.",
    )
    formula: ClassVar[str] = r"\begin{cases} \alpha (e^z - 1), & z \le 0 \\ z, & z > 0 \end{cases}"
    derivative: ClassVar[str] = r"\begin{cases} \alpha e^z, & z < 0 \\ 1, & z > 0 \end{cases}"
    range: ClassVar[str] = r"({-\alpha}, \infty)"
    at_zero: ClassVar[Text] = Text(
        "Smooth only when α = 1; else a corner, with slope α there as in PyTorch.",
        "Гладкая только при α = 1; иначе излом, наклон там α, как в PyTorch.",
    )
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 1; Clevert, Unterthiner and Hochreiter (2016), Fast and Accurate "
        "Deep Network Learning by Exponential Linear Units, ICLR",
        "https://arxiv.org/abs/1511.07289",
    )
    # e^{−ln 2} = 1/2: φ = −1/2, φ′ = 1/2.
    example: ClassVar[ActivationExample] = ActivationExample(-0.6931471805599453, -0.5, 0.5)

    alpha: Annotated[
        float, parameter(Text("α of ELU", "α у ELU"), symbol=r"\alpha", ge=0, le=3, step=0.01)
    ] = 1.0

    def __call__(self, z: Array) -> Array:
        return kinks.elu(z, self.alpha)

    def largest_slope(self) -> float:
        return max(1.0, float(self.alpha))

    def dies(self) -> bool:
        return float(self.alpha) == 0.0
