"""NAdam: Adam that looks ahead, as Nesterov's momentum does."""

from typing import Literal, NamedTuple, final

import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, corrected
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration

MOMENTUM_DECAY = 4e-3


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    G: Array
    """Second moment: the running mean of its square."""


class Memory(NamedTuple):
    """PyTorch's state: the moments, and the product M of all μ so far."""

    v: Array
    G: Array
    product: Array


@final
@declaration
class NAdam(OptaxRule):
    """Adam with v̂ taken one step ahead."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.nadam(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def init(self, x: Array) -> optax.OptState:
        if self.convention == "optax":
            return super().init(x)
        nothing = jnp.zeros_like(x)
        return Memory(nothing, nothing, jnp.ones((), x.dtype))

    def move(
        self, x: Array, gradient: Array, state: optax.OptState, k: Array
    ) -> tuple[Array, optax.OptState]:
        if not isinstance(state, Memory):
            return super().move(x, gradient, state, k)
        v = self.beta1 * state.v + (1 - self.beta1) * gradient
        G = self.beta2 * state.G + (1 - self.beta2) * gradient**2
        now, ahead = (self.beta1 * (1 - 0.5 * 0.96 ** (i * MOMENTUM_DECAY)) for i in (k, k + 1))
        product = state.product * now
        v_hat = ahead * v / (1 - product * ahead) + (1 - now) * gradient / (1 - product)
        move = -self.learning_rate * v_hat / (jnp.sqrt(G / (1 - self.beta2**k)) + self.epsilon)
        return move, Memory(v, G, product)

    def shown(self, state: optax.OptState) -> State:
        if isinstance(state, Memory):
            return State(state.v, state.G)
        return State(kept(state, "mu"), kept(state, "nu"))

    id = "nadam"
    title = Text("NAdam", "NAdam")
    summary = Text(
        "Adam with Nesterov's look-ahead in its first moment.",
        "Adam, в первом моменте которого взгляд вперёд по Нестерову.",
    )
    reference = Reference(
        "Dozat (2016), Incorporating Nesterov Momentum into Adam, ICLR workshop",
        "https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"\hat v &= \frac{\beta_1 v}{1-\beta_1^{k+1}} + \frac{(1-\beta_1)\, g}{1-\beta_1^k}",
        r"x &\leftarrow x - \alpha\,\frac{\hat v}{\sqrt{G/(1-\beta_2^k)} + \varepsilon}",
    )
    _PYTORCH = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"\mu_k &= \beta_1\left(1 - \tfrac12\, 0.96^{\,k\psi}\right),\; M \leftarrow M \mu_k",
        r"\hat v &= \frac{\mu_{k+1} v}{1 - M\mu_{k+1}} + \frac{(1-\mu_k)\, g}{1 - M}",
        r"x &\leftarrow x - \alpha\,\frac{\hat v}{\sqrt{G/(1-\beta_2^k)} + \varepsilon}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "One β₁ for all steps.",
                "Один β₁ на все шаги.",
            ),
            sources.optax("alias.py"),
            parity="optax.nadam",
        ),
        "pytorch": Form(
            _PYTORCH,
            Text(
                "β₁ warms up by a schedule μ, ψ = 0.004, as in the paper. PyTorch keeps the "
                "product M in its default dtype, float32 unless set, even beside float64 "
                "parameters; here it is as precise as x: float64 paths part from about the ninth "
                "digit.",
                "β₁ разогревается по расписанию μ, ψ = 0,004, как в статье. PyTorch хранит "
                "произведение M в типе по умолчанию (float32) даже при параметрах float64; здесь "
                "оно той же точности, что и x: пути float64 расходятся примерно с девятого знака.",
            ),
            sources.pytorch("nadam.py"),
            parity="torch.optim.NAdam",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        scale = np.sqrt(corrected(steps.after.G, self.beta2, steps.k)) + self.epsilon
        formula = r"\frac{\alpha}{\sqrt{G/(1-\beta_2^k)} + \varepsilon}"
        return EffectiveRate(formula, steps.rate / scale)

    def _shares(self, k: Floats) -> tuple[Floats, Floats]:
        """What v̂ takes of v and of g at each step."""
        if self.convention == "optax":
            b = self.beta1
            return b / (1 - b ** (k + 1)), (1 - b) / (1 - b**k)
        count = np.arange(1, int(k.max()) + 2)
        mu = self.beta1 * (1 - 0.5 * 0.96 ** (count * MOMENTUM_DECAY))
        at = k.astype(int)
        product = np.cumprod(mu)[at - 1]
        now, ahead = mu[at - 1], mu[at]
        return ahead / (1 - product * ahead), (1 - now) / (1 - product)

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, (of_v, of_g) = self.effective_rate(steps).values, self._shares(steps.k)
        if self.convention == "optax":
            old = r"\frac{\beta_1 v}{1-\beta_1^{k+1}}"
            new = r"\frac{(1-\beta_1)\, g}{1-\beta_1^k}"
        else:
            old = r"\frac{\mu_{k+1} v}{1 - M\mu_{k+1}}"
            new = r"\frac{(1-\mu_k)\, g}{1 - M}"
        return (
            Term("gradient", rf"-\tilde\alpha\,{new}", -rate * of_g, steps.gradient),
            Term("velocity", rf"-\tilde\alpha\,{old}", -rate * of_v, steps.after.v, new=True),
        )

    def derived(self, steps: Steps) -> dict[str, Floats]:
        of_v, of_g = self._shares(steps.k)
        return {r"\hat v": of_v * steps.after.v + of_g * steps.gradient}
