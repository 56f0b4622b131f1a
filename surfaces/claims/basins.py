"""What the captions of a few basins claim."""

from surfaces.claims.claim import ROLLING, Place, Race, every


def _ends(race: Race, minima: list[Place], within: float) -> list[int | None]:
    """Which minimum each path ends at, by its place in the list."""
    return [
        next((i for i, place in enumerate(minima) if path.ends_at(place, within)), None)
        for path in race.values()
    ]


def momentum_rolls_out_of_the_outer_basin(minima: list[Place], opening: Race) -> bool:
    """Descent stays in the basin it starts over, momentum comes to rest in the middle."""
    middle, *outer = minima
    return opening["sgd"].distances(*outer)[-1] < 0.05 and every(
        opening, ROLLING, lambda path: path.ends_at(middle, 0.05)
    )


def neighbouring_starts_part(minima: list[Place], opening: Race, neighbour: Race) -> bool:
    """From (0.9, ±0.1) descent and momentum end in the two deepest, opposite minima."""
    one, other = minima[:2]
    names = ("sgd", *ROLLING)
    return every(opening, names, lambda path: path.ends_at(other, 0.05)) and every(
        neighbour, names, lambda path: path.ends_at(one, 0.05)
    )


def only_the_start_decides(minima: list[Place], opening: Race, middle: Race, right: Race) -> bool:
    """From each of three starts all six end in one minimum, and each time in another."""
    ends = [set(_ends(race, minima, 0.15)) for race in (opening, middle, right)]
    return ends == [{0}, {1}, {2}]


def one_start_several_minima(minima: list[Place], opening: Race) -> bool:
    """All six reach one of the four, and not all the same."""
    ends = _ends(opening, minima, 0.1)
    return None not in ends and len(set(ends)) > 1


def each_quadrant_has_its_well(
    minima: list[Place], opening: Race, upper_left: Race, lower_right: Race, lower_left: Race
) -> bool:
    """From a start in each quadrant all six end in that quadrant's well."""
    races = (opening, upper_left, lower_right, lower_left)
    sides = ((1, 1), (-1, 1), (1, -1), (-1, -1))
    return all(
        every(
            race,
            tuple(race),
            lambda path, side=side: (
                path.distances(
                    *(at for at in minima if at[0] * side[0] > 0 and at[1] * side[1] > 0)
                )[-1]
                < 0.09
            ),
        )
        for race, side in zip(races, sides, strict=True)
    )
