"""The best learning rate of each run, walked again as a path."""

from collections.abc import Sequence

import numpy as np

from server.engine.histories import of_paths
from server.engine.objectives import EPSILON, Agreement, Aim, fragile, measured, ranked
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.results import Curve, Floats, Outcome, Precision, Winner
from surfaces.surface import Surface

CANDIDATES = 32
"""Rates of a run that are walked again, at most."""
REPRODUCED = 0.01
"""By which share a path that is walked again may differ from what the search saw."""


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

    def walk(wanted: Sequence[tuple[int, Curve, int]]) -> list[tuple[Curve, Outcome]]:
        paths = trajectories(
            programs,
            surface,
            [runs[r].at_rate(curve.learning_rate[i]) for r, curve, i in wanted],
            start[None],
            tolerance=tolerance,
            precision=precision,
            seed=seed,
        )
        return [
            (
                measured(
                    of_paths([path], len(runs[r].schedule), tolerance, None),
                    curve.learning_rate[i : i + 1],
                    curve.scale,
                ),
                path.outcome,
            )
            for (r, curve, i), (path,) in zip(wanted, paths, strict=True)
        ]

    if not with_rates:
        return answer
    firsts = walk([(r, curve, int(order[0])) for r, curve, order in with_rates])
    for (r, curve, order), first in zip(with_rates, firsts, strict=True):
        best = int(order[0])
        agreement = Agreement(REPRODUCED, _noise(curve, precision))
        agrees = agreement.between(curve, best, first[0], aim)
        answer[r] = Winner(best, fragile(curve, aim, best), *first, agrees, ())
        others = [int(i) for i in order[1:]]
        if agrees or not others:
            continue
        walked = walk([(r, curve, i) for i in others])
        for place, (i, path) in enumerate(zip(others, walked, strict=True)):
            if agreement.between(curve, i, path[0], aim):
                skipped = (best, *others[:place])
                answer[r] = Winner(i, fragile(curve, aim, i), *path, True, skipped)
                break
    return answer


def _noise(curve: Curve, precision: Precision) -> float:
    """By which the losses of equal paths differ as the arithmetic rounds."""
    rounding = float(np.finfo(precision).eps) / EPSILON
    own = curve.scale
    return max(own.floor, 32 * EPSILON * rounding * max(own.start, abs(own.zero)))
