"""What the captions of surfaces with many minima claim."""

import numpy as np

from surfaces.claims.claim import ROLLING, Place, Race, every, none


def no_path_leaves_its_cell(minima: list[Place], opening: Race) -> bool:
    """All six end in the minimum of the cell they start in, and are never 0.6 from it."""
    cell = min(minima, key=lambda at: opening["sgd"].distances(at)[0])
    return every(opening, tuple(opening), lambda path: path.distances(cell).max() < 0.6) and every(
        opening, tuple(opening), lambda path: path.ends_at(cell, 0.05)
    )


def ripples_catch_all_and_the_cone_lets_none_settle(
    minima: list[Place], opening: Race, near: Race
) -> bool:
    """From afar none comes within 1 of the tip; next to it descent's gradient stays above 2."""
    tip = minima[0]
    return (
        none(opening, tuple(opening), lambda path: path.distances(tip).min() < 1)
        and near["sgd"].distances(tip)[-100:].max() < 0.1
        and bool(near["sgd"].gradient_norm[-100:].min() > 2)
    )


def minima_differ_in_place_and_hardly_in_depth(
    minima: list[Place], opening: Race, inner: Race
) -> bool:
    """From here all end in one minimum, from the inner start in another, both below 1 %."""
    bottom = minima[0]
    return all(
        every(
            race,
            tuple(race),
            lambda path, at=at: path.ends_at(at, 0.05) and path.loss[-1] < 0.01 * path.loss[0],
        )
        for race, at in ((opening, minima[1]), (inner, bottom))
    )


def waves_catch_far_from_the_minimum(minima: list[Place], opening: Race, near: Race) -> bool:
    """From afar none comes within 1 of the minimum; from its own wave all reach it."""
    (goal,) = minima
    return (
        none(opening, tuple(opening), lambda path: path.distances(goal).min() < 1)
        and float(np.ptp(opening["sgd"].distances(goal))) < 0.5
        and every(near, tuple(near), lambda path: path.ends_at(goal, 0.05))
    )


def ripples_catch_who_has_no_memory(minima: list[Place], opening: Race) -> bool:
    """Descent, Adagrad and RMSProp end in a ripple; momentum, Nesterov and Adam at the bottom."""
    bottom, *ripples = minima
    return every(
        opening, ("sgd", "adagrad", "rmsprop"), lambda path: path.distances(*ripples)[-1] < 0.05
    ) and every(opening, (*ROLLING, "adam"), lambda path: path.ends_at(bottom, 0.05))


def paths_fall_into_their_trench_and_stop(minima: list[Place], opening: Race) -> bool:
    """No path goes farther than 0.1 from its start, far from the middle and above its depth."""
    return every(
        opening,
        tuple(opening),
        lambda path: bool(
            path.distances((path.points[0, 0], path.points[0, 1])).max() < 0.1
            and path.loss[-1] > -0.7
            and path.gradient_norm[-1] < 1
        ),
    )
