"""Basins: in which minimum the run from each start of a rectangle ends, and after how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np

from server.engine.programs import Programs
from server.engine.runs import Run
from server.maps.ground import MapGround, ground_of
from server.maps.kernels.lanes import SETTLED, Ends, Numbers, Settling, finite_points, single
from server.maps.kernels.walking import walk
from server.maps.pixels import Pixels
from server.maps.pricing import of_surface, runs
from server.maps.refinement import usual_pixels
from server.maps.starts import FromStarts
from surfaces.surface import Minimum

EndId = Literal["minimum", "local_minimum", "saddle", "maximum", "flat", "moving", "not_finite"]
ENDS: tuple[EndId, ...] = get_args(EndId)
"""What an end is: within 2 % of the domain's diagonal of one of the lowest known minima or of
another, where a path may still descend, swing or be flat; else where the gradient is within the
tolerance what its path says of that place; still on its way after the last step; or out of the
finite range."""


@dataclass(frozen=True)
class Basins(FromStarts):
    """A run from every start of a rectangle.

    A lane stops early once it has settled: its gradient is under ``SETTLED`` of the usual one, its
    way over 20 steps under ``SETTLED`` of the diagonal, and it is near a minimum.

    Attributes:
        run: from each start.
    """

    run: Run = field(kw_only=True)

    labels = ("basin", "outcome")

    def seconds(self) -> float:
        """Its price, were no run settled early."""
        ids = (self.run.optimizer.id,)
        return usual_pixels(self) * runs(of_surface(self.surface), ids, self.steps, self.precision)

    @staticmethod
    def fields() -> Mapping[str, np.dtype[Any]]:
        """What is computed of each start.

        - ``basin``: index into ``minima``, -1 where the end is at none of them;
        - ``steps``: after how many it had settled or left the finite range, in blocks of 20 (of a
          25th of a run under 500 steps); all where it did neither;
        - ``loss``: of what is minimised, at the end;
        - ``outcome``: index into ``ENDS``.
        """
        return {
            "basin": np.dtype(np.int16),
            "steps": np.dtype(np.int32),
            "loss": np.dtype(np.float32),
            "outcome": np.dtype(np.uint8),
        }

    def minima(self, programs: Programs) -> tuple[Minimum, ...]:
        """The minima that ``basin`` counts: declared ones, then those that were found."""
        return ground_of(programs, self.surface, self.run.changes).minima

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """See ``fields``."""
        ground = ground_of(programs, self.surface, self.run.changes)
        ends = walk(
            programs,
            self.surface,
            self.run,
            self.starts(pixels),
            numbers=Numbers.of(self.run),
            settling=settling(ground, self.run, exact=self.exact),
            precision=self.precision,
            seed=self.seed,
            most=self.lanes,
        )
        return ended(programs, ground, ends, self.steps, self.tolerance)


STEEP = 1e150
"""Gradients beyond it have no square in float64."""


def settling(ground: MapGround, run: Run, *, exact: bool) -> Settling:
    """When lanes may stop: not where chance or a rate that rises again may carry them away."""
    calm = run.gradient_noise == 0 and run.batch_size is None
    calm &= not run.optimizer.finds_its_rate
    falls = bool((np.diff(run.schedule) <= 1e-12).all())
    return Settling(
        slope=min(SETTLED * ground.usual, STEEP),
        stride=SETTLED * ground.diagonal,
        accept=ground.accept,
        stops=calm and falls and not exact,
    )


def ended(
    programs: Programs, ground: MapGround, ends: Ends, steps: int, tolerance: float
) -> dict[str, np.ndarray]:
    """The fields of a map of basins."""
    points = ends.points.astype(np.float64)
    finite = finite_points(points) & ends.sound
    finite &= np.isfinite(ends.loss) & np.isfinite(ends.slope)
    basin = np.where(finite, ground.basins(points), -1).astype(np.int16)
    outcome = np.full(len(points), ENDS.index("moving"), np.uint8)
    outcome[~finite] = ENDS.index("not_finite")
    if ground.minima:
        lowest = ground.lowest[np.maximum(basin, 0)]
        outcome[(basin >= 0) & lowest] = ENDS.index("minimum")
        outcome[(basin >= 0) & ~lowest] = ENDS.index("local_minimum")
    rests = finite & (basin < 0) & (ends.slope <= tolerance)
    words = ground.words(programs, points[rests], tolerance).tolist()
    outcome[rests] = [ENDS.index(word) for word in words]
    return {
        "basin": basin,
        "steps": np.where(ends.steps < 0, steps, ends.steps).astype(np.int32),
        "loss": single(np.where(finite, ends.loss, np.nan)),
        "outcome": outcome,
    }
