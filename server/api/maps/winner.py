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
from server.engine.views import view
from server.maps.winner import Winner


class WinnerRequest(RectangleRequest):
    """Some runs from every start of a rectangle, all with the same number of steps."""

    runs: Annotated[list[RunRequest], Field(min_length=1, max_length=limits.RUNS)]


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
    domain = asked.rectangle(seen)
    runs = [run.resolve(seen, asked.steps) for run in asked.runs]
    description = Winner(
        surface=surface,
        runs=tuple(runs),
        steps=asked.steps,
        nx=asked.nx,
        ny=asked.ny,
        domain=domain,
        precision=asked.computed_in(domain),
        exact=asked.exact,
        seed=asked.seed,
        tolerance=asked.tolerance,
    )
    map_of = Told(services, tell, asked, description, description.precision)
    whole = map_of.whole()
    named = zip(asked.runs, runs, labels(asked.runs, runs), strict=True)
    content = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "kind": "winner",
        "runs": [one.content(run, label) for one, run, label in named],
        "tolerance": asked.tolerance,
        **asked.sides(domain),
    }
    # The page paints ties: a pixel is told otherwise where others share its victory, too.
    unlike = map_of.unlike(whole, ("winner", "together"))
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
