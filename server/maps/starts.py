"""What maps of starts share: a rectangle of them, and what every run from there is told."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from jaxtyping import Float

from server.maps.pixels import Pixels
from server.maps.refinement import is_refined
from server.results import Precision
from surfaces.surface import Interval, Surface


@dataclass(frozen=True)
class FromStarts:
    """Starts all over a rectangle.

    Attributes:
        surface: what is descended.
        steps: of each run.
        nx, ny: starts along each side, ends included.
        domain: the rectangle.
        precision: of the arithmetic.
        exact: whether every step is taken, and every pixel computed.
        seed: of noise and batches, which all runs share.
        tolerance: gradient norm that counts as none.
        lanes: of a call, where few pixels are asked for; ``None``: as many as is quick.
    """

    surface: Surface
    steps: int
    nx: int
    ny: int
    domain: tuple[Interval, Interval]
    precision: Precision = "float32"
    exact: bool = False
    seed: int = 0
    tolerance: float = 1e-3
    lanes: int | None = None

    strides = (8, 2, 1)
    tile = 8192
    labels: ClassVar[tuple[str, ...]]
    """Fields that say what became of a start."""

    @property
    def refined_by(self) -> tuple[str, ...]:
        """A large map is computed where its labels disagree."""
        return self.labels if is_refined(self.nx, self.ny, exact=self.exact) else ()

    def starts(self, pixels: Pixels) -> Float[np.ndarray, "n 2"]:
        """Where the runs of some pixels begin."""
        (x_min, x_max), (y_min, y_max) = self.domain
        x, y = np.linspace(x_min, x_max, self.nx), np.linspace(y_min, y_max, self.ny)
        return np.stack([x[pixels % self.nx], y[pixels // self.nx]], axis=1)
