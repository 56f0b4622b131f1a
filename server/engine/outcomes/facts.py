"""What is known of a surface when the outcomes of paths on it are told."""

from dataclasses import dataclass
from functools import cached_property
from math import hypot

import numpy as np

from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient
from server.engine.outcomes.rests import Ground
from server.engine.programs import Programs
from server.results import Floats
from surfaces.data import DataSurface
from surfaces.surface import Minimum, Surface


@dataclass(frozen=True)
class SurfaceFacts:
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

    def around(self, points: Floats) -> tuple[Floats, Ground]:
        """Curvatures at points [n, 2], and what is known of f, in one look.

        Where no penalty moves the minima; see ``moved``.
        """
        minima = np.array([(at.x, at.y) for at in self.minima]).reshape(-1, 2)
        found = self.curvatures(np.concatenate([points, minima]))
        ground = Ground(self.minima, found[len(points) :], self.diagonal, self.tolerance)
        return found[: len(points)], ground

    @cached_property
    def moved(self) -> Ground:
        """Where a penalty moves the minima: none is known."""
        return Ground((), np.zeros((0, 2)), self.diagonal, self.tolerance)

    def curvatures(self, points: Floats) -> Floats:
        """Eigenvalues of the Hessian of f, ascending, shape [n, 2], at points [n, 2]."""
        if len(points) == 0:
            return np.zeros((0, 2))
        return hessian_eigenvalues(self.programs, self.surface, points, "float64")

    def losses(self, points: Floats) -> Floats:
        """f, shape [n], at points [n, 2]."""
        if len(points) == 0:
            return np.zeros(0)
        return loss_and_gradient(self.programs, self.surface, points, "float64")[0]
