"""What the captions of the lecture's own shapes claim."""

import numpy as np

from surfaces.claims.claim import DIVIDING, ROLLING, Path, Place, Race, every

ORIGIN = (0.0, 0.0)
ACROSS_BOWL = (0.0, 1.0)
ACROSS_DIAGONAL = (-1.0, 1.0)


def zigzag_grows_with_the_condition_number(
    minima: list[Place], opening: Race, rounder: Race, narrower: Race
) -> bool:
    """κ = 2, 10, 100: more visible crossings of the axis, and momentum ahead only at the last."""
    zigzags = [race["sgd"].crossings(ACROSS_BOWL, 0.02) for race in (rounder, opening, narrower)]
    at_ten, at_hundred = (
        race["momentum"].arrival(0.06, ORIGIN) / race["sgd"].arrival(0.06, ORIGIN)
        for race in (opening, narrower)
    )
    return 1.5 * zigzags[0] < zigzags[1] < zigzags[2] / 1.5 and at_ten > 1 > 2 * at_hundred


def turned_ravine_costs_each_coordinate_its_rate(
    minima: list[Place], opening: Race, straight: Race
) -> bool:
    """Descent zigzags, momentum needs 2/3 of its steps; dividing costs more than on the axes."""

    def arrival(race: Race, name: str) -> float:
        return race[name].arrival(0.06, ORIGIN)

    return (
        opening["sgd"].crossings(ACROSS_DIAGONAL, 0.02) > 20
        and all(arrival(opening, name) < arrival(opening, "sgd") / 1.5 for name in ROLLING)
        and all(arrival(opening, one) > 1.2 * arrival(straight, one) for one in DIVIDING)
        and 0.8 < arrival(opening, "sgd") / arrival(straight, "sgd") < 1.25
    )


def ripples_catch_more_the_higher_they_are(
    minima: list[Place], opening: Race, lower: Race, higher: Race
) -> bool:
    """A = 0.1: all reach the bottom; 0.3: some, and descent does not; 1: none."""

    def reached(race: Race) -> list[str]:
        return [name for name, path in race.items() if path.ends_at(ORIGIN, 0.06)]

    return (
        len(reached(lower)) == len(lower)
        and 0 < len(reached(opening)) < len(opening)
        and "sgd" not in reached(opening)
        and reached(higher) == []
    )


def who_divides_leaves_the_saddle_first(minima: list[Place], opening: Race) -> bool:
    """Off the ridge by 0.1: dividing methods within 60 steps, momentum within 400, descent not."""

    def leaving(path: Path) -> float:
        left = np.flatnonzero(np.abs(path.points[:, 1]) > 0.1)
        return left[0] if len(left) else np.inf

    return (
        every(opening, DIVIDING, lambda path: leaving(path) < 60)
        and every(opening, ROLLING, lambda path: 150 < leaving(path) < 400)
        and leaving(opening["sgd"]) == np.inf
    )


def where_the_hessian_vanishes_paths_linger(minima: list[Place], opening: Race) -> bool:
    """Most of their steps within 0.4 of the middle, except where the gradient is divided away."""

    def near(path: Path) -> float:
        return float(np.mean(path.distances(ORIGIN) < 0.4))

    return every(opening, ("sgd", *ROLLING), lambda path: near(path) > 0.6) and every(
        opening, DIVIDING, lambda path: near(path) < 0.2
    )


def start_decides_the_well_and_momentum_may_change_it(
    minima: list[Place], opening: Race, mirrored: Race
) -> bool:
    """Descent ends in the well it starts over, on either side; momentum rolls over the hill."""
    left, right = sorted(minima)
    return (
        opening["sgd"].ends_at(right, 0.05)
        and mirrored["sgd"].ends_at(left, 0.05)
        and every(opening, ROLLING, lambda path: path.ends_at(left, 0.05))
    )
