"""``/maps/winner``: from every start of a grid, which of some runs reaches the tolerance first."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from server import limits
from server.admission import Tell
from server.api import pricing
from server.api.answers import Numbers, Table, documented
from server.api.http import JsonRoute
from server.api.labels import labels
from server.api.maps.rectangle import RectangleRequest
from server.api.maps.telling import MapComputed, SinglePrecision, Told, answered, written
from server.api.runs import ResolvedRun, RunRequest
from server.api.state import Services, Serving
from server.api.streaming import EVENTS
from server.api.surface_answer import SurfaceContent, surface_content
from server.encoding import Encoding
from server.engine.views import View, view
from server.maps.winner import Winner


class WinnerRequest(RectangleRequest):
    """Some runs from every start of a rectangle, all with the same number of steps."""

    runs: Annotated[list[RunRequest], Field(min_length=1, max_length=limits.RUNS)]

    def describe(self, seen: View) -> Winner:
        """The map that is asked for.

        Raises:
            InputError: the rectangle or a run is none that may be.
        """
        domain = self.rectangle(seen)
        return Winner(
            surface=self.surface.resolve(),
            runs=tuple(run.resolve(seen, self.steps) for run in self.runs),
            steps=self.steps,
            nx=self.nx,
            ny=self.ny,
            domain=domain,
            precision=self.computed_in(domain),
            exact=self.exact,
            seed=self.seed,
            tolerance=self.tolerance,
        )


class WinnerAnswer(MapComputed, SinglePrecision):
    """Whose gradient is within the tolerance first, to the end; all with the same steps.

    ``winner`` is an index into the runs, -1 where none got there; ``steps`` when it was,
    ``tied`` how many were there at that very step, ``together`` which ones: the sum of 2 to the
    power of their indices.
    """

    surface: SurfaceContent
    kind: Literal["winner"]
    runs: list[ResolvedRun]
    tolerance: float
    x: Numbers
    y: Numbers
    winner: Table
    steps: Table
    tied: Table
    together: Table


router = APIRouter(prefix="/maps", tags=["maps"], route_class=JsonRoute)


def answer(
    services: Services, tell: Tell, asked: WinnerRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a thread of the maps' lane."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    description = asked.describe(seen)
    runs = description.runs
    map_of = Told(services, tell, asked, description, description.precision)
    whole = map_of.whole()
    named = zip(asked.runs, runs, labels(asked.runs, runs), strict=True)
    content = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "kind": "winner",
        "runs": [one.content(run, label) for one, run, label in named],
        "tolerance": asked.tolerance,
        **asked.sides(description.domain),
    }
    unlike = map_of.unlike(whole, ("winner",))
    return written({**content, **unlike}, whole, form, told)


@router.post(
    "/winner",
    summary="Which run reaches the tolerance first from every start",
    response_class=Response,
    responses=documented(WinnerAnswer, EVENTS),
)
async def create_winner(
    asked: WinnerRequest,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """Streamed as basins are."""
    return await answered(request, serving, pricing.winner(asked, form), answer, asked, form)
