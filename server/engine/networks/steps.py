"""Steps of training, as one program for each optimiser."""

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.gradient_changes import shortened
from server.engine.networks.backward import backward
from server.engine.networks.layers import (
    LAYERS,
    Architecture,
    evaluated,
    forward,
    norm,
    parameter_mask,
)
from server.engine.networks.network import Task
from server.engine.networks.objective import accuracy, by_output, mean_loss, predicted
from server.engine.networks.saturation import Flatness, watched
from server.engine.rules import Variant

PARTS = {"coordinate": (slice(None),), "layer": (slice(None, -1), slice(-1, None))}
"""What of a layer's parameters moves by itself: all alike, or weights and biases apart."""
STEPS = 32
"""Most steps of one call."""


class Call(NamedTuple):
    """What one call computes: ``count`` steps from where the last call ended.

    Attributes:
        architecture, task: of the network.
        features: numbers that an input has.
        flat: the slope up to which a unit counts as saturated.
        probes: where predictions are asked for after the steps, shape [probes, capacity].
        numbers: the optimiser's hyperparameters.
        most, largest: thresholds of clipping by norm and by value, or infinity.
        first: number of the first step, from 1; there the optimiser makes its state.
        count: steps to take, at most ``STEPS``.
        look: whether what is seen after the last step is asked for.
        rates: of each step, shape [STEPS].
        batches: weights of the rows of each step, shape [STEPS, CAPACITY].
    """

    architecture: Architecture
    task: Task
    features: Any
    flat: Any
    probes: Any
    numbers: Any
    most: Any
    largest: Any
    first: Any
    count: Any
    look: Any
    rates: Any
    batches: Any


class Steps(NamedTuple):
    """What is shown of each step; arrays of shape [STEPS] or [STEPS, LAYERS + 1].

    ``loss`` and ``accuracy`` are of all rows before the step, ``gradient_norm`` of the whole
    gradient before clipping. Layers have the output's last.
    """

    loss: Any
    accuracy: Any
    gradient_norm: Any
    clipped: Any
    weight_gradient_norm: Any
    update_ratio: Any


class Room(NamedTuple):
    """Memory that each step writes over; it goes from call to call, for filling it takes long.

    Attributes:
        activations, sums: of all rows, shape [LAYERS, CAPACITY, capacity].
        gradient: by the parameters, 0 where the network has none.
    """

    activations: Any
    sums: Any
    gradient: Any


class After(NamedTuple):
    """Where the steps led, and what is seen there; not numbers where nobody looked."""

    parameters: Any
    state: Any
    room: Room
    loss: Any
    accuracy: Any
    predictions: Any
    flatness: Any


class Moved(NamedTuple):
    """A step taken: parameters and state after it, and ‖Δ‖/‖W‖ of each layer's weights."""

    parameters: Any
    state: Any
    ratio: Any


def stepping(variant: Variant[Any]) -> Any:
    """The program of one optimiser in one convention."""

    def run(call: Call, parameters: Array, state: Any, room: Room) -> tuple[Steps, After]:
        dtype = parameters.dtype
        architecture, learned = call.architecture, call.task
        mask = parameter_mask(call.features, architecture, parameters.shape[-1])

        def begun(_: Any) -> Any:
            return _begun(variant.with_numbers(call.numbers, call.numbers[0]), parameters)

        def step(i: Array, carry: tuple[Any, ...]) -> tuple[Any, ...]:
            parameters, state, room, steps = carry
            rule = variant.with_numbers(call.numbers, call.rates[i])
            at = _looked_at(rule, parameters, state) if variant.looks_ahead else parameters
            passed = forward(at, learned.inputs, architecture, (room.activations, room.sums))
            _, upon = by_output(passed.output, learned, call.batches[i].astype(dtype))
            by = backward(at, passed, upon, architecture, room.gradient)
            weights, length, large = _lengths(by, architecture, call.largest)
            cut = length, call.most, call.largest, (length >= call.most) | large
            moved = _moved(rule, parameters, by, cut, state, call.first + i.astype(dtype))
            if variant.looks_ahead:
                passed = forward(
                    parameters, learned.inputs, architecture, (passed.activations, passed.sums)
                )
            output = passed.output
            shown = Steps(
                mean_loss(output, learned, learned.rows),
                accuracy(output, learned),
                length,
                cut[-1].astype(dtype),
                weights,
                moved.ratio,
            )
            steps = Steps(*(one.at[i].set(new) for one, new in zip(steps, shown, strict=True)))
            room = Room(passed.activations, passed.sums, by)
            return moved.parameters, moved.state, room, steps

        def _moved(rule: Any, x: Array, gradient: Array, cut: Any, state: Any, k: Array) -> Moved:
            if rule.scope == "all":
                [one] = state
                move, one = rule.move(x, shortened(gradient, *cut), one, k)
                # What is not there has no gradient, but a rule may still divide by it.
                move = jnp.where(mask, move, 0)
                return Moved(x + move, (one,), norm(move[:, :-1]) / norm(x[:, :-1]))

            def of_layer(j: Array, carry: Moved) -> Moved:
                i = _place(j, architecture)

                def own(leaf: Array) -> Array:
                    return lax.dynamic_index_in_dim(leaf, i, keepdims=False)

                def put(whole: Array, part: Array) -> Array:
                    return lax.dynamic_update_index_in_dim(whole, part, i, 0)

                at, by, before = own(x), shortened(own(gradient), *cut), jax.tree.map(own, state)
                moves, after = zip(
                    *(
                        rule.move(at[part], by[part], one, k)
                        for part, one in zip(PARTS[rule.scope], before, strict=True)
                    ),
                    strict=True,
                )
                move = jnp.where(own(mask), jnp.concatenate(moves), 0)
                ratio = norm(move[:-1]) / norm(at[:-1])
                return Moved(
                    put(carry.parameters, at + move),
                    jax.tree.map(put, carry.state, after),
                    carry.ratio.at[i].set(ratio),
                )

            start = Moved(x, state, jnp.zeros(LAYERS + 1, dtype))
            return lax.fori_loop(0, architecture.depth + 1, of_layer, start)

        def keep(state: Any) -> Any:
            return state

        number, layered = jnp.zeros(STEPS, dtype), jnp.zeros((STEPS, LAYERS + 1), dtype)
        state = lax.cond(call.first == 1, begun, keep, state)
        steps = Steps(number, number, number, number, layered, layered)
        start = parameters, state, room, steps
        parameters, state, room, steps = lax.fori_loop(0, call.count, step, start)

        def look(parameters: Array) -> tuple[Array, Array, Array, Flatness]:
            output, units = watched(parameters, learned, architecture, call.flat)
            probed = evaluated(parameters, call.probes, architecture)
            loss = mean_loss(output, learned, learned.rows)
            return loss, accuracy(output, learned), predicted(probed, learned.classes), units

        def pass_by(_: Any) -> tuple[Array, Array, Array, Flatness]:
            nothing = jnp.full(len(call.probes), jnp.nan, dtype)
            layers = Flatness(*[nothing[:LAYERS]] * len(Flatness._fields))
            return nothing[0], nothing[0], nothing, layers

        seen = lax.cond(call.look, look, pass_by, parameters)
        return steps, After(parameters, state, room, *seen)

    return run


def _begun(rule: Any, parameters: Array) -> tuple[Any, ...]:
    """The state before the first step: of each part of each layer, or one of everything."""
    if rule.scope == "all":
        return (rule.init(parameters),)
    return tuple(jax.vmap(rule.init)(parameters[:, part]) for part in PARTS[rule.scope])


def _looked_at(rule: Any, parameters: Array, state: tuple[Any, ...]) -> Array:
    """Where the gradient is taken."""
    if rule.scope == "all":
        return rule.look_at(parameters, state[0])
    parts = PARTS[rule.scope]
    looked = (
        jax.vmap(rule.look_at)(parameters[:, part], one)
        for part, one in zip(parts, state, strict=True)
    )
    return jnp.concatenate([*looked], axis=1)


def _place(j: Array, architecture: Architecture) -> Array:
    """Where the j-th layer's parameters are; the output's come after the last layer's."""
    return jnp.where(j == architecture.depth, LAYERS, j)


def _lengths(by: Array, architecture: Architecture, largest: Array) -> tuple[Array, Array, Array]:
    """Norm of the gradient by each layer's weights, [LAYERS + 1], and of the whole.

    And whether any of its components is larger than may be.
    """

    def of_layer(j: Array, carry: tuple[Array, Array]) -> tuple[Array, Array]:
        lengths, large = carry
        i = _place(j, architecture)
        own = lax.dynamic_index_in_dim(by, i, keepdims=False)
        lengths = lengths.at[:, i].set(jnp.stack([norm(own[:-1]), norm(own[-1:])]))
        return lengths, large | (jnp.abs(own) > largest).any()

    empty = jnp.zeros((2, LAYERS + 1), by.dtype), jnp.zeros((), bool)
    lengths, large = lax.fori_loop(0, architecture.depth + 1, of_layer, empty)
    return lengths[0], norm(lengths), large


def empty_room(parameters: Any, rows: int) -> Room:
    """Memory for the first call."""
    layers, _, capacity = parameters.shape
    shape = (layers - 1, rows, capacity)
    kept = np.zeros(shape, parameters.dtype), np.zeros(shape, parameters.dtype)
    return Room(*kept, np.zeros_like(parameters))


def empty_state(variant: Variant[Any], parameters: Any) -> Any:
    """A state of the right shapes for the first call, which makes its own."""
    shapes = jax.eval_shape(partial(_begun, variant.template), parameters)

    def zeros(one: Any) -> Any:
        return np.zeros(one.shape, one.dtype)

    return jax.tree.map(zeros, shapes)
