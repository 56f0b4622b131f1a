"""Who wins where: which of some runs is within the tolerance first, from every start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.ground import domain_of
from server.maps.kernels.lanes import SETTLED, Numbers, Settling
from server.maps.kernels.walking import walk
from server.maps.pixels import Pixels
from server.maps.pricing import of_surface, runs
from server.maps.refinement import computed, is_refined
from server.results import Bools, Floats, Precision
from surfaces.surface import Interval, Surface


@dataclass(frozen=True)
class Winner:
    """Some runs from every start of a rectangle, with the same budget of steps.

    Attributes:
        surface: what is descended.
        runs: that compete.
        steps: of each.
        nx, ny: starts along each side, ends included.
        domain: the rectangle.
        precision: of the arithmetic.
        exact: every step is taken anyhow.
        seed: of noise and batches, which all runs share.
        tolerance: gradient norm that counts as none.
        lanes: of a call, where few pixels are asked for; ``None``: as many as is quick.
    """

    surface: Surface
    runs: tuple[Run, ...]
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

    @property
    def refined_by(self) -> tuple[str, ...]:
        """A large map is computed where its labels disagree."""
        return ("winner",) if is_refined(self.nx, self.ny, exact=self.exact) else ()

    def seconds(self) -> float:
        """Its price: each step of each run is looked at."""
        surface, ids = of_surface(self.surface), [run.optimizer.id for run in self.runs]
        each = runs(surface, ids, self.steps, self.precision, looked_at=True)
        return computed(self) * each

    @staticmethod
    def fields() -> Mapping[str, np.dtype[Any]]:
        """What is computed of each start.

        - ``winner``: index of the run whose gradient is within the tolerance from the earliest
          step to the end, the first of those that tie; -1 where none is;
        - ``steps``: that step, -1 where there is none;
        - ``tied``: how many runs reach it at that very step, 0 where none does;
        - ``together``: which ones: the sum of 2 to the power of their indices.
        """
        return {
            "winner": np.dtype(np.int16),
            "steps": np.dtype(np.int32),
            "tied": np.dtype(np.uint8),
            "together": np.dtype(np.uint16),
        }

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        (x_min, x_max), (y_min, y_max) = self.domain
        x, y = np.linspace(x_min, x_max, self.nx), np.linspace(y_min, y_max, self.ny)
        starts = np.stack([x[pixels % self.nx], y[pixels // self.nx]], axis=1)

        def nowhere(points: Floats) -> Bools:
            return np.zeros(len(points), bool)

        left_right, bottom_top = domain_of(self.surface)
        diagonal = float(np.hypot(np.ptp(left_right), np.ptp(bottom_top)))
        arrivals: list[np.ndarray] = []
        for run in self.runs:
            ends = walk(
                programs,
                self.surface,
                run,
                starts,
                numbers=Numbers.of(run),
                settling=Settling(0.0, SETTLED * diagonal, nowhere, stops=False),
                watch="arrivals",
                tolerance=self.tolerance,
                precision=self.precision,
                seed=self.seed,
                most=self.lanes,
            )
            # One that left the finite range is nowhere.
            arrivals.append(np.where(ends.sound & (ends.within >= 0), ends.within, self.steps + 1))
        steps = np.array(arrivals)
        least = steps.min(axis=0)
        arrived = least <= self.steps
        bits = 2 ** np.arange(len(self.runs))
        return {
            "winner": np.where(arrived, steps.argmin(axis=0), -1).astype(np.int16),
            "steps": np.where(arrived, least, -1).astype(np.int32),
            "tied": np.where(arrived, (steps == least).sum(axis=0), 0).astype(np.uint8),
            "together": np.where(arrived, bits @ (steps == least), 0).astype(np.uint16),
        }
