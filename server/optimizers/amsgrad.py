"""AMSGrad: Adam whose scale never shrinks."""

from typing import Literal, NamedTuple, final

import jax.numpy as jnp
import optax
from jax import Array

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
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    G: Array
    """Second moment: the running mean of its square."""
    M: Array
    """The largest second moment so far."""


@final
@declaration
class AMSGrad(OptaxRule):
    """Adam divided by the largest second moment so far, so that rates only fall."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.amsgrad(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def init(self, x: Array) -> optax.OptState:
        if self.convention == "optax":
            return super().init(x)
        nothing = jnp.zeros_like(x)
        return State(nothing, nothing, nothing)

    def move(
        self, x: Array, gradient: Array, state: optax.OptState, k: Array
    ) -> tuple[Array, optax.OptState]:
        if not isinstance(state, State):
            return super().move(x, gradient, state, k)
        v = self.beta1 * state.v + (1 - self.beta1) * gradient
        G = self.beta2 * state.G + (1 - self.beta2) * gradient**2
        M = jnp.maximum(state.M, G)
        scale = jnp.sqrt(M / (1 - self.beta2**k)) + self.epsilon
        return -self.learning_rate * v / (1 - self.beta1**k) / scale, State(v, G, M)

    def shown(self, state: optax.OptState) -> State:
        if isinstance(state, State):
            return state
        return State(kept(state, "mu"), kept(state, "nu"), kept(state, "nu_max"))

    id = "amsgrad"
    title = Text("AMSGrad", "AMSGrad")
    summary = Text(
        "Adam that remembers the largest second moment: its rate can only fall.",
        "Adam, помнящий наибольший второй момент: скорость может только падать.",
    )
    reference = Reference(
        "Reddi, Kale and Kumar (2018), On the Convergence of Adam and Beyond, ICLR",
        "https://arxiv.org/abs/1904.09237",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"M &\leftarrow \max\left(M, \frac{G}{1-\beta_2^k}\right)",
        r"x &\leftarrow x - \frac{\alpha}{\sqrt{M} + \varepsilon}"
        r"\,\frac{v}{1-\beta_1^k}",
    )
    _PYTORCH = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"M &\leftarrow \max(M, G)",
        r"x &\leftarrow x - \frac{\alpha}{\sqrt{M/(1-\beta_2^k)} + \varepsilon}"
        r"\,\frac{v}{1-\beta_1^k}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "The largest of the corrected moments.",
                "Наибольший из исправленных моментов.",
            ),
            sources.optax("alias.py"),
            parity="optax.amsgrad",
        ),
        "pytorch": Form(
            _PYTORCH,
            Text(
                "The largest is taken before the bias correction.",
                "Наибольший берётся до поправки смещения.",
            ),
            sources.pytorch("adam.py"),
            parity="torch.optim.Adam(amsgrad=True)",
        ),
    }

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        if self.convention == "optax":
            return over_root(steps, steps.after.M, self.epsilon, letter="M")
        largest = corrected(steps.after.M, self.beta2, steps.k)
        return over_root(steps, largest, self.epsilon, letter=r"M/(1-\beta_2^k)")

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, bias = self.effective_rate(steps).values, 1 - self.beta1**steps.k
        return of_moment(steps, rate, self.beta1, steps.before.v, bias=bias)
