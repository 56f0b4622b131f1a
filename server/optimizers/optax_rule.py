"""Update rules that Optax computes: we hand over numbers and gradients, and change nothing."""

from abc import abstractmethod
from typing import ClassVar, cast

import optax
from jax import Array

from server.optimizers.optimizer import GradientRule, Kind


def kept(state: optax.OptState, name: str) -> Array:
    """One of the arrays that Optax keeps, by the name that Optax gives it."""
    return optax.tree_utils.tree_get(state, name)


def step_of(updates: optax.Updates) -> Array:
    """What Optax adds to one array: an array."""
    return cast(Array, updates)


class OptaxRule(GradientRule[optax.OptState]):
    """An optimiser of Optax with its hyperparameters as fields.

    The learning rate may differ from step to step, so the transformation is made anew from
    the numbers of each step; Optax keeps everything it remembers in its state.
    """

    kind: ClassVar[Kind] = "framework"

    @abstractmethod
    def transformation(self) -> optax.GradientTransformation:
        """Optax's transformation with these numbers, which may be traced."""

    def init(self, x: Array) -> optax.OptState:
        return self.transformation().init(x)

    def move(
        self, x: Array, gradient: Array, state: optax.OptState, k: Array
    ) -> tuple[Array, optax.OptState]:
        updates, new = self.transformation().update(gradient, state, x)
        return step_of(updates), new
