"""Loss, gradient and curvature at many points at once."""

from typing import Any

import jax
import numpy as np
from jax import Array

from server.engine.programs import Kernel, Programs, as_leaves
from server.results import Floats, Precision
from surfaces.surface import (
    Surface,
    gradient_at,
    hessian_at,
    loss_at,
    symmetric_eigenvalues,
)

BLOCK = 4096


def _block(dtype: np.dtype[Any]) -> tuple[Any, ...]:
    return (np.zeros((BLOCK, 2), dtype),)


def slopes(surface: Surface, points: Array) -> tuple[Array, Array]:
    """Loss and gradient at each of BLOCK points."""

    def at(point: Array) -> tuple[Array, Array]:
        return loss_at(surface, point), gradient_at(surface, point)

    return jax.vmap(at)(points)


def curvatures(surface: Surface, points: Array) -> Array:
    """Eigenvalues of the Hessian, ascending, at each of BLOCK points."""

    def at(point: Array) -> Array:
        return symmetric_eigenvalues(hessian_at(surface, point))

    return jax.vmap(at)(points)


SLOPES = Kernel("slopes", slopes, _block)
CURVATURES = Kernel("curvatures", curvatures, _block)


def _in_blocks(program: Any, surface: Surface, points: Floats) -> list[Any]:
    """Run a program over points [N, 2] in blocks; the last block is padded."""
    answers: list[Any] = []
    for first in range(0, len(points), BLOCK):
        block = points[first : first + BLOCK]
        if len(block) < BLOCK:
            block = np.concatenate([block, np.zeros((BLOCK - len(block), 2), points.dtype)])
        answers.append(program(surface, block))
    return answers


def loss_and_gradient(
    programs: Programs, surface: Surface, points: Floats, precision: Precision
) -> tuple[Floats, Floats]:
    """Loss [N] and gradient [N, 2] at points [N, 2]; not finite where the maths is not."""
    dtype = np.dtype(precision)
    program = programs.get(SLOPES, type(surface), precision)
    answers = _in_blocks(program, as_leaves(surface, dtype), points.astype(dtype, copy=False))
    loss = np.concatenate([np.asarray(loss) for loss, _ in answers])
    gradient = np.concatenate([np.asarray(gradient) for _, gradient in answers])
    return loss[: len(points)], gradient[: len(points)]


def hessian_eigenvalues(
    programs: Programs, surface: Surface, points: Floats, precision: Precision
) -> Floats:
    """Both eigenvalues of the Hessian at points [N, 2], ascending, shape [N, 2]."""
    dtype = np.dtype(precision)
    program = programs.get(CURVATURES, type(surface), precision)
    answers = _in_blocks(program, as_leaves(surface, dtype), points.astype(dtype, copy=False))
    return np.concatenate([np.asarray(values) for values in answers])[: len(points)]
