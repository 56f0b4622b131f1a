"""How much is solved for how much: performance profiles, runtime ECDFs, and what they come to.

Pure functions of what it cost to solve problems: positive numbers, infinite where a problem was
not solved within the budget.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

LARGEST_RATIO = 4.0
"""Up to which the score looks at a profile: AlgoPerf's own."""


class Staircase(NamedTuple):
    """A share that rises in steps: ``share[i]`` from ``at[i]`` on, 0 before the first.

    ``at`` ascends strictly, shapes [m].
    """

    at: Float[np.ndarray, " m"]
    share: Float[np.ndarray, " m"]


def ratios(cost: Float[np.ndarray, "problems solvers"]) -> Float[np.ndarray, "problems solvers"]:
    """What each solver's cost of a problem is in terms of the cheapest solver's.

    r(p, s) = t(p, s) / min over s of t(p, s), infinite for who did not solve p: Dolan and Moré
    (2002), Benchmarking optimization software with performance profiles, section 2, whose r_M
    is infinity here. What nobody solved is infinite for all.
    """
    best = cost.min(axis=1, keepdims=True)
    solved = np.isfinite(cost)
    return np.divide(cost, best, out=np.full_like(cost, np.inf), where=solved)


def cumulated(values: Float[np.ndarray, " n"]) -> Staircase:
    """The share of all n values that are at most so large; infinite ones never are.

    Of ratios it is the performance profile ρ(τ) = |{p: r(p) ≤ τ}| / n of Dolan and Moré (2002),
    section 2. Of costs of (target, problem) pairs it is the runtime ECDF that COCO draws:
    Hansen et al. (2021), COCO: a platform for comparing continuous optimizers in a black-box
    setting, Optimization Methods and Software 36.
    """
    at, count = np.unique(values[np.isfinite(values)], return_counts=True)
    return Staircase(at, np.cumsum(count) / max(1, len(values)))


def score(
    ratio: Float[np.ndarray, "problems solvers"], largest: float = LARGEST_RATIO
) -> Float[np.ndarray, " solvers"]:
    """The area under each solver's profile from ratio 1 to the largest, as a share of all there is.

    B = ∫ρ(τ)dτ / (τ_max − 1) over 1 ≤ τ ≤ τ_max = 4: Dahl et al. (2023), Benchmarking neural
    network training algorithms: the benchmark score of AlgoPerf. A problem of ratio r adds
    τ_max − r where that is positive.
    """
    left = np.clip(largest - ratio, 0, None)
    return left.mean(axis=0) / (largest - 1)


def area(cost: Float[np.ndarray, " *pairs"], budget: int) -> float:
    """The area under the ECDF of costs, over the logarithm of the cost from 1 to the budget.

    It is between 0 (nothing solved) and 1 (everything at once), and does not depend on who else
    is compared: López-Ibáñez, Vermetten, Dréo and Doerr (2025), Using the empirical attainment
    function for analyzing single-objective black-box optimization algorithms. A pair of cost t
    adds 1 − ln t / ln budget.
    """
    return float(areas(cost.ravel(), budget))


def areas(cost: Float[np.ndarray, "*many pairs"], budget: int) -> Float[np.ndarray, " *many"]:
    """The ``area`` of each of many."""
    if budget <= 1:
        return np.isfinite(cost).mean(axis=-1)
    with np.errstate(divide="ignore"):
        share = 1 - np.log(cost) / np.log(budget)
    return np.clip(share, 0, 1).mean(axis=-1)
