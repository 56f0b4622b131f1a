"""Words for points where the gradient is within the tolerance: what kind of place it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
"""Directions in which a point without usable curvatures is compared with its neighbours."""

Kind = Literal["known", "lower", "level", "curved", "valley", "compared", "vanishing"]


@dataclass(frozen=True)
class Rest:
    """What kind of place a point is where the gradient is within the tolerance.

    Attributes:
        id: the word.
        kind: what it rests on: a known minimum; being lower than, or level with, all known
            ones; the Hessian's eigenvalues; one of them being 0; a comparison all around; that
            they vanish.
        minimum: the known one, for ``known``, or the lowest known, if any.
        eigenvalues: of the Hessian, ascending; not finite where there is none.
        radius: of the comparison.
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
        loss: at points [n, 2], shape [n].
    """

    minima: Sequence[Minimum]
    curvatures: Floats
    diagonal: float
    tolerance: float
    loss: Callable[[Floats], Floats]

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


def rest(
    ground: Ground, point: Floats, loss: float, norm: float, eigenvalues: tuple[float, float]
) -> Rest:
    """What kind of place a point is.

    A point has reached a known minimum when it is as near as a gradient within the tolerance
    ε has to be there: ‖∇f‖ ≥ λ‖x − x*‖ with the smallest curvature λ, so 2ε/λ, at most 2 % of
    the domain's diagonal d, which alone counts where there is no curvature. Anywhere else
    Newton's step must stay within that 2 %, ‖∇f‖ ≤ 0.02 d·min|λᵢ|, for a stationary point to be
    in sight; the signs of the curvatures then say which. Where they vanish over the whole
    domain (λd ≤ ε), or where there are none, f is compared with 16 points all around.

    Args:
        ground: what is known.
        point: shape [2].
        loss: there.
        norm: of the gradient there, within the tolerance.
        eigenvalues: of the Hessian there, ascending; NaN where there is none.
    """
    smaller, larger = eigenvalues
    lowest = min(ground.minima, key=lambda at: at.loss, default=None)
    x, y = float(point[0]), float(point[1])
    if lowest is not None:
        far = [hypot(x - at.x, y - at.y) for at in ground.minima]
        nearest = int(np.argmin(far))
        own = ground.reach(smaller, larger) if isfinite(smaller) and smaller > 0 else 0.0
        if far[nearest] <= max(ground.reaches[nearest], own):
            at = ground.minima[nearest]
            best = at.loss <= lowest.loss + _slack(lowest.loss)
            return Rest("minimum" if best else "local_minimum", "known", at, eigenvalues)
    found = _by_curvature(ground, point, loss, norm, eigenvalues)
    if lowest is None or found.id not in ("local_minimum", "flat"):
        return found
    slack = _slack(lowest.loss)
    if loss < lowest.loss - slack and found.id == "local_minimum":
        return Rest("minimum", "lower", lowest, eigenvalues)
    if abs(loss - lowest.loss) <= slack * 1e-3:
        return Rest("minimum", "level", lowest, eigenvalues)
    return Rest(found.id, found.kind, lowest, eigenvalues, found.radius)


def _slack(loss: float) -> float:
    return SAME * max(1.0, abs(loss))


def _by_curvature(
    ground: Ground, point: Floats, loss: float, norm: float, eigenvalues: tuple[float, float]
) -> Rest:
    smaller, larger = eigenvalues
    sizes = sorted((abs(smaller), abs(larger)))
    vanish = sizes[1] * ground.diagonal <= ground.tolerance
    if not isfinite(smaller + larger) or vanish:
        return _compared(ground, point, loss, eigenvalues, vanish)
    if norm > NEAR * ground.diagonal * sizes[0] or sizes[0] <= NO_CURVATURE * sizes[1]:
        return Rest("flat", "valley", None, eigenvalues)
    word: OutcomeId = "local_minimum" if smaller > 0 else "maximum" if larger < 0 else "saddle"
    return Rest(word, "curved", None, eigenvalues)


def _compared(
    ground: Ground, point: Floats, loss: float, eigenvalues: tuple[float, float], vanish: bool
) -> Rest:
    """By f all around: higher everywhere, lower everywhere, or neither."""
    radius = NEAR * ground.diagonal if vanish else CLOSE * ground.diagonal
    angles = 2 * pi * np.arange(RING) / RING
    circle = radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    around = ground.loss(point + circle)
    word: OutcomeId = "flat"
    if (around > loss).all():
        word = "local_minimum"
    elif (around < loss).all():
        word = "maximum"
    elif not vanish and (around < loss).any():
        word = "saddle"
    kind = "vanishing" if word == "flat" else "compared"
    return Rest(word, kind, None, eigenvalues, radius)
