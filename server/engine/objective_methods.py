"""Steps of methods that ask the objective for more than one gradient."""

from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp
from jax import Array, lax

from server.engine.families import AnySurface
from server.engine.gradient_changes import penalty, penalty_curvature, penalty_gradient
from server.engine.rules import Rules, Variant
from server.engine.walk import Step, Stepped
from server.optimizers.optimizer import ObjectiveMethod


@dataclass(frozen=True)
class Penalised:
    """A surface with the penalties of a run, f + λ₂‖x‖²/2 + λ₁‖x‖₁."""

    surface: AnySurface
    changes: Array

    def loss(self, point: Array) -> Array:
        """The value at a point [2]."""
        return self.surface.loss(point[0], point[1]) + penalty(point, self.changes)

    def gradient(self, point: Array) -> Array:
        """The gradient at a point [2]."""
        return self.surface.gradient(point) + penalty_gradient(point, self.changes)

    def hessian(self, point: Array) -> Array:
        """The Hessian at a point [2], NaN where there is none."""
        added = jnp.diag(penalty_curvature(point, self.changes))
        return self.surface.hessian(point) + added


def advanced(rules: Rules[ObjectiveMethod], step: Step) -> Stepped:
    """One step of a method, which nothing clips."""
    objective = Penalised(step.surface, step.changes)

    def taken(rule: Variant[ObjectiveMethod]) -> Any:
        def take(moving: Array, numbers: Array, rate: Array) -> Array:
            x, state = moving[:2], rule.unpack(moving[2:])
            move, state = rule.with_numbers(numbers, rate).step(objective, x, state)
            return jnp.concatenate([x + move, rule.pack(state, x, rules.states)])

        return take

    branches = rules.branches(taken)
    moving = lax.switch(step.rule, branches, step.moving, step.numbers, step.rate)
    loss, gradient = step.surface.loss_and_gradient(step.moving[:2])
    return Stepped(moving, jnp.zeros((), bool), loss, gradient)
