"""``/surfaces/<id>/grid`` and ``/grid``: a surface sampled for its picture."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server import encoding, limits
from server.api import queries
from server.api.answers import GridAnswer, documented
from server.api.choices import Strict, SurfaceChoice
from server.api.http import JSON, JsonRoute, cacheable
from server.api.state import Services, Serving
from server.catalog import SURFACES_BY_ID
from server.encoding import Encoding
from server.engine.grid import sample
from surfaces.catalog import SURFACES

Side = Annotated[int, Field(ge=2, le=limits.GRID_SIDE)]
Coordinate = Annotated[float, Field(ge=-limits.COORDINATE, le=limits.COORDINATE)]


class GridRequest(Strict):
    """A rectangle and how finely to sample it; the surface's own domain by default."""

    surface: SurfaceChoice
    nx: Side = 120
    ny: Side = 120
    x_min: Coordinate | None = None
    x_max: Coordinate | None = None
    y_min: Coordinate | None = None
    y_max: Coordinate | None = None
    include: list[Literal["gradient", "hessian"]] = []

    @model_validator(mode="after")
    def _within_points(self) -> "GridRequest":
        if self.nx * self.ny > limits.GRID_POINTS:
            raise PydanticCustomError(
                "too_many_points",
                "nx x ny is {points}; one grid holds at most {limit}",
                {"points": self.nx * self.ny, "limit": limits.GRID_POINTS},
            )
        (x_min, x_max), (y_min, y_max) = self.rectangle()
        if not (x_min < x_max and y_min < y_max):
            raise PydanticCustomError(
                "empty_rectangle", "x_min must be less than x_max, and y_min less than y_max"
            )
        return self

    def rectangle(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """What is sampled, ends left out taken from the surface's domain."""
        (x_min, x_max), (y_min, y_max) = SURFACES_BY_ID[self.surface.id].domain
        return (
            (_either(self.x_min, x_min), _either(self.x_max, x_max)),
            (_either(self.y_min, y_min), _either(self.y_max, y_max)),
        )


def _either(given: float | None, default: float) -> float:
    return default if given is None else given


router = APIRouter(tags=["surfaces"], route_class=JsonRoute)


def answer(services: Services, asked: GridRequest, form: Encoding) -> bytes:
    """Sample and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    x_range, y_range = asked.rectangle()
    grid = sample(
        services.programs,
        surface,
        x_range,
        y_range,
        asked.nx,
        asked.ny,
        gradient="gradient" in asked.include,
        hessian="hessian" in asked.include,
    )
    content = encoding.grid_content(grid, encoding.PICTURE_ENCODERS[form])
    return encoding.to_json({"surface": encoding.surface_content(surface), **content})


OWN_QUERY = (
    ("nx", {"type": "integer", "default": 120}, "Points along x.", False),
    ("ny", {"type": "integer", "default": 120}, "Points along y.", False),
    *(
        (name, {"type": "number"}, "An end of the rectangle.", False)
        for name in ("x_min", "x_max", "y_min", "y_max")
    ),
    ("include", {"type": "string"}, "`gradient`, `hessian` or both, with a comma.", False),
    ("encoding", {"enum": ["plain", "typed"]}, "How JSON carries arrays.", False),
)


@router.get(
    "/surfaces/{surface_id}/grid",
    summary="Sample a surface",
    response_class=Response,
    responses=documented(GridAnswer),
    openapi_extra={"parameters": queries.described(OWN_QUERY, SURFACES)},
)
async def read_grid(surface_id: str, request: Request, serving: Serving) -> Response:
    """Loss on a rectangle; the surface's parameters are query parameters of the same name."""
    queries.known_id("surface", surface_id, SURFACES_BY_ID)
    values = queries.read(request.query_params)
    form = queries.encoding(values)
    parameters = queries.numbers_of(SURFACES_BY_ID[surface_id], values)
    body: dict[str, Any] = {**values, "surface": {"id": surface_id, "parameters": parameters}}
    asked = queries.validate(GridRequest, body, {})
    content = await serving.admission.compute(answer, serving, asked, form)
    return cacheable(request, content)


@router.post(
    "/grid",
    summary="Sample a surface given in the body",
    response_class=Response,
    responses=documented(GridAnswer),
)
async def create_grid(
    asked: GridRequest,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """The same as ``GET``, with the surface as ``/trajectories`` takes it."""
    content = await serving.admission.compute(answer, serving, asked, form)
    return Response(content, media_type=JSON)
