"""The best learning rate of each run, by trying many."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count
from typing import Any, Literal

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.programs import Programs
from server.engine.runs import Run, check, start_not_finite
from server.engine.sweep import LANES, sweeper, swept
from server.engine.trajectories import trajectories
from server.optimizers.reference import Reference
from server.results import Curve, Floats
from surfaces.surface import Surface

Aim = Literal["final_loss", "best_loss", "steps_to_tolerance"]
POINTS = 400_000
"""Points of the paths of a reference that are held at a time."""


def search(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    start: Floats,
    rates: Floats,
    *,
    tolerance: float,
    seed: int = 0,
) -> list[Curve | None]:
    """Every run from one start with every learning rate, in float64.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        runs: all of the same number of steps; their own rates are not used.
        start: shape [2].
        rates: shape [m], the same for all.
        tolerance: gradient norm at which a path counts as converged.
        seed: of noise and batches, which all runs and rates share.

    Returns:
        A curve for each run; ``None`` for a flow, which is the same path at every rate.

    Raises:
        InputError: the surface does not allow a run (see ``runs.check``), or is not finite at
            the start.
    """
    surface = surface.ready()
    check(runs, surface)
    loss, gradient = loss_and_gradient(programs, surface, start[None], "float64")
    if not np.isfinite(loss).all() or not np.isfinite(gradient).all():
        raise start_not_finite(0, float(loss[0]))

    def curve(run: Run) -> Curve | None:
        if run.optimizer in sweeper().rules:
            return _swept(programs, surface, run, start, rates, tolerance, seed)
        if isinstance(run.optimizer, Reference) and run.optimizer.steps:
            return _walked(programs, surface, run, start, rates, tolerance)
        return None

    with ThreadPoolExecutor(min(cpu_count() or 1, len(runs))) as threads:
        return list(threads.map(curve, runs))


def best(curve: Curve, aim: Aim) -> int | None:
    """Which rate of a curve serves an aim best; ``None`` where every path diverged.

    Losses that agree to 12 digits are equal: then the one within tolerance sooner wins, and
    then the lower loss. Where no rate reaches the tolerance, steps to it are no guide, and the
    final loss decides.
    """
    loss = np.where(np.isfinite(curve.loss), curve.loss, np.inf)
    lowest = np.where(np.isfinite(curve.loss), curve.best_loss, np.inf)
    steps = np.where(curve.steps_to_tolerance < 0, np.inf, curve.steps_to_tolerance)
    if not np.isfinite(loss).any():
        return None
    if aim == "steps_to_tolerance" and np.isfinite(steps).any():
        return int(np.lexsort((loss, steps))[0])
    aimed = lowest if aim == "best_loss" else loss
    least = aimed.min()
    equal = np.flatnonzero(aimed <= least + 1e-12 * abs(least))
    return int(equal[np.lexsort((aimed[equal], steps[equal]))[0]])


def _swept(
    programs: Programs,
    surface: Surface,
    run: Run,
    start: Floats,
    rates: Floats,
    tolerance: float,
    seed: int,
) -> Curve:
    """The curve of a rule of one gradient."""
    blocks = [
        swept(programs, surface, run, start, some, tolerance, seed)
        for some in np.split(rates, range(LANES, len(rates), LANES))
    ]
    points, loss, lowest, outside, finite = map(np.concatenate, zip(*blocks, strict=True))
    within = finite & (outside < len(run.schedule))
    return Curve(
        learning_rate=rates,
        points=points,
        loss=np.where(finite, loss, np.nan),
        best_loss=np.where(np.isfinite(lowest), lowest, np.nan),
        steps_to_tolerance=np.where(within, outside + 1, -1).astype(np.int64),
    )


def _walked(
    programs: Programs,
    surface: Surface,
    run: Run,
    start: Floats,
    rates: Floats,
    tolerance: float,
) -> Curve:
    """The curve of a reference, path by path."""
    made: Any = run.optimizer
    some = max(1, POINTS // (len(run.schedule) + 1))
    paths = [
        path
        for block in np.split(rates, range(some, len(rates), some))
        for (path,) in trajectories(
            programs,
            surface,
            [replace(run, optimizer=replace(made, learning_rate=float(rate))) for rate in block],
            start[None],
            tolerance=tolerance,
        )
    ]
    ended = np.array([path.diverged_at is None for path in paths])
    lowest = [path.loss[1:].min() if len(path.loss) > 1 else np.nan for path in paths]
    since = [-1 if path.converged_at is None else max(1, path.converged_at) for path in paths]
    return Curve(
        learning_rate=rates,
        points=np.array([path.points[-1] for path in paths]),
        loss=np.where(ended, [path.loss[-1] for path in paths], np.nan),
        best_loss=np.array(lowest),
        steps_to_tolerance=np.array(since, np.int64),
    )
