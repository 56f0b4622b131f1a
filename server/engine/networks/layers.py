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


Forward = tuple[Array, Array, Array]
"""h of the last layer that was computed, and the activations and sums of all up to it."""


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


def parameter_mask(features: Array, architecture: Architecture, capacity: int) -> Array:
    """Which parameters there are, in their shape."""
    layer, row, column = jnp.ix_(
        jnp.arange(LAYERS + 1), jnp.arange(capacity + 1), jnp.arange(capacity)
    )
    fan_in = jnp.where(layer == 0, features, architecture.width)
    fan_out = jnp.where(layer == LAYERS, 1, architecture.width)
    in_use = (layer < architecture.depth) | (layer == LAYERS)
    return in_use & ((row < fan_in) | (row == capacity)) & (column < fan_out)


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

    return switched(architecture, itself, z)


def activation_derivatives(z: Array, architecture: Architecture) -> Array:
    """φ′ of normalised sums [rows, capacity], 0 for units that there are not."""

    def derived(function: Function) -> Function:
        def slope(z: Array) -> Array:
            return jax.jvp(function, (z,), (jnp.ones_like(z),))[1]

        return slope

    return switched(architecture, derived, z)


def activated_with_slopes(z: Array, architecture: Architecture) -> tuple[Array, Array]:
    """Both, what they share done once."""

    def twofold(function: Function) -> Function:
        def both(z: Array) -> tuple[Array, Array]:
            return jax.jvp(function, (z,), (jnp.ones_like(z),))

        return both

    return switched(architecture, twofold, z)


def switched(
    architecture: Architecture, made: Callable[[Function], Function], *arrays: Array
) -> Any:
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
    units = used(architecture, arrays[0].shape[-1])
    return jax.tree.map(lambda one: jnp.where(units, one, 0), result)


def prepared(z: Array, architecture: Architecture) -> Array:
    """Sums as the activation gets them: normalised, if the architecture says so."""

    def apply(z: Array) -> Array:
        return normalised(z, architecture)

    def keep(z: Array) -> Array:
        return z

    return lax.cond(architecture.normalised, apply, keep, z)


def forward(
    parameters: Array,
    inputs: Array,
    architecture: Architecture,
    kept: tuple[Array, Array],
) -> Passed:
    """The forward pass.

    Args:
        parameters: shape [LAYERS + 1, capacity + 1, capacity].
        inputs: shape [rows, capacity], 0 beyond the features there are.
        architecture: of the network.
        kept: arrays to keep activations and sums in, such as those of an earlier pass; what
            they hold does not matter.
    """
    last, activations, sums = forward_layers(
        parameters, (inputs, *kept), architecture, 0, architecture.depth
    )
    return Passed(inputs, activations, sums, output_of(parameters, last))


def forward_layers(
    parameters: Array, start: Forward, architecture: Architecture, first: Array | int, end: Array
) -> Forward:
    """The layers from one up to another, each kept where it belongs."""

    def layer(i: Array, carry: Forward) -> Forward:
        h, activations, sums = carry
        h, z = _layer(parameters, i, h, architecture)
        activations = lax.dynamic_update_index_in_dim(activations, h, i, 0)
        return h, activations, lax.dynamic_update_index_in_dim(sums, z, i, 0)

    return lax.fori_loop(first, end, layer, start)


def _layer(
    parameters: Array, i: Array, h: Array, architecture: Architecture
) -> tuple[Array, Array]:
    """What layer i hands on, and its sums."""
    z = sums_of(parameters, i, h)
    return handed_on(activated(prepared(z, architecture), architecture), i, h, architecture), z


def sums_of(parameters: Array, i: Array, h: Array) -> Array:
    """The sums of layer i, given h."""
    own = lax.dynamic_index_in_dim(parameters, i, keepdims=False)
    return h @ own[:-1] + own[-1]


def handed_on(own: Array, i: Array, h: Array, architecture: Architecture) -> Array:
    """What layer i hands on, of its own activations and of the h that it was given."""
    return jnp.where(architecture.skip & (i > 0), h, 0) + own


def output_of(parameters: Array, last: Array) -> Array:
    """The output, shape [rows], from what the last layer hands on."""
    return last @ parameters[LAYERS, :-1, 0] + parameters[LAYERS, -1, 0]


def evaluated(parameters: Array, inputs: Array, architecture: Architecture) -> Array:
    """The output alone, shape [rows]: nothing is kept for a way back."""

    def layer(i: Array, h: Array) -> Array:
        return _layer(parameters, i, h, architecture)[0]

    return output_of(parameters, lax.fori_loop(0, architecture.depth, layer, inputs))
