"""What a network minimises: the mean loss of its rows, and the gradient by its outputs."""

from typing import Any

import jax
import jax.numpy as jnp
from jax import Array, lax

from server.engine.networks.network import Task
from server.networks.losses import LOSSES, Loss


def predicted(output: Array, classes: Array) -> Array:
    """ŷ of outputs: σ(output) for classes, else the output itself."""
    return jnp.where(classes, jax.nn.sigmoid(output), output)


def mean_loss(output: Array, task: Task, rows: Array) -> Array:
    """The mean loss of outputs [CAPACITY] over the rows whose weight is 1."""

    def branch(declared: type[Loss]) -> Any:
        loss = declared()

        def of_each(z: Array, target: Array) -> Array:
            return lax.cond(task.classes, loss.from_output, loss.each, z, target)

        return of_each

    each = lax.switch(task.loss, [branch(one) for one in LOSSES], output, task.targets)
    return jnp.sum(jnp.where(rows > 0, each, 0)) / jnp.sum(rows)


def by_output(output: Array, task: Task, rows: Array) -> tuple[Array, Array]:
    """The mean loss, and its gradient by each output, shape [CAPACITY]."""
    return jax.value_and_grad(mean_loss)(output, task, rows)


def accuracy(output: Array, task: Task) -> Array:
    """The share of all rows whose class is the likelier one; 0 for a curve."""
    right = (output > 0) == (task.targets > 0.5)
    return jnp.sum(jnp.where(right & task.classes, task.rows, 0)) / jnp.sum(task.rows)
