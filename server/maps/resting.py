"""What places are where a run rests at no known minimum: of many at once, as ``rests`` of one."""

from dataclasses import dataclass
from typing import NamedTuple

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
    with np.errstate(all="ignore"):
        places = Places(loss, np.hypot(*gradient.T), ground.curvatures(programs, points))
    angles = 2 * np.pi * np.arange(RING) / RING
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    radius = radii(ground.diagonal, places, tolerance)
    ring = points[:, None] + radius[:, None, None] * circle
    around = ground.seen(programs, ring.reshape(-1, 2))[0].reshape(-1, RING)
    return words(ground.diagonal, places, around, tolerance, lowest)


class Places(NamedTuple):
    """Where gradients are within the tolerance: ``outcomes.rests.Place`` of many.

    Attributes:
        loss, norm: there, and of the gradient.
        curvatures: eigenvalues of the Hessian, ascending.
    """

    loss: Float[np.ndarray, " n"]
    norm: Float[np.ndarray, " n"]
    curvatures: Float[np.ndarray, "n 2"]


def radii(diagonal: float, places: Places, tolerance: float) -> Floats:
    """How far the neighbours are that each place is compared with."""
    with np.errstate(all="ignore"):
        size = np.abs(places.curvatures).min(axis=1)
        step = np.where(size > 0, places.norm / size, 0.0)
        most = WIDE * NEAR * diagonal
        radius = np.minimum(np.maximum(WIDE * step, LEAST * diagonal), most)
        radius = np.where(_vanishes(diagonal, places, tolerance), NEAR * diagonal, radius)
        finite = np.isfinite(places.curvatures.sum(axis=1))
        return np.where(finite, radius, CLOSE * diagonal)


def words(
    diagonal: float,
    places: Places,
    around: Float[np.ndarray, "n 16"],
    tolerance: float,
    lowest: float | None,
) -> Words:
    """What places are, by the losses of their neighbours; see ``resting``."""
    with np.errstate(all="ignore"):
        word = _by_curvature(diagonal, places, around, tolerance)
        if lowest is not None:
            slack = SAME * max(1.0, abs(lowest))
            lower = (word == "local_minimum") & (places.loss < lowest - slack)
            level = np.isin(word, ("local_minimum", "flat"))
            level &= np.abs(places.loss - lowest) <= slack * 1e-3
            word = np.where(lower | level, "minimum", word)
    return word


def _vanishes(diagonal: float, places: Places, tolerance: float) -> np.ndarray:
    return np.abs(places.curvatures).max(axis=1) * diagonal <= tolerance


def _by_curvature(
    diagonal: float, places: Places, around: Float[np.ndarray, "n 16"], tolerance: float
) -> Words:
    loss, norm, (smaller, larger) = places.loss, places.norm, places.curvatures.T
    sizes = np.sort(np.abs(places.curvatures), axis=1).T
    here, rounding = loss[:, None], (ROUNDING * np.abs(loss))[:, None]
    higher, lower = around > here, around < here
    vanishes = _vanishes(diagonal, places, tolerance)
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
    far = (sizes[0] <= NO_CURVATURE * sizes[1]) | (norm > NEAR * diagonal * sizes[0])
    return np.select(
        [vanishes | ~np.isfinite(smaller + larger), far], [compared, np.full(len(loss), "flat")],
        by_signs,
    )  # fmt: skip
