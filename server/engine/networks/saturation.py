"""Which units of a layer are flat: off in a dead ReLU, on the shelf of a sigmoid."""

from typing import Any, NamedTuple

import jax.numpy as jnp
from jax import Array, lax

from server.engine.networks.layers import (
    LAYERS,
    Architecture,
    activated_with_slopes,
    handed_on,
    output_of,
    prepared,
    sums_of,
    used,
)
from server.engine.networks.network import Task


class Flatness(NamedTuple):
    """Of one layer, or of each, shape [LAYERS].

    Attributes:
        share: of units and rows, those whose slope is nearly 0.
        dead: how many units are so in every row.
        saturated: of how many units the mean slope over the rows is nearly 0.
        slope: |φ′|, its mean over units and rows.
    """

    share: Any
    dead: Any
    saturated: Any
    slope: Any


def flatness(slope: Array, architecture: Architecture, rows: Array, flat: Array) -> Flatness:
    """What is flat in a layer.

    Args:
        slope: φ′ of its units on each row, shape [rows, capacity].
        architecture: of the network.
        rows: weights of the rows, 0 for those that do not count.
        flat: the slope up to which a unit counts as saturated.
    """
    slope, dtype = jnp.abs(slope), slope.dtype
    units = used(architecture, slope.shape[-1])
    counted = (rows > 0).astype(dtype)
    count, width = jnp.sum(counted), architecture.width.astype(dtype)
    # Products, which XLA's CPU compiler makes ten times as quick as sums along rows.
    each = jnp.where(units, counted @ (slope <= flat).astype(dtype), 0)
    means = counted @ slope / count
    return Flatness(
        share=jnp.sum(each) / (count * width),
        dead=jnp.sum((units & (each == count)).astype(dtype)),
        saturated=jnp.sum((units & (means <= flat)).astype(dtype)),
        slope=jnp.sum(means) / width,
    )


def watched(
    parameters: Array, task: Task, architecture: Architecture, flat: Array
) -> tuple[Array, Flatness]:
    """The output of all rows, shape [rows], and what is flat on the way to it."""

    def layer(i: Array, carry: tuple[Array, Array]) -> tuple[Array, Array]:
        h, shown = carry
        z = prepared(sums_of(parameters, i, h), architecture)
        own, slope = activated_with_slopes(z, architecture)
        here = jnp.stack(flatness(slope, architecture, task.rows, flat))
        h = handed_on(own, i, h, architecture)
        return h, lax.dynamic_update_index_in_dim(shown, here, i, 0)

    shown = jnp.zeros((LAYERS, len(Flatness._fields)), parameters.dtype)
    last, shown = lax.fori_loop(0, architecture.depth, layer, (task.inputs, shown))
    return output_of(parameters, last), Flatness(*shown.T)
