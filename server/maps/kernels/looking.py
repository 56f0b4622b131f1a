"""Loss, gradient and Hessian at some points, by programs of one surface alone.

Those of a whole family would take a worker seconds to compile for its own flags.
"""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from server.engine.families import AnySurface, as_member
from server.engine.programs import Kernel, Programs
from server.results import Floats
from surfaces.surface import Surface, gradient_at, hessian_at, loss_at

BLOCK, FEW = 1024, 256
"""Points of one call."""


def slopes_at(surface: AnySurface, points: Array) -> tuple[Array, Array]:
    """Loss [n] and gradient [n, 2] at points [n, 2]."""

    def at(point: Array) -> tuple[Array, Array]:
        return loss_at(surface, point), gradient_at(surface, point)

    return jax.vmap(at)(points)


def hessians_at(surface: AnySurface, points: Array) -> Array:
    """Hessian [n, 2, 2] at points [n, 2]; something in it is not finite where there is none."""

    def at(point: Array) -> Array:
        return jnp.asarray(hessian_at(surface, point))

    return jax.vmap(at)(points)


def _block(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
    return (np.zeros((BLOCK, 2), dtype),)


def _few(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
    return (np.zeros((FEW, 2), dtype),)


SLOPES = Kernel("losses and gradients of one surface", slopes_at, _block)
HESSIANS = Kernel("Hessians of one surface", hessians_at, _few)


def slopes(programs: Programs, surface: Surface, points: Floats) -> tuple[Floats, Floats]:
    """Loss [n] and gradient [n, 2] at points [n, 2], in float64; a surface as ``as_code``."""
    parts = _in_blocks(programs, SLOPES, BLOCK, surface, points)
    loss, gradient = ([np.asarray(one[i]) for one in parts] for i in range(2))
    return np.concatenate(loss)[: len(points)], np.concatenate(gradient)[: len(points)]


def hessians(programs: Programs, surface: Surface, points: Floats) -> Floats:
    """Hessian [n, 2, 2] at points [n, 2], in float64; a surface as ``as_code``."""
    parts = _in_blocks(programs, HESSIANS, FEW, surface, points)
    return np.concatenate([np.asarray(one) for one in parts])[: len(points)]


def _in_blocks(
    programs: Programs, kernel: Kernel, size: int, surface: Surface, points: Floats
) -> list[Any]:
    member = as_member(surface, np.dtype(np.float64), alone=True)
    program = programs.get(kernel, member)
    padded = np.pad(points.astype(np.float64), ((0, -len(points) % size), (0, 0)), mode="edge")
    return [program(member, padded[first : first + size]) for first in range(0, len(padded), size)]
