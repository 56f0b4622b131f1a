"""What the captions of plains claim: a pit, a needle, a wall."""

import numpy as np

from surfaces.claims.claim import DIVIDING, ROLLING, Place, Race, every

FAST = ("sgd", *ROLLING)


def only_division_crosses_the_plain(minima: list[Place], opening: Race) -> bool:
    """Who divides by the gradient reaches the pit; the others do not come half a unit nearer."""
    return every(opening, DIVIDING, lambda path: path.ends_at(minima[0], 0.06)) and every(
        opening, FAST, lambda path: float(np.ptp(path.distances(minima[0]))) < 0.5
    )


def division_wins_near_the_needle_and_nobody_finds_it_from_afar(
    minima: list[Place], opening: Race, afar: Race
) -> bool:
    """Near: all arrive, descent last. Far: only dividing methods move, and into a dimple."""
    needle, *dimples = minima
    last = max(opening[name].arrival(0.06, needle) for name in DIVIDING)
    return (
        every(opening, tuple(opening), lambda path: path.ends_at(needle, 0.06))
        and opening["sgd"].arrival(0.06, needle) > 1.3 * last
        and every(afar, DIVIDING, lambda path: path.distances(*dimples)[-1] < 0.06)
        and every(afar, FAST, lambda path: float(np.ptp(path.distances(needle))) < 0.1)
    )


def wall_throws_descent_far_and_clipping_keeps_it(
    minima: list[Place], opening: Race, clipped: Race
) -> bool:
    """A step longer than the whole way, and past it; clipped, none is, and descent is sooner there.

    Dividing methods take no step longer than 1.
    """
    thrown, kept = opening["sgd"], clipped["sgd"]
    way = float(thrown.distances(minima[0])[0])
    return (
        thrown.longest_step() > 1.5 * way
        and thrown.distances(minima[0]).max() > 1.5 * way
        and kept.longest_step() < 0.6
        and kept.arrival(0.06, minima[0]) < thrown.arrival(0.06, minima[0]) < np.inf
        and every(opening, DIVIDING, lambda path: path.longest_step() < 1)
    )
