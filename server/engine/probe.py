"""The local truth at a few points: loss, slope and curvature, of all points and of a batch."""

import numpy as np

from server.engine.chance import batches_of
from server.engine.evaluation import hessian_eigensystem, loss_and_gradient
from server.engine.gradient_changes import (
    PLAIN,
    GradientChanges,
    penalised_eigenvalues,
    penalty,
    penalty_gradient,
)
from server.engine.programs import Programs
from server.results import Floats, Local
from surfaces.declaration import Text
from surfaces.surface import Surface


def probe(
    programs: Programs, surface: Surface, points: Floats, changes: GradientChanges = PLAIN
) -> Local:
    """Loss, gradient and curvature of f and its penalties, in float64.

    Args:
        programs: the compiled programs.
        surface: what is looked at.
        points: shape [n, 2].
        changes: whose penalties count.

    Returns:
        Eigenvalues are NaN where there is no Hessian; ``why_no_curvature`` says why.
    """
    loss, gradient = loss_and_gradient(programs, surface, points, "float64")
    with np.errstate(all="ignore"):
        loss = loss + penalty(points, changes)
        gradient = gradient + penalty_gradient(points, changes)
        values, steepest = hessian_eigensystem(programs, surface, points, "float64")
        # Penalties curve alike all around: the directions stay.
        values = penalised_eigenvalues(values, points, changes)
    return Local(points, loss, gradient, values, steepest)


NO_VALUE = Text("The function has no value here.", "Здесь у функции нет значения.")
NO_GRADIENT = Text(
    "The function has no gradient here, so no curvature either.",
    "Здесь у функции нет градиента, а значит, нет и кривизны.",
)
NO_HESSIAN = Text(
    "No curvature here: the function has no second derivative, as at the tip of a cone or on a "
    "crease. So there is no λ, no condition number and no 2/λₘₐₓ.",
    "Кривизны здесь нет: у функции нет второй производной, как в вершине конуса или на изломе. "
    "Поэтому нет ни λ, ни числа обусловленности, ни 2/λₘₐₓ.",
)


def why_no_curvature(loss: float, gradient: Floats, eigenvalues: Floats) -> Text | None:
    """Why a point has no eigenvalues to show; ``None`` where it has."""
    if np.isfinite(eigenvalues).all() and np.isfinite(loss):
        return None
    if not np.isfinite(loss):
        return NO_VALUE
    return NO_HESSIAN if np.isfinite(gradient).all() else NO_GRADIENT


def condition_number(smaller: float, larger: float) -> float | None:
    """λ_max/λ_min of a positive definite Hessian; ``None`` where it is not."""
    return larger / smaller if smaller > 0 and np.isfinite(larger / smaller) else None


def critical_learning_rate(larger: float) -> float | None:
    """2/λ_max, over which gradient descent leaves a quadratic; ``None`` where none does."""
    return 2 / larger if larger > 0 and np.isfinite(2 / larger) else None


def batch_rows(surface: Surface, batch_size: int, step: int, seed: int) -> list[int]:
    """Which points, from 0, the batch of a step holds."""
    weights = batches_of(surface, batch_size, range(step, step + 1), seed)
    return list(range(batch_size)) if weights is None else np.flatnonzero(weights[0]).tolist()
