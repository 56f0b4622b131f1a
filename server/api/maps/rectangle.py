"""What maps over x and y share: a rectangle, and how many starts it has."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from server import limits
from server.api import intervals
from server.api.choices import WHOLE, Coordinate, Strict
from server.api.runs import Seed
from server.api.surface_choices import SurfaceChoice
from server.engine.views import View
from server.results import Floats, Precision
from surfaces.surface import Interval, Surface

Side = Annotated[int, Field(ge=2, le=limits.MAP_SIDE), WHOLE]


class Starts(TypedDict):
    """What descriptions of maps of starts have besides the runs: ``server.maps.starts``."""

    surface: Surface
    steps: int
    nx: int
    ny: int
    domain: tuple[Interval, Interval]
    precision: Precision
    exact: bool
    seed: int
    tolerance: float


class RectangleRequest(Strict):
    """Starts all over a rectangle; over the surface's own domain by default.

    ``nx`` and ``ny`` count pixels, ``steps`` those of each run; the ends of the rectangle are in
    the surface's own x and y. ``exact`` computes every pixel and takes every step.
    ``precision`` "auto" is float32 where that tells each start from the next, else float64.
    ``tolerance`` is the gradient norm that counts as none.
    """

    surface: SurfaceChoice
    steps: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE] = 500
    nx: Side = 256
    ny: Side = 256
    x_min: Coordinate | None = None
    x_max: Coordinate | None = None
    y_min: Coordinate | None = None
    y_max: Coordinate | None = None
    precision: Precision | Literal["auto"] = "auto"
    exact: bool = False
    seed: Seed = 0
    tolerance: Annotated[float, Field(gt=0, le=1e6)] = 1e-3

    def rectangle(self, seen: View) -> tuple[Interval, Interval]:
        """Its sides.

        Raises:
            InputError: an end is not before the other, or pixels are closer than the precision
                tells, "auto" that of float64.
        """
        (x_min, x_max), (y_min, y_max) = seen.domain
        x = (_either(self.x_min, x_min), _either(self.x_max, x_max))
        y = (_either(self.y_min, y_min), _either(self.y_max, y_max))
        most = "float64" if self.precision == "auto" else self.precision
        intervals.check(("x_max",), "x", x, self.nx, "rectangle", most)
        intervals.check(("y_max",), "y", y, self.ny, "rectangle", most)
        return x, y

    def computed_in(self, rectangle: tuple[Interval, Interval]) -> Precision:
        """The precision that is taken."""
        return intervals.taken(self.precision, zip(rectangle, (self.nx, self.ny), strict=True))

    @property
    def priced_in(self) -> Precision:
        """The same, by the ends that are given: a surface's own domain float32 tells."""
        sides = ((self.x_min, self.x_max, self.nx), (self.y_min, self.y_max, self.ny))
        given = [((a, b), n) for a, b, n in sides if a is not None and b is not None]
        return intervals.taken(self.precision, given)

    def starts(self, surface: Surface, seen: View) -> Starts:
        """What a description of runs from there has besides the runs.

        Raises:
            InputError: as ``rectangle`` does.
        """
        domain = self.rectangle(seen)
        return Starts(
            surface=surface,
            steps=self.steps,
            nx=self.nx,
            ny=self.ny,
            domain=domain,
            precision=self.computed_in(domain),
            exact=self.exact,
            seed=self.seed,
            tolerance=self.tolerance,
        )

    def sides(self, rectangle: tuple[Interval, Interval]) -> dict[str, Floats]:
        """Where columns and rows are, for the answer."""
        (x_min, x_max), (y_min, y_max) = rectangle
        x, y = np.linspace(x_min, x_max, self.nx), np.linspace(y_min, y_max, self.ny)
        return {"x": x, "y": y}


def _either(given: float | None, default: float) -> float:
    return default if given is None else given
