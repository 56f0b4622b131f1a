"""``/probe``: the local truth at a few points."""

from typing import Annotated, NamedTuple, NotRequired

import numpy as np
from fastapi import APIRouter, Request, Response
from pydantic import Field
from typing_extensions import TypedDict

from server import limits
from server.api import pricing
from server.api.answers import Vector, documented
from server.api.choices import Strict
from server.api.http import JSON, JsonRoute
from server.api.runs import (
    BatchRequest,
    RegularizationRequest,
    Start,
    of_batch,
)
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_answer import SurfaceContent, surface_content
from server.api.surface_choices import SurfaceChoice
from server.encoding import to_json
from server.engine.gradient_changes import GradientChanges
from server.engine.probe import (
    batch_rows,
    condition_number,
    critical_learning_rate,
    probe,
    why_no_curvature,
)
from server.engine.views import view
from server.results import Floats, Local
from surfaces.declaration import Text


class ProbeRequest(Strict):
    """Where to look; with a batch, its own loss and gradient come beside the full ones."""

    surface: SurfaceChoice
    at: Annotated[list[Start], Field(min_length=1, max_length=limits.PROBES)]
    regularization: RegularizationRequest = RegularizationRequest()
    batch: BatchRequest | None = None


class Slope(TypedDict):
    """A loss and its gradient; null where they are not finite."""

    loss: float | None
    gradient: Vector | None


class BatchSlope(Slope):
    """The same of a batch of points; ``rows`` are its points, from 0."""

    rows: list[int]


class ProbedPoint(TypedDict):
    """The local truth at one point; null where it is not finite.

    ``condition_number`` is λ_max/λ_min where the Hessian is positive definite,
    ``critical_learning_rate`` 2/λ_max where λ_max is positive. An eigenvalue that is rounding
    beside the other is 0; ``hessian_eigenvector`` is the larger one's, of length 1. Where there is
    no Hessian, at a corner for example, all are null and ``no_curvature`` says why.
    """

    x: float
    y: float
    loss: float | None
    gradient: Vector | None
    gradient_norm: float | None
    hessian_eigenvalues: tuple[float, float] | None
    hessian_eigenvector: Vector | None
    condition_number: float | None
    critical_learning_rate: float | None
    no_curvature: Text | None
    batch: NotRequired[BatchSlope]


class ProbeAnswer(TypedDict):
    """The local truth at each point that was asked for."""

    surface: SurfaceContent
    points: list[ProbedPoint]


router = APIRouter(tags=["surfaces"], route_class=JsonRoute)


def answer(services: Services, asked: ProbeRequest) -> bytes:
    """Look and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    added, at = GradientChanges.of(asked.regularization.resolve()), np.array(asked.at, np.float64)
    points = [_probed(one) for one in _each(probe(services.programs, surface, at, added))]
    if asked.batch is not None:
        part = probe(services.programs, of_batch(surface, asked.batch), at, added)
        rows = batch_rows(surface.ready(), asked.batch.size, asked.batch.step, asked.batch.seed)
        for point, one in zip(points, _each(part), strict=True):
            point["batch"] = {**_slope(one), "rows": rows}
    seen = view(services.programs, surface)
    content: ProbeAnswer = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "points": points,
    }
    return to_json(content)


class _One(NamedTuple):
    """One point of a ``Local``."""

    point: Floats
    loss: float
    gradient: Floats
    eigenvalues: Floats
    steepest: Floats


def _each(local: Local) -> list[_One]:
    columns = (local.points, local.loss, local.gradient, local.hessian_eigenvalues,
               local.steepest)  # fmt: skip
    return [_One(*one) for one in zip(*columns, strict=True)]


def _slope(one: _One) -> Slope:
    finite = bool(np.isfinite(one.gradient).all() and np.isfinite(one.loss))
    x, y = one.gradient
    return {"loss": float(one.loss), "gradient": {"x": x, "y": y} if finite else None}


def _vector(xy: Floats) -> Vector:
    x, y = xy.tolist()
    return {"x": x, "y": y}


def _probed(one: _One) -> ProbedPoint:
    x, y = one.point
    smaller, larger = one.eigenvalues.tolist()
    missing = why_no_curvature(one.loss, one.gradient, one.eigenvalues)
    curved = missing is None
    return {
        "x": x,
        "y": y,
        **_slope(one),
        "gradient_norm": np.hypot(*one.gradient) if np.isfinite(one.loss) else None,
        "hessian_eigenvalues": (smaller, larger) if curved else None,
        "hessian_eigenvector": _vector(one.steepest) if curved else None,
        "condition_number": condition_number(smaller, larger) if curved else None,
        "critical_learning_rate": critical_learning_rate(larger) if curved else None,
        "no_curvature": missing,
    }


@router.post(
    "/probe",
    summary="Loss, gradient and curvature at points",
    response_class=Response,
    responses=documented(ProbeAnswer),
)
async def create_probe(asked: ProbeRequest, request: Request, serving: Serving) -> Response:
    """Hessian eigenvalues, condition number and 2/λ_max, and a batch's own slope.

    At a corner the slope is the one that PyTorch takes (`formulas.corners` in the catalogue lists
    them); there is no Hessian there, what follows from it is null, and `no_curvature` says why.
    """
    content = await compute(request, serving, pricing.probe(asked), answer, asked)
    return Response(content, media_type=JSON)
