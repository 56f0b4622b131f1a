"""A surface, and what training does to its gradient, at vectors of coordinates.

Everywhere x and y are vectors of their own, a number a lane: stacked, XLA would shuffle them at
every step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array
from jaxtyping import Float

from server.engine.families import AnySurface
from server.maps.kernels.sine import with_quick_sines
from surfaces.surface import Surface

Lane = Float[Array, " lanes"]
Pair = tuple[Lane, Lane]


@dataclass(frozen=True)
class OnLanes:
    """A surface that is a family of its own, as a kernel sees it.

    Attributes:
        surface: with its arrays.
        numbers: its own numbers, shape [n], or [n, lanes] where lanes differ by them.
        apart: whether they do.
    """

    surface: AnySurface
    numbers: Array
    apart: bool

    def on_batch(self, weights: Array) -> "OnLanes":
        """The same on a part of its points."""
        return OnLanes(self.surface.on_batch(weights), self.numbers, self.apart)

    def at(self, numbers: Array) -> Surface:
        """The surface with the numbers of one lane."""
        return self.surface.family[0].surface(numbers, self.surface.arrays)

    def gradient(self, x: Lane, y: Lane) -> Pair:
        """∂f/∂x and ∂f/∂y of each lane."""
        return self._each(slopes, x, y)

    def loss(self, x: Lane, y: Lane) -> Lane:
        """F of each lane."""

        def loss(surface: Surface, x: Array, y: Array) -> Array:
            return surface.loss(x, y)

        return self._each(loss, x, y)

    def _each(self, asked: Callable[..., Any], x: Lane, y: Lane) -> Any:
        def one(numbers: Array, x: Array, y: Array) -> Any:
            return asked(self.at(numbers), x, y)

        def all_lanes(numbers: Array, x: Lane, y: Lane) -> Any:
            return jax.vmap(one, in_axes=(-1 if self.apart else None, 0, 0))(numbers, x, y)

        return with_quick_sines(all_lanes)(self.numbers, x, y)


def slopes(surface: Surface, x: Array, y: Array) -> tuple[Array, Array]:
    """∂f/∂x and ∂f/∂y at one place, by the way of differentiating that the surface declares."""
    if type(surface).gradient is Surface.gradient:
        return jax.grad(surface.loss, argnums=(0, 1))(x, y)
    gradient = surface.gradient(jnp.stack([x, y]))
    return gradient[0], gradient[1]


def penalty(x: Lane, y: Lane, changes: Any) -> Lane:
    """As ``gradient_changes.penalty``."""
    l2, l1, *_ = changes
    return l2 / 2 * (x**2 + y**2) + l1 * (jnp.abs(x) + jnp.abs(y))


def penalised(gradient: Pair, x: Lane, y: Lane, changes: Any) -> Pair:
    """The gradient of f and its penalties."""
    l2, l1, *_ = changes
    gx, gy = gradient
    return gx + l2 * x + l1 * jnp.sign(x), gy + l2 * y + l1 * jnp.sign(y)


def clipped(gradient: Pair, changes: Any) -> Pair:
    """As ``gradient_changes.clip``."""
    gx, gy = gradient
    *_, most, largest = changes
    norm = jnp.hypot(gx, gy)

    def cut(g: Lane) -> Lane:
        g = jnp.where(norm >= most, most * g / norm, g)
        return jnp.clip(g, -largest, largest)

    return cut(gx), cut(gy)
