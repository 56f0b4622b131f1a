r"""A multilayer perceptron of any depth, forwards and backwards, in one compiled program.

With h₀ the inputs, layer i computes

    z = h W_i + b_i,   z ← LN(z) if normalised,   h ← φ(z), plus the old h if it skips;

the first layer, whose inputs are narrower, never skips. An output layer of one unit follows.
Depth, width, activation, skip and normalisation are numbers: loops end where the depth says,
units beyond the width are held at 0, and a switch chooses the activation.

All parameters are one array of shape [LAYERS + 1, capacity + 1, capacity]: ``[i, :capacity]``
are the weights of a layer, ``[i, capacity]`` its biases, ``[LAYERS, :, 0]`` those of the
output. What a network does not use is 0 and has gradient 0.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
from jax import Array, lax

from surfaces.activations.catalog import ACTIVATIONS

Function = Callable[..., Array]

LAYERS = 64
"""The deepest network."""
EPSILON = 1e-5
"""Of layer normalisation, as PyTorch has it (Ba, Kiros and Hinton 2016, equation 4)."""


class Architecture(NamedTuple):
    """A network's shape as numbers.

    Attributes:
        depth: hidden layers.
        width: units of each.
        activation: which of ``ACTIVATIONS``.
        number: the activation's own number, 0 where it has none.
        skip, normalised: whether layers have it.
    """

    depth: Any
    width: Any
    activation: Any
    number: Any
    skip: Any
    normalised: Any


class Passed(NamedTuple):
    """What a forward pass keeps for the way back.

    Attributes:
        inputs: of the first layer, shape [rows, capacity].
        activations: what each layer hands on, shape [LAYERS, rows, capacity].
        sums: z before normalisation, of the same shape.
        output: shape [rows].
    """

    inputs: Array
    activations: Array
    sums: Array
    output: Array

    def into(self, i: Array) -> Array:
        """What layer i was given, shape [rows, capacity]."""
        before = lax.dynamic_index_in_dim(self.activations, jnp.maximum(i - 1, 0), keepdims=False)
        return jnp.where(i == 0, self.inputs, before)


def norm(values: Array) -> Array:
    """Euclidean norm of the last two axes, scaled so that squares neither vanish nor overflow.

    Scaled by the mean size, and summed along rows first: XLA's CPU compiler vectorises that,
    and neither a maximum nor a sum over all.
    """
    total = jnp.sum(jnp.sum(jnp.abs(values), axis=-2), axis=-1)
    usable = (total > 0) & jnp.isfinite(total)
    mean = total / (values.shape[-1] * values.shape[-2])
    # A mean size that has no normal number of its own is taken for 0 by a CPU.
    scale = jnp.where(usable, jnp.maximum(mean, jnp.finfo(values.dtype).tiny), 1)
    squares = (values / scale[..., None, None]) ** 2
    return scale * jnp.sqrt(jnp.sum(jnp.sum(squares, axis=-2), axis=-1))


def used(architecture: Architecture, capacity: int) -> Array:
    """Which units there are, shape [capacity]."""
    return jnp.arange(capacity) < architecture.width


def trained(features: Array, architecture: Architecture, capacity: int) -> Array:
    """Which parameters there are, in their shape."""
    layer, row, column = jnp.ix_(
        jnp.arange(LAYERS + 1), jnp.arange(capacity + 1), jnp.arange(capacity)
    )
    fan_in = jnp.where(layer == 0, features, architecture.width)
    fan_out = jnp.where(layer == LAYERS, 1, architecture.width)
    there = (layer < architecture.depth) | (layer == LAYERS)
    return there & ((row < fan_in) | (row == capacity)) & (column < fan_out)


def normalised(z: Array, architecture: Architecture) -> Array:
    """Each row less its mean, over its deviation; no gain and no shift are learned."""
    units = used(architecture, z.shape[-1])
    count = architecture.width.astype(z.dtype)
    mean = jnp.sum(jnp.where(units, z, 0), axis=-1, keepdims=True) / count
    centred = jnp.where(units, z - mean, 0)
    variance = jnp.sum(centred**2, axis=-1, keepdims=True) / count
    return centred * lax.rsqrt(variance + EPSILON)


def activated(z: Array, architecture: Architecture) -> Array:
    """φ of normalised sums [rows, capacity], 0 for units that there are not."""

    def itself(function: Function) -> Function:
        return function

    return _switched(architecture, itself, z)


def slopes(z: Array, architecture: Architecture) -> Array:
    """φ′ of normalised sums [rows, capacity], 0 for units that there are not."""

    def derived(function: Function) -> Function:
        def slope(z: Array) -> Array:
            return jax.jvp(function, (z,), (jnp.ones_like(z),))[1]

        return slope

    return _switched(architecture, derived, z)


def _switched(
    architecture: Architecture, made: Callable[[Function], Function], *arrays: Array
) -> Array:
    """What is made of the chosen activation, of arrays; units that there are not get 0.

    A switch of derivatives, not the derivative of a switch: JAX would keep what each of the
    branches needs for the way back, and fill it with zeros.
    """

    def branch(declared: type[Any]) -> Function:
        numbers = len(jax.tree.leaves(declared()))

        def apply(number: Array, *arrays: Array) -> Array:
            return made(declared(*[number][:numbers]))(*arrays)

        return apply

    branches = [branch(one) for one in ACTIVATIONS]
    number = architecture.number.astype(arrays[0].dtype)
    result = lax.switch(architecture.activation, branches, number, *arrays)
    return jnp.where(used(architecture, result.shape[-1]), result, 0)


def prepared(z: Array, architecture: Architecture) -> Array:
    """Sums as the activation gets them: normalised, if the architecture says so."""

    def apply(z: Array) -> Array:
        return normalised(z, architecture)

    def keep(z: Array) -> Array:
        return z

    return lax.cond(architecture.normalised, apply, keep, z)


def back_to_sums(z: Array, by_h: Array, architecture: Architecture) -> Array:
    """The gradient by a layer's sums from that by its activations, all [rows, capacity]."""

    def pulled(function: Function) -> Function:
        def back(z: Array, by: Array) -> Array:
            return jax.vjp(function, z)[1](by)[0]

        return back

    def normalise(z: Array) -> Array:
        return normalised(z, architecture)

    def keep(z: Array, by: Array) -> Array:
        return by

    by = _switched(architecture, pulled, prepared(z, architecture), by_h)
    return lax.cond(architecture.normalised, pulled(normalise), keep, z, by)


def forward(
    parameters: Array,
    inputs: Array,
    architecture: Architecture,
    kept: tuple[Array, Array] | None = None,
) -> Passed:
    """The forward pass.

    Args:
        parameters: shape [LAYERS + 1, capacity + 1, capacity].
        inputs: shape [rows, capacity], 0 beyond the features there are.
        architecture: of the network.
        kept: arrays to keep activations and sums in, such as those of an earlier pass; what
            they hold does not matter.
    """
    empty = jnp.zeros((LAYERS, *inputs.shape), inputs.dtype)
    into_activations, into_sums = kept or (empty, empty)

    def layer(i: Array, carry: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        h, activations, sums = carry
        own = lax.dynamic_index_in_dim(parameters, i, keepdims=False)
        z = h @ own[:-1] + own[-1]
        carried = jnp.where(architecture.skip & (i > 0), h, 0)
        h = carried + activated(prepared(z, architecture), architecture)
        activations = lax.dynamic_update_index_in_dim(activations, h, i, 0)
        return h, activations, lax.dynamic_update_index_in_dim(sums, z, i, 0)

    start = inputs, into_activations, into_sums
    last, activations, sums = lax.fori_loop(0, architecture.depth, layer, start)
    output = last @ parameters[LAYERS, :-1, 0] + parameters[LAYERS, -1, 0]
    return Passed(inputs, activations, sums, output)


class Backward(NamedTuple):
    """Gradients of a loss.

    Attributes:
        parameters: by each parameter, in the shape of the parameters.
        activations: by what each layer hands on, shape [LAYERS, rows, capacity].
    """

    parameters: Array
    activations: Array


def backward(
    parameters: Array,
    passed: Passed,
    by_output: Array,
    architecture: Architecture,
    kept: Array | None = None,
) -> Backward:
    """Backpropagation, layer by layer from the last: each step is a vector–Jacobian product.

    JAX cannot go back through a loop whose length is data, so the loop is ours; what is inside
    a layer is differentiated by JAX.

    Args:
        parameters: of the network.
        passed: of the forward pass.
        by_output: gradient by the output, shape [rows].
        architecture: of the network.
        kept: the gradient by parameters of an earlier pass of this network, to be written over.
    """
    by_parameters = jnp.zeros_like(parameters) if kept is None else kept
    last = passed.into(architecture.depth)
    by_parameters = by_parameters.at[LAYERS, :-1, 0].set(by_output @ last)
    by_parameters = by_parameters.at[LAYERS, -1, 0].set(jnp.sum(by_output))
    by_last = by_output[:, None] * parameters[LAYERS, :-1, 0]

    def layer(j: Array, carry: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        by_h, by_parameters, by_activations = carry
        i = architecture.depth - 1 - j
        own, z = (
            lax.dynamic_index_in_dim(one, i, keepdims=False) for one in (parameters, passed.sums)
        )
        by_activations = lax.dynamic_update_index_in_dim(by_activations, by_h, i, 0)
        by_z = back_to_sums(z, by_h, architecture)
        by_own = jnp.concatenate([passed.into(i).T @ by_z, jnp.sum(by_z, axis=0)[None]])
        by_parameters = lax.dynamic_update_index_in_dim(by_parameters, by_own, i, 0)
        carried = jnp.where(architecture.skip & (i > 0), by_h, 0)
        return carried + by_z @ own[:-1].T, by_parameters, by_activations

    start = (by_last, by_parameters, jnp.zeros_like(passed.sums))
    _, by_parameters, by_activations = lax.fori_loop(0, architecture.depth, layer, start)
    return Backward(by_parameters, by_activations)
