"""``/backpropagation``: the computation graph of a loss at a point."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from server import limits
from server.api import pricing
from server.api.answers import documented
from server.api.choices import Strict
from server.api.http import JSON, JsonRoute
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_choices import SurfaceChoice
from server.api.training import Start
from server.encoding import to_json
from server.encoding_graph import graph_content
from server.engine.backpropagation.graph import graph
from server.results import Precision


class BackpropagationRequest(Strict):
    """A surface of any kind, and the point at which it is laid open."""

    surface: SurfaceChoice
    at: Start
    precision: Precision = "float64"


class ArraySummary(BaseModel):
    """An array: its shape, its first values, their mean and Euclidean norm over all of it."""

    shape: list[int]
    values: list[float | None]
    mean: float | None
    norm: float | None


Told = float | ArraySummary


class GraphNode(BaseModel):
    """One value: ``id`` is x, y or v1, v2, … in the order of the forward pass.

    ``name`` is what formulas call it, w or v₁; ``formula`` is the right-hand side in terms of
    earlier nodes' names; ``adjoint`` is ∂f/∂value.
    Numbers that are not finite are null.
    """

    id: str
    name: str
    operation: str
    formula: str
    value: Told | None
    adjoint: Told | None


class GraphEdge(BaseModel):
    """One node's value goes into another's.

    ``derivative`` is ∂to/∂from; of arrays of one shape its diagonal; null for a Jacobian, which
    is never formed. ``contribution`` is what the adjoint of ``to`` adds to that of ``from``:
    their product, or the vector–Jacobian product.
    """

    origin: str = Field(alias="from")
    to: str
    derivative: Told | None
    contribution: Told | None


class Slope(BaseModel):
    """The adjoints of the inputs."""

    x: float
    y: float


class NotFinite(BaseModel):
    """The first node of its pass whose number is not finite."""

    node: str
    of: Literal["value", "adjoint"]


class BackpropagationAnswer(BaseModel):
    """Nodes in the order of the forward pass, edges by the nodes that they lead to.

    ``constants`` are arrays that formulas name: u, t for the points' columns, c₁, c₂, … else.
    ``gradient`` is null where it is not finite, and ``not_finite`` says where that begins.
    """

    at: tuple[float, float]
    precision: Precision
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    constants: dict[str, ArraySummary]
    loss: float | None
    loss_node: str
    gradient: Slope | None
    not_finite: NotFinite | None


router = APIRouter(tags=["surfaces"], route_class=JsonRoute)


def answer(services: Services, asked: BackpropagationRequest) -> bytes:
    """Lay open and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    x, y = asked.at
    laid = graph(services.programs, surface, x, y, asked.precision, limits.GRAPH_NODES)
    return to_json({"at": asked.at, "precision": asked.precision, **graph_content(laid)})


@router.post(
    "/backpropagation",
    summary="The computation graph at a point: values forward, adjoints back",
    response_class=Response,
    responses=documented(BackpropagationAnswer),
)
async def create_backpropagation(
    asked: BackpropagationRequest, request: Request, serving: Serving
) -> Response:
    """Every operation of the loss, local derivatives, and the gradient by reverse mode."""
    content = await compute(request, serving, pricing.graph(asked), answer, asked)
    return Response(content, media_type=JSON)
