"""Passes through a network and back, and what each layer shows of them, as one program."""

from collections.abc import Callable
from math import nan
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from numpy.typing import NDArray

from server.engine import price
from server.engine.networks.backward import backward_from_output, backward_layer
from server.engine.networks.layers import (
    LAYERS,
    Architecture,
    Passed,
    activation_derivatives,
    forward_layers,
    norm,
    output_of,
    prepared,
    used,
)
from server.engine.networks.network import Network, Task, size_of
from server.engine.networks.objective import by_output
from server.engine.networks.saturation import flatness
from server.engine.networks.weights import OUTPUT
from server.engine.programs import Programs
from server.networks.dataset import CAPACITY
from server.results import Precision


class Measured(NamedTuple):
    """One network; arrays hold a number a layer, shape [LAYERS] or [seeds, depth].

    Attributes:
        loss: of the batch.
        mean, deviation: of what a layer hands on, over units and rows.
        gradient_norm: ‖∂L/∂h‖ over units and rows of the batch.
        weight_gradient_norm: ‖∂L/∂W‖.
        saturated: share of units and rows whose slope is nearly 0.
        dead: share of units for which that is so in every row.
        output_gradient_norm: ‖∂L/∂W‖ of the output layer.
    """

    loss: Any
    mean: Any
    deviation: Any
    gradient_norm: Any
    weight_gradient_norm: Any
    saturated: Any
    dead: Any
    output_gradient_norm: Any


class Progress(NamedTuple):
    """How far the passes through a network are, and the memory that they use.

    Attributes:
        h: what the last layer that was computed hands on, shape [rows, capacity].
        by_h: the gradient by what the next layer backwards hands on, likewise.
        activations, sums, gradients: of each layer, what it hands on, its sums and the gradient
            by what it hands on, shape [LAYERS, rows, capacity].
        by_parameters: the gradient by parameters, in their shape.
        measured: of the layers passed backwards so far.
    """

    h: Any
    by_h: Any
    activations: Any
    sums: Any
    gradients: Any
    by_parameters: Any
    measured: Measured


def measure(
    parameters: Array,
    architecture: Architecture,
    task: Task,
    rows: Array,
    flat: Array,
    first: Array,
    end: Array,
    progress: Progress,
) -> Progress:
    """Part of the passes through one network, and what each layer shows of them.

    Layers are passed ``depth`` times forwards, then as often backwards: ``first`` to ``end`` of
    these passages. After the last of them all is measured.

    Args:
        parameters: of the network.
        architecture: of it.
        task: what it is to learn.
        rows: weights of the batch's rows, shape [CAPACITY].
        flat: the slope up to which a unit counts as saturated.
        first: passages that were done before.
        end: passages that are done afterwards.
        progress: what those before have left; at first what it holds does not matter.
    """
    depth = architecture.depth
    h = jnp.where(first == 0, task.inputs, progress.h)
    there = h, progress.activations, progress.sums
    h, activations, sums = forward_layers(
        parameters, there, architecture, jnp.minimum(first, depth), jnp.minimum(end, depth)
    )
    output = output_of(parameters, h)
    passed = Passed(task.inputs, activations, sums, output)
    loss, by = by_output(output, task, rows)
    by_last, by_parameters = backward_from_output(parameters, h, by, progress.by_parameters)

    def layer(j: Array, carry: tuple[Any, ...]) -> tuple[Any, ...]:
        by_h, by_parameters, gradients, shown = carry
        i = depth - 1 - j
        gradients = lax.dynamic_update_index_in_dim(gradients, by_h, i, 0)
        by_next, by_parameters = backward_layer(
            parameters, passed, i, by_h, by_parameters, architecture
        )
        by_own = lax.dynamic_index_in_dim(by_parameters, i, keepdims=False)
        # Without a finite loss there is no gradient: slopes of what is not a number may be 0.
        back_here = jnp.where(jnp.isfinite(loss), jnp.stack([norm(by_h), norm(by_own[:-1])]), nan)
        h, z = (lax.dynamic_index_in_dim(one, i, keepdims=False) for one in (activations, sums))
        here = (*_moments(h, architecture, rows), *back_here)
        slope = activation_derivatives(prepared(z, architecture), architecture)
        units = flatness(slope, architecture, rows, flat)
        here += units.share, units.dead / architecture.width.astype(z.dtype)
        # Nor is a unit whose sum is not a number off, or anything else.
        here = tuple(jnp.where(_is_known(z, architecture, rows), one, nan) for one in here)
        shown = tuple(one.at[i].set(value) for one, value in zip(shown, here, strict=True))
        return by_next, by_parameters, gradients, shown

    back = jnp.maximum(first - depth, 0), jnp.maximum(end - depth, 0)
    by_h = jnp.where(back[0] == 0, by_last, progress.by_h)
    start = by_h, by_parameters, progress.gradients, tuple(progress.measured[1:-1])
    by_h, by_parameters, gradients, shown = lax.fori_loop(*back, layer, start)
    at_output = jnp.where(jnp.isfinite(loss), norm(by_parameters[OUTPUT, :-1, :1]), nan)
    measured = Measured._make((loss, *shown, at_output))
    return Progress(h, by_h, activations, sums, gradients, by_parameters, measured)


def nothing_yet(network: Network, dtype: np.dtype[Any]) -> Progress:
    """Memory for the passes through networks of this size."""
    capacity = network.capacity

    def each() -> NDArray[Any]:
        return np.zeros((LAYERS, CAPACITY, capacity), dtype)

    def layers() -> NDArray[Any]:
        return np.zeros(LAYERS, dtype)

    row, number = np.zeros((2, CAPACITY, capacity), dtype), np.zeros((2,), dtype)
    measured = Measured(
        loss=number[0],
        mean=layers(),
        deviation=layers(),
        gradient_norm=layers(),
        weight_gradient_norm=layers(),
        saturated=layers(),
        dead=layers(),
        output_gradient_norm=number[1],
    )
    by_parameters = np.zeros((LAYERS + 1, capacity + 1, capacity), dtype)
    return Progress(row[0], row[1], each(), each(), each(), by_parameters, measured)


def passages(
    programs: Programs,
    network: Network,
    parameters: Any,
    learned: Task,
    rows: Any,
    flat: Any,
    progress: Progress,
) -> Progress:
    """All passes through a network, in calls short enough to be stopped between them.

    Args:
        programs: the compiled programs.
        network: what is measured.
        parameters: of it.
        learned: what it is to learn, in the precision of the parameters.
        rows: weights of the batch's rows, shape [CAPACITY].
        flat: the slope up to which a unit counts as saturated.
        progress: memory to use, which is gone afterwards.
    """
    dtype = np.dtype(parameters.dtype)
    precision: Precision = "float64" if dtype == np.float64 else "float32"
    size = size_of(network.depth, network.width, precision)
    most = price.steps_per_call(size.there_and_back / network.depth, 2 * LAYERS)
    # Once, not for each call.
    parameters = jax.device_put(parameters, programs.placement.wide)
    fixed = (parameters, network.architecture(dtype), learned, rows, flat)
    program: Callable[..., Progress] = programs.compiled(
        ("signal", network.capacity, precision),
        measure,
        (*fixed, np.int32(0), np.int32(0), progress),
        written_over=(7,),
    )
    for first in range(0, 2 * network.depth, most):
        end = min(first + most, 2 * network.depth)
        progress = program(*fixed, np.int32(first), np.int32(end), progress)
    return progress


def _moments(h: Array, architecture: Architecture, rows: Array) -> tuple[Array, Array]:
    """Mean and standard deviation over the batch's rows and the units there are."""
    count = jnp.sum(rows) * architecture.width.astype(h.dtype)
    counted = (rows[:, None] > 0) & used(architecture, h.shape[-1])
    mean = jnp.sum(jnp.sum(jnp.where(counted, h, 0), axis=0)) / count
    return mean, norm(jnp.where(counted, h - mean, 0)) / jnp.sqrt(count)


def _is_known(z: Array, architecture: Architecture, rows: Array) -> Array:
    counted = (rows[:, None] > 0) & used(architecture, z.shape[-1])
    return ~jnp.any(jnp.isnan(z) & counted)
