"""What is known of a surface when ends on it are told apart: its minima and its size."""

import pickle  # nosec B403
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from cachetools import LRUCache
from jaxtyping import Float

from server.engine.gradient_changes import GradientChanges, penalty_gradient
from server.engine.outcomes.rests import NEAR
from server.engine.programs import Programs
from server.maps.finding import found_minima
from server.maps.kernels.lanes import as_code, finite_points
from server.maps.kernels.looking import slopes
from server.maps.nearest import Nearest
from server.maps.resting import Minimised, Words, resting
from server.results import Bools, Floats, Integers
from surfaces.data_surface import DataSurface
from surfaces.surface import Interval, Minimum, Surface

FEW = 16
"""Minima that are simply all looked at."""
USUAL = 1e-3
"""Tolerance by which what was found is a minimum."""
SIDE = 17
"""Places along a side of the domain that say what a gradient is usually."""


@dataclass(frozen=True)
class MapGround:
    """A surface and the penalties of a run.

    Attributes:
        surface: as it was asked for.
        changes: of the run's gradients.
        minima: known ones, the declared first, then those that were found in the domain.
        declared: how many are declared.
        diagonal: of the domain.
        usual: median norm of the gradient over the domain.
    """

    surface: Surface
    changes: GradientChanges
    minima: tuple[Minimum, ...]
    declared: int
    diagonal: float
    usual: float

    @cached_property
    def _places(self) -> list[tuple[float, float]]:
        return [(at.x, at.y) for at in self.minima]

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(np.array(self._places), NEAR * self.diagonal)

    @cached_property
    def lowest(self) -> Bools:
        """Which minima are as low as the lowest."""
        losses = np.array([at.loss for at in self.minima])
        least = losses.min(initial=np.inf)
        return losses <= least + 1e-9 * max(1.0, abs(least))

    def basins(self, points: Floats) -> Integers:
        """Index of the minimum within 2 % of the diagonal of each point [n, 2]; -1 for none."""
        basin = np.full(len(points), -1, np.int16)
        near = NEAR * self.diagonal
        if len(self._places) <= FEW:
            least = np.full(len(points), near**2)
            with np.errstate(all="ignore"):
                for i, (x, y) in enumerate(self._places):
                    square = (points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2
                    nearer = square < least
                    basin[nearer] = i
                    np.minimum(square, least, out=least, where=nearer)
            return basin
        finite = np.flatnonzero(finite_points(points))
        basin[finite] = self._nearest.of(points[finite])
        return basin

    def words(self, programs: Programs, points: Floats, tolerance: float) -> Words:
        """What paths are said to be at that rest at points [n, 2], near no known minimum."""
        lowest = min((at.loss for at in self.minima), default=None)
        minimised = Minimised(as_code(self.surface), self.changes, self.diagonal)
        return resting(programs, minimised, points, tolerance, lowest)

    def accept(self, points: Floats) -> Bools:
        """Whether a lane that settled at a point [n, 2] stays there: near a known minimum.

        A saddle holds a lane for long and not for ever, and so does the floor of a valley; at a
        minimum that nobody knows its word depends on the last digits of its loss.
        """
        return self.basins(points) >= 0


_KEPT: LRUCache[bytes, MapGround] = LRUCache(64)
_lock = Lock()


def ground_of(programs: Programs, surface: Surface, changes: GradientChanges) -> MapGround:
    """What is known of a surface with the penalties of a run; found once in a process."""
    penalties = changes.l2, changes.l1
    key = pickle.dumps((surface, penalties))
    with _lock:
        ground = _KEPT.get(key)
    if ground is None:
        # Two may find the same at once; none waits for what another looks for.
        ground = _ground(programs, surface, GradientChanges(*penalties))
        with _lock:
            _KEPT[key] = ground
    return ground


def domain_of(surface: Surface) -> tuple[Interval, Interval]:
    """The rectangle worth seeing of a surface, which data measure."""
    ready = surface.ready()
    return ready.region() if isinstance(ready, DataSurface) else surface.domain


def lattice(domain: tuple[Interval, Interval], side: int) -> Float[np.ndarray, "n 2"]:
    """Places all over a rectangle."""
    x, y = np.meshgrid(*(np.linspace(*ends, side) for ends in domain))
    return np.stack([x.ravel(), y.ravel()], axis=1)


def _ground(programs: Programs, surface: Surface, changes: GradientChanges) -> MapGround:
    ready, domain = surface.ready(), domain_of(surface)
    moved = changes.l2 != 0 or changes.l1 != 0
    declared = () if moved else tuple(ready.minima())
    minima = declared
    diagonal = float(np.hypot(domain[0][1] - domain[0][0], domain[1][1] - domain[1][0]))
    code = as_code(surface)
    if moved or surface.minima_known != "all":
        found = found_minima(programs, code, changes, domain, declared)[len(declared) :]
        places = np.array([(at.x, at.y) for at in found]).reshape(-1, 2)
        # A dent of a plateau that no path would call a minimum is none here.
        words = resting(programs, Minimised(code, changes, diagonal), places, USUAL, None)
        minima += tuple(
            at for at, word in zip(found, words, strict=True) if word == "local_minimum"
        )
    places = lattice(domain, SIDE)
    _, gradient = slopes(programs, code, places)
    with np.errstate(all="ignore"):
        norm = np.hypot(*(gradient + penalty_gradient(places, changes)).T)
    finite = norm[np.isfinite(norm)]
    usual = float(np.median(finite)) if len(finite) else 0.0
    return MapGround(surface, changes, minima, len(declared), diagonal, usual)
