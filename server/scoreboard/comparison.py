"""Runs from the same starts on one surface, and what each target cost them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Float

from server.engine.evaluation import loss_and_gradient
from server.engine.objectives import scale
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.engine.views import View
from server.errors import InputError
from server.optimizers.optimizer import WholePath
from server.scoreboard.lowest import lowest_found
from server.scoreboard.starts import seeded
from server.scoreboard.targets import TARGETS
from server.scoreboard.tuning import tuned as at_best_rates
from server.scoreboard.walked import of_path
from surfaces.surface import Surface, lowest

Tuned = Literal["no", "yes", "both"]
"""Whether rates are as they were given, the best for each surface, or both, one after the other."""


@dataclass(frozen=True)
class Terms:
    """What is the same for all.

    Attributes:
        budget: gradients that a run may ask for.
        target: the share of the start's gap at which a problem counts as solved.
        tuned: whose rates are tuned.
        seed: of noise and batches, and of starts that are not given.
        tolerance: of the search for rates.
    """

    budget: int
    target: float
    tuned: Tuned
    seed: int
    tolerance: float = 1e-3


@dataclass(frozen=True)
class Compared:
    """One surface: S starts, M targets, and R runs, the tuned ones after the others.

    Attributes:
        runs: as they were walked.
        starts: shape [S, 2].
        zero: the loss from which gaps are measured.
        known: whether that is a known minimum; else the lowest that was found in the domain, by a
            search or by any run.
        to_target: what it cost to come within ``Terms.target``; infinite where none did.
        to_targets: the same of each of ``TARGETS``.
    """

    runs: Sequence[Run]
    starts: Float[np.ndarray, "starts 2"]
    zero: float
    known: bool
    to_target: Float[np.ndarray, "runs starts"]
    to_targets: Float[np.ndarray, "runs starts targets"]


def check(runs: Sequence[Run]) -> None:
    """Refuse what has no costs to compare.

    Raises:
        InputError: placed at the run.
    """
    for r, run in enumerate(runs):
        if isinstance(run.optimizer, WholePath):
            raise InputError(
                ("runs", r, "optimizer"),
                f"{run.optimizer.id} is solved as a whole and takes no steps, so that there are no "
                "gradients of its to count; accepted: any other optimizer",
                "not_for_this_optimizer",
            )


def compared(
    programs: Programs,
    surface: Surface,
    seen: View,
    runs: Sequence[Run],
    starts: Float[np.ndarray, "starts 2"] | int,
    terms: Terms,
) -> Compared:
    """Walk every run from every start and see what it cost to reach the targets.

    Only points inside the domain count: lower ones than the minimum there have run away from it.
    Losses are the surface's own, without penalties.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        seen: of it.
        runs: each of ``terms.budget`` steps; those that ask for more gradients a step go as far
            as the budget lasts.
        starts: places, or how many to choose.
        terms: the same for all.

    Raises:
        InputError: the surface has no minimum; a start or run is refused (see ``trajectories``).
    """
    check(runs)
    if surface.minima_known != "none" and not surface.minima():
        raise InputError(
            (),
            "there is no minimum in the domain of this surface, so nothing to reach; leave it out",
            "no_minimum",
        )
    ready = surface.ready()
    if isinstance(starts, int):
        starts = seeded(programs, ready, seen.domain, starts, terms.seed)
    walked = list(runs) if terms.tuned != "yes" else []
    minimum = min((one.loss for one in lowest(surface.minima())), default=None)
    known = minimum
    if known is None and np.isfinite(found := lowest_found(programs, ready, seen.domain)):
        known = found
    if terms.tuned != "no":
        walked += at_best_rates(
            programs,
            surface,
            runs,
            starts,
            seen.ranges["learning_rate"],
            domain=seen.domain,
            known=known,
            budget=terms.budget,
            tolerance=terms.tolerance,
            seed=terms.seed,
        )
    paths = trajectories(
        programs, surface, walked, starts, tolerance=terms.tolerance, seed=terms.seed
    )
    first, _ = loss_and_gradient(programs, ready, starts, "float64")
    seen_of = [[of_path(path, seen.domain) for path in row] for row in paths]
    best = min(one.lowest for row in seen_of for one in row)
    if minimum is None and known is not None:
        known = min(known, best)
    gaps = [scale(float(loss), known, best) for loss in first]
    shares = np.array([terms.target, *TARGETS])
    cost = np.array(
        [
            [one.costs(of, shares, terms.budget) for one, of in zip(row, gaps, strict=True)]
            for row in seen_of
        ]
    )
    return Compared(walked, starts, gaps[-1].zero, minimum is not None, cost[..., 0], cost[..., 1:])
