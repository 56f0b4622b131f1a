"""Every run with every learning rate of one range."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.gradient_changes import penalty
from server.engine.histories import (
    Domain,
    History,
    beside,
    costs,
    history_of,
    is_inside,
    of_paths,
)
from server.engine.objectives import measured, scale
from server.engine.programs import Programs
from server.engine.runs import Run, check, start_not_finite
from server.engine.sweep import LANES, Sweep, sweep_of, swept
from server.engine.trajectories import trajectories
from server.engine.views import view
from server.optimizers.optimizer import GradientRule
from server.results import Bools, Curve, Floats
from surfaces.surface import Surface

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
        raise start_not_finite(0, float(loss[0]))

    sweep = sweep_of(runs)

    def history(run: Run) -> History | None:
        if isinstance(run.optimizer, GradientRule):
            return _swept(programs, sweep, surface, run, start, rates, tolerance, seed, seen)
        if run.optimizer.tunable:
            return _walked(programs, surface, run, start, rates, tolerance, seen)
        return None

    with ThreadPoolExecutor(min(cpu_count() or 1, len(runs))) as threads:
        histories = list(threads.map(history, runs))
    minima = [minimum.loss for minimum in surface.minima()]
    starts_inside = bool(is_inside(start[None], seen)[0])

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
        first = float(loss[0]) + float(penalty(start, run.changes))
        return measured(own, rates, scale(first, known, lowest))

    return [curve(run, own) for run, own in zip(runs, histories, strict=True)]


def _penalties(run: Run) -> tuple[float, float]:
    return run.changes.l2, run.changes.l1


def _swept(
    programs: Programs,
    sweep: Sweep,
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
        for points in swept(programs, sweep, surface, run, start, some, seed):
            loss, norm = costs(programs, surface, points, run.changes)
            losses.append(loss)
            norms.append(norm)
            inside.append(is_inside(points, domain))
            last = points[-1]
        columns.append(
            history_of(
                np.concatenate(losses),
                np.concatenate(norms),
                last.copy(),
                np.concatenate(inside),
                tolerance,
            )
        )
    return beside(columns)


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
        asked = [run.at_rate(rate) for rate in block]
        paths = trajectories(programs, surface, asked, start[None], tolerance=tolerance)
        columns.append(of_paths([path for (path,) in paths], steps, tolerance, domain))
    return beside(columns)
