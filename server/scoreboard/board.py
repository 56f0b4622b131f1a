"""What comparisons on several surfaces come to together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from server.scoreboard.comparison import Compared, Terms
from server.scoreboard.curves import Staircase, area, cumulated, ratios, score


@dataclass(frozen=True)
class Standing:
    """One run over all surfaces.

    Attributes:
        solved: the share of problems that it solved.
        score: the area under its performance profile.
        area: that under its ECDF.
        profile: the share of problems by the ratio of its cost to the lowest.
        ecdf: the share of (target, problem) pairs by gradients.
    """

    solved: float
    score: float
    area: float
    profile: Staircase
    ecdf: Staircase


@dataclass(frozen=True)
class Cell:
    """One run on one surface.

    Attributes:
        solved: the share of starts from which it solved the problem.
        median: gradients that it took in the median over the starts; infinite where fewer than
            half were solved.
        area: under its ECDF there.
    """

    solved: float
    median: float
    area: float


@dataclass(frozen=True)
class Choice:
    """Many optimisers at their defaults against one that is tuned (Schmidt et al. 2021).

    Areas under ECDFs, in the mean over the surfaces.

    Attributes:
        best_at_defaults: on each surface the run that is best there at its default rate.
        at_defaults: each run at its default rate.
        tuned: each run at its best rate for each surface.
    """

    best_at_defaults: float
    at_defaults: Sequence[float]
    tuned: Sequence[float]


def cells(one: Compared, terms: Terms) -> list[Cell]:
    """Of each run on a surface."""
    return [
        Cell(
            float(np.isfinite(to_target).mean()),
            _median(to_target),
            area(to_targets, terms.budget),
        )
        for to_target, to_targets in zip(one.to_target, one.to_targets, strict=True)
    ]


def _median(cost: Float[np.ndarray, " starts"]) -> float:
    """The lower of two middle ones: one that was seen, and not beside an infinite one."""
    return float(np.sort(cost)[(len(cost) - 1) // 2])


def standings(all_of_them: Sequence[Compared], terms: Terms) -> list[Standing]:
    """Of each run over all surfaces; a problem is a surface and a start."""
    cost = np.concatenate([one.to_target.T for one in all_of_them])
    pairs = np.concatenate([one.to_targets for one in all_of_them], axis=1)
    ratio = ratios(cost)
    return [
        Standing(
            float(np.isfinite(cost[:, r]).mean()),
            float(scored),
            area(pairs[r], terms.budget),
            cumulated(ratio[:, r]),
            cumulated(pairs[r].ravel()),
        )
        for r, scored in enumerate(score(ratio))
    ]


def choice(all_of_them: Sequence[Compared], terms: Terms) -> Choice | None:
    """Whether to try several or to tune one; ``None`` where not both were done."""
    if terms.tuned != "both":
        return None
    areas = np.array([[cell.area for cell in cells(one, terms)] for one in all_of_them])
    at_defaults, tuned = np.split(areas, 2, axis=1)
    return Choice(
        float(at_defaults.max(axis=1).mean()),
        at_defaults.mean(axis=0).tolist(),
        tuned.mean(axis=0).tolist(),
    )
