"""Words for points where the gradient is within the tolerance: what kind of place it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import hypot, isfinite, pi
from typing import Literal

import numpy as np

from server.results import Floats, OutcomeId
from surfaces.surface import Minimum

NEAR = 0.02
"""The furthest that a point may be from what it is said to have reached, in diagonals."""
CLOSE = 1e-5
"""What counts as the same point whatever the curvature, in diagonals."""
SAME = 1e-9
"""Losses this close, relative to the larger, are the same."""
NO_CURVATURE = 1e-9
"""An eigenvalue this small beside the other is 0 but for rounding."""
RING = 16
"""Directions in which a place is compared with its neighbours."""
WIDE = 10
"""Newton's steps from a place to its neighbours, so that what it is said to be would show."""
LEAST = 1e-3
"""The nearest that neighbours are, in diagonals, but for kinks (``CLOSE``)."""
ROUNDING = 1e-14

Kind = Literal[
    "known", "lower", "level", "curved", "valley", "far", "slope", "compared", "vanishing"
]


@dataclass(frozen=True)
class Rest:
    """What kind of place a point is where the gradient is within the tolerance.

    Attributes:
        id: the word.
        kind: what it rests on: a known minimum; being lower than, or level with, all known
            ones; the Hessian's eigenvalues; one of them being 0; no stationary point being near
            by them; f falling on close by, which they do not show; a comparison all around
            alone; that they vanish.
        minimum: the known one, for ``known``, or the lowest known, if any.
        eigenvalues: of the Hessian, ascending; not finite where there is none.
        radius: of the comparison with neighbours, where there was one.
    """

    id: OutcomeId
    kind: Kind
    minimum: Minimum | None
    eigenvalues: tuple[float, float]
    radius: float = 0.0


@dataclass(frozen=True)
class Ground:
    """What is known of what is descended.

    Attributes:
        minima: the known ones of what the run minimises; none where a penalty moves them.
        curvatures: eigenvalues of the Hessian at those, ascending, shape [m, 2].
        diagonal: length of the domain's.
        tolerance: gradient norm that counts as none.
    """

    minima: Sequence[Minimum]
    curvatures: Floats
    diagonal: float
    tolerance: float

    @cached_property
    def lowest(self) -> Minimum | None:
        """The lowest known minimum, if any is known."""
        return min(self.minima, key=lambda at: at.loss, default=None)

    @cached_property
    def reaches(self) -> list[float]:
        """How far from each known minimum a gradient within the tolerance may leave a point."""
        return [self.reach(*pair) for pair in self.curvatures.tolist()]

    def reach(self, smaller: float, larger: float) -> float:
        """The same by the curvatures, which may be NaN."""
        most = NEAR * self.diagonal
        if not smaller > NO_CURVATURE * abs(larger):
            return most
        return min(most, max(2 * self.tolerance / smaller, CLOSE * self.diagonal))


@dataclass(frozen=True)
class Place:
    """A point where the gradient is within the tolerance.

    Attributes:
        x, y: where.
        loss: there.
        norm: of the gradient.
        smaller, larger: eigenvalues of the Hessian; NaN where there is none.
    """

    x: float
    y: float
    loss: float
    norm: float
    smaller: float
    larger: float

    @property
    def eigenvalues(self) -> tuple[float, float]:
        """Both."""
        return self.smaller, self.larger


def known(ground: Ground, place: Place) -> Rest | None:
    """The known minimum that a place is at, if it is at one.

    It is when it is as near as a gradient within the tolerance ε has to be there: ‖∇f‖ ≥
    λ‖x − x*‖ with the smallest curvature λ, so 2ε/λ, at most 2 % of the domain's diagonal,
    which alone counts where there is no curvature.
    """
    if ground.lowest is None:
        return None
    far = [hypot(place.x - at.x, place.y - at.y) for at in ground.minima]
    nearest = far.index(min(far))
    own = ground.reach(*place.eigenvalues) if place.smaller > 0 else 0.0
    if far[nearest] > max(ground.reaches[nearest], own):
        return None
    at = ground.minima[nearest]
    best = at.loss <= ground.lowest.loss + _slack(ground.lowest.loss)
    return Rest("minimum" if best else "local_minimum", "known", at, place.eigenvalues)


def neighbours(ground: Ground, place: Place) -> Floats:
    """Points around a place, shape [16, 2], with which f there is to be compared."""
    angles = 2 * pi * np.arange(RING) / RING
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.array([place.x, place.y]) + _radius(ground, place) * circle


def _radius(ground: Ground, place: Place) -> float:
    if not isfinite(place.smaller + place.larger):
        return CLOSE * ground.diagonal
    if _vanishes(ground, place):
        return NEAR * ground.diagonal
    size = min(abs(place.smaller), abs(place.larger))
    step = place.norm / size if size > 0 else 0.0
    return min(max(WIDE * step, LEAST * ground.diagonal), WIDE * NEAR * ground.diagonal)


def _vanishes(ground: Ground, place: Place) -> bool:
    """Whether the curvature changes no gradient beyond the tolerance in the whole domain."""
    return max(map(abs, place.eigenvalues)) * ground.diagonal <= ground.tolerance


def unknown(ground: Ground, place: Place, around: Floats) -> Rest:
    """What kind of place one is that is at no known minimum.

    A stationary point is in sight where Newton's step stays within 2 % of the domain's
    diagonal d, ‖∇f‖ ≤ 0.02 d·min|λᵢ|; the signs of the curvatures say which, and a minimum or
    maximum must be one ten such steps around too. Where the curvatures vanish over the whole
    domain, λd ≤ ε, or where there are none, only f all around says it.

    Args:
        ground: what is known.
        place: the place.
        around: loss at its ``neighbours``, shape [16].
    """
    found = _by_curvature(ground, place, around)
    lowest = ground.lowest
    if lowest is None or found.id not in ("local_minimum", "flat"):
        return found
    slack = _slack(lowest.loss)
    if place.loss < lowest.loss - slack and found.id == "local_minimum":
        return replace(found, id="minimum", kind="lower", minimum=lowest)
    if abs(place.loss - lowest.loss) <= slack * 1e-3:
        return replace(found, id="minimum", kind="level", minimum=lowest)
    return replace(found, minimum=lowest)


def _slack(loss: float) -> float:
    return SAME * max(1.0, abs(loss))


def _by_curvature(ground: Ground, place: Place, around: Floats) -> Rest:
    smaller, larger = place.eigenvalues
    radius = _radius(ground, place)
    higher, lower = around > place.loss, around < place.loss

    def rest(word: OutcomeId, kind: Kind) -> Rest:
        return Rest(word, kind, None, place.eigenvalues, radius)

    vanishes = _vanishes(ground, place)
    if vanishes or not isfinite(smaller + larger):
        if higher.all():
            return rest("local_minimum", "compared")
        if lower.all():
            return rest("maximum", "compared")
        if lower.any() and not vanishes:
            return rest("saddle", "compared")
        return rest("flat", "vanishing")
    sizes = sorted((abs(smaller), abs(larger)))
    if sizes[0] <= NO_CURVATURE * sizes[1]:
        return rest("flat", "valley")
    if place.norm > NEAR * ground.diagonal * sizes[0]:
        return Rest("flat", "far", None, place.eigenvalues, NEAR * ground.diagonal)
    rounding = ROUNDING * abs(place.loss)
    if smaller > 0:
        rises = not (around < place.loss - rounding).any()
        return rest("local_minimum", "curved") if rises else rest("flat", "slope")
    if larger < 0:
        falls = not (around > place.loss + rounding).any()
        return rest("maximum", "curved") if falls else rest("flat", "slope")
    return rest("saddle", "curved")
