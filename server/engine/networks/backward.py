"""Backpropagation through a network, layer by layer from the last.

JAX cannot go back through a loop whose length is data, so the loop is ours; what is inside a
layer is differentiated by JAX.
"""

import jax
import jax.numpy as jnp
from jax import Array, lax

from server.engine.networks.layers import (
    LAYERS,
    Architecture,
    Function,
    Passed,
    normalised,
    prepared,
    switched,
)


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

    by = switched(architecture, pulled, prepared(z, architecture), by_h)
    return lax.cond(architecture.normalised, pulled(normalise), keep, z, by)


def backward(
    parameters: Array,
    passed: Passed,
    by_output: Array,
    architecture: Architecture,
    kept: Array,
) -> Array:
    """Backpropagation to the gradient by each parameter, in the shape of the parameters.

    Args:
        parameters: of the network.
        passed: of the forward pass.
        by_output: gradient by the output, shape [rows].
        architecture: of the network.
        kept: the gradient by parameters of an earlier pass of this network, or zeros, to be
            written over.
    """
    last = passed.into(architecture.depth)
    start = backward_from_output(parameters, last, by_output, kept)

    def layer(j: Array, carry: tuple[Array, Array]) -> tuple[Array, Array]:
        i = architecture.depth - 1 - j
        return backward_layer(parameters, passed, i, *carry, architecture)

    return lax.fori_loop(0, architecture.depth, layer, start)[1]


def backward_from_output(
    parameters: Array, last: Array, by_output: Array, by_parameters: Array
) -> tuple[Array, Array]:
    """The gradient by what the last layer hands on, and by the output's parameters in place."""
    by_parameters = by_parameters.at[LAYERS, :-1, 0].set(by_output @ last)
    by_parameters = by_parameters.at[LAYERS, -1, 0].set(jnp.sum(by_output))
    return by_output[:, None] * parameters[LAYERS, :-1, 0], by_parameters


def backward_layer(
    parameters: Array,
    passed: Passed,
    i: Array,
    by_h: Array,
    by_parameters: Array,
    architecture: Architecture,
) -> tuple[Array, Array]:
    """One layer of backpropagation, a vector–Jacobian product.

    Args:
        parameters: of the network.
        passed: of the forward pass.
        i: which layer.
        by_h: the gradient by what it hands on, shape [rows, capacity].
        by_parameters: gradients by parameters, into which its own are written.
        architecture: of the network.

    Returns:
        The gradient by what it was given, and by parameters.
    """
    own, z = (lax.dynamic_index_in_dim(one, i, keepdims=False) for one in (parameters, passed.sums))
    by_z = back_to_sums(z, by_h, architecture)
    by_own = jnp.concatenate([passed.into(i).T @ by_z, jnp.sum(by_z, axis=0)[None]])
    by_parameters = lax.dynamic_update_index_in_dim(by_parameters, by_own, i, 0)
    carried = jnp.where(architecture.skip & (i > 0), by_h, 0)
    return carried + by_z @ own[:-1].T, by_parameters
