"""The learning rate that serves a run best on one surface, from several starts at once."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from server.engine.histories import Domain
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.search import search
from server.results import Curve
from surfaces.surface import Interval, Surface

RATES = 128
"""Rates that are tried, evenly spaced in the logarithm: one call of the search's lanes."""
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
    tolerance: float,
    seed: int,
) -> list[Run]:
    """The runs at the best of ``RATES`` rates each; a rate that nothing depends on stays.

    The best keeps the held loss (see ``objectives.held_loss``) smallest, as decades under the
    start's gap in the mean over the first ``STARTS`` starts. That is, but for the logarithm of
    the budget, the area under the ECDF of the targets, and no late stroke of luck wins by it.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        runs: all of the same number of steps.
        starts: of the comparison.
        ends: of the range of rates.
        domain: of the surface.
        tolerance: see ``search``.
        seed: of noise and batches.
    """
    rates = np.geomspace(*ends, RATES)
    curves = [
        search(programs, surface, runs, start, rates, tolerance=tolerance, seed=seed, domain=domain)
        for start in starts[:STARTS]
    ]
    answer: list[Run] = []
    for run, of_run in zip(runs, zip(*curves, strict=True), strict=True):
        seen = [curve for curve in of_run if curve is not None]
        cost = np.mean([decades(curve) for curve in seen], axis=0) if seen else None
        answer.append(run if cost is None else run.at_rate(rates[int(np.argmin(cost))]))
    return answer


def decades(curve: Curve) -> Float[np.ndarray, " rates"]:
    """How far the held loss of each rate is under the start's gap; 0 for a path that diverged."""
    with np.errstate(invalid="ignore"):
        held = np.log10(curve.held_loss) - np.log10(curve.scale.start + curve.scale.floor)
    return np.where(np.isfinite(held), held, 0.0)
