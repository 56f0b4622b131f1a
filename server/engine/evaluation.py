"""Loss, gradient and curvature at many points at once."""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np
from jax import Array

from server.engine.families import AnySurface, as_member
from server.engine.programs import Kernel, Programs
from server.results import Floats, Precision
from surfaces.surface import Surface, hessian_at, steepest_curvature, symmetric_eigenvalues

BLOCK = 4096
GRID = 65_536
"""Points of one call on a GPU."""
FEW = 256
"""Points of one call for curvatures: most ask for a few, and a trained network's take long."""


def losses_and_gradients(surface: AnySurface, points: Array) -> tuple[Array, Array]:
    """Loss and gradient at each of some points."""
    return surface.losses_and_gradients(points)


def curvatures(surface: AnySurface, points: Array) -> tuple[Array, Array]:
    """Eigenvalues of the Hessian, ascending, and the angle of the larger's eigenvector."""

    def at(point: Array) -> tuple[Array, Array]:
        hessian = hessian_at(surface, point)
        return symmetric_eigenvalues(hessian), steepest_curvature(hessian)

    return jax.vmap(at)(points)


def _block(size: int) -> Callable[[np.dtype[Any], int], tuple[Any, ...]]:
    def arguments(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
        return (np.zeros((size, 2), dtype),)

    return arguments


LOSSES_AND_GRADIENTS = Kernel("losses and gradients", losses_and_gradients, _block(BLOCK))
MANY = Kernel(
    "losses and gradients of a grid",
    losses_and_gradients,
    _block(GRID),
    wide=True,
    key=(losses_and_gradients, GRID),
)
"""The same for a chosen device that is no CPU, which a small block would not fill."""
CURVATURES = Kernel("curvatures", curvatures, _block(FEW))


def precision_of(values: Floats) -> Precision:
    """That of an array's numbers."""
    return "float32" if values.dtype == np.float32 else "float64"


def _in_blocks(
    programs: Programs,
    kernel: Kernel,
    surface: Surface,
    points: Floats,
    precision: Precision,
    size: int,
) -> list[Any]:
    """Run a kernel over points [N, 2] in blocks of its size; the last block is padded."""
    dtype = np.dtype(precision)
    member = as_member(surface, dtype)
    program = programs.get(kernel, member)
    points = points.astype(dtype, copy=False)
    answers: list[Any] = []
    for first in range(0, len(points), size):
        block = points[first : first + size]
        if len(block) < size:
            padded = np.zeros((size, 2), dtype)
            padded[: len(block)] = block
            block = padded
        answers.append(program(member, block))
    return answers


def loss_and_gradient(
    programs: Programs,
    surface: Surface,
    points: Floats,
    precision: Precision,
    *,
    many: bool = False,
) -> tuple[Floats, Floats]:
    """Loss [N] and gradient [N, 2] at points [N, 2]; not finite where the maths is not.

    Args:
        programs: the compiled programs.
        surface: what is evaluated.
        points: where.
        precision: of the arithmetic and of the answer.
        many: whether they are a picture's, which the device for wide work computes.
    """
    many = many and programs.placement.wide is not programs.placement.sequential
    kernel, block = (MANY, GRID) if many else (LOSSES_AND_GRADIENTS, BLOCK)
    answers = _in_blocks(programs, kernel, surface, points, precision, block)
    loss = _joined([loss for loss, _ in answers])
    gradient = _joined([gradient for _, gradient in answers])
    return loss[: len(points)], gradient[: len(points)]


def _joined(blocks: Sequence[Array]) -> Floats:
    arrays = [np.asarray(block) for block in blocks]
    return arrays[0].copy() if len(arrays) == 1 else np.concatenate(arrays)


def hessian_eigenvalues(
    programs: Programs, surface: Surface, points: Floats, precision: Precision
) -> Floats:
    """Eigenvalues of the Hessian, ascending, shape [N, 2], at points [N, 2]."""
    return hessian_eigensystem(programs, surface, points, precision)[0]


def hessian_eigensystem(
    programs: Programs, surface: Surface, points: Floats, precision: Precision
) -> tuple[Floats, Floats]:
    """Eigenvalues [N, 2], ascending, and the larger's unit eigenvector [N, 2], at points [N, 2].

    The other eigenvector is at a right angle to it.
    """
    answers = _in_blocks(programs, CURVATURES, surface, points, precision, FEW)
    values = _joined([values for values, _ in answers])[: len(points)]
    angle = _joined([angle for _, angle in answers])[: len(points)]
    return values, np.stack([np.cos(angle), np.sin(angle)], axis=-1)
