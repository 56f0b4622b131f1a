"""How a signal fares in a network before the first step: forwards, and as a gradient back.

Everything is measured by backpropagation in networks that are really drawn, several of them;
theory stands beside it as a prediction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.networks import theory
from server.engine.networks.histograms import Histograms, histograms
from server.engine.networks.layers import (
    LAYERS,
    Architecture,
    backward,
    forward,
    norm,
    prepared,
    slopes,
    used,
)
from server.engine.networks.network import Network, Task, task
from server.engine.networks.objective import by_output
from server.engine.networks.weights import OUTPUT, draw
from server.engine.programs import Programs
from server.results import Floats, Precision
from surfaces.batches import batch_weights

FLAT = 0.05
"""A unit is saturated where its slope is at most this share of the activation's largest."""


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


class Buffers(NamedTuple):
    """What each layer hands on, and the gradient by it, shape [LAYERS, rows, capacity]."""

    activations: Any
    gradients: Any


def measure(
    parameters: Array, architecture: Architecture, task: Task, rows: Array, flat: Array
) -> tuple[Measured, Buffers]:
    """Forward and backward pass of one network, and what each layer shows of them.

    Args:
        parameters: of the network.
        architecture: of it.
        task: what it is to learn.
        rows: weights of the batch's rows, shape [CAPACITY].
        flat: the slope up to which a unit counts as saturated.
    """
    passed = forward(parameters, task.inputs, architecture)
    loss, by = by_output(passed.output, task, rows)
    back = backward(parameters, passed, by, architecture)
    empty = jnp.zeros(LAYERS, parameters.dtype)

    def layer(i: Array, sums: tuple[Array, ...]) -> tuple[Array, ...]:
        h, z, by_h, by_own = (
            lax.dynamic_index_in_dim(one, i, keepdims=False)
            for one in (passed.activations, passed.sums, back.activations, back.parameters)
        )
        # Without a finite loss there is no gradient: slopes of what is not a number may be 0.
        back_here = jnp.where(jnp.isfinite(loss), jnp.stack([norm(by_h), norm(by_own[:-1])]), nan)
        shown = (*_moments(h, architecture, rows), *back_here)
        shown += _saturation(z, architecture, rows, flat)
        # Nor is a unit whose sum is not a number off, or anything else.
        shown = tuple(jnp.where(_is_known(z, architecture, rows), one, nan) for one in shown)
        return tuple(one.at[i].set(value) for one, value in zip(sums, shown, strict=True))

    layers: Any = lax.fori_loop(0, architecture.depth, layer, (empty,) * 6)
    output = jnp.where(jnp.isfinite(loss), norm(back.parameters[OUTPUT, :-1, :1]), nan)
    return Measured._make((loss, *layers, output)), Buffers(passed.activations, back.activations)


def _moments(h: Array, architecture: Architecture, rows: Array) -> tuple[Array, Array]:
    """Mean and standard deviation over the batch's rows and the units there are."""
    count = jnp.sum(rows) * architecture.width.astype(h.dtype)
    counted = (rows[:, None] > 0) & used(architecture, h.shape[-1])
    mean = jnp.sum(jnp.sum(jnp.where(counted, h, 0), axis=0)) / count
    return mean, norm(jnp.where(counted, h - mean, 0)) / jnp.sqrt(count)


def _is_known(z: Array, architecture: Architecture, rows: Array) -> Array:
    counted = (rows[:, None] > 0) & used(architecture, z.shape[-1])
    return ~jnp.any(jnp.isnan(z) & counted)


def _saturation(
    z: Array, architecture: Architecture, rows: Array, flat: Array
) -> tuple[Array, Array]:
    """Shares of what is saturated: of units and rows, and of units in all rows."""
    slope = slopes(prepared(z, architecture), architecture)
    counted = (rows[:, None] > 0) & used(architecture, z.shape[-1])
    saturated = counted & (jnp.abs(slope) <= flat)
    each = jnp.sum(saturated.astype(z.dtype), axis=0)
    count, width = jnp.sum(rows), architecture.width.astype(z.dtype)
    dead = jnp.where(used(architecture, z.shape[-1]), each == count, False)
    return jnp.sum(each) / (count * width), jnp.sum(dead.astype(z.dtype)) / width


@dataclass(frozen=True)
class Predicted:
    """What theory says of each layer, shape [depth].

    Attributes:
        deviation: standard deviation of what a layer hands on.
        gradient_norm: ‖∂L/∂h‖, taking the last layer's as measured.
        bound: the most that it can be on average over weights, likewise; ``None`` where no
            bound is known.
        factor: what the norm is multiplied by a layer, at the last one.
        bound_factor: the most that it can be multiplied by a layer.
    """

    deviation: Floats
    gradient_norm: Floats
    bound: Floats | None
    factor: float
    bound_factor: float | None


@dataclass(frozen=True)
class Signal:
    """How several networks that differ in their seed alone carry a signal.

    Attributes:
        seeds: of their weights.
        measured: arrays of shape [seeds, depth], and [seeds] where there is one number.
        predicted: by theory; ``None`` where none is known.
        histograms: of the first network, when asked for.
    """

    seeds: tuple[int, ...]
    measured: Measured
    predicted: Predicted | None
    histograms: Histograms | None


def signal(
    programs: Programs,
    network: Network,
    seeds: Sequence[int],
    *,
    batch_size: int | None = None,
    precision: Precision = "float32",
    with_histograms: bool = False,
) -> Signal:
    """Draw networks and measure them.

    Args:
        programs: the compiled programs.
        network: what is drawn.
        seeds: of the weights; the data are the dataset's own.
        batch_size: rows of the batch, that of step 1; ``None`` for all.
        precision: of the arithmetic.
        with_histograms: add the histograms of the first network.
    """
    dtype = np.dtype(precision)
    architecture, learned = network.architecture(dtype), task(network, dtype)
    rows = learned.rows
    if batch_size is not None:
        size = network.dataset.size
        rows = batch_weights(size, len(rows), batch_size, range(1, 2), seeds[0])[0].astype(dtype)
    # What always has a slope never saturates.
    slope = network.activation.largest_slope() if network.activation.least_slope() == 0 else 0
    flat = np.asarray(FLAT * slope, dtype)

    def one(seed: int) -> tuple[Measured, Buffers | None]:
        call = (draw(network, seed, dtype), architecture, learned, rows, flat)
        key = ("signal", network.capacity, precision)
        measured, buffers = programs.compiled(key, measure, call)(*call)
        # Megabytes a seed, of which one is looked at.
        return measured, buffers if with_histograms and seed == seeds[0] else None

    answers = programs.side_by_side(one, seeds)
    measured = Measured(
        *(
            np.stack([np.asarray(value)[..., : network.depth] for value in values])
            if np.ndim(values[0])
            else np.array([float(value) for value in values])
            for values in zip(*(answer for answer, _ in answers), strict=True)
        )
    )
    shown = None
    if answers[0][1] is not None:
        kept = np.flatnonzero(rows)
        activations, gradients = (
            np.asarray(one)[: network.depth, kept, : network.width] for one in answers[0][1]
        )
        if not np.isfinite(measured.loss[0]):
            gradients = np.full_like(gradients, nan)
        shown = histograms(activations, gradients)
    return Signal(tuple(seeds), measured, _predicted(programs, network, measured), shown)


def _predicted(programs: Programs, network: Network, measured: Measured) -> Predicted | None:
    call = theory.arguments(network)
    if call is None:
        return None
    moments = programs.compiled(("mean field",), theory.propagate, call)(*call)
    square, mean, factor = (np.asarray(one)[: network.depth] for one in moments)
    last = float(np.mean(measured.gradient_norm[:, -1]))
    most = theory.bound(network)
    with np.errstate(all="ignore"):
        # Layer l's gradient has come back through the layers after it.
        behind = np.cumprod(np.append(1.0, factor[:0:-1]))[::-1]
        return Predicted(
            deviation=np.sqrt(np.maximum(square - mean**2, 0)),
            gradient_norm=last * behind,
            bound=None if most is None else last * most ** np.arange(network.depth - 1, -1, -1.0),
            factor=float(factor[-1]),
            bound_factor=most,
        )
