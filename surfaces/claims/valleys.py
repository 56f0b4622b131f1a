"""What the captions of valleys and troughs claim."""

import numpy as np

from surfaces.claims.claim import ROLLING, Place, Race, every


def valley_is_found_at_once_and_followed_slowly(minima: list[Place], opening: Race) -> bool:
    """On the floor within 50 steps; after 500 momentum has arrived and descent is far off.

    No loss bounces back to where the race began.
    """
    (goal,) = minima
    return (
        every(opening, tuple(opening), lambda path: path.first(below=5.0) < 50)
        and opening["momentum"].ends_at(goal, 0.005)
        and opening["sgd"].distances(goal)[-1] > 0.5
        and every(opening, tuple(opening), lambda path: path.loss[50:].max() < path.loss[0])
    )


def walls_fall_at_once_and_the_floor_takes_hundreds(minima: list[Place], opening: Race) -> bool:
    """Descent loses nine tenths in 40 steps and arrives not in 500; those with momentum do."""
    descent = opening["sgd"]
    return (
        descent.first(below=descent.loss[0] / 10) <= 40
        and descent.arrival(0.05, *minima) == np.inf
        and every(opening, ROLLING, lambda path: path.ends_at(minima[0], 0.05))
    )


def descent_zigzags_across_the_steep_diagonal(minima: list[Place], opening: Race) -> bool:
    """Across (1, 1), nine times as steep as along (1, −1), descent turns at every step."""
    (goal,) = minima
    steep = opening["sgd"].along((1.0, 1.0)) - np.dot(goal, (1, 1)) / np.sqrt(2)
    flat = opening["sgd"].along((1.0, -1.0)) - np.dot(goal, (1, -1)) / np.sqrt(2)
    return bool((steep[1:9] * steep[:8] < 0).all() and (flat[1:9] * flat[:8] > 0).all())


def across_at_once_along_the_trough_slowly(minima: list[Place], opening: Race) -> bool:
    """After 20 steps descent has 1 % of the way across left, a third along it; momentum wins."""
    across = np.abs(opening["sgd"].along((1.0, -1.0)))
    along = np.abs(opening["sgd"].along((1.0, 1.0)))
    return (
        across[20] < 0.01 * across[0]
        and along[20] > along[0] / 3
        and opening["momentum"].arrival(0.16, *minima) < opening["sgd"].arrival(0.16, *minima)
    )


def paths_stop_one_wave_too_early(minima: list[Place], opening: Race, nearer: Race) -> bool:
    """From the start all stop in the upper wave, from a nearer one all reach the lower."""
    lower, upper = minima
    return every(opening, tuple(opening), lambda path: path.ends_at(upper, 0.06)) and every(
        nearer, tuple(nearer), lambda path: path.ends_at(lower, 0.06)
    )


def rate_safe_on_the_slopes_crawls_on_the_floor(
    minima: list[Place], opening: Race, faster: Race
) -> bool:
    """Descent loses nine tenths in 10 steps, then crawls for 200; ten times its rate throws it.

    Momentum rolls on into the deepest well.
    """
    descent = opening["sgd"]
    return (
        descent.first(below=descent.loss[0] / 10) <= 10
        and descent.arrival(0.05, minima[1]) > 200
        and len(faster["sgd"].points) < len(descent.points)
        and every(opening, ROLLING, lambda path: path.ends_at(minima[0], 0.05))
    )
