"""All activations: the lecture's table in its order, then two that came later."""

from surfaces.activations.activation import Activation
from surfaces.activations.cornered import BinaryStep, Elu, LeakyRelu, Linear, Relu
from surfaces.activations.smooth import Gelu, Sigmoid, Silu, Softplus, Tanh

ACTIVATIONS: tuple[type[Activation], ...] = (
    Linear,
    BinaryStep,
    Sigmoid,
    Tanh,
    Relu,
    Softplus,
    LeakyRelu,
    Elu,
    Gelu,
    Silu,
)
