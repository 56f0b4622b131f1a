"""Runs from starts: the engine's main answer."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot

import numpy as np

from server.engine.chance import batches_of, gradient_noise
from server.engine.evaluation import hessian_eigenvalues
from server.engine.events.telling import tell
from server.engine.executors import execute
from server.engine.gradient_changes import penalised_eigenvalues, penalty, penalty_gradient
from server.engine.outcomes.breaking import Along, finite_points, why_ended
from server.engine.outcomes.deciding import PathArrays, outcomes
from server.engine.outcomes.facts import SurfaceFacts
from server.engine.outcomes.path_outcome import PathFacts
from server.engine.paths import Walk
from server.engine.programs import Programs
from server.engine.runs import Run, check, start_not_finite
from server.results import Floats, Precision, Trajectory
from surfaces.surface import Minimum, Surface, lowest

LARGEST = float(np.finfo(np.float64).max)


def trajectories(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    starts: Floats,
    *,
    tolerance: float,
    precision: Precision = "float64",
    seed: int = 0,
    curvature: bool = False,
    with_outcomes: bool = False,
    with_events: bool = False,
) -> list[list[Trajectory]]:
    """Walk every run from every start.

    Args:
        programs: the compiled programs.
        surface: what is descended, with plain numbers.
        runs: R of them, all of the same number of steps n.
        starts: shape [S, 2].
        tolerance: gradient norm at which a path counts as converged.
        precision: of the arithmetic.
        seed: of noise and batches, which all runs share.
        curvature: add the eigenvalues of the Hessian at each point.
        with_outcomes: add every change of the outcome on the way.
        with_events: add what happened on the way, and why.

    Returns:
        ``[R][S]`` trajectories.

    Raises:
        InputError: the loss or its gradient is not finite at a start; the surface does not
            allow a run (see ``runs.check``); a gradient flow takes too long.
    """
    declared, surface = surface, surface.ready()
    check(runs, surface)
    steps = len(runs[0].schedule)
    count = len(starts)
    batches = {
        size: batches_of(surface, size, range(1, steps + 1), seed)
        for size in {run.batch_size for run in runs}
    }
    walks = [
        Walk(
            run.optimizer,
            start,
            run.learning_rate,
            run.changes,
            gradient_noise(run.gradient_noise, steps, seed, s),
            batches[run.batch_size],
        )
        for run in runs
        for s, start in enumerate(starts)
    ]
    walked, points, plain, gradient = execute(programs, surface, walks, precision, count)
    penalised = [bool(walk.changes.l2 or walk.changes.l1) for walk in walks]
    loss = plain
    with np.errstate(all="ignore"):
        if any(penalised):
            loss, gradient = plain.copy(), gradient.copy()
            for path in np.flatnonzero(penalised):
                changes = walks[path].changes
                loss[path] += penalty(points[path], changes)
                gradient[path] += penalty_gradient(points[path], changes)
        gradient_norm = np.hypot(gradient[..., 0], gradient[..., 1])
        moves = np.diff(points.astype(np.float64), axis=1)
        travelled = np.hypot(moves[..., 0], moves[..., 1])
    states = [one.shown for one in walked]
    finite = finite_points(points, loss, gradient_norm, states)
    for start in np.flatnonzero(~finite[:count, 0]):
        raise start_not_finite(int(start), float(loss[start, 0]))
    broken = set(np.flatnonzero(~finite.all(axis=1)).tolist())
    endings = [
        None
        if path not in broken
        else why_ended(
            programs,
            surface,
            walk,
            walked[path],
            Along(points[path], loss[path], gradient[path], states[path]),
            int(finite[path].argmin()),
        )
        for path, walk in enumerate(walks)
    ]
    # A path ends for good where it first leaves the finite range, or has no derivative or step.
    lengths = [steps + 1 if ending is None else ending.points for ending in endings]
    eigenvalues = None
    if curvature:
        eigenvalues = hessian_eigenvalues(programs, surface, points.reshape(-1, 2), precision)
        eigenvalues = eigenvalues.reshape(len(points), steps + 1, 2)
    seen = SurfaceFacts(programs, declared, surface, tolerance)
    found = outcomes(
        [
            PathFacts(
                points[path],
                loss[path],
                gradient_norm[path],
                lengths[path],
                endings[path],
                walk.changes,
                walk.noise is not None or walk.batch is not None,
                walk.optimizer.title,
            )
            for path, walk in enumerate(walks)
        ],
        PathArrays(points, loss, gradient_norm, travelled),
        seen,
    )
    known = lowest(seen.minima)
    settled = _settled(gradient_norm, tolerance, lengths)
    answer: list[Trajectory] = []
    for path, (walk, one) in enumerate(zip(walks, walked, strict=True)):
        n, ending = lengths[path], endings[path]
        diverged = ending is not None and ending.id == "not_finite"
        converged = settled[path] < n and not diverged
        answer.append(
            Trajectory(
                points=points[path, :n],
                loss=loss[path, :n],
                gradient=gradient[path, :n],
                gradient_norm=gradient_norm[path, :n],
                learning_rate=walk.rate[: n - 1],
                state={name: values[: n - 1] for name, values in states[path].items()},
                status="diverged" if diverged else "converged" if converged else "running",
                diverged_at=n if diverged else None,
                converged_at=settled[path] if converged else None,
                outcome=found[path].outcome,
                outcomes=found[path].outcomes if with_outcomes else None,
                distance_to_minimum=distance_to_nearest(points[path, n - 1], known),
                path_length=_capped(travelled[path, : n - 1].sum()),
                clipped=np.flatnonzero(one.clipped[: n - 1]) + 1,
                evaluations=None if one.evaluations is None else one.evaluations[: n - 1],
                surface_loss=plain[path, :n] if penalised[path] else None,
                hessian_eigenvalues=(
                    None
                    if eigenvalues is None
                    else penalised_eigenvalues(
                        eigenvalues[path, :n], points[path, :n], walk.changes
                    )
                ),
            )
        )
    if with_events:
        told = tell(surface, [runs[path // count] for path in range(len(walks))], answer, seen)
        answer = [replace(one, events=events) for one, events in zip(answer, told, strict=True)]
    return [answer[r * count : (r + 1) * count] for r in range(len(runs))]


def _settled(gradient_norm: Floats, tolerance: float, lengths: Sequence[int]) -> list[int]:
    """From which point of each path on its gradient's norm stays within the tolerance.

    That is its length where it does not.
    """
    outside = ~(gradient_norm <= tolerance)
    for path, length in enumerate(lengths):
        outside[path, length:] = False
    since = outside.shape[1] - np.argmax(outside[:, ::-1], axis=1)
    return np.where(outside.any(axis=1), since, 0).tolist()


def distance_to_nearest(point: Floats, minima: Sequence[Minimum]) -> float | None:
    """Euclidean distance from a point [2] to the nearest minimum, if any is known."""
    if not minima:
        return None
    x, y = float(point[0]), float(point[1])
    return min(_capped(hypot(x - at.x, y - at.y)) for at in minima)


def _capped(length: float) -> float:
    """A length as a finite number: the largest float if it overflowed."""
    return min(float(length), LARGEST)
