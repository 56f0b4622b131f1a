"""What is known of a surface when the outcomes of paths on it are told."""

from dataclasses import dataclass
from functools import cached_property
from math import hypot

import numpy as np

from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from server.engine.nuances import PLAIN, Nuances, penalty
from server.engine.outcomes.rests import Ground
from server.engine.programs import Programs
from server.results import Floats
from surfaces.data import DataSurface
from surfaces.surface import Minimum, Surface


@dataclass(frozen=True)
class Seen:
    """A surface through its compiled programs; what costs is computed when asked for.

    Attributes:
        programs: the compiled programs.
        declared: the surface as it was asked for.
        surface: the same, ready.
        tolerance: gradient norm that counts as none.
    """

    programs: Programs
    declared: Surface
    surface: Surface
    tolerance: float

    @cached_property
    def diagonal(self) -> float:
        """Length of the domain's, which data measure."""
        ready = self.surface
        domain = ready.region() if isinstance(ready, DataSurface) else self.declared.domain
        (left, right), (bottom, top) = domain
        return hypot(right - left, top - bottom)

    @cached_property
    def minima(self) -> tuple[Minimum, ...]:
        """The known ones of f."""
        return self.surface.minima()

    @cached_property
    def ground(self) -> Ground:
        """Where no penalty moves the minima."""
        places = np.array([(at.x, at.y) for at in self.minima]).reshape(-1, 2)
        return self._ground(PLAIN, self.minima, self.curvatures(places))

    def penalised(self, l2: float, l1: float) -> Ground:
        """Where a penalty moves the minima: none is known."""
        return self._ground(Nuances(l2=l2, l1=l1), (), np.zeros((0, 2)))

    def curvatures(self, points: Floats) -> Floats:
        """Eigenvalues of the Hessian of f, ascending, shape [n, 2], at points [n, 2]."""
        if len(points) == 0:
            return np.zeros((0, 2))
        return hessian_eigenvalues(self.programs, self.surface, points, "float64")

    def _ground(self, nuances: Nuances, minima: tuple[Minimum, ...], curvatures: Floats) -> Ground:
        def loss(points: Floats) -> Floats:
            values = loss_and_gradient(self.programs, self.surface, points, "float64")[0]
            return values + penalty(points, nuances)

        return Ground(minima, curvatures, self.diagonal, self.tolerance, loss)
