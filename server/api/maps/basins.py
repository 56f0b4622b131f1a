"""``/maps/basins``: from every start of a grid, where the run ends and after how many steps."""

from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from server import limits
from server.admission import Tell
from server.api import intervals, pricing
from server.api.answers import Numbers, Table, documented
from server.api.choices import WHOLE, Coordinate, Strict
from server.api.http import JsonRoute
from server.api.maps.telling import answered, computed, written
from server.api.runs import RunRequest, Seed
from server.api.state import Services, Serving
from server.api.streaming import EVENTS
from server.api.surface_answer import SurfaceContent, surface_content
from server.api.surface_choices import SurfaceChoice
from server.encoding import Encoding
from server.engine.views import View, view
from server.maps.basins import Basins
from server.results import Precision

Side = Annotated[int, Field(ge=2, le=limits.MAP_SIDE), WHOLE]


class BasinsRequest(Strict):
    """A run from every start of a rectangle; the surface's own domain by default."""

    surface: SurfaceChoice
    run: RunRequest
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

    def describe(self, seen: View) -> Basins:
        """The map that is asked for.

        Raises:
            InputError: an end is not before the other, or pixels are closer than float64 tells.
        """
        (x_min, x_max), (y_min, y_max) = seen.domain
        x = (_either(self.x_min, x_min), _either(self.x_max, x_max))
        y = (_either(self.y_min, y_min), _either(self.y_max, y_max))
        intervals.check(("x_max",), "x", x, self.nx, "rectangle")
        intervals.check(("y_max",), "y", y, self.ny, "rectangle")
        return Basins(
            self.surface.resolve(),
            self.run.resolve(seen, self.steps),
            self.steps,
            self.nx,
            self.ny,
            (x, y),
            self.precision,
            self.exact,
            self.seed,
        )


def _either(given: float | None, default: float) -> float:
    return default if given is None else given


class BasinsAnswer(TypedDict):
    """``basin`` is an index into the surface's minima, -1 where the end is none of them."""

    surface: SurfaceContent
    kind: Literal["basins"]
    x: Numbers
    y: Numbers
    basin: Table
    steps: Table
    loss: Table


router = APIRouter(prefix="/maps", tags=["maps"], route_class=JsonRoute)


def answer(
    services: Services, tell: Tell, asked: BasinsRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    description = asked.describe(seen)
    fields = computed(services, tell, asked, description)
    (x_min, x_max), (y_min, y_max) = description.domain
    content = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "kind": "basins",
        "x": np.linspace(x_min, x_max, asked.nx),
        "y": np.linspace(y_min, y_max, asked.ny),
    }
    return written(content, fields, form, told)


@router.post(
    "/basins",
    summary="Where the run from every start ends",
    response_class=Response,
    responses=documented(BasinsAnswer, EVENTS),
)
async def create_basins(
    asked: BasinsRequest,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """With `Accept: text/event-stream` tiles are streamed, coarse to fine."""
    price = pricing.basins(asked)
    return await answered(request, serving, price, answer, asked, form)
