"""Basins: in which minimum the run from each start of a rectangle ends, and after how long."""

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

NEAR = 0.02
"""How near a minimum an end is of its basin, in diagonals of the rectangle."""


@dataclass(frozen=True)
class Basins:
    """A run from every start of a rectangle.

    Attributes:
        surface: what is descended.
        run: from each start.
        steps: at most.
        nx, ny: starts along each side, ends included.
        domain: the rectangle.
        precision: of the arithmetic.
        exact: whether every step is taken.
        seed: of noise and batches.
    """

    surface: Surface
    run: Run
    steps: int
    nx: int
    ny: int
    domain: tuple[Interval, Interval]
    precision: Precision = "float32"
    exact: bool = False
    seed: int = 0

    strides = (8, 2, 1)
    tile = 4096

    def seconds(self) -> float:
        """Its price."""
        return self.nx * self.ny * self.steps * 2e-9

    def fields(self) -> Mapping[str, np.dtype[Any]]:
        """``basin``: index into the surface's minima, -1 for none; ``steps``; ``loss``."""
        return {
            "basin": np.dtype(np.int16),
            "steps": np.dtype(np.int32),
            "loss": np.dtype(np.float32),
        }

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        (x_min, x_max), (y_min, y_max) = self.domain
        x, y = np.linspace(x_min, x_max, self.nx), np.linspace(y_min, y_max, self.ny)
        starts = np.stack([x[pixels % self.nx], y[pixels // self.nx]], axis=1)
        rule = self.run.optimizer
        assert isinstance(rule, GradientRule)
        ends = final_points(programs, self.surface, rule, starts, self.steps, self.precision)
        loss, _ = loss_and_gradient(programs, self.surface, ends.astype(np.float64), "float64")
        minima = np.array([[m.x, m.y] for m in self.surface.minima()]).reshape(-1, 2)
        basin = np.full(len(pixels), -1, np.int16)
        if len(minima):
            apart = np.linalg.norm(ends[:, None] - minima, axis=2)
            near = apart.min(axis=1) < NEAR * np.hypot(x_max - x_min, y_max - y_min)
            basin = np.where(near, apart.argmin(axis=1), -1).astype(np.int16)
        return {
            "basin": basin,
            "steps": np.full(len(pixels), self.steps, np.int32),
            "loss": loss.astype(np.float32),
        }
