"""Update rules that Optax computes: we hand over numbers and gradients, and change nothing."""

from abc import abstractmethod
from typing import Any, ClassVar

import optax
from jax import Array

from server.optimizers.optimizer import GradientRule, Kind


class OptaxRule(GradientRule):
    """An optimiser of Optax with its hyperparameters as fields.

    The learning rate may differ from step to step, so the transformation is made anew from
    the numbers of each step; Optax keeps everything it remembers in its state.
    """

    kind: ClassVar[Kind] = "framework"

    @abstractmethod
    def transformation(self) -> optax.GradientTransformation:
        """Optax's transformation with these numbers, which may be traced."""

    def init(self, x: Array) -> Any:
        return self.transformation().init(x)

    def move(self, x: Array, gradient: Array, state: Any, k: Array) -> tuple[Array, Any]:
        updates, new = self.transformation().update(gradient, state, x)
        return updates, new  # pyright: ignore[reportReturnType]
