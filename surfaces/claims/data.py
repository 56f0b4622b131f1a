"""What the captions of losses of points claim."""

import numpy as np

from surfaces.claims.claim import Path, Place, Race, every


def squares_run_after_outliers(
    minima: list[Place], opening: Race, clean: Race, absolute: Race, huber: Race
) -> bool:
    """A tenth of the points moved up: MSE's line follows, four times as far as MAE's, Huber's."""

    def height(race: Race) -> float:
        return float(race["momentum"].end[1])

    squares, *robust = (abs(height(race) - height(clean)) for race in (opening, absolute, huber))
    return squares > 0.4 and 4 * max(robust) < squares


def steep_fall_then_a_flat_walk(minima: list[Place], opening: Race) -> bool:
    """Half of the loss goes within 10 steps of descent; the minimum is 100 steps away."""
    descent = opening["sgd"]
    return (
        descent.first(below=descent.loss[0] / 2) <= 10
        and 100 < descent.arrival(0.1, *minima) < np.inf
    )


def saturated_waits_and_dead_stays(minima: list[Place], opening: Race, dead: Race) -> bool:
    """Descent waits 200 steps on the plateau, then falls within 50; a dead ReLU never moves."""

    def falls_late(path: Path) -> bool:
        half = path.first(below=path.loss[0] / 2)
        return 200 < half < np.inf and path.first(below=path.loss[0] / 8) < half + 50

    return falls_late(opening["sgd"]) and every(
        dead, tuple(dead), lambda path: bool((path.points == path.points[0]).all())
    )
