"""Steps of methods that ask a surface for more than one gradient."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array, lax

from server.engine.families import AnySurface
from server.engine.rules import Rules, Variant
from server.engine.walk import Step


@dataclass(frozen=True)
class Penalised:
    """A surface with its penalties, f + λ₂‖x‖²/2 + λ₁‖x‖₁."""

    surface: AnySurface
    l2: Array
    l1: Array

    def loss(self, point: Array) -> Array:
        """The value at a point [2]."""
        penalty = self.l2 / 2 * jnp.sum(point**2) + self.l1 * jnp.sum(jnp.abs(point))
        return self.surface.loss(point[0], point[1]) + penalty

    def gradient(self, point: Array) -> Array:
        """The gradient at a point [2]."""
        return self.surface.gradient(point) + self.l2 * point + self.l1 * jnp.sign(point)

    def hessian(self, point: Array) -> Array:
        """The Hessian at a point [2]."""
        return jax.jacfwd(self.gradient)(point)


def travelled(rules: Rules, step: Step) -> tuple[Array, Array]:
    """One step of a reference, which nothing clips."""
    objective = Penalised(step.surface, step.nuances[0], step.nuances[1])

    def taken(rule: Variant) -> Any:
        def take(moving: Array, numbers: Array, rate: Array) -> Array:
            x, state = moving[:2], rule.unpack(moving[2:])
            move, state = rule.with_numbers(numbers, rate).travel(objective, x, state)
            return jnp.concatenate([x + move, rule.pack(state, x, rules.states)])

        return take

    branches = rules.branches(taken)
    moving = lax.switch(step.rule, branches, step.moving, step.numbers, step.rate)
    return moving, jnp.zeros((), bool)
