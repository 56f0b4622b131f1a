"""Two half circles, each in the other's opening: what networks are often shown first."""

import numpy as np
from jaxtyping import Float


def moons(
    angle: Float[np.ndarray, " n"], radius: float, centre: tuple[float, float]
) -> tuple[Float[np.ndarray, "n 2"], Float[np.ndarray, "n 2"]]:
    """Points of the upper moon and of the lower, which is its mirror image in the centre.

    Args:
        angle: where on its half circle each point is, from 0 to π.
        radius: of both.
        centre: of the pair; the upper half circle's own is half a radius to the left of it and
            a quarter below.
    """
    middle = np.array(centre)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    upper = radius * circle + (middle - radius * np.array([0.5, 0.25]))
    return upper, 2 * middle - upper
