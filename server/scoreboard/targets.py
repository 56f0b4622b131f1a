"""Targets of losses, and what it cost a path to reach them."""

from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

TARGETS: Final = np.logspace(-1, -8, 15)
"""Shares of the start's gap to the minimum, two a decade.

COCO's precisions run log-spaced down to 1e-8 too (Hansen et al. 2021), its losses being scaled
alike; surfaces here are not, so that what is scaled is the target: τ(f(x₀) − f_min), Moré and Wild
(2009), Benchmarking derivative-free optimization algorithms, SIAM J. Optim. 20, equation 2.2.
"""


def spent(evaluations: Int[np.ndarray, " n"]) -> Int[np.ndarray, " n+1"]:
    """Gradients that had been asked for at each point of a path, at least one.

    Args:
        evaluations: that each step asked for.
    """
    return np.maximum(1, np.concatenate([[0], np.cumsum(evaluations)]))


def costs(
    gap: Float[np.ndarray, " n+1"],
    counted: Bool[np.ndarray, " n+1"],
    at: Int[np.ndarray, " n+1"],
    thresholds: Float[np.ndarray, " m"],
    budget: int,
) -> Float[np.ndarray, " m"]:
    """What it cost a path to come within each threshold for the first time.

    Args:
        gap: how far the loss at each point is above the minimum.
        counted: which points count.
        at: what each point cost, ascending.
        thresholds: gaps.
        budget: what costs more is not reached.

    Returns:
        Shape [m], infinite where it was not reached.
    """
    usable = counted & (at <= budget)
    best = np.minimum.accumulate(np.where(usable, gap, np.inf))
    first = np.searchsorted(-best, -thresholds)
    return np.where(first < len(best), at[np.minimum(first, len(best) - 1)], np.inf)
