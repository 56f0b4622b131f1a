"""The learning rate that serves a run best on one surface, from several starts at once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from os import cpu_count

import numpy as np
from jaxtyping import Float

from server.engine.histories import Domain
from server.engine.objectives import scale
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.sweep import LANES, sweep_of
from server.optimizers.optimizer import GradientRule
from server.scoreboard.curves import areas
from server.scoreboard.targets import TARGETS
from server.scoreboard.walked import Rates, Walked, at_rates, one_by_one
from surfaces.surface import Interval, Surface

RATES = LANES
"""Rates that are tried, the one that a run has among them: one call of the search's lanes."""
STARTS = 2
"""Starts that a rate is tuned on: the first of those that are compared."""


def tuned(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    starts: Float[np.ndarray, "starts 2"],
    ends: Interval,
    *,
    domain: Domain,
    known: float | None,
    budget: int,
    tolerance: float,
    seed: int,
) -> list[Run]:
    """The runs at the best of ``RATES`` rates each; a rate that nothing depends on stays.

    The best has the largest area under the ECDF of ``TARGETS`` over the first ``STARTS`` starts:
    what runs are compared by. The rate that a run has is tried with the others, which are evenly
    spaced in the logarithm, so that on those starts nothing is worse tuned than as it was given.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        runs: all of the same number of steps.
        starts: of the comparison.
        ends: of the range of rates.
        domain: of the surface.
        known: the loss of its lowest minimum, known or found; where it is ``None``, the lowest
            that any of these paths sees from a start stands for it.
        budget: gradients that a path may ask for.
        tolerance: see ``trajectories``.
        seed: of noise and batches.
    """
    tunable = [run for run in runs if run.optimizer.tunable]
    if not tunable:
        return list(runs)
    evenly = np.geomspace(*ends, RATES - 1)
    rates = [np.sort([*evenly, float(run.optimizer.learning_rate)]) for run in tunable]
    together = partial(
        at_rates, programs, sweep_of(runs), surface.ready(), domain=domain, seed=seed
    )
    singly = partial(one_by_one, programs, surface, domain=domain, seed=seed, tolerance=tolerance)
    found = np.zeros((len(tunable), RATES))

    def walked(run: Run, of_run: Rates, start: Float[np.ndarray, "2"]) -> list[Walked]:
        walk = together if isinstance(run.optimizer, GradientRule) else singly
        return walk(run, start, of_run)

    with ThreadPoolExecutor(min(cpu_count() or 1, len(tunable))) as threads:
        for start in starts[:STARTS]:
            paths = list(threads.map(partial(walked, start=start), tunable, rates))
            seen = min(one.lowest for of_run in paths for one in of_run)
            gaps = scale(float(paths[0][0].loss[0]), known, seen)
            cost = [[one.costs(gaps, TARGETS, budget) for one in of_run] for of_run in paths]
            found += areas(np.array(cost), budget)
    best = {
        id(run): run.at_rate(of_run[int(np.argmax(area))])
        for run, of_run, area in zip(tunable, rates, found, strict=True)
    }
    return [best.get(id(run), run) for run in runs]
