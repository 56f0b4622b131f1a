"""Stability: what becomes of a run from one start with every pair of two of its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.description import Axis
from server.maps.ground import ground_of
from server.maps.kernels.lanes import SETTLED, Ends, Settling, single
from server.maps.kernels.walking import walk
from server.maps.numbers import Values, of_lanes
from server.maps.pixels import Pixels
from server.maps.pricing import of_surface, rated, runs
from server.maps.theory import Line, lines
from server.results import Bools, Floats, Precision
from surfaces.surface import Point, Surface

FLOOR = {"float64": 1e-10, "float32": 1e-4}
"""Share of its first gradient below which a lane is at rest but for rounding."""
GROWN = 2.0
"""How much larger than in its first half a gradient that grows is in the second."""


@dataclass(frozen=True)
class Stability:
    """A run with two of its numbers, or of the surface's, on the axes.

    Attributes:
        surface: what is descended.
        run: whose numbers are changed.
        steps: of each.
        x, y: which numbers (``numbers.names``), and their values.
        start: where each begins.
        precision: of the arithmetic.
        seed: of noise and batches.
        tolerance: gradient norm that counts as none.
        lanes: of a call, where few pixels are asked for; ``None``: as many as is quick.
    """

    surface: Surface
    run: Run
    steps: int
    x: Axis
    y: Axis
    start: Point
    precision: Precision = "float64"
    seed: int = 0
    tolerance: float = 1e-3
    lanes: int | None = None

    strides = (8, 2, 1)
    tile = 8192
    refined_by = ()
    """No label says where the losses of a map change."""

    @property
    def nx(self) -> int:
        """Values along x."""
        return self.x.count

    @property
    def ny(self) -> int:
        """Values along y."""
        return self.y.count

    def seconds(self) -> float:
        """Its price: each step is looked at."""
        surface, ids = of_surface(self.surface), (self.run.optimizer.id,)
        each = runs(surface, ids, self.steps, self.precision, looked_at=True)
        return self.nx * self.ny * (each + rated(self.steps))

    @staticmethod
    def fields() -> Mapping[str, np.dtype[Any]]:
        """What is computed of each pair of numbers.

        - ``loss``: of what is minimised, after the last step; NaN where it left the finite range;
        - ``rate``: by what the gradient's norm is multiplied a step, at the end (``rates``), on a
          quadratic the spectral radius of the iteration; NaN where nothing says so;
        - ``steps``: the first from which the gradient stays within the tolerance, -1 for none;
        - ``diverged``: 1 where it left the finite range, or grows and is on its way there.
        """
        return {
            "loss": np.dtype(np.float32),
            "rate": np.dtype(np.float32),
            "steps": np.dtype(np.int32),
            "diverged": np.dtype(np.uint8),
        }

    def theory(self, programs: Programs) -> tuple[Line, ...]:
        """The boundary and the best rates, where theory knows them."""
        return lines(programs, self.surface, self.run, self.x, self.y)

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        given = (
            Values(self.x.name, self.x.values()[pixels % self.nx]),
            Values(self.y.name, self.y.values()[pixels // self.nx]),
        )
        ground = ground_of(programs, self.surface, self.run.changes)

        def nowhere(points: Floats) -> Bools:
            return np.zeros(len(points), bool)

        ends = walk(
            programs,
            self.surface,
            self.run,
            np.repeat(np.array([self.start]), len(pixels), axis=0),
            numbers=of_lanes(self.surface, self.run, given),
            settling=Settling(0.0, SETTLED * ground.diagonal, nowhere, stops=False),
            watch="rates",
            tolerance=self.tolerance,
            precision=self.precision,
            seed=self.seed,
            most=self.lanes,
        )
        finite = np.isfinite(ends.points).all(axis=1) & ends.sound
        finite &= np.isfinite(ends.loss) & np.isfinite(ends.slope)
        rate, grows = rates(ends, FLOOR[self.precision])
        return {
            "loss": single(np.where(finite, ends.loss, np.nan)),
            "rate": rate.astype(np.float32),
            "steps": np.where(finite, ends.within, -1).astype(np.int32),
            "diverged": (~finite | grows).astype(np.uint8),
        }


def rates(ends: Ends, floor: float) -> tuple[Float[np.ndarray, " n"], Bools]:
    """By what each lane's gradient is multiplied a step, and whether it grows.

    The slope of a line through the logarithms of the largest gradients of its blocks, over the
    second half of those before it comes to rest or leaves the finite range: so neither the way
    there nor rounding counts. Of fewer than four blocks, from the first to the last.

    Args:
        ends: with marks.
        floor: share of the first gradient at which a lane is at rest.
    """
    blocks, lanes = ends.marks.shape
    if blocks == 0:
        return np.full(lanes, np.nan), np.zeros(lanes, bool)
    with np.errstate(all="ignore"):
        logs = np.log(ends.marks.astype(np.float64)) / 2
        over = np.isfinite(logs) & (logs > logs[0] + np.log(floor))
        last = np.where(over.all(axis=0), blocks, over.argmin(axis=0)) - 1
        first = np.where(last >= 3, last // 2, 0)
        place = np.arange(blocks)[:, None]
        used = (place >= first) & (place <= last)
        count = np.maximum(used.sum(axis=0), 1)
        height = np.where(used, logs, 0)
        middle, mean = (used * place).sum(axis=0) / count, height.sum(axis=0) / count
        away = np.where(used, place - middle, 0)
        slope = (away * np.where(used, logs - mean, 0)).sum(axis=0) / (away**2).sum(axis=0)
        rate = np.where(last >= 1, np.exp(slope / ends.block), np.nan)
        half = last // 2
        early = np.where(place <= half, np.where(used | (place < first), logs, -np.inf), -np.inf)
        late = np.where((place > half) & used, logs, -np.inf)
        grows = (rate > 1) & (late.max(axis=0) > early.max(axis=0) + np.log(GROWN))
    return rate, grows
