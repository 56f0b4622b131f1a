"""``/probe``: the local truth at a few points."""

from dataclasses import asdict
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Request, Response
from pydantic import Field

from server import encoding, limits
from server.api import pricing
from server.api.answers import ProbeAnswer, documented
from server.api.choices import Strict
from server.api.http import JSON, JsonRoute
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_choices import SurfaceChoice
from server.api.training import (
    BatchRequest,
    RegularizationRequest,
    Start,
    nuances,
    of_batch,
)
from server.engine.probe import (
    batch_rows,
    condition_number,
    critical_learning_rate,
    probe,
    why_no_curvature,
)
from server.engine.views import view
from server.results import Floats, Local


class ProbeRequest(Strict):
    """Where to look; with a batch, its own loss and gradient come beside the full ones."""

    surface: SurfaceChoice
    at: Annotated[list[Start], Field(min_length=1, max_length=limits.PROBES)]
    regularization: RegularizationRequest = RegularizationRequest()
    batch: BatchRequest | None = None


router = APIRouter(tags=["surfaces"], route_class=JsonRoute)


def answer(services: Services, asked: ProbeRequest) -> bytes:
    """Look and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    added, at = nuances(asked.regularization), np.array(asked.at, np.float64)
    points = [_content(one) for one in _each(probe(services.programs, surface, at, added))]
    if asked.batch is not None:
        part = probe(services.programs, of_batch(surface, asked.batch), at, added)
        rows = batch_rows(surface.ready(), asked.batch.size, asked.batch.step, asked.batch.seed)
        for point, slope in zip(points, _each(part), strict=True):
            point["batch"] = {**_slope(slope), "rows": rows}
    seen = view(services.programs, surface)
    return encoding.to_json(
        {
            "surface": encoding.surface_content(surface, seen, asked.surface.table()),
            "points": points,
        }
    )


def _each(local: Local) -> list[tuple[Floats, float, Floats, Floats]]:
    columns = (local.points, local.loss, local.gradient, local.hessian_eigenvalues)
    return list(zip(*columns, strict=True))


def _slope(one: tuple[Floats, float, Floats, Floats]) -> dict[str, Any]:
    _, loss, gradient, _ = one
    finite = bool(np.isfinite(gradient).all() and np.isfinite(loss))
    return {
        "loss": float(loss),
        "gradient": {"x": gradient[0], "y": gradient[1]} if finite else None,
    }


def _content(one: tuple[Floats, float, Floats, Floats]) -> dict[str, Any]:
    (x, y), loss, gradient, eigenvalues = one
    smaller, larger = eigenvalues.tolist()
    missing = why_no_curvature(loss, gradient, eigenvalues)
    curved = missing is None
    return {
        "x": x,
        "y": y,
        **_slope(one),
        "gradient_norm": np.hypot(*gradient) if np.isfinite(loss) else None,
        "hessian_eigenvalues": [smaller, larger] if curved else None,
        "condition_number": condition_number(smaller, larger) if curved else None,
        "critical_learning_rate": critical_learning_rate(larger) if curved else None,
        "no_curvature": None if missing is None else asdict(missing),
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
