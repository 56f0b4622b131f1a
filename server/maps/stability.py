"""Stability: what becomes of a run with every pair of two of its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from server.engine.evaluation import loss_and_gradient
from server.engine.final_points import final_points
from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.description import Axis
from server.maps.pixels import Pixels
from server.results import Precision
from surfaces.surface import Point, Surface


@dataclass(frozen=True)
class Stability:
    """A run from one start, with two of its numbers varied.

    Attributes:
        surface: what is descended.
        run: with numbers of its own for what is not on an axis.
        steps: at most.
        x, y: the numbers.
        start: of all runs.
        precision: of the arithmetic.
        seed: of noise and batches.
    """

    surface: Surface
    run: Run
    steps: int
    x: Axis
    y: Axis
    start: Point
    precision: Precision = "float32"
    seed: int = 0

    strides = (8, 2, 1)
    tile = 4096

    @property
    def nx(self) -> int:
        """Columns."""
        return self.x.count

    @property
    def ny(self) -> int:
        """Rows."""
        return self.y.count

    def seconds(self) -> float:
        """Its price."""
        return self.nx * self.ny * self.steps * 2e-9

    def fields(self) -> Mapping[str, np.dtype[Any]]:
        """``loss`` at the end, NaN if not finite; ``diverged`` whether it is not."""
        return {
            "loss": np.dtype(np.float32),
            "rate": np.dtype(np.float32),
            "steps": np.dtype(np.int32),
            "diverged": np.dtype(np.uint8),
        }

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        numbers = {
            self.x.name: self.x.values()[pixels % self.nx],
            self.y.name: self.y.values()[pixels // self.nx],
        }
        own = {name: one for name, one in numbers.items() if "." not in name}
        rule: Any = replace(self.run.optimizer, **own)  # pyright: ignore
        starts = np.tile(np.array(self.start), (len(pixels), 1))
        ends = final_points(programs, self.surface, rule, starts, self.steps, self.precision)
        loss, _ = loss_and_gradient(programs, self.surface, ends.astype(np.float64), "float64")
        diverged = ~np.isfinite(loss)
        return {
            "loss": np.where(diverged, np.nan, loss).astype(np.float32),
            "rate": np.full(len(pixels), np.nan, np.float32),
            "steps": np.full(len(pixels), -1, np.int32),
            "diverged": diverged.astype(np.uint8),
        }
