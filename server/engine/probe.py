"""The local truth at a few points: loss, slope and curvature, of all points and of a batch."""

import numpy as np

from server.engine.chance import batches_of
from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from server.engine.nuances import PLAIN, Nuances, penalised_eigenvalues, penalty, penalty_gradient
from server.engine.programs import Programs
from server.results import Floats, Local
from surfaces.surface import Surface


def probe(programs: Programs, surface: Surface, points: Floats, nuances: Nuances = PLAIN) -> Local:
    """Loss, gradient and Hessian eigenvalues of f and its penalties, in float64.

    Args:
        programs: the compiled programs.
        surface: what is looked at.
        points: shape [n, 2].
        nuances: whose penalties count.
    """
    loss, gradient = loss_and_gradient(programs, surface, points, "float64")
    with np.errstate(all="ignore"):
        loss = loss + penalty(points, nuances)
        gradient = gradient + penalty_gradient(points, nuances)
        values = hessian_eigenvalues(programs, surface, points, "float64")
        values = penalised_eigenvalues(values, points, nuances)
    return Local(points, loss, gradient, values)


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
