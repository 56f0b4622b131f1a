r"""A perceptron with one hidden layer, trained hundreds of times side by side.

Without biases and in mean-field scaling, as Sohl-Dickstein (2024), «The boundary of neural network
trainability is fractal», section 3, has it:

    h = φ(g x W₀ / √n),   ŷ = h W₁ / n,   ℓ = mean (ŷ − y)²,   W_i ← W_i − α_i ∂ℓ/∂W_i,

where n is the width and g is √2, or 1 for the identity. One training is a lane. Lanes stand last,
so that the hidden layers of all of them are one product of matrices, forwards and backwards:
0.19 µs a step of a network of 8 units and 16 points in float32, where JAX's own gradient of the
same needs 0.26 µs and leaving the lanes to ``vmap`` more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.programs import Programs
from server.maps.kernels.lanes import CALL
from server.maps.pricing import training_step
from server.results import Precision
from surfaces.activations.activation import Activation
from surfaces.activations.cornered import Linear
from surfaces.activations.smooth import Tanh

STEPS = 25
"""Of one call at most; of wide networks as few as it takes for one not to last."""
SHARED = 2
"""How much longer a call may last than foreseen: cores that are all busy share their cache."""
MOST_LANES, FEWEST_LANES = 256, 64
TOGETHER = 2**19
"""Activations of all lanes, at most: more of them leave the cache."""


@dataclass(frozen=True)
class Network:
    """A network, its data and where it begins, all drawn by the seed.

    Attributes:
        width: of the inputs and of the hidden layer, n.
        points: examples; inputs, labels and weights are independent and normal.
        activation: φ.
        seed: of all draws; 0 draws what the paper's notebook drew.
        initial_scale: what the drawn weights of both layers are multiplied by.
        initial_offset: what is then added to those of the first.
        batch: examples of a step, drawn with replacement; ``None`` for all.
    """

    width: int = 8
    points: int = 16
    activation: Activation = field(default_factory=Tanh)
    seed: int = 0
    initial_scale: float = 1.0
    initial_offset: float = 0.0
    batch: int | None = None

    @property
    def gain(self) -> float:
        """What the activation's argument is multiplied by."""
        return 1.0 if isinstance(self.activation, Linear) else sqrt(2)

    @property
    def lanes(self) -> int:
        """How many are trained side by side."""
        room = TOGETHER // (self.width * self.points)
        return next((n for n in (MOST_LANES, MOST_LANES // 2) if n <= room), FEWEST_LANES)

    def steps_per_call(self, precision: Precision) -> int:
        """How many steps all lanes take on a CPU between two looks at whether they are wanted."""
        step = training_step(self.width, self.points, self.batch or 0, precision)
        return int(np.clip(CALL / SHARED / (self.lanes * step), 1, STEPS))


Chunk = Callable[..., tuple[Array, Array, Array]]


def chunk(programs: Programs, network: Network, dtype: np.dtype[Any], count: int) -> Chunk:
    """The compiled program that takes so many steps with every lane.

    It takes the activation, the weights [n, n, lanes] and [n, lanes], the learning rates of both
    layers [lanes], inputs [points, n], labels [points] and the steps' batches [count, batch]. It
    returns the new weights and the losses before each step [count, lanes], of all examples.
    """
    n, points, lanes, batch = network.width, network.points, network.lanes, network.batch
    narrow = dtype.type(network.gain / sqrt(n))

    def hidden(weights: Array, inputs: Array) -> Array:
        sums = (inputs * narrow) @ weights.reshape(n, n * lanes)
        return sums.reshape(-1, n, lanes)

    def errors(h: Array, weights: Array, labels: Array) -> Array:
        return jnp.sum(h * weights, axis=1) / n - labels[:, None]

    def gradients(
        φ: Activation, first: Array, last: Array, inputs: Array, labels: Array
    ) -> tuple[Array, Array, Array]:
        h, back = jax.vjp(φ, hidden(first, inputs))
        error = errors(h, last, labels)
        by_output = error * dtype.type(2 / (n * len(labels)))
        (by_sums,) = back(by_output[:, None] * last)
        by_first = (inputs * narrow).T @ by_sums.reshape(-1, n * lanes)
        by_last = jnp.sum(h * by_output[:, None], axis=0)
        return by_first.reshape(n, n, lanes), by_last, jnp.mean(error**2, axis=0)

    def steps(
        φ: Activation,
        first: Array,
        last: Array,
        first_rate: Array,
        last_rate: Array,
        inputs: Array,
        labels: Array,
        batches: Array,
    ) -> tuple[Array, Array, Array]:
        def one(t: Array, carry: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
            first, last, losses = carry
            some = slice(None) if batch is None else batches[t]
            by_first, by_last, now = gradients(φ, first, last, inputs[some], labels[some])
            if batch is not None:
                of_all = errors(φ(hidden(first, inputs)), last, labels)
                now = jnp.mean(of_all**2, axis=0)
            return (
                first - first_rate * by_first,
                last - last_rate * by_last,
                losses.at[t].set(now),
            )

        return lax.fori_loop(0, count, one, (first, last, jnp.zeros((count, lanes), dtype)))

    rates = np.zeros(lanes, dtype)
    call = (
        network.activation,
        np.zeros((n, n, lanes), dtype),
        np.zeros((n, lanes), dtype),
        rates,
        rates,
        np.zeros((points, n), dtype),
        np.zeros(points, dtype),
        np.zeros((count, batch or 0), int),
    )
    φ = type(network.activation)
    key = ("trainings_of_a_network", n, points, lanes, batch, network.gain, φ, count)
    return programs.compiled(key, steps, call)
