"""What claims read off answers."""

import math

import numpy as np

from server.scenarios.scenario import Answer
from surfaces.claims.claim import Path, Place


def path(run: Answer, start: int = 0) -> Path:
    """One run of an answer of ``/trajectories``, from one of its starts."""
    one = run["trajectories"][start]
    return Path(
        np.array([one["x"], one["y"]]).T,
        np.array(one["loss"]),
        # Null where there is no derivative.
        np.array(one["gradient_norm"], float),
    )


def converged(run: Answer, start: int = 0) -> float:
    """The step from which a run is within the tolerance, as the page's table has it; ∞ if none."""
    at: int | None = run["trajectories"][start]["converged_at"]
    return np.inf if at is None else at


def steps_until(run: Answer, within: float, *places: Place, start: int = 0) -> float:
    """The first step from which on a run stays so near to one of the places; ∞ if none."""
    return path(run, start).arrival(within, *places)


def ends(run: Answer, apart: float = 0.2) -> list[Place]:
    """Where a run ends, from all of its starts; ends that are nearer to one another are one."""
    found: list[Place] = []
    for start in range(len(run["trajectories"])):
        x, y = (float(one) for one in path(run, start).end)
        if all(math.hypot(x - other_x, y - other_y) > apart for other_x, other_y in found):
            found.append((x, y))
    return found
