"""References to compare optimisers with: they ask a surface for more than one gradient."""

from abc import abstractmethod
from typing import Any, ClassVar, Protocol

from jax import Array

from server.optimizers.optimizer import Kind, Optimizer


class Objective(Protocol):
    """What is minimised, penalties included."""

    def loss(self, point: Array) -> Array:
        """Its value at a point [2]."""
        ...

    def gradient(self, point: Array) -> Array:
        """Its gradient at a point [2]."""
        ...

    def hessian(self, point: Array) -> Array:
        """Its Hessian at a point [2], shape [2, 2]."""
        ...


class Reference(Optimizer):
    """A method that training does not use, against which others are measured.

    Attributes:
        steps: whether it goes step by step; the flow of an ODE does not.
    """

    kind: ClassVar[Kind] = "reference"
    steps: ClassVar[bool] = True

    @abstractmethod
    def travel(self, objective: Objective, x: Array, state: Any) -> tuple[Array, Any]:
        """The displacement to add to x, shape [2], and the new state."""

    def move(self, x: Array, gradient: Array, state: Any, k: Array) -> tuple[Array, Any]:
        raise NotImplementedError(f"{self.id} asks for more than a gradient: use travel")
