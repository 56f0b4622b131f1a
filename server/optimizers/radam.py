"""RAdam: Adam that trusts its scale only once it has seen enough."""

from typing import Literal, NamedTuple, final

import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import EffectiveRate, Memories, Steps, Term, corrected, of_moment
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate
from server.optimizers.optax_rule import OptaxRule, kept
from server.optimizers.optimizer import DefaultRate, Form
from server.results import Floats
from surfaces.declaration import Reference, Text, declaration


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    G: Array
    """Second moment: the running mean of its square."""


@final
@declaration
class RAdam(OptaxRule):
    """Plain momentum while the variance of the scale is unknown, then Adam times r."""

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.9
    beta2: Beta2 = 0.999
    epsilon: Epsilon = 1e-8
    convention: Literal["optax", "pytorch"] = "optax"

    def transformation(self) -> optax.GradientTransformation:
        return optax.radam(self.learning_rate, self.beta1, self.beta2, self.epsilon)

    def init(self, x: Array) -> optax.OptState:
        if self.convention == "optax":
            return super().init(x)
        nothing = jnp.zeros_like(x)
        return State(nothing, nothing)

    def move(
        self, x: Array, gradient: Array, state: optax.OptState, k: Array
    ) -> tuple[Array, optax.OptState]:
        if not isinstance(state, State):
            return super().move(x, gradient, state, k)
        v = self.beta1 * state.v + (1 - self.beta1) * gradient
        G = self.beta2 * state.G + (1 - self.beta2) * gradient**2
        left = 1 - self.beta2**k
        longest = 2 / (1 - self.beta2) - 1
        rho = longest - 2 * k * self.beta2**k / left
        trusted = rho > 5
        seen = jnp.where(trusted, rho, 5.0)
        square = (seen - 4) * (seen - 2) * longest / ((longest - 4) * (longest - 2) * seen)
        scale = jnp.sqrt(square) * jnp.sqrt(left) / (jnp.sqrt(G) + self.epsilon)
        v_hat = v / (1 - self.beta1**k)
        return -self.learning_rate * v_hat * jnp.where(trusted, scale, 1), State(v, G)

    def shown(self, state: optax.OptState) -> State:
        if isinstance(state, State):
            return state
        return State(kept(state, "mu"), kept(state, "nu"))

    id = "radam"
    title = Text("RAdam", "RAdam")
    summary = Text(
        "Adam with a built-in warm-up: plain momentum until its scale can be trusted.",
        "Adam со встроенным разогревом: просто импульс, пока масштабу нельзя верить.",
    )
    reference = Reference(
        "Liu et al. (2020), On the Variance of the Adaptive Learning Rate and Beyond, ICLR",
        "https://arxiv.org/abs/1908.03265",
    )
    default_rate = DefaultRate(of="smaller")
    state_type = State
    _UPDATE = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"\rho &= \rho_\infty - \frac{2k\beta_2^k}{1-\beta_2^k},\; \rho_\infty = "
        r"\frac{2}{1-\beta_2} - 1",
        r"r &= \sqrt{\frac{(\rho-4)(\rho-2)\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\rho}}",
        r"x &\leftarrow x - \alpha\,\begin{cases} r\,\hat v/(\sqrt{\hat G} + \varepsilon) & "
        r"\rho \ge 5 \\ \hat v & \rho < 5 \end{cases}",
    )
    _PYTORCH = (
        r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g",
        r"G &\leftarrow \beta_2 G + (1-\beta_2)\, g^2",
        r"\rho &= \rho_\infty - \frac{2k\beta_2^k}{1-\beta_2^k},\; \rho_\infty = "
        r"\frac{2}{1-\beta_2} - 1",
        r"r &= \sqrt{\frac{(\rho-4)(\rho-2)\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\rho}}",
        r"x &\leftarrow x - \alpha\,\begin{cases} r\,\hat v\sqrt{1-\beta_2^k}/(\sqrt{G} + "
        r"\varepsilon) & \rho > 5 \\ \hat v & \rho \le 5 \end{cases}",
    )
    forms = {
        "optax": Form(
            _UPDATE,
            Text(
                "ε beside the corrected root.",
                "ε рядом с исправленным корнем.",
            ),
            sources.optax("alias.py"),
            parity="optax.radam",
        ),
        "pytorch": Form(
            _PYTORCH,
            Text(
                "ε beside the uncorrected root.",
                "ε рядом с неисправленным корнем.",
            ),
            sources.pytorch("radam.py"),
            parity="torch.optim.RAdam",
        ),
    }

    def _trust(self, k: Floats) -> tuple[Floats, Floats]:
        """ρ at each step, and r: NaN where the scale is not trusted."""
        longest = 2 / (1 - self.beta2) - 1
        rho = longest - 2 * k * self.beta2**k / (1 - self.beta2**k)
        trusted = rho >= 5 if self.convention == "optax" else rho > 5
        seen = np.where(trusted, rho, np.nan)
        square = (seen - 4) * (seen - 2) * longest / ((longest - 4) * (longest - 2) * seen)
        return rho, np.sqrt(square)

    def effective_rate(self, steps: Memories) -> EffectiveRate:
        left, (_, r) = 1 - self.beta2**steps.k, self._trust(steps.k)
        if self.convention == "optax":
            formula = r"\frac{\alpha r}{\sqrt{\hat G} + \varepsilon}"
            scaled = r / (np.sqrt(steps.after.G / left) + self.epsilon)
        else:
            formula = r"\frac{\alpha r \sqrt{1-\beta_2^k}}{\sqrt{G} + \varepsilon}"
            scaled = r * np.sqrt(left) / (np.sqrt(steps.after.G) + self.epsilon)
        plain = np.isnan(r)
        formula = r"\alpha" if plain.all() else formula
        return EffectiveRate(formula, steps.rate * np.where(plain, 1.0, scaled))

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        rate, bias = self.effective_rate(steps).values, 1 - self.beta1**steps.k
        return of_moment(steps, rate, self.beta1, steps.before.v, bias=bias)

    def derived(self, steps: Steps) -> dict[str, Floats]:
        rho, r = self._trust(steps.k)
        return {
            r"\rho": rho,
            r"\rho_\infty": np.full_like(rho, 2 / (1 - self.beta2) - 1),
            "r": r,
            r"\hat v": corrected(steps.after.v, self.beta1, steps.k),
            r"\hat G": corrected(steps.after.G, self.beta2, steps.k),
        }
