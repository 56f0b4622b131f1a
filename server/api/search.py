"""``/learning-rate-search``: every run with every rate of one range, from one start."""

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server import encoding, limits
from server.api.answers import SearchAnswer, documented
from server.api.choices import Strict
from server.api.http import JSON, JsonRoute
from server.api.state import Services, Serving
from server.api.training import TrajectoryRequest
from server.engine.probe import critical_learning_rate, probe
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.search import Aim, best, search
from server.engine.views import RATES, start_of, view
from server.optimizers.sgd import Sgd
from server.results import Curve, Floats, Precision
from surfaces.surface import Surface

Rate = Annotated[float, Field(ge=RATES[0], le=RATES[1])]


class Range(Strict):
    """Rates evenly spaced in the logarithm, ends included, and what makes one the best."""

    low: Rate = 1e-5
    high: Rate = 10.0
    count: Annotated[int, Field(ge=2, le=limits.SEARCH_RATES)] = 128
    objective: Aim = "final_loss"

    @model_validator(mode="after")
    def _ascending(self) -> "Range":
        if not self.low < self.high:
            raise PydanticCustomError("empty_range", "low must be less than high")
        return self


class SearchRequest(TrajectoryRequest):
    """As for trajectories; the learning rates of the runs themselves are not used.

    Of several starts the first is searched from, in float64.
    """

    precision: Precision = "float64"
    search: Range = Range()

    @model_validator(mode="after")
    def _within_evaluations(self) -> "SearchRequest":
        asked = len(self.runs) * self.search.count * self.steps
        if asked > limits.SEARCH_EVALUATIONS:
            raise PydanticCustomError(
                "too_many_evaluations",
                "{runs} runs x {count} rates x {steps} steps are {asked} gradients; "
                "one search takes at most {limit}",
                {
                    "runs": len(self.runs),
                    "count": self.search.count,
                    "steps": self.steps,
                    "asked": asked,
                    "limit": limits.SEARCH_EVALUATIONS,
                },
            )
        return self


router = APIRouter(tags=["trajectories"], route_class=JsonRoute)


def answer(services: Services, asked: SearchRequest) -> bytes:
    """Search and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    runs = [run.resolve(seen, asked.steps) for run in asked.runs]
    start = np.array((asked.starts or [start_of(surface, seen)])[0], np.float64)
    rates = np.geomspace(asked.search.low, asked.search.high, asked.search.count)
    curves = search(
        services.programs, surface, runs, start, rates, tolerance=asked.tolerance, seed=asked.seed
    )
    chosen = [None if curve is None else best(curve, asked.search.objective) for curve in curves]
    minimum = _bottom(services.programs, surface, curves, chosen)
    return encoding.to_json(
        {
            "surface": encoding.surface_content(surface, seen),
            "start": start,
            "steps": asked.steps,
            "seed": asked.seed,
            "tolerance": asked.tolerance,
            "search": asked.search.model_dump(),
            "gradient_evaluations": asked.steps,
            "minimum": minimum,
            "runs": [
                {
                    **one.content(run),
                    "best": _at(curve, index),
                    "curve": None if curve is None else _curve(curve),
                    "critical_learning_rate": _critical(run, minimum),
                }
                for one, run, curve, index in zip(asked.runs, runs, curves, chosen, strict=True)
            ],
        }
    )


def _bottom(
    programs: Programs,
    surface: Surface,
    curves: list[Curve | None],
    chosen: list[int | None],
) -> dict[str, Any] | None:
    """Where the curvature that limits gradient descent is taken."""
    ends = [
        (float(curve.loss[index]), curve.points[index])
        for curve, index in zip(curves, chosen, strict=True)
        if curve is not None and index is not None
    ]
    if not ends:
        return None
    end = min(ends, key=lambda one: one[0])[1]
    known = [np.array([one.x, one.y]) for one in surface.minima()]
    at: Floats = min(known, key=lambda one: float(np.hypot(*(one - end)))) if known else end
    local = probe(programs, surface, at[None])
    if not np.isfinite(local.hessian_eigenvalues).all():
        return None
    return {
        "x": at[0],
        "y": at[1],
        "known": bool(known),
        "hessian_eigenvalues": local.hessian_eigenvalues[0].tolist(),
    }


def _critical(run: Run, minimum: dict[str, Any] | None) -> float | None:
    """2/λ_max of what plain gradient descent minimises; other rules have other limits."""
    if minimum is None or not isinstance(run.optimizer, Sgd):
        return None
    return critical_learning_rate(minimum["hessian_eigenvalues"][1] + run.nuances.l2)


def _at(curve: Curve | None, index: int | None) -> dict[str, Any] | None:
    if curve is None or index is None:
        return None
    return {name: values[index] for name, values in _curve(curve).items()}


def _curve(curve: Curve) -> dict[str, Any]:
    return {
        "learning_rate": curve.learning_rate.tolist(),
        "loss": curve.loss.tolist(),
        "best_loss": curve.best_loss.tolist(),
        "steps_to_tolerance": [
            None if steps < 0 else steps for steps in curve.steps_to_tolerance.tolist()
        ],
    }


@router.post(
    "/learning-rate-search",
    summary="Find the best learning rate of every run",
    response_class=Response,
    responses=documented(SearchAnswer),
)
async def create_search(asked: SearchRequest, serving: Serving) -> Response:
    """Same start, steps, range and objective for all, so that tuned runs can be compared."""
    content = await serving.admission.compute(answer, serving, asked)
    return Response(content, media_type=JSON)
