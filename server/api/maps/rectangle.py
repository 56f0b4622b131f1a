"""What maps over x and y share: a rectangle, and how many starts it has."""

from typing import Annotated

import numpy as np
from pydantic import Field

from server import limits
from server.api import intervals
from server.api.choices import WHOLE, Coordinate, Strict
from server.api.runs import Seed
from server.api.surface_choices import SurfaceChoice
from server.engine.views import View
from server.results import Floats, Precision
from surfaces.surface import Interval

Side = Annotated[int, Field(ge=2, le=limits.MAP_SIDE), WHOLE]


class RectangleRequest(Strict):
    """Starts all over a rectangle; over the surface's own domain by default."""

    surface: SurfaceChoice
    steps: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE] = 500
    nx: Side = 256
    ny: Side = 256
    x_min: Coordinate | None = None
    x_max: Coordinate | None = None
    y_min: Coordinate | None = None
    y_max: Coordinate | None = None
    precision: Precision = "float32"
    exact: bool = False
    seed: Seed = 0

    def rectangle(self, seen: View) -> tuple[Interval, Interval]:
        """Its sides.

        Raises:
            InputError: an end is not before the other, or pixels are closer than float64 tells.
        """
        (x_min, x_max), (y_min, y_max) = seen.domain
        x = (_either(self.x_min, x_min), _either(self.x_max, x_max))
        y = (_either(self.y_min, y_min), _either(self.y_max, y_max))
        intervals.check(("x_max",), "x", x, self.nx, "rectangle")
        intervals.check(("y_max",), "y", y, self.ny, "rectangle")
        return x, y

    def sides(self, rectangle: tuple[Interval, Interval]) -> dict[str, Floats]:
        """Where columns and rows are, for the answer."""
        (x_min, x_max), (y_min, y_max) = rectangle
        x, y = np.linspace(x_min, x_max, self.nx), np.linspace(y_min, y_max, self.ny)
        return {"x": x, "y": y}


def _either(given: float | None, default: float) -> float:
    return default if given is None else given
