"""``/trajectories``: runs from starts, as JSON, typed arrays, CSV or NPZ."""

from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server import encoding, limits
from server.api import queries
from server.api.answers import TrajectoryAnswer, documented
from server.api.choices import OptimizerChoice, Strict, SurfaceChoice
from server.api.http import JSON, JsonRoute, cacheable, preferred
from server.api.state import Services, Serving
from server.catalog import OPTIMIZERS_BY_ID, SURFACES_BY_ID
from server.encoding import Encoding
from server.engine.trajectories import Run, trajectories
from server.errors import InputError
from server.optimizers.catalog import OPTIMIZERS
from server.results import Precision
from surfaces.catalog import SURFACES

CSV = "text/csv"
NPZ = "application/x-npz"
OFFERED = (JSON, CSV, NPZ)

Coordinate = Annotated[float, Field(ge=-limits.COORDINATE, le=limits.COORDINATE)]
Start = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


class ConstantSchedule(Strict):
    """The same learning rate at every step."""

    id: Literal["constant"] = "constant"


class RunRequest(Strict):
    """One optimiser with its numbers; what is left out takes a default fit for the surface."""

    optimizer: OptimizerChoice
    schedule: ConstantSchedule = ConstantSchedule()
    label: Annotated[str, Field(min_length=1, max_length=limits.LABEL)] | None = None


class TrajectoryRequest(Strict):
    """What is descended, from where, by whom and for how long."""

    surface: SurfaceChoice
    starts: Annotated[list[Start], Field(min_length=1, max_length=limits.STARTS)] | None = None
    steps: Annotated[int, Field(ge=1, le=limits.STEPS)] = 500
    precision: Precision = "float64"
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 0
    tolerance: Annotated[float, Field(gt=0, le=1e6)] = 1e-3
    include: list[Literal["gradient", "state"]] = []
    runs: Annotated[list[RunRequest], Field(min_length=1, max_length=limits.RUNS)]

    @model_validator(mode="after")
    def _within_points(self) -> "TrajectoryRequest":
        starts = len(self.starts or [()])
        points = len(self.runs) * starts * (self.steps + 1)
        if points > limits.POINTS:
            raise PydanticCustomError(
                "too_many_points",
                "{runs} runs x {starts} starts x {steps} + 1 points are {points}; "
                "one answer holds at most {limit}",
                {
                    "runs": len(self.runs),
                    "starts": starts,
                    "steps": self.steps,
                    "points": points,
                    "limit": limits.POINTS,
                },
            )
        return self


router = APIRouter(tags=["trajectories"], route_class=JsonRoute)


def answer(services: Services, asked: TrajectoryRequest, media_type: str, form: Encoding) -> bytes:
    """Compute and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    starts = asked.starts or [list(surface.start)]
    optimizers = [run.optimizer.resolve(type(surface)) for run in asked.runs]
    runs = [
        Run(optimizer, np.full(asked.steps, optimizer.learning_rate)) for optimizer in optimizers
    ]
    labels = [
        run.label or optimizer.title.en
        for run, optimizer in zip(asked.runs, optimizers, strict=True)
    ]
    try:
        results = trajectories(
            services.programs,
            surface,
            runs,
            np.array(starts, np.float64),
            tolerance=asked.tolerance,
            precision=asked.precision,
        )
    except InputError as error:
        raise InputError(("body", *error.field), error.message, error.kind) from error
    if media_type != JSON:
        rows = [
            encoding.LabelledTrajectory(r, labels[r], s, trajectory)
            for r, row in enumerate(results)
            for s, trajectory in enumerate(row)
        ]
        return encoding.to_csv(rows) if media_type == CSV else encoding.to_npz(rows)
    encode = encoding.ENCODERS[form]
    content = {
        "surface": encoding.surface_content(surface),
        "steps": asked.steps,
        "precision": asked.precision,
        "seed": asked.seed,
        "tolerance": asked.tolerance,
        "runs": [
            {
                "label": labels[r],
                "optimizer": encoding.optimizer_content(optimizers[r]),
                "schedule": asked.runs[r].schedule.model_dump(),
                "trajectories": [
                    encoding.trajectory_content(trajectory, asked.include, encode)
                    for trajectory in row
                ],
            }
            for r, row in enumerate(results)
        ],
    }
    return encoding.to_json(content)


@router.post(
    "/trajectories",
    summary="Walk up to 16 runs from up to 64 starts",
    response_class=Response,
    responses=documented(TrajectoryAnswer, CSV, NPZ),
)
async def create_trajectories(
    asked: TrajectoryRequest,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """Choose the format by ``Accept``; ``?encoding=typed`` sends arrays as base64."""
    media_type = preferred(request.headers.get("accept", ""), OFFERED)
    content = await serving.admission.compute(answer, serving, asked, media_type, form)
    return Response(content, media_type=media_type, headers={"Vary": "Accept"})


OWN_QUERY = (
    ("surface", {"type": "string"}, "Id of a surface.", True),
    ("optimizer", {"type": "string"}, "Id of an optimizer.", True),
    ("start", {"type": "array", "items": {"type": "string"}}, "`x,y`; may be repeated.", False),
    ("steps", {"type": "integer", "default": 500}, "How many steps.", False),
    ("precision", {"enum": ["float64", "float32"]}, "Of the arithmetic.", False),
    ("seed", {"type": "integer", "default": 0}, "Of whatever is random.", False),
    ("tolerance", {"type": "number", "default": 1e-3}, "Gradient norm of convergence.", False),
    ("include", {"type": "string"}, "`gradient`, `state` or both, with a comma.", False),
    ("label", {"type": "string"}, "Name of the run.", False),
    ("encoding", {"enum": ["plain", "typed"]}, "How JSON carries arrays.", False),
)


@router.get(
    "/trajectories",
    summary="Walk one run",
    response_class=Response,
    responses=documented(TrajectoryAnswer, CSV, NPZ),
    openapi_extra={"parameters": queries.described(OWN_QUERY, (*SURFACES, *OPTIMIZERS))},
)
async def read_trajectory(request: Request, serving: Serving) -> Response:
    """The same for one run, with every number in the query; can be cached."""
    values = queries.read(request.query_params)
    form = queries.encoding(values)
    asked = queries.validate(TrajectoryRequest, _from_query(values), RENAMED)
    media_type = preferred(request.headers.get("accept", ""), OFFERED)
    try:
        content = await serving.admission.compute(answer, serving, asked, media_type, form)
    except InputError as error:
        raise InputError(("query", "start", *error.field[2:]), error.message, error.kind) from error
    return cacheable(request, content, media_type)


RENAMED: dict[queries.Location, str] = {
    ("surface", "id"): "surface",
    ("runs", 0, "optimizer", "id"): "optimizer",
    ("starts",): "start",
}


def _from_query(values: dict[str, Any]) -> dict[str, Any]:
    """The body of one run; names that belong nowhere stay on top, to be refused there."""
    surface, optimizer = values.pop("surface", None), values.pop("optimizer", None)
    run: dict[str, Any] = {
        "optimizer": {
            **queries.numbers_of(OPTIMIZERS_BY_ID.get(optimizer), values),
            **({} if optimizer is None else {"id": optimizer}),
        }
    }
    chosen = {
        "parameters": queries.numbers_of(SURFACES_BY_ID.get(surface), values),
        **({} if surface is None else {"id": surface}),
    }
    if "label" in values:
        run["label"] = values.pop("label")
    if "start" in values:
        values["starts"] = values.pop("start")
    return {**values, "surface": chosen, "runs": [run]}
