"""Depth in two parameters: a chain of layers that share two weights, and a recurrent unit.

Both are loops whose length is a number, so a new depth compiles nothing. Their derivatives are
taken forwards: two slopes are carried along with each layer's value, nothing is kept for a way
back, and JAX could not go back through a loop whose length is data.
"""

from typing import Annotated, ClassVar, Literal, final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jax.nn import sigmoid

from surfaces.activations.activation import Activation
from surfaces.activations.cornered import Linear, Relu
from surfaces.activations.smooth import Sigmoid, Tanh
from surfaces.claims import deep as claims
from surfaces.claims.claim import Claim, Setting
from surfaces.declaration import Reference, Text, choice, declaration, parameter
from surfaces.surface import Example, Family, Known, Scales, Surface, Tag
from surfaces.units import PLAIN, Places, Units

ACTIVATIONS: dict[str, Activation] = {one.id: one for one in (Linear(), Sigmoid(), Tanh(), Relu())}


class Loop(Surface):
    """A loss at the end of a loop whose length is a number."""

    family: ClassVar[Family | None] = "loops"

    def gradient(self, point: Array) -> Array:
        """∇f at a point of shape [2], shape [2], by forward-mode differentiation."""

        def loss(at: Array) -> Array:
            return self.loss(at[0], at[1])

        return jax.jacfwd(loss)(point)

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        def twice(at: Array) -> tuple[Array, Array]:
            loss = self.loss(at[0], at[1])
            return loss, loss

        gradient, loss = jax.jacfwd(twice, has_aux=True)(point)
        return loss, gradient


def _whole(number: float) -> Array:
    """A number of steps as a loop counts them; programs hand all numbers over as floats."""
    return jnp.asarray(number).astype(jnp.int32)


@final
@declaration
class DeepChain(Loop):
    """f = (ŷ − t)², ŷ = w₁^a w₂^b u: a layers of one unit with weight w₁, then b with w₂.

    Between layers stands an activation; after the last there is none. Its minima are not points
    but curves (w₁^a w₂^b = t/u in the linear chain), so that none is stated.
    """

    id: ClassVar[str] = "deep_chain"
    title: ClassVar[Text] = Text("Deep chain", "Глубокая цепочка")
    summary: ClassVar[Text] = Text(
        "Layers multiply: under 1 the gradient dies in a desert that only methods which divide "
        "by it cross, over 1 it explodes on a wall. w₁ is of the first a layers, w₂ of the "
        "other b; colour it by the gradient.",
        "Слои перемножаются: ниже 1 градиент затухает в пустыне, и проходят её только "
        "оптимизаторы, которые на него делят, выше 1 он взрывается на стене. w₁ — вес первых a "
        "слоёв, w₂ — остальных b; раскрасьте рисунок по градиенту.",
    )
    claim: ClassVar[Claim] = Claim(claims.desert_and_wall, {"over_one": Setting(start=(1.5, 1.3))})
    formula: ClassVar[str] = r"\left(\hat y - t\right)^2"
    names: ClassVar[tuple[str, str]] = ("w₁", "w₂")
    reference: ClassVar[Reference] = Reference(
        "Saxe, McClelland and Ganguli (2014), Exact solutions to the nonlinear dynamics of "
        "learning in deep linear neural networks, ICLR",
        "https://arxiv.org/abs/1312.6120",
    )
    domain: ClassVar = ((-2.0, 2.0), (-1.6, 1.6))
    start: ClassVar = (0.45, 0.3)
    tags: ClassVar[tuple[Tag, ...]] = ("deep", "plateau", "cliff")
    stride: ClassVar[float] = 0.01
    minima_known: ClassVar[Known] = "none"
    # ŷ = 2⁵·1⁵ = 32: 31², 2·31·5·2⁴ and 2·31·2⁵·5.
    example: ClassVar[Example] = Example(at=(2.0, 1.0), loss=961.0, gradient=(4960.0, 9920.0))

    activation: Annotated[
        Literal["linear", "sigmoid", "tanh", "relu"],
        choice(
            Text("Activation", "Активация"),
            linear=Text("linear", "линейная"),
            sigmoid=Text("sigmoid", "сигмоида"),
            tanh=Text("tanh", "tanh"),
            relu=Text("ReLU", "ReLU"),
        ),
    ] = "linear"
    first_layers: Annotated[
        int, parameter(Text("Layers with w₁", "Слоёв с w₁"), symbol="a", ge=1, le=32, step=1)
    ] = 5
    last_layers: Annotated[
        int, parameter(Text("Layers with w₂", "Слоёв с w₂"), symbol="b", ge=1, le=32, step=1)
    ] = 5
    signal: Annotated[
        float, parameter(Text("Input", "Вход"), symbol="u", ge=0.1, le=2, step=0.1)
    ] = 1.0
    target: Annotated[
        float, parameter(Text("Target", "Цель"), symbol="t", ge=-2, le=2, step=0.1)
    ] = 1.0

    def scales(self) -> Scales:
        # Where all weights are near 1 the largest curvature of the linear chain is 2(a² + b²).
        return Scales(0.5 / (self.first_layers**2 + self.last_layers**2), self.stride)

    def definitions(self) -> tuple[str, ...]:
        if self.activation == "linear":
            return (r"\hat y = w_1^a w_2^b u",)
        name = {"sigmoid": r"\sigma", "tanh": r"\tanh", "relu": r"\operatorname{ReLU}"}
        layer = name[self.activation]
        return (
            r"\hat y = w_2 h_{a+b-1},\; h_0 = u",
            rf"h_k = \begin{{cases}} {layer}(w_1 h_{{k-1}}) & k \le a \\ "
            rf"{layer}(w_2 h_{{k-1}}) & k > a \end{{cases}}",
        )

    def loss(self, x: Array, y: Array) -> Array:
        activation = ACTIVATIONS[self.activation]
        first = _whole(self.first_layers)
        layers = first + _whole(self.last_layers)

        def layer(k: Array, h: Array) -> Array:
            z = jnp.where(k < first, x, y) * h
            return jnp.where(k < layers - 1, activation(z), z)

        answer = lax.fori_loop(jnp.int32(0), layers, layer, self.signal * jnp.ones_like(x))
        return (answer - self.target) ** 2

    def units(self, points: Places) -> Units | None:
        activation = ACTIVATIONS[self.activation]
        layers = self.first_layers + self.last_layers - 1
        if self.activation == "linear" or layers == 0:
            return None
        weights = np.where(np.arange(layers) < self.first_layers, points[:, :1], points[:, 1:])
        sums = np.empty((len(points), layers))
        h = np.full(len(points), float(self.signal))
        for k in range(layers):
            sums[:, k] = weights[:, k] * h
            h = PLAIN[activation.id].value(sums[:, k])
        return Units(activation, sums[:, :, None, None])


@final
@declaration
class RecurrentUnit(Loop):
    """f = (σ(x_T) − t)² with x_k = wσ(x_{k−1}) + b, the paper's equation 8 and figure 6.

    Above w = 4 the unit can remember: it has two states to settle in, and which one it takes
    changes within a hair's breadth. That is the wall, near b = x₀ − wσ(x₀) where x₀ stands still.
    The loss is 0 on a curve (at b = σ⁻¹(t) − wt where the unit settles), so that no minimum is
    stated.
    """

    id: ClassVar[str] = "recurrent_unit"
    title: ClassVar[Text] = Text("Recurrent unit", "Рекуррентный нейрон")
    summary: ClassVar[Text] = Text(
        "A valley at the foot of a wall: one step on the wall throws the iterate far away, and "
        "clipping by norm keeps it. The weight w and the bias b are those of all 50 steps in time.",
        "Долина под стеной: один шаг на стене отбрасывает точку далеко, а обрезка по норме её "
        "удерживает. Вес w и смещение b общие для 50 шагов по времени.",
    )
    claim: ClassVar[Claim] = Claim(
        claims.wall_throws_descent_and_clipping_keeps_it, {"clipped": Setting(clipping=0.1)}
    )
    formula: ClassVar[str] = r"\left(\sigma(h_T) - t\right)^2"
    names: ClassVar[tuple[str, str]] = ("w", "b")
    reference: ClassVar[Reference] = Reference(
        "Pascanu, Mikolov and Bengio (2013), On the difficulty of training recurrent neural "
        "networks, ICML, section 2.3 and figure 6",
        "https://arxiv.org/abs/1211.5063",
    )
    domain: ClassVar = ((4.0, 5.8), (-3.1, -1.5))
    start: ClassVar = (5.2, -2.0)
    tags: ClassVar[tuple[Tag, ...]] = ("deep", "cliff")
    learning_rate: ClassVar[float] = 0.2
    stride: ClassVar[float] = 0.01
    minima_known: ClassVar[Known] = "none"
    # With w = 0 every x_k is b = ln 3, σ = 3/4: (3/4 − 7/10)², and 2·(1/20)·3/16 times σ and 1.
    example: ClassVar[Example] = Example(
        at=(0.0, 1.0986122886681098), loss=0.0025, gradient=(0.0140625, 0.01875)
    )

    time: Annotated[int, parameter(Text("Steps", "Шагов"), symbol="T", ge=1, le=100, step=1)] = 50
    initial: Annotated[
        float,
        parameter(Text("Initial state", "Начало"), symbol="h_0", ge=-2, le=2, step=0.1),
    ] = 0.5
    target: Annotated[
        float, parameter(Text("Target", "Цель"), symbol="t", ge=0.1, le=0.9, step=0.05)
    ] = 0.7

    def definitions(self) -> tuple[str, ...]:
        return (r"h_k = w\,\sigma(h_{k-1}) + b",)

    def loss(self, x: Array, y: Array) -> Array:
        def later(_: Array, h: Array) -> Array:
            return x * sigmoid(h) + y

        first = self.initial * jnp.ones_like(x)
        last = lax.fori_loop(jnp.int32(0), _whole(self.time), later, first)
        return (sigmoid(last) - self.target) ** 2

    def units(self, points: Places) -> Units:
        """One unit, whose examples are its steps in time."""
        sums = np.empty((len(points), int(self.time) + 1))
        sums[:, 0] = self.initial
        w, b = points.T
        for k in range(int(self.time)):
            sums[:, k + 1] = w * PLAIN["sigmoid"].value(sums[:, k]) + b
        return Units(Sigmoid(), sums[:, None, None])
