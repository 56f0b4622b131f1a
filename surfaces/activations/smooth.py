"""Activations with a derivative everywhere."""

from typing import ClassVar, final

import jax
import jax.numpy as jnp
from jax import Array

from surfaces.activations.activation import LECTURE, Activation, ActivationExample
from surfaces.declaration import Reference, Text, declaration


@final
@declaration
class Sigmoid(Activation):
    """φ(z) = 1/(1 + e^{−z})."""

    id: ClassVar[str] = "sigmoid"
    title: ClassVar[Text] = Text("Sigmoid", "Сигмоида")
    summary: ClassVar[Text] = Text(
        "A soft step; its slope is at most ¼, so each layer shrinks the gradient.",
        "Мягкая ступенька; её наклон не больше ¼, и каждый слой уменьшает градиент.",
    )
    formula: ClassVar[str] = r"\frac{1}{1 + e^{-z}}"
    derivative: ClassVar[str] = r"\varphi\,(1 - \varphi)"
    range: ClassVar[str] = "(0, 1)"
    at_zero: ClassVar[Text] = Text(
        "Steepest: φ(0) = ½, φ′(0) = ¼.", "Круче всего: φ(0) = ½, φ′(0) = ¼."
    )
    reference: ClassVar[Reference] = LECTURE
    # e^{ln 3} = 3: φ = 3/4, φ′ = 3/4 · 1/4.
    example: ClassVar[ActivationExample] = ActivationExample(1.0986122886681098, 0.75, 0.1875)

    def __call__(self, z: Array) -> Array:
        return jax.nn.sigmoid(z)

    def largest_slope(self) -> float:
        return 0.25


@final
@declaration
class Tanh(Activation):
    """φ(z) = (e^z − e^{−z})/(e^z + e^{−z})."""

    id: ClassVar[str] = "tanh"
    title: ClassVar[Text] = Text("tanh", "tanh")
    summary: ClassVar[Text] = Text(
        "The sigmoid stretched round 0: passes small signals unchanged, saturates at ±1.",
        "Сигмоида, растянутая вокруг 0: малые сигналы пропускает как есть, у ±1 насыщается.",
    )
    formula: ClassVar[str] = r"\frac{e^z - e^{-z}}{e^z + e^{-z}}"
    derivative: ClassVar[str] = r"1 - \varphi^2"
    range: ClassVar[str] = "({-1}, 1)"
    at_zero: ClassVar[Text] = Text(
        "Steepest: φ(0) = 0, φ′(0) = 1.", "Круче всего: φ(0) = 0, φ′(0) = 1."
    )
    reference: ClassVar[Reference] = LECTURE
    # e^{ln 2} = 2: (2 − 1/2)/(2 + 1/2) = 3/5, φ′ = 1 − 9/25.
    example: ClassVar[ActivationExample] = ActivationExample(0.6931471805599453, 0.6, 0.64)

    def __call__(self, z: Array) -> Array:
        return jnp.tanh(z)

    def largest_slope(self) -> float:
        return 1.0


@final
@declaration
class Softplus(Activation):
    """φ(z) = log(1 + e^z)."""

    id: ClassVar[str] = "softplus"
    title: ClassVar[Text] = Text("Softplus", "Softplus")
    summary: ClassVar[Text] = Text(
        "ReLU with its corner rounded; its slope is the sigmoid.",
        "ReLU со скруглённым изломом; её наклон — сигмоида.",
    )
    formula: ClassVar[str] = r"\log(1 + e^z)"
    derivative: ClassVar[str] = r"\frac{1}{1 + e^{-z}}"
    range: ClassVar[str] = r"(0, \infty)"
    at_zero: ClassVar[Text] = Text(
        "Smooth: φ(0) = log 2, φ′(0) = ½.", "Гладкая: φ(0) = log 2, φ′(0) = ½."
    )
    reference: ClassVar[Reference] = Reference(
        "The lecture, section 1; Dugas et al. (2001), Incorporating Second-Order Functional "
        "Knowledge for Better Option Pricing, NIPS",
        "https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-"
        "better-option-pricing",
    )
    # e^{ln 3} = 3: φ = log 4, φ′ = 3/4.
    example: ClassVar[ActivationExample] = ActivationExample(
        1.0986122886681098, 1.3862943611198906, 0.75
    )

    def __call__(self, z: Array) -> Array:
        return jax.nn.softplus(z)

    def largest_slope(self) -> float:
        return 1.0


@final
@declaration
class Gelu(Activation):
    """φ(z) = z·Φ(z), Φ the distribution function of the normal law."""

    id: ClassVar[str] = "gelu"
    title: ClassVar[Text] = Text("GELU", "GELU")
    summary: ClassVar[Text] = Text(
        "A number times the chance that a Gaussian is smaller: the transformers' ReLU.",
        "Число, умноженное на вероятность того, что гауссова величина меньше: ReLU трансформеров.",
    )
    formula: ClassVar[str] = r"z\,\Phi(z)"
    derivative: ClassVar[str] = r"\Phi(z) + \frac{z\,e^{-z^2/2}}{\sqrt{2\pi}}"
    range: ClassVar[str] = r"[{-0.17}, \infty)"
    at_zero: ClassVar[Text] = Text(
        "Smooth: φ(0) = 0, φ′(0) = ½; a little below 0 it falls before it rises.",
        "Гладкая: φ(0) = 0, φ′(0) = ½; чуть ниже 0 она сначала убывает.",
    )
    reference: ClassVar[Reference] = Reference(
        "Hendrycks and Gimpel (2016), Gaussian Error Linear Units",
        "https://arxiv.org/abs/1606.08415",
    )
    example: ClassVar[ActivationExample] = ActivationExample(0.0, 0.0, 0.5)
    in_lecture: ClassVar[bool] = False

    def __call__(self, z: Array) -> Array:
        return jax.nn.gelu(z, approximate=False)

    def largest_slope(self) -> float:
        # Where Φ + zφ is largest, z = √2.
        return 1.1289041451851548


@final
@declaration
class Silu(Activation):
    """φ(z) = z·σ(z), also called swish."""

    id: ClassVar[str] = "silu"
    title: ClassVar[Text] = Text("SiLU", "SiLU")
    summary: ClassVar[Text] = Text(
        "A number times its sigmoid: smooth, and slightly negative below 0.",
        "Число, умноженное на свою сигмоиду: гладкая и чуть отрицательная ниже 0.",
    )
    formula: ClassVar[str] = r"\frac{z}{1 + e^{-z}}"
    derivative: ClassVar[str] = r"\sigma(z)\,(1 + z\,(1 - \sigma(z)))"
    range: ClassVar[str] = r"[{-0.28}, \infty)"
    at_zero: ClassVar[Text] = Text(
        "Smooth: φ(0) = 0, φ′(0) = ½; its least value, −0.28, is near z = −1.28.",
        "Гладкая: φ(0) = 0, φ′(0) = ½; наименьшее значение −0,28 около z = −1,28.",
    )
    reference: ClassVar[Reference] = Reference(
        "Elfwing, Uchibe and Doya (2018), Sigmoid-weighted linear units for neural network "
        "function approximation in reinforcement learning, Neural Networks 107",
        "https://arxiv.org/abs/1702.03118",
    )
    # σ(ln 3) = 3/4: φ = 3 ln 3/4, φ′ = 3/4 (1 + ln 3/4).
    example: ClassVar[ActivationExample] = ActivationExample(
        1.0986122886681098, 0.8239592165010823, 0.9559898041252706
    )
    in_lecture: ClassVar[bool] = False

    def __call__(self, z: Array) -> Array:
        return jax.nn.silu(z)

    def largest_slope(self) -> float:
        # Where (z/2) tanh(z/2) = 1, z = 2.3994.
        return 1.0998393201288668
