"""``/surfaces/<id>/grid`` and ``/grid``: a surface sampled for its picture."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server import defaults, limits
from server.api import bounds, intervals, pricing, queries
from server.api.answers import documented
from server.api.choices import WHOLE, Coordinate, Strict
from server.api.grid_answer import GridAnswer, picture, sampled
from server.api.http import JSON, JsonRoute
from server.api.runs import BatchRequest, RegularizationRequest, of_batch
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_answer import surface_content
from server.api.surface_choices import SurfaceChoice
from server.declarations import BY_ID
from server.encoding import Encoding, to_json
from server.engine.gradient_changes import GradientChanges
from server.engine.grid import Spacing, sample
from server.engine.views import start_of, view
from server.gradient_changes import Regularization
from server.optimizers.catalog import OPTIMIZERS
from surfaces.catalog import SURFACES
from surfaces.surface import Interval

Side = Annotated[int, Field(ge=2, le=limits.GRID_SIDE), WHOLE]

Rectangle = tuple[Interval, Interval]


class GridRequest(Strict):
    """A rectangle and how finely to sample it; the surface's own domain by default."""

    surface: SurfaceChoice
    nx: Side = 120
    ny: Side = 120
    x_min: Coordinate | None = None
    x_max: Coordinate | None = None
    y_min: Coordinate | None = None
    y_max: Coordinate | None = None
    include: Annotated[
        list[Literal["gradient", "hessian", "lines"]], Field(max_length=bounds.WORDS)
    ] = []
    spacing: Spacing = "balanced"
    regularization: RegularizationRequest = RegularizationRequest()
    batch: BatchRequest | None = None

    @model_validator(mode="after")
    def _within_points(self) -> "GridRequest":
        if self.nx * self.ny > limits.GRID_POINTS:
            raise PydanticCustomError(
                "too_many_points",
                "nx x ny is {points}; one grid holds at most {limit}",
                {"points": self.nx * self.ny, "limit": limits.GRID_POINTS},
            )
        return self

    def rectangle(self, domain: Rectangle) -> Rectangle:
        """What is sampled, ends left out taken from the surface's domain.

        Raises:
            InputError: an end is not before the other, or the points between them are closer
                than float64 can tell apart.
        """
        (x_min, x_max), (y_min, y_max) = domain
        x_range = _either(self.x_min, x_min), _either(self.x_max, x_max)
        y_range = _either(self.y_min, y_min), _either(self.y_max, y_max)
        intervals.check(("x_max",), "x", x_range, self.nx, "rectangle")
        intervals.check(("y_max",), "y", y_range, self.ny, "rectangle")
        return x_range, y_range


def _either(given: float | None, default: float) -> float:
    return default if given is None else given


router = APIRouter(tags=["surfaces"], route_class=JsonRoute)
SurfaceId = Annotated[str, queries.one_of(BY_ID.surfaces)]


def answer(services: Services, asked: GridRequest, form: Encoding) -> bytes:
    """Sample and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    if None in (asked.x_min, asked.x_max, asked.y_min, asked.y_max):
        # The domain is what is asked for: there must be something to see in it.
        start_of(surface, seen)
    x_range, y_range = asked.rectangle(seen.domain)
    grid = sample(
        services.programs,
        of_batch(surface, asked.batch),
        x_range,
        y_range,
        asked.nx,
        asked.ny,
        changes=GradientChanges.of(asked.regularization.resolve()),
        gradient="gradient" in asked.include,
        hessian="hessian" in asked.include,
        lines="lines" in asked.include,
        spacing=asked.spacing,
    )
    content: GridAnswer = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "learning_rates": {
            optimizer.id: defaults.learning_rate(optimizer, seen) for optimizer in OPTIMIZERS
        },
        "ranges": seen.ranges,
        **picture(surface),
        **sampled(grid, form),
    }
    return to_json(content, form)


def own_query() -> tuple[queries.QueryParameter, ...]:
    """Parameters of the query that are no declaration's."""
    return (
        *queries.of_model(
            GridRequest,
            nx="Points along x.",
            ny="Points along y.",
            **dict.fromkeys(("x_min", "x_max", "y_min", "y_max"), "An end of the rectangle."),
            spacing="Of level lines: balanced shows all heights, linear has equal steps.",
        ),
        *queries.POINTS,
        (
            "include",
            queries.words("gradient", "hessian", "lines"),
            "Any of `gradient`, `hessian`, `lines`, with commas.",
            False,
        ),
        queries.ENCODING,
    )


@router.get(
    "/surfaces/{surface_id}/grid",
    summary="Sample a surface",
    response_class=Response,
    responses=documented(GridAnswer),
    openapi_extra=queries.DescribedQuery(own_query, (*SURFACES, Regularization)),
)
async def read_grid(surface_id: SurfaceId, request: Request, serving: Serving) -> Response:
    """Loss on a rectangle; the surface's parameters are query parameters of the same name."""
    queries.known_id("surface", surface_id, BY_ID.surfaces)
    values = queries.read(request.query_params)
    form = queries.encoding(values)
    own: queries.Body = {
        "id": surface_id,
        "parameters": queries.take_numbers(BY_ID.surfaces[surface_id], values),
        **queries.points(BY_ID.surfaces[surface_id], values),
    }
    regularization = queries.take_numbers(Regularization, values)
    body = {"surface": own, "regularization": regularization}
    asked = queries.validate(GridRequest, {**body, **values})
    price = pricing.grid(asked, form)
    content = await compute(request, serving, price, answer, asked, form)
    return Response(content, media_type=JSON)


@router.post(
    "/grid",
    summary="Sample a surface given in the body",
    response_class=Response,
    responses=documented(GridAnswer),
)
async def create_grid(
    asked: GridRequest,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """The same as ``GET``, with the surface as ``/trajectories`` takes it: a formula too."""
    price = pricing.grid(asked, form)
    content = await compute(request, serving, price, answer, asked, form)
    return Response(content, media_type=JSON)
