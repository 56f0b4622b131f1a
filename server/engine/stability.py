"""Where a search came to: the curvature there, and the rate that it allows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from server.engine.gradient_changes import penalised_eigenvalues
from server.engine.probe import critical_learning_rate, probe, why_no_curvature
from server.engine.programs import Programs
from server.engine.runs import Run
from server.results import Curve, Winner
from surfaces.declaration import Text
from surfaces.surface import Surface


@dataclass(frozen=True)
class Goal:
    """The minimum nearest to where the best run ended, or that end where none is known.

    Attributes:
        point: where it is.
        known: whether it is one of the surface's minima.
        hessian_eigenvalues: of f without penalties, ascending; NaN where there is no Hessian.
        no_curvature: why there is none; ``None`` where there is one.
    """

    point: Float[np.ndarray, "2"]
    known: bool
    hessian_eigenvalues: Float[np.ndarray, "2"]
    no_curvature: Text | None


def goal_of(
    programs: Programs,
    surface: Surface,
    curves: Sequence[Curve | None],
    found: Sequence[Winner | None],
) -> Goal | None:
    """Where the curvature that limits learning rates is taken.

    Args:
        programs: the compiled programs.
        surface: what was descended.
        curves: of each run that was searched.
        found: its best rate.

    Returns:
        ``None`` where no run found a rate.
    """
    ends = [
        (float(curve.loss[winner.index]), curve.points[winner.index])
        for curve, winner in zip(curves, found, strict=True)
        if curve is not None and winner is not None
    ]
    if not ends:
        return None
    end = min(ends, key=lambda one: one[0])[1]
    known = [np.array([one.x, one.y]) for one in surface.minima()]
    point = min(known, key=lambda one: float(np.hypot(*(one - end)))) if known else end
    local = probe(programs, surface, point[None])
    [loss], [gradient], [eigenvalues] = local.loss, local.gradient, local.hessian_eigenvalues
    missing = why_no_curvature(float(loss), gradient, eigenvalues)
    return Goal(point, bool(known), eigenvalues, missing)


def critical_rate(run: Run, goal: Goal | None) -> float | None:
    """2/λ_max of what a run minimises, penalties included, where that is its limit of stability.

    ``None`` where it is not, or where there is no positive curvature.
    """
    if goal is None or goal.no_curvature is not None or not run.optimizer.stable_below_curvature:
        return None
    eigenvalues = penalised_eigenvalues(goal.hessian_eigenvalues, goal.point, run.changes)
    return critical_learning_rate(float(eigenvalues[1]))
