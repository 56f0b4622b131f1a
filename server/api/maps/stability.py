"""``/maps/stability``: what becomes of one run with every pair of two of its numbers."""

from dataclasses import asdict
from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from server import limits
from server.admission import Tell
from server.api import intervals, pricing
from server.api.answers import Numbers, Table
from server.api.choices import WHOLE, Strict
from server.api.labels import labels
from server.api.maps import axes
from server.api.maps.axes import AxisRequest
from server.api.maps.telling import Kind, MapComputed, SinglePrecision, StreamedMap, written
from server.api.runs import ResolvedRun, RunRequest, Seed, Start
from server.api.state import Services
from server.api.surface_answer import SurfaceContent, surface_content
from server.api.surface_choices import SurfaceChoice
from server.encoding import Encoding
from server.engine.views import View, start_of, view
from server.errors import InputError
from server.maps.numbers import names
from server.maps.stability import Stability
from server.results import Precision


class StabilityRequest(Strict):
    """A run from one start, the surface's own by default, with two of its numbers varied.

    ``precision`` "auto" is float32 where that tells the values of both axes, else float64.
    """

    surface: SurfaceChoice
    run: RunRequest
    x: AxisRequest
    y: AxisRequest
    start: Start | None = None
    steps: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE] = 500
    precision: Precision | Literal["auto"] = "auto"
    seed: Seed = 0

    @property
    def computed_in(self) -> Precision:
        """The precision that is taken."""
        return intervals.taken(self.precision, (self.x.points, self.y.points))

    priced_in = computed_in

    def describe(self, seen: View) -> Stability:
        """The map that is asked for.

        Raises:
            InputError: an axis is no number of the run, or its ends are none that it may have.
        """
        surface, run = self.surface.resolve(), self.run.resolve(seen, self.steps)
        known = axes.accepted(self.run, self.surface, names(surface, run))
        axes.check(self.x, "x", self.run, self.surface, known)
        if self.x.name == self.y.name:
            other = ", ".join(one for one in known if one != self.x.name)
            said = f"accepted: another number than that of x: {other}"
            raise InputError(("y", "name"), said, "same_axis")
        axes.check(self.y, "y", self.run, self.surface, known)
        x, y = start_of(surface, seen) if self.start is None else self.start
        return Stability(
            surface=surface,
            run=run,
            steps=self.steps,
            x=self.x.axis("x", self.computed_in),
            y=self.y.axis("y", self.computed_in),
            start=(float(x), float(y)),
            precision=self.computed_in,
            seed=self.seed,
        )


class AxisAnswer(TypedDict):
    """A side of a map."""

    name: str
    values: Numbers


class LineAnswer(TypedDict):
    """A polyline in the numbers of the axes."""

    id: Literal["limit", "optimum"]
    x: Numbers
    y: Numbers


class StabilityAnswer(MapComputed, SinglePrecision):
    """What became of each pair of numbers, and what theory knows of it.

    ``loss`` is after the last step, null where it left the finite range. ``rate`` is by what the
    gradient's norm is multiplied a step at the end, null where nothing says so; ``steps`` the first
    from which it stays within the tolerance, -1 for none; ``diverged`` is 1 where the run left the
    finite range or grows. On a convex quadratic ``theory`` has the rates beyond which a rule of one
    recurrence diverges (``limit``) and those with the fastest convergence (``optimum``).
    """

    surface: SurfaceContent
    kind: Literal["stability"]
    run: ResolvedRun
    start: tuple[float, float]
    x: AxisAnswer
    y: AxisAnswer
    loss: Table
    rate: Table
    steps: Table
    diverged: Table
    theory: list[LineAnswer]


def answer(
    services: Services, tell: Tell, asked: StabilityRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a thread of the maps' lane."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    description = asked.describe(seen)
    map_of = StreamedMap(services, tell, asked, description, description.precision)
    theory = [asdict(one) for one in description.theory(services.programs)]
    map_of.event("theory", theory)
    whole = map_of.whole()
    [label] = labels([asked.run], [description.run])
    content = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "kind": "stability",
        "run": asked.run.content(description.run, label),
        "start": description.start,
        "x": {"name": asked.x.name, "values": description.x.values()},
        "y": {"name": asked.y.name, "values": description.y.values()},
        "theory": theory,
    }
    unlike = map_of.unlike(whole, ("diverged",))
    return written({**content, **unlike}, whole, form, told)


KIND = Kind(
    name="stability",
    summary="What becomes of a run with every pair of two of its numbers",
    description="Its final loss, rate and steps, and where it diverges.",
    asked=StabilityRequest,
    answer=StabilityAnswer,
    price=pricing.stability,
    compute=answer,
)
router = KIND.router()
