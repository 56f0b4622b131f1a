"""What many paths of one run cost, step by step: all that a search judges rates by."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.gradient_changes import GradientChanges, penalty, penalty_gradient
from server.engine.programs import Programs
from server.results import Bools, Floats, Trajectory
from surfaces.surface import Interval, Surface

Domain = tuple[Interval, Interval]


class History(NamedTuple):
    """Paths of one run from one start, one for each of m learning rates.

    ``loss`` after each step, NaN from where a path is not finite; whether the gradient is longer
    than the tolerance there; where each path ended; the lowest loss on the way, wherever it was
    and inside the domain (infinite if no path was there).
    """

    loss: Floats
    outside: Bools
    points: Floats
    lowest: float
    lowest_inside: float


def is_inside(points: Floats, domain: Domain) -> Bools:
    """Whether points [..., 2] are in a domain."""
    (x_min, x_max), (y_min, y_max) = domain
    x, y = points[..., 0], points[..., 1]
    return (x >= x_min) & (x <= x_max) & (y >= y_min) & (y <= y_max)


def costs(
    programs: Programs, surface: Surface, points: Floats, changes: GradientChanges
) -> tuple[Floats, Floats]:
    """What a run minimises, and the norm of its gradient, at points [n, m, 2]."""
    with np.errstate(all="ignore"):
        flat = points.reshape(-1, 2)
        loss, gradient = loss_and_gradient(programs, surface, flat, "float64")
        if changes.l2 or changes.l1:
            loss = loss + penalty(flat, changes)
            gradient = gradient + penalty_gradient(flat, changes)
        norm = np.hypot(gradient[:, 0], gradient[:, 1])
    return loss.reshape(points.shape[:2]), norm.reshape(points.shape[:2])


def history_of(
    loss: Floats, norm: Floats, points: Floats, inside: Bools | None, tolerance: float
) -> History:
    """Of losses and gradient norms [n, m]."""
    finite = np.logical_and.accumulate(np.isfinite(loss) & np.isfinite(norm))
    loss = np.where(finite, loss, np.nan)
    lowest = np.where(finite, loss, np.inf)
    lowest_inside = np.inf if inside is None else lowest.min(where=inside, initial=np.inf)
    return History(loss, ~(norm <= tolerance), points, float(lowest.min()), float(lowest_inside))


def beside(columns: Sequence[History]) -> History:
    """Histories of some rates and of the next ones as one."""
    return History(
        np.concatenate([one.loss for one in columns], axis=1),
        np.concatenate([one.outside for one in columns], axis=1),
        np.concatenate([one.points for one in columns]),
        min(one.lowest for one in columns),
        min(one.lowest_inside for one in columns),
    )


def of_paths(
    paths: Sequence[Trajectory], steps: int, tolerance: float, domain: Domain | None
) -> History:
    """Of paths, which end where they left the finite range."""
    loss = np.full((steps, len(paths)), np.nan)
    norm = np.full((steps, len(paths)), np.nan)
    inside = np.zeros((steps, len(paths)), bool)
    for column, path in enumerate(paths):
        n = len(path.loss) - 1
        loss[:n, column] = path.loss[1:]
        norm[:n, column] = path.gradient_norm[1:]
        if domain is not None:
            inside[:n, column] = is_inside(path.points[1:], domain)
    ends = np.array([path.points[-1] for path in paths], np.float64)
    return history_of(loss, norm, ends, inside, tolerance)
