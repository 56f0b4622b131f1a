"""Winner: which of some runs reaches the tolerance first from every start of a rectangle."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.final_points import final_points
from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.pixels import Pixels
from server.optimizers.optimizer import GradientRule
from server.results import Precision
from surfaces.surface import Interval, Surface


@dataclass(frozen=True)
class Winner:
    """Some runs from every start of a rectangle.

    Attributes:
        surface: what is descended.
        runs: from each start.
        steps: at most.
        nx, ny: starts along each side, ends included.
        domain: the rectangle.
        tolerance: of the gradient.
        precision: of the arithmetic.
        exact: whether every step is taken.
        seed: of noise and batches.
    """

    surface: Surface
    runs: tuple[Run, ...]
    steps: int
    nx: int
    ny: int
    domain: tuple[Interval, Interval]
    tolerance: float = 1e-3
    precision: Precision = "float32"
    exact: bool = False
    seed: int = 0

    strides = (8, 2, 1)
    tile = 4096

    def seconds(self) -> float:
        """Its price."""
        return len(self.runs) * self.nx * self.ny * self.steps * 2e-9

    def fields(self) -> Mapping[str, np.dtype[Any]]:
        """``winner``: index of the run, -1 for none; ``steps`` that it took."""
        return {"winner": np.dtype(np.int16), "steps": np.dtype(np.int32)}

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        (x_min, x_max), (y_min, y_max) = self.domain
        x, y = np.linspace(x_min, x_max, self.nx), np.linspace(y_min, y_max, self.ny)
        starts = np.stack([x[pixels % self.nx], y[pixels // self.nx]], axis=1)
        norms: list[np.ndarray] = []
        for run in self.runs:
            rule = run.optimizer
            assert isinstance(rule, GradientRule)
            ends = final_points(programs, self.surface, rule, starts, self.steps, self.precision)
            _, slope = loss_and_gradient(programs, self.surface, ends.astype(float), "float64")
            norms.append(np.nan_to_num(np.linalg.norm(slope, axis=1), nan=np.inf))
        least = np.array(norms)
        winner = np.where(least.min(axis=0) <= self.tolerance, least.argmin(axis=0), -1)
        return {
            "winner": winner.astype(np.int16),
            "steps": np.where(winner < 0, -1, self.steps).astype(np.int32),
        }
