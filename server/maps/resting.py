"""What places are where a run rests at no known minimum: of many at once, as ``rests`` of one."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from server.engine.gradient_changes import (
    GradientChanges,
    penalised_eigenvalues,
    penalty,
    penalty_gradient,
)
from server.engine.outcomes.rests import (
    CLOSE,
    LEAST,
    NEAR,
    NO_CURVATURE,
    RING,
    ROUNDING,
    SAME,
    WIDE,
)
from server.engine.programs import Programs
from server.maps.kernels.looking import hessians, slopes
from server.results import Floats
from surfaces.surface import Surface

Words = np.ndarray


@dataclass(frozen=True)
class Minimised:
    """What runs descend.

    Attributes:
        surface: as code.
        changes: whose penalties count.
        diagonal: of the domain.
    """

    surface: Surface
    changes: GradientChanges
    diagonal: float

    def seen(self, programs: Programs, points: Floats) -> tuple[Floats, Floats]:
        """Its values [n] and its gradients [n, 2] at points [n, 2]."""
        loss, gradient = slopes(programs, self.surface, points)
        with np.errstate(all="ignore"):
            return (
                loss + penalty(points, self.changes),
                gradient + penalty_gradient(points, self.changes),
            )

    def curvatures(self, programs: Programs, points: Floats) -> Floats:
        """Eigenvalues of its Hessian, ascending, [n, 2], at points [n, 2]."""
        found = hessians(programs, self.surface, points)
        with np.errstate(all="ignore"):
            mean = (found[:, 0, 0] + found[:, 1, 1]) / 2
            radius = np.hypot((found[:, 0, 0] - found[:, 1, 1]) / 2, found[:, 0, 1])
            values = np.stack([mean - radius, mean + radius], axis=1)
        return penalised_eigenvalues(values, points, self.changes)


def resting(
    programs: Programs, ground: Minimised, points: Floats, tolerance: float, lowest: float | None
) -> Words:
    """The words of the paths that end there, shape [n]: see ``outcomes.rests.unknown``.

    Args:
        programs: the compiled programs.
        ground: what is minimised.
        points: shape [n, 2], where the gradient is within the tolerance.
        tolerance: gradient norm that counts as none.
        lowest: loss of the lowest known minimum, if one is known.
    """
    if len(points) == 0:
        return np.zeros(0, object)
    loss, gradient = ground.seen(programs, points)
    curvatures = ground.curvatures(programs, points)
    with np.errstate(all="ignore"):
        norm = np.hypot(*gradient.T)
        angles = 2 * np.pi * np.arange(RING) / RING
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        radius = _radius(ground, norm, curvatures, tolerance)
        places = points[:, None] + radius[:, None, None] * circle
        around = ground.seen(programs, places.reshape(-1, 2))[0].reshape(-1, RING)
        word = _by_curvature(ground, loss, norm, curvatures, around, tolerance)
        if lowest is not None:
            slack = SAME * max(1.0, abs(lowest))
            lower = (word == "local_minimum") & (loss < lowest - slack)
            level = np.isin(word, ("local_minimum", "flat"))
            level &= np.abs(loss - lowest) <= slack * 1e-3
            word = np.where(lower | level, "minimum", word)
    return word


def _vanishes(ground: Minimised, curvatures: Floats, tolerance: float) -> np.ndarray:
    return np.abs(curvatures).max(axis=1) * ground.diagonal <= tolerance


def _radius(ground: Minimised, norm: Floats, curvatures: Floats, tolerance: float) -> Floats:
    """How far the neighbours are that a place is compared with."""
    size = np.abs(curvatures).min(axis=1)
    step = np.where(size > 0, norm / size, 0.0)
    most = WIDE * NEAR * ground.diagonal
    radius = np.minimum(np.maximum(WIDE * step, LEAST * ground.diagonal), most)
    radius = np.where(_vanishes(ground, curvatures, tolerance), NEAR * ground.diagonal, radius)
    return np.where(np.isfinite(curvatures.sum(axis=1)), radius, CLOSE * ground.diagonal)


def _by_curvature(
    ground: Minimised,
    loss: Floats,
    norm: Floats,
    curvatures: Floats,
    around: Float[np.ndarray, "n 16"],
    tolerance: float,
) -> Words:
    smaller, larger = curvatures.T
    sizes = np.sort(np.abs(curvatures), axis=1).T
    here, rounding = loss[:, None], (ROUNDING * np.abs(loss))[:, None]
    higher, lower = around > here, around < here
    vanishes = _vanishes(ground, curvatures, tolerance)
    compared = np.select(
        [higher.all(axis=1), lower.all(axis=1), lower.any(axis=1) & ~vanishes],
        ["local_minimum", "maximum", "saddle"],
        "flat",
    )
    rises = ~(around < here - rounding).any(axis=1)
    falls = ~(around > here + rounding).any(axis=1)
    by_signs = np.select(
        [smaller > 0, larger < 0],
        [np.where(rises, "local_minimum", "flat"), np.where(falls, "maximum", "flat")],
        "saddle",
    )
    far = (sizes[0] <= NO_CURVATURE * sizes[1]) | (norm > NEAR * ground.diagonal * sizes[0])
    return np.select(
        [vanishes | ~np.isfinite(smaller + larger), far], [compared, np.full(len(loss), "flat")],
        by_signs,
    )  # fmt: skip
