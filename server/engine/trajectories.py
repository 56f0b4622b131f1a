"""Runs from starts: the engine's main answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.paths import walk_paths
from server.engine.programs import Programs
from server.errors import InputError
from server.optimizers.optimizer import Optimizer
from server.results import Bools, Floats, Precision, Status, Trajectory
from surfaces.surface import Minimum, Surface

LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True)
class Run:
    """One optimiser with its numbers, and the learning rate of each step, shape [n]."""

    optimizer: Optimizer
    learning_rate: Floats


def trajectories(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    starts: Floats,
    *,
    tolerance: float,
    precision: Precision = "float64",
) -> list[list[Trajectory]]:
    """Walk every run from every start.

    Args:
        programs: the compiled programs.
        surface: what is descended, with plain numbers.
        runs: R of them, all of the same number of steps n.
        starts: shape [S, 2].
        tolerance: gradient norm at which a path counts as converged.
        precision: of the arithmetic.

    Returns:
        ``[R][S]`` trajectories.

    Raises:
        InputError: the loss or its gradient is not finite at a start.
    """
    steps = len(runs[0].learning_rate)
    count = len(starts)
    points, states = walk_paths(
        programs,
        surface,
        [run.optimizer for run in runs for _ in range(count)],
        np.tile(starts, (len(runs), 1)),
        np.repeat([run.learning_rate for run in runs], count, axis=0),
        precision,
    )
    with np.errstate(all="ignore"):
        loss, gradient = loss_and_gradient(programs, surface, points.reshape(-1, 2), precision)
        loss = loss.reshape(len(points), steps + 1)
        gradient = gradient.reshape(len(points), steps + 1, 2)
        gradient_norm = np.hypot(gradient[..., 0], gradient[..., 1])
    finite = _finite_points(points, loss, gradient_norm, states)
    for start in np.flatnonzero(~finite[:count, 0]):
        raise InputError(
            ("starts", int(start)),
            "the loss or its gradient is not finite at this start; choose one where it is",
            "start_not_finite",
        )
    moves = np.diff(points.astype(np.float64), axis=1)
    with np.errstate(all="ignore"):
        travelled = np.hypot(moves[..., 0], moves[..., 1])
    # A path ends for good where it first leaves the finite range.
    lengths = np.where(finite.all(axis=1), steps + 1, finite.argmin(axis=1))
    minima = surface.minima()
    answer: list[list[Trajectory]] = []
    for r, run in enumerate(runs):
        names = run.optimizer.state_type._fields
        row: list[Trajectory] = []
        for path in range(r * count, (r + 1) * count):
            n = int(lengths[path])
            status, converged_at = _outcome(gradient_norm[path, :n], tolerance, n <= steps)
            row.append(
                Trajectory(
                    points=points[path, :n],
                    loss=loss[path, :n],
                    gradient=gradient[path, :n],
                    gradient_norm=gradient_norm[path, :n],
                    learning_rate=run.learning_rate[: n - 1],
                    state={name: states[path, : n - 1, i] for i, name in enumerate(names)},
                    status=status,
                    diverged_at=n if n <= steps else None,
                    converged_at=converged_at,
                    distance_to_minimum=distance_to_nearest(points[path, n - 1], minima),
                    path_length=_capped(travelled[path, : n - 1].sum()),
                )
            )
        answer.append(row)
    return answer


def _finite_points(points: Floats, loss: Floats, gradient_norm: Floats, states: Floats) -> Bools:
    """Whether each point of each path is finite, with its slope and the state that led to it."""
    with np.errstate(all="ignore"):
        if np.isfinite(points.sum() + loss.sum() + gradient_norm.sum() + states.sum()):
            return np.ones(loss.shape, bool)
    finite = np.isfinite(points).all(axis=2) & np.isfinite(loss) & np.isfinite(gradient_norm)
    finite[:, 1:] &= np.isfinite(states).all(axis=(2, 3))
    return finite


def _outcome(gradient_norm: Floats, tolerance: float, diverged: bool) -> tuple[Status, int | None]:
    """How a path ended, and from which step on its gradient norm stays within tolerance."""
    if diverged:
        return "diverged", None
    outside = np.flatnonzero(gradient_norm > tolerance)
    since = int(outside[-1]) + 1 if len(outside) else 0
    if since == len(gradient_norm):
        return "running", None
    return "converged", since


def distance_to_nearest(point: Floats, minima: Sequence[Minimum]) -> float | None:
    """Euclidean distance from a point [2] to the nearest minimum, if any is known."""
    if not minima:
        return None
    x, y = float(point[0]), float(point[1])
    return min(_capped(hypot(x - at.x, y - at.y)) for at in minima)


def _capped(length: float) -> float:
    """A length as a finite number: the largest float if it overflowed."""
    return min(float(length), LARGEST)
