"""Who wins where: which of some runs is within the tolerance first, from every start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.ground import domain_of
from server.maps.kernels.lanes import SETTLED, Numbers, Settling
from server.maps.kernels.walking import walk
from server.maps.pixels import Pixels
from server.maps.pricing import of_surface, runs
from server.maps.refinement import usual_pixels
from server.maps.starts import FromStarts
from server.results import Bools, Floats


@dataclass(frozen=True)
class Winner(FromStarts):
    """Some runs from every start of a rectangle, with the same budget of steps.

    Attributes:
        runs: that compete.
    """

    runs: tuple[Run, ...] = field(kw_only=True)

    labels = ("winner",)

    def seconds(self) -> float:
        """Its price: each step of each run is looked at."""
        surface, ids = of_surface(self.surface), [run.optimizer.id for run in self.runs]
        each = runs(surface, ids, self.steps, self.precision, looked_at=True)
        return usual_pixels(self) * each

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
        starts = self.starts(pixels)

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
