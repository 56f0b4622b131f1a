"""Adam: momentum on the gradient, over RMSProp's running scale."""

from typing import NamedTuple, final

import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from server.optimizers import sources
from server.optimizers.anatomy import (
    EffectiveRate,
    Memories,
    Steps,
    Term,
    corrected,
    of_moment,
    over_root,
)
from server.optimizers.hyperparameters import Beta1, Beta2, BiasCorrection, Epsilon, Rate
from server.optimizers.optimizer import DefaultRate, Example, Form, LectureConvention, Rule
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is remembered between steps, of the point's shape."""

    v: Float[Array, "*point"]
    """First moment: the running mean of the gradient."""
    G: Float[Array, "*point"]
    """Second moment: the running mean of its square."""


@final
@declaration
class Adam(Rule):
    """v ← β₁v + (1−β₁)g; G ← β₂G + (1−β₂)g²; x ← x − αv/√(G+ε).

    The lecture's slide has no bias correction and keeps ε inside the root; the paper
    (algorithm 1) and every framework correct v and G by 1 − βᵏ, Keras inside the rate. In the
    lecture's form the correction can be turned on alone.
    """

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    bias_correction: BiasCorrection = False
    convention: LectureConvention = "lecture"

    def init(self, x: Array) -> State:
        return State(v=jnp.zeros_like(x), G=jnp.zeros_like(x))

    def step(self, gradient: Array, state: State, k: Array) -> tuple[Array, State]:
        v = self.beta1 * state.v + (1 - self.beta1) * gradient
        G = self.beta2 * state.G + (1 - self.beta2) * gradient**2
        left1, left2 = 1 - self.beta1**k, 1 - self.beta2**k
        match self.convention:
            case "lecture":
                # Off it divides by 1 − 0·βᵏ, which changes no bit.
                on = self.bias_correction
                v_, G_ = v / (1 - on * self.beta1**k), G / (1 - on * self.beta2**k)
                move = -self.learning_rate / jnp.sqrt(G_ + self.epsilon) * v_
            case "pytorch" | "optax":
                move = -self.learning_rate * (v / left1) / (jnp.sqrt(G / left2) + self.epsilon)
            case "keras":
                rate = self.learning_rate * jnp.sqrt(left2) / left1
                move = -rate * v / (jnp.sqrt(G) + self.epsilon)
        return move, State(v, G)

    id = "adam"
    title = Text("Adam", "Adam")
    summary = Text(
        "Momentum, divided by the root of the running mean of squared gradients.",
        "Импульс, делённый на корень из скользящего среднего квадратов градиента.",
    )
    reference = Reference(
        "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, ICLR",
        "https://arxiv.org/abs/1412.6980",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    example = Example(
        {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.75, "epsilon": 0.25},
        (
            (2.0, 1.0),
            (1.55278640450004, 0.50248140489501),
            (1.04868644567475, 0.00434133025833),
            (0.58021364261195, -0.28527100898472),
        ),
    )
    _MOMENTS = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
    )
    _PLAIN = (*_MOMENTS, r"x &\leftarrow x - \frac{\alpha}{\sqrt{G + \varepsilon}}\, v")
    _HATS = r"\hat v &= \frac{v}{1-\beta_1^k},\; \hat G = \frac{G}{1-\beta_2^k}"
    _PLAIN_CORRECTED = (
        *_MOMENTS,
        _HATS,
        r"x &\leftarrow x - \frac{\alpha}{\sqrt{\hat G + \varepsilon}}\, \hat v",
    )
    _CORRECTED = (
        *_MOMENTS,
        _HATS,
        r"x &\leftarrow x - \alpha\,\frac{\hat v}{\sqrt{\hat G} + \varepsilon}",
    )
    _FOLDED = (
        *_MOMENTS,
        r"\alpha_k &= \alpha\,\frac{\sqrt{1-\beta_2^k}}{1-\beta_1^k}",
        r"x &\leftarrow x - \alpha_k\,\frac{v}{\sqrt{G} + \varepsilon}",
    )
    _CORRECTED_NOTE = Text(
        "Bias correction as in the paper, ε outside the root.",
        "Поправка смещения, как в статье; ε вне корня.",
    )
    forms = {
        "lecture": Form(
            _PLAIN,
            Text("No bias correction, ε inside the root.", "Без поправки смещения, ε под корнем."),
            sources.LECTURE,
            switched={"bias_correction": _PLAIN_CORRECTED},
        ),
        "pytorch": Form(
            _CORRECTED,
            _CORRECTED_NOTE,
            sources.pytorch("adam.py"),
            {"bias_correction": True},
            "torch.optim.Adam",
        ),
        "keras": Form(
            _FOLDED,
            Text(
                "Bias correction folded into the rate, so ε is effectively larger at first.",
                "Поправка смещения внутри скорости, поэтому вначале ε фактически больше.",
            ),
            sources.keras("adam.py"),
            {"epsilon": 1e-7, "bias_correction": True},
            "keras.optimizers.Adam",
        ),
        "optax": Form(
            _CORRECTED,
            _CORRECTED_NOTE,
            sources.optax("alias.py"),
            {"bias_correction": True},
            "optax.adam",
            computes_as="pytorch",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        G, k = steps.after.G, steps.k
        match self.convention:
            case "lecture" if not self.bias_correction:
                return over_root(steps, G, self.epsilon, inside=True)
            case "lecture" | "pytorch" | "optax" as form:
                hat, inside = corrected(G, self.beta2, k), form == "lecture"
                return over_root(steps, hat, self.epsilon, letter=r"\hat G", inside=inside)
            case "keras":
                rate = steps.rate * np.sqrt(1 - self.beta2**k) / (1 - self.beta1**k)
                formula = r"\frac{\alpha_k}{\sqrt{G} + \varepsilon}"
                return EffectiveRate(formula, rate / (np.sqrt(G) + self.epsilon))

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        # Keras corrects the rate, not the moment.
        is_lecture = self.convention == "lecture"
        is_corrected = self.bias_correction if is_lecture else self.convention != "keras"
        bias = 1 - self.beta1**steps.k if is_corrected else None
        rate = self.effective_rate(steps).values
        return of_moment(steps, rate, self.beta1, steps.before.v, bias=bias)

    def derived(self, steps: Steps) -> dict[str, Floats]:
        left1, left2 = 1 - self.beta1**steps.k, 1 - self.beta2**steps.k
        return {
            r"\hat v": steps.after.v / left1,
            r"\hat G": steps.after.G / left2,
            r"\alpha_k": steps.rate * np.sqrt(left2) / left1,
        }
