"""``/maps/basins``: from every start of a grid, where the run ends and after how many steps."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from server.admission import Tell
from server.api import pricing
from server.api.answers import Numbers, Table, documented
from server.api.http import JsonRoute
from server.api.maps.rectangle import RectangleRequest
from server.api.maps.telling import MapComputed, SinglePrecision, Told, answered, written
from server.api.runs import RunRequest
from server.api.state import Services, Serving
from server.api.streaming import EVENTS
from server.api.surface_answer import SurfaceContent, surface_content
from server.encoding import Encoding
from server.engine.views import View, view
from server.maps.basins import ENDS, Basins, EndId
from server.maps.minima import MinimaOf
from surfaces.surface import Minimum


class BasinsRequest(RectangleRequest):
    """A run from every start of a rectangle; the surface's own domain by default."""

    run: RunRequest

    def describe(self, seen: View) -> Basins:
        """The map that is asked for.

        Raises:
            InputError: the rectangle or the run is none that may be.
        """
        domain = self.rectangle(seen)
        return Basins(
            surface=self.surface.resolve(),
            run=self.run.resolve(seen, self.steps),
            steps=self.steps,
            nx=self.nx,
            ny=self.ny,
            domain=domain,
            precision=self.computed_in(domain),
            exact=self.exact,
            seed=self.seed,
            tolerance=self.tolerance,
        )


class BasinsAnswer(MapComputed, SinglePrecision):
    """``basin`` is an index into ``minima``, -1 where the end is near none of them.

    ``minima`` are those of the surface, then others that were found; near is within 2 % of the
    domain's diagonal, where a run may still descend, swing or be flat. ``outcome`` is an index into
    ``outcomes``: elsewhere what the path says where its gradient is within the tolerance, another
    minimum that is not listed among them; ``steps`` says after how many it was settled, ``loss``
    is null where it left the finite range.
    """

    surface: SurfaceContent
    kind: Literal["basins"]
    x: Numbers
    y: Numbers
    minima: tuple[Minimum, ...]
    outcomes: list[EndId]
    basin: Table
    steps: Table
    loss: Table
    outcome: Table


router = APIRouter(prefix="/maps", tags=["maps"], route_class=JsonRoute)


def answer(
    services: Services, tell: Tell, asked: BasinsRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a thread of the maps' lane."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    description = asked.describe(seen)
    map_of = Told(services, tell, asked, description, description.precision)
    found = map_of.part(MinimaOf(description), asked.surface, asked.run.regularization)
    columns = [one.tolist() for one in found.values()]
    minima = [dict(zip(found, row, strict=True)) for row in zip(*columns, strict=True)]
    map_of.event("minima", minima)
    whole = map_of.whole()
    content = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "kind": "basins",
        **asked.sides(description.domain),
        "minima": minima,
        "outcomes": ENDS,
    }
    unlike = map_of.unlike(whole, ("basin", "outcome"))
    return written({**content, **unlike}, whole, form, told)


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
    return await answered(request, serving, pricing.basins(asked, form), answer, asked, form)
