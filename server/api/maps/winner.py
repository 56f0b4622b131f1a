"""``/maps/winner``: from every start of a grid, which of some runs reaches the tolerance first."""

from typing import Annotated, Literal

from pydantic import Field

from server import limits
from server.admission import Tell
from server.api import pricing
from server.api.answers import Numbers, Table
from server.api.labels import labels
from server.api.maps.rectangle import RectangleRequest
from server.api.maps.telling import Kind, MapComputed, SinglePrecision, StreamedMap, written
from server.api.runs import ResolvedRun, RunRequest
from server.api.state import Services
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
        starts = self.starts(self.surface.resolve(), seen)
        runs = tuple(run.resolve(seen, self.steps) for run in self.runs)
        return Winner(**starts, runs=runs)


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


def answer(
    services: Services, tell: Tell, asked: WinnerRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a thread of the maps' lane."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    description = asked.describe(seen)
    runs = description.runs
    map_of = StreamedMap(services, tell, asked, description, description.precision)
    whole = map_of.whole()
    named = zip(asked.runs, runs, labels(asked.runs, runs), strict=True)
    content = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "kind": "winner",
        "runs": [one.content(run, label) for one, run, label in named],
        "tolerance": asked.tolerance,
        **asked.sides(description.domain),
    }
    # The page paints ties: a pixel is told otherwise where others share its victory, too.
    unlike = map_of.unlike(whole, ("winner", "together"))
    return written({**content, **unlike}, whole, form, told)


KIND = Kind(
    name="winner",
    summary="Which run reaches the tolerance first from every start",
    description="All runs have the same steps.",
    asked=WinnerRequest,
    answer=WinnerAnswer,
    price=pricing.winner,
    compute=answer,
)
router = KIND.router()
