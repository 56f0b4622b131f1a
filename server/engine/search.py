"""The best learning rate of each run, by trying many."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count
from typing import Any

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.nuances import Nuances, penalty, penalty_gradient
from server.engine.objectives import (
    EPSILON,
    Agreement,
    Aim,
    History,
    fragile,
    measured,
    ranked,
    scale,
)
from server.engine.programs import Programs
from server.engine.runs import Run, check, start_not_finite
from server.engine.sweep import LANES, sweeper, swept
from server.engine.trajectories import trajectories
from server.engine.views import view
from server.optimizers.reference import Reference
from server.results import Bools, Curve, Floats, Precision, Trajectory, Winner
from surfaces.surface import Interval, Surface

POINTS = 400_000
"""Points of the paths of a reference that are held at a time."""
CANDIDATES = 32
"""Rates of a run that are walked again, at most."""
REPRODUCED = 0.01
"""By which share a path that is walked again may differ from what the search saw."""

Domain = tuple[Interval, Interval]


def search(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    start: Floats,
    rates: Floats,
    *,
    tolerance: float,
    seed: int = 0,
    domain: Domain | None = None,
) -> list[Curve | None]:
    """Every run from one start with every learning rate, in float64.

    Losses are measured from the lowest known minimum. Where none is known, or a penalty moves
    it, the lowest loss that any run with the same penalties saw inside the domain stands for it.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        runs: all of the same number of steps; their own rates are not used.
        start: shape [2].
        rates: shape [m], ascending, the same for all.
        tolerance: gradient norm at which a path counts as converged.
        seed: of noise and batches, which all runs and rates share.
        domain: what is worth seeing of the surface; measured where left out.

    Returns:
        A curve for each run; ``None`` for a flow, which is the same path at every rate.

    Raises:
        InputError: the surface does not allow a run (see ``runs.check``), or is not finite at
            the start.
    """
    seen = view(programs, surface).domain if domain is None else domain
    surface = surface.ready()
    check(runs, surface)
    loss, gradient = loss_and_gradient(programs, surface, start[None], "float64")
    if not np.isfinite(loss).all() or not np.isfinite(gradient).all():
        raise start_not_finite(0)

    def history(run: Run) -> History | None:
        if run.optimizer in sweeper().rules:
            return _swept(programs, surface, run, start, rates, tolerance, seed, seen)
        if isinstance(run.optimizer, Reference) and run.optimizer.steps:
            return _walked(programs, surface, run, start, rates, tolerance, seen)
        return None

    with ThreadPoolExecutor(min(cpu_count() or 1, len(runs))) as threads:
        histories = list(threads.map(history, runs))
    minima = [minimum.loss for minimum in surface.minima()]
    starts_inside = bool(_inside(start[None], seen)[0])

    def curve(run: Run, own: History | None) -> Curve | None:
        if own is None:
            return None
        alike = [
            one
            for other, one in zip(runs, histories, strict=True)
            if one is not None and _penalties(other) == _penalties(run)
        ]
        known = min(minima) if minima and _penalties(run) == (0, 0) else None
        lowest = min(one.lowest_inside if starts_inside else one.lowest for one in alike)
        first = float(loss[0]) + float(penalty(start, run.nuances))
        return measured(own, rates, scale(first, known, lowest))

    return [curve(run, own) for run, own in zip(runs, histories, strict=True)]


def winners(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    curves: Sequence[Curve | None],
    start: Floats,
    aim: Aim,
    *,
    tolerance: float,
    precision: Precision = "float64",
    seed: int = 0,
) -> list[Winner | None]:
    """The best rate of each run, walked again as a path.

    Where a path is chaotic, the same arithmetic in another order ends elsewhere. So of the best
    ``CANDIDATES`` rates the first is taken whose path is what the search saw, to ``REPRODUCED``;
    if there is none, the best is taken as it is, and says so.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        runs: those that were searched.
        curves: what ``search`` answered.
        start: where it began, shape [2].
        aim: what makes a rate the best.
        tolerance: that of the search.
        precision: of the arithmetic of the paths.
        seed: that of the search.

    Returns:
        A winner for each run; ``None`` where there is no curve or every rate diverged.
    """
    orders = [None if curve is None else ranked(curve, aim) for curve in curves]
    answer: list[Winner | None] = [None] * len(runs)
    with_rates = [
        (r, curve, order[:CANDIDATES])
        for r, (curve, order) in enumerate(zip(curves, orders, strict=True))
        if curve is not None and order is not None and len(order) > 0
    ]

    def walk(wanted: Sequence[tuple[int, Curve, int]]) -> list[Curve]:
        paths = trajectories(
            programs,
            surface,
            [_at_rate(runs[r], curve.learning_rate[i]) for r, curve, i in wanted],
            start[None],
            tolerance=tolerance,
            precision=precision,
            seed=seed,
        )
        return [
            measured(
                _of_paths([path], len(runs[r].schedule), tolerance, None),
                curve.learning_rate[i : i + 1],
                curve.scale,
            )
            for (r, curve, i), (path,) in zip(wanted, paths, strict=True)
        ]

    if not with_rates:
        return answer
    firsts = walk([(r, curve, int(order[0])) for r, curve, order in with_rates])
    for (r, curve, order), first in zip(with_rates, firsts, strict=True):
        best = int(order[0])
        agreement = Agreement(REPRODUCED, _noise(curve, precision))
        agrees = agreement.between(curve, best, first, aim)
        answer[r] = Winner(best, fragile(curve, aim, best), first, agrees, ())
        others = [int(i) for i in order[1:]]
        if agrees or not others:
            continue
        walked = walk([(r, curve, i) for i in others])
        for place, (i, path) in enumerate(zip(others, walked, strict=True)):
            if agreement.between(curve, i, path, aim):
                skipped = (best, *others[:place])
                answer[r] = Winner(i, fragile(curve, aim, i), path, True, skipped)
                break
    return answer


def _penalties(run: Run) -> tuple[float, float]:
    return run.nuances.l2, run.nuances.l1


def _at_rate(run: Run, rate: float) -> Run:
    optimizer: Any = run.optimizer
    return replace(run, optimizer=replace(optimizer, learning_rate=float(rate)))


def _noise(curve: Curve, precision: Precision) -> float:
    """By which the losses of equal paths differ as the arithmetic rounds."""
    rounding = float(np.finfo(precision).eps) / EPSILON
    own = curve.scale
    return max(own.floor, 32 * EPSILON * rounding * max(own.start, abs(own.zero)))


def _inside(points: Floats, domain: Domain) -> Bools:
    (x_min, x_max), (y_min, y_max) = domain
    x, y = points[..., 0], points[..., 1]
    return (x >= x_min) & (x <= x_max) & (y >= y_min) & (y <= y_max)


def _costs(
    programs: Programs, surface: Surface, points: Floats, nuances: Nuances
) -> tuple[Floats, Floats]:
    """What a run minimises, and the norm of its gradient, at points [n, m, 2]."""
    with np.errstate(all="ignore"):
        flat = points.reshape(-1, 2)
        loss, gradient = loss_and_gradient(programs, surface, flat, "float64")
        if nuances.l2 or nuances.l1:
            loss = loss + penalty(flat, nuances)
            gradient = gradient + penalty_gradient(flat, nuances)
        norm = np.hypot(gradient[:, 0], gradient[:, 1])
    return loss.reshape(points.shape[:2]), norm.reshape(points.shape[:2])


def _history(
    loss: Floats, norm: Floats, points: Floats, inside: Bools | None, tolerance: float
) -> History:
    """Of losses and gradient norms [n, m]."""
    finite = np.logical_and.accumulate(np.isfinite(loss) & np.isfinite(norm))
    loss = np.where(finite, loss, np.nan)
    lowest = np.where(finite, loss, np.inf)
    lowest_inside = np.inf if inside is None else lowest.min(where=inside, initial=np.inf)
    return History(loss, ~(norm <= tolerance), points, float(lowest.min()), float(lowest_inside))


def _swept(
    programs: Programs,
    surface: Surface,
    run: Run,
    start: Floats,
    rates: Floats,
    tolerance: float,
    seed: int,
    domain: Domain,
) -> History:
    """Of a rule of one gradient."""
    columns: list[History] = []
    for some in np.split(rates, range(LANES, len(rates), LANES)):
        losses: list[Floats] = []
        norms: list[Floats] = []
        inside: list[Bools] = []
        last: Floats = np.empty((0, 2))
        for points in swept(programs, surface, run, start, some, seed):
            loss, norm = _costs(programs, surface, points, run.nuances)
            losses.append(loss)
            norms.append(norm)
            inside.append(_inside(points, domain))
            last = points[-1]
        columns.append(
            _history(
                np.concatenate(losses),
                np.concatenate(norms),
                last.copy(),
                np.concatenate(inside),
                tolerance,
            )
        )
    return _beside(columns)


def _beside(columns: Sequence[History]) -> History:
    """Histories of some rates and of the next ones as one."""
    return History(
        np.concatenate([one.loss for one in columns], axis=1),
        np.concatenate([one.outside for one in columns], axis=1),
        np.concatenate([one.points for one in columns]),
        min(one.lowest for one in columns),
        min(one.lowest_inside for one in columns),
    )


def _walked(
    programs: Programs,
    surface: Surface,
    run: Run,
    start: Floats,
    rates: Floats,
    tolerance: float,
    domain: Domain,
) -> History:
    """Of a reference, path by path."""
    steps = len(run.schedule)
    some = max(1, POINTS // (steps + 1))
    columns: list[History] = []
    for block in np.split(rates, range(some, len(rates), some)):
        asked = [_at_rate(run, rate) for rate in block]
        paths = trajectories(programs, surface, asked, start[None], tolerance=tolerance)
        columns.append(_of_paths([path for (path,) in paths], steps, tolerance, domain))
    return _beside(columns)


def _of_paths(
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
            inside[:n, column] = _inside(path.points[1:], domain)
    ends = np.array([path.points[-1] for path in paths], np.float64)
    return _history(loss, norm, ends, inside, tolerance)
