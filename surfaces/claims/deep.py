"""What the captions of deep surfaces claim."""

import numpy as np

from surfaces.claims.claim import DIVIDING, ROLLING, Place, Race, every


def desert_and_wall(minima: list[Place], opening: Race, over_one: Race) -> bool:
    """Only dividing methods cross the desert; over 1 descent's first step is longer than 20."""
    first = over_one["sgd"].moves[0]
    return (
        every(opening, DIVIDING, lambda path: path.loss[-1] < 0.02)
        and every(opening, ("sgd", *ROLLING), lambda path: path.loss[-1] > 0.9)
        and every(opening, ("sgd", *ROLLING), lambda path: path.longest_step() < 0.01)
        and float(np.hypot(*first)) > 20
    )


def wall_throws_descent_and_clipping_keeps_it(
    minima: list[Place], opening: Race, clipped: Race
) -> bool:
    """One step of descent is as long as half the picture; clipped none is, and the loss is low."""
    thrown, kept = opening["sgd"], clipped["sgd"]
    return bool(thrown.longest_step() > 0.9 and kept.longest_step() < 0.1 and kept.loss[-1] < 0.01)


def maze_becomes_a_bowl(minima: list[Place], opening: Race, skipping: Race) -> bool:
    """Without skip connections descent and most others are caught high, with them none is."""
    caught = [name for name, path in opening.items() if path.loss[-1] > 0.5]
    return (
        "sgd" in caught
        and len(caught) > 3
        and every(skipping, tuple(skipping), lambda path: bool(path.loss[-1] < 0.1))
    )
