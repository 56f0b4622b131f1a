"""``/backpropagation``: the computation graph of a loss at a point."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from fastapi import APIRouter, Request, Response
from numpy.typing import ArrayLike
from typing_extensions import TypedDict

from server.api import pricing
from server.api.answers import Vector, documented
from server.api.choices import Strict
from server.api.http import JSON, JsonRoute
from server.api.runs import Start
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_choices import SurfaceChoice
from server.encoding import to_json
from server.engine.backpropagation.graph import Graph, graph
from server.results import Precision

SHOWN = 8
"""Values of an array that are shown."""


class BackpropagationRequest(Strict):
    """A surface of any kind, and the point at which its graph is recorded."""

    surface: SurfaceChoice
    at: Start
    precision: Precision = "float64"


class ArraySummary(TypedDict):
    """An array: its shape, its first values, their mean and Euclidean norm over all of it."""

    shape: tuple[int, ...]
    values: list[float | None]
    mean: float | None
    norm: float | None


Summary = float | ArraySummary


class GraphNode(TypedDict):
    """One value: ``id`` is x, y or v1, v2, … in the order of the forward pass.

    ``name`` is what formulas call it, w or v₁; ``formula`` is the right-hand side in terms of
    earlier nodes' names; ``adjoint`` is ∂f/∂value.
    Numbers that are not finite are null.
    """

    id: str
    name: str
    operation: str
    formula: str
    value: Summary | None
    adjoint: Summary | None


_Ends = TypedDict("_Ends", {"from": str, "to": str})


class GraphEdge(_Ends):
    """One node's value goes into another's.

    ``derivative`` is ∂to/∂from; of arrays of one shape its diagonal; null for a Jacobian, which
    is never formed. ``contribution`` is what the adjoint of ``to`` adds to that of ``from``:
    their product, or the vector–Jacobian product.
    """

    derivative: Summary | None
    contribution: Summary | None


class NotFinite(TypedDict):
    """The first node of its pass whose number is not finite."""

    node: str
    of: Literal["value", "adjoint"]


class BackpropagationAnswer(TypedDict):
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
    gradient: Vector | None
    not_finite: NotFinite | None


router = APIRouter(tags=["surfaces"], route_class=JsonRoute)


def answer(services: Services, asked: BackpropagationRequest) -> bytes:
    """Record and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    x, y = asked.at
    recorded = graph(services.programs, surface, x, y, asked.precision)
    return to_json(graph_content(recorded, (x, y), asked.precision))


def graph_content(
    graph: Graph, at: tuple[float, float], precision: Precision
) -> BackpropagationAnswer:
    """A graph as the API answers it; null where a number is not finite."""

    def summary(value: ArrayLike) -> Summary:
        return float(np.asarray(value)) if np.ndim(value) == 0 else _array(value, graph)

    x, y = (float(one) for one in graph.gradient)
    return {
        "at": at,
        "precision": precision,
        "nodes": [
            {
                "id": node.id,
                "name": node.name,
                "operation": node.operation,
                "formula": node.formula,
                "value": summary(node.value),
                "adjoint": summary(node.adjoint),
            }
            for node in graph.nodes
        ],
        "edges": [
            {
                "from": edge.source,
                "to": edge.target,
                "derivative": None if edge.derivative is None else summary(edge.derivative),
                "contribution": summary(edge.contribution),
            }
            for edge in graph.edges
        ],
        "constants": {name: _array(value, graph) for name, value in graph.constants.items()},
        "loss": float(graph.loss),
        "loss_node": graph.last,
        "gradient": {"x": x, "y": y} if np.isfinite([x, y]).all() else None,
        "not_finite": next(_not_finite(graph), None),
    }


def _array(value: ArrayLike, graph: Graph) -> ArraySummary:
    """Shape, first values, mean and Euclidean norm, of the rows that count."""
    array = np.asarray(value).astype(float)
    if graph.rows and len(array) == graph.rows:
        array = array[: graph.used]
    with np.errstate(all="ignore"):
        mean, norm = float(array.mean()), float(np.sqrt(np.square(array).sum()))
    values = array.ravel()[:SHOWN].tolist()
    return {"shape": array.shape, "values": values, "mean": mean, "norm": norm}


def _not_finite(graph: Graph) -> Iterator[NotFinite]:
    """Where finite numbers end: values in the order of the way forward, adjoints back."""
    for node in graph.nodes:
        if not np.isfinite(np.asarray(node.value).astype(float)).all():
            yield {"node": node.id, "of": "value"}
    for node in reversed(graph.nodes):
        if not np.isfinite(np.asarray(node.adjoint).astype(float)).all():
            yield {"node": node.id, "of": "adjoint"}


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
