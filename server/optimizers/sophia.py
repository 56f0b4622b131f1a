"""Sophia: momentum over the running curvature of each coordinate, clipped."""

from typing import Annotated, Literal, NamedTuple, final

import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from server.optimizers import sources
from server.optimizers.anatomy import Steps, Term, of_decay
from server.optimizers.hyperparameters import Beta1, Beta2, Epsilon, Rate, WeightDecay
from server.optimizers.optax_rule import kept, step_of
from server.optimizers.optimizer import (
    DefaultRate,
    Form,
    Objective,
    ObjectiveMethod,
)
from server.results import Floats
from surfaces.declaration import Reference as Source
from surfaces.declaration import Text, declaration, parameter

Gamma = Annotated[
    float,
    parameter(
        Text("Share of the curvature", "Доля кривизны"),
        symbol=r"\gamma",
        ge=1e-4,
        le=10,
        scale="log",
    ),
]


class State(NamedTuple):
    """What is shown of the state, arrays of shape [2]."""

    v: Array
    """First moment: the running mean of the gradient."""
    h: Array
    """Running mean of the Hessian's diagonal, renewed every tenth step."""


@final
@declaration
class Sophia(ObjectiveMethod[optax.OptState]):
    """x ← x − α(clip(v̂/max(γh, ε), ±1) + λx), h the running mean of the Hessian's diagonal.

    Optax estimates the diagonal by Hutchinson's random vectors; two dimensions allow the
    exact one, so that nothing here is left to chance.
    """

    learning_rate: Rate = 0.02
    beta1: Beta1 = 0.965
    beta2: Beta2 = 0.99
    epsilon: Epsilon = 1e-8
    gamma: Gamma = 0.01
    weight_decay: WeightDecay = 1e-4
    convention: Literal["optax"] = "optax"

    def init(self, x: Array) -> optax.OptState:
        return self._rule(optax.identity()).init(x)

    def shown(self, state: optax.OptState) -> State:
        return State(kept(state, "mu"), kept(state, "nu"))

    def step(
        self, objective: Objective, x: Array, state: optax.OptState
    ) -> tuple[Array, optax.OptState]:
        def diagonal(
            updates: optax.Updates, state: optax.OptState, params: optax.Params | None = None
        ) -> tuple[Array, optax.OptState]:
            return jnp.diagonal(objective.hessian(x)), state

        exact = optax.GradientTransformation(optax.identity().init, diagonal)
        updates, new = self._rule(exact).update(objective.gradient(x), state, x)
        return step_of(updates), new

    def _rule(
        self, diagonal: optax.GradientTransformation
    ) -> optax.GradientTransformationExtraArgs:
        return optax.contrib.sophia(
            self.learning_rate,
            self.beta1,
            self.beta2,
            self.epsilon,
            self.weight_decay,
            gamma=self.gamma,
            hessian_diagonal_fn=diagonal,
        )

    id = "sophia"
    kind = "framework"
    title = Text("Sophia", "Sophia")
    summary = Text(
        "Divides momentum by the curvature of each coordinate, and no coordinate moves more than "
        "the rate.",
        "Делит импульс на кривизну каждой координаты, и ни одна координата не сдвигается больше "
        "чем на скорость.",
    )
    reference = Source(
        "Liu et al. (2024), Sophia: A Scalable Stochastic Second-order Optimizer for Language "
        "Model Pre-training, ICLR, algorithm 3",
        "https://arxiv.org/abs/2305.14342",
    )
    default_rate = DefaultRate(of="stride")
    state_type = State
    forms = {
        "optax": Form(
            (
                r"v &\leftarrow \beta_1 v + (1-\beta_1)\, g,\; \hat v = \frac{v}{1-\beta_1^k}",
                r"x &\leftarrow x - \alpha\left(\mathrm{clip}\left(\frac{\hat v}"
                r"{\max(\gamma h, \varepsilon)}, \pm 1\right) + \lambda x\right)",
                r"h &\leftarrow \beta_2 h + (1-\beta_2)\,\mathrm{diag}\, H"
                r"\;\text{ every 10 steps}",
            ),
            Text(
                "With the exact diagonal of the Hessian in place of Optax's random estimate.",
                "С точной диагональю гессиана вместо случайной оценки Optax.",
            ),
            sources.optax_contrib("_sophia.py"),
            parity="optax.contrib.sophia",
        )
    }

    def terms(self, steps: Steps) -> tuple[Term, ...]:
        v_hat = steps.after.v / (1 - self.beta1**steps.k)
        curvature = np.maximum(self.gamma * steps.before.h, self.epsilon)
        clipped = (
            r"-\alpha\,\mathrm{clip}\left(\frac{\hat v}{\max(\gamma h, \varepsilon)}, \pm 1\right)"
        )
        return (
            Term("velocity", clipped, -steps.rate, np.clip(v_hat / curvature, -1, 1)),
            of_decay(steps, self.weight_decay),
        )

    def derived(self, steps: Steps) -> dict[str, Floats]:
        return {r"\hat v": steps.after.v / (1 - self.beta1**steps.k)}
