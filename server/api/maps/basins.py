"""``/maps/basins``: from every start of a grid, where the run ends and after how many steps."""

from typing import Literal

from server.admission import Tell
from server.api import pricing
from server.api.answers import Numbers, Table
from server.api.maps.rectangle import RectangleRequest
from server.api.maps.telling import Kind, MapComputed, SinglePrecision, StreamedMap, written
from server.api.runs import RunRequest
from server.api.state import Services
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
        starts = self.starts(self.surface.resolve(), seen)
        run = self.run.resolve(seen, self.steps)
        return Basins(**starts, run=run)


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


def answer(
    services: Services, tell: Tell, asked: BasinsRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a thread of the maps' lane."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    description = asked.describe(seen)
    map_of = StreamedMap(services, tell, asked, description, description.precision)
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
    unlike = map_of.unlike(whole, description.labels)
    return written({**content, **unlike}, whole, form, told)


KIND = Kind(
    name="basins",
    summary="Where the run from every start ends",
    description="In which minimum, and after how many steps.",
    asked=BasinsRequest,
    answer=BasinsAnswer,
    price=pricing.basins,
    compute=answer,
)
router = KIND.router()
