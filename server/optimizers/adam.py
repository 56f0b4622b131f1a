"""Adam: momentum on the gradient, over RMSProp's running scale."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, NamedTuple, final

import jax.numpy as jnp
from jax import Array

from server.optimizers.hyperparameters import Epsilon, Rate
from server.optimizers.optimizer import Convention, DefaultRate, Example, Form, Optimizer
from surfaces.declaration import Reference, Text, declaration, parameter

CORRECTED = (
    r"v \leftarrow \beta_1 v + (1-\beta_1)\, g \\"
    r"G \leftarrow \beta_2 G + (1-\beta_2)\, g^2 \\"
    r"x \leftarrow x - \alpha\,"
    r"\frac{v / (1-\beta_1^k)}{\sqrt{G / (1-\beta_2^k)} + \varepsilon}"
)


class State(NamedTuple):
    v: Array
    """First moment: the running mean of the gradient, shape [2]."""
    G: Array
    """Second moment: the running mean of its square, shape [2]."""


@final
@declaration
class Adam(Optimizer):
    """v ← β₁v + (1−β₁)g; G ← β₂G + (1−β₂)g²; x ← x − αv/√(G+ε).

    The lecture's slide has no bias correction and keeps ε inside the root; the paper
    (algorithm 1) and every framework correct v and G by 1 − βᵏ.
    """

    id: ClassVar[str] = "adam"
    title: ClassVar[Text] = Text("Adam", "Adam")
    summary: ClassVar[Text] = Text(
        "Momentum, divided by the root of the running mean of squared gradients.",
        "Импульс, делённый на корень из скользящего среднего квадратов градиента.",
    )
    reference: ClassVar[Reference] = Reference(
        "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR",
        "https://arxiv.org/abs/1412.6980",
    )
    default_rate: ClassVar[DefaultRate] = DefaultRate(of="stride")
    example: ClassVar[Example] = Example({}, ((0.0, 0.0),))
    forms: ClassVar[Mapping[Convention, Form]] = {
        "lecture": Form(
            formula=(
                r"v \leftarrow \beta_1 v + (1-\beta_1)\, g \\"
                r"G \leftarrow \beta_2 G + (1-\beta_2)\, g^2 \\"
                r"x \leftarrow x - \frac{\alpha}{\sqrt{G + \varepsilon}}\, v"
            ),
            note=Text(
                "No bias correction, ε inside the root.",
                "Без поправки смещения, ε под корнем.",
            ),
            source=Reference("The lecture, section 4"),
            defaults={},
        ),
    }
    State: ClassVar = State

    learning_rate: Rate = 0.05
    beta1: Annotated[
        float,
        parameter(
            Text("First-moment decay", "Затухание первого момента"),
            symbol=r"\beta_1",
            ge=0,
            le=0.999,
            step=0.001,
        ),
    ] = 0.9
    beta2: Annotated[
        float,
        parameter(
            Text("Second-moment decay", "Затухание второго момента"),
            symbol=r"\beta_2",
            ge=0,
            le=0.9999,
            step=0.0001,
        ),
    ] = 0.999
    epsilon: Epsilon = 1e-8
    convention: Convention = "lecture"

    def init(self, x: Array) -> State:
        return State(v=jnp.zeros_like(x), G=jnp.zeros_like(x))

    def step(self, gradient: Array, state: State, k: Array) -> tuple[Array, State]:
        v = self.beta1 * state.v + (1 - self.beta1) * gradient
        G = self.beta2 * state.G + (1 - self.beta2) * gradient**2
        v_hat = v / (1 - self.beta1**k)
        G_hat = G / (1 - self.beta2**k)
        match self.convention:
            case "lecture":
                move = -self.learning_rate / jnp.sqrt(G + self.epsilon) * v
            case "pytorch" | "optax" | "keras":
                move = -self.learning_rate * v_hat / (jnp.sqrt(G_hat) + self.epsilon)
        return move, State(v, G)
