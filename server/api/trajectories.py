"""``/trajectories``: runs from starts, as JSON, typed arrays, CSV or NPZ."""

from dataclasses import replace
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from server import limits
from server.api import pricing, queries
from server.api.answers import documented
from server.api.http import JSON, JsonRoute, preferred
from server.api.labels import labels
from server.api.runs import RunRequest, TrajectoryRequest
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_answer import surface_content
from server.api.surface_choices import FORMULA
from server.api.trajectory_answer import TrajectoryAnswer, trajectory_content
from server.declarations import BY_ID
from server.encoding import Encoding, to_json
from server.encoding_tables import LabelledTrajectory, to_csv, to_npz
from server.engine.anatomy import effective_rates
from server.engine.trajectories import trajectories
from server.engine.views import start_of, view
from server.gradient_changes import CLIPPINGS, Estimate, Regularization
from server.optimizers.catalog import OPTIMIZERS
from server.schedules.catalog import SCHEDULES
from surfaces.catalog import SURFACES

CSV = "text/csv"
NPZ = "application/x-npz"
OFFERED = (JSON, CSV, NPZ)
WRITTEN = {CSV: "csv", NPZ: "npz"}
"""What a form costs is named by."""
SAVED_AS = {
    CSV: {"Content-Disposition": 'attachment; filename="trajectories.csv"'},
    NPZ: {"Content-Disposition": 'attachment; filename="trajectories.npz"'},
}
"""A browser saves tables, under names that no request has a say in."""

router = APIRouter(tags=["trajectories"], route_class=JsonRoute)


def answer(services: Services, asked: TrajectoryRequest, media_type: str, form: Encoding) -> bytes:
    """Compute and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    runs = [run.resolve(seen, asked.steps) for run in asked.runs]
    resolved = [
        one.content(run, label)
        for one, run, label in zip(asked.runs, runs, labels(asked.runs, runs), strict=True)
    ]
    results = trajectories(
        services.programs,
        surface,
        runs,
        np.array(asked.starts or [start_of(surface, seen)], np.float64),
        tolerance=asked.tolerance,
        precision=asked.precision,
        seed=asked.seed,
        curvature="hessian" in asked.include,
        with_outcomes="outcomes" in asked.include,
        # Tables have no place for them.
        with_events="events" in asked.include and media_type == JSON,
    )
    if "rates" in asked.include:
        results = [
            [replace(one, effective_rate=effective_rates(run.optimizer, one)) for one in row]
            for run, row in zip(runs, results, strict=True)
        ]
    if media_type != JSON:
        rows = [
            LabelledTrajectory(r, resolved[r]["label"], s, trajectory)
            for r, row in enumerate(results)
            for s, trajectory in enumerate(row)
        ]
        check = services.programs.token.check
        return to_csv(rows, asked.include, check) if media_type == CSV else to_npz(rows)
    content: TrajectoryAnswer = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "steps": asked.steps,
        "precision": asked.precision,
        "seed": asked.seed,
        "tolerance": asked.tolerance,
        "runs": [
            {**run, "trajectories": [trajectory_content(one, asked.include) for one in row]}
            for run, row in zip(resolved, results, strict=True)
        ],
    }
    return to_json(content, form)


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
    """Choose the format by ``Accept``; ``?encoding=typed`` sends arrays as base64.

    In CSV a label that a spreadsheet would read as a formula has a `'` in front.
    """
    media_type = preferred(request.headers.get("accept", ""), OFFERED)
    price = pricing.trajectories(asked, WRITTEN.get(media_type, form))
    content = await compute(request, serving, price, answer, asked, media_type, form)
    headers = {"Vary": "Accept", **SAVED_AS.get(media_type, {})}
    return Response(content, media_type=media_type, headers=headers)


def own_query() -> tuple[queries.QueryParameter, ...]:
    """Parameters of the query that are no declaration's."""
    return (
        ("surface", {"enum": list(BY_ID.surfaces)}, "Id of a surface.", False),
        ("formula", FORMULA, "A function of x and y instead of a surface.", False),
        ("domain", queries.numbers(4), "`x_min,x_max,y_min,y_max` of a formula.", False),
        *queries.POINTS,
        ("optimizer", {"enum": list(BY_ID.optimizers)}, "Id of an optimizer.", True),
        ("schedule", {"enum": list(BY_ID.schedules)}, "Id of a schedule.", False),
        ("clipping", {"enum": list(BY_ID.clippings)}, "Id of a clipping.", False),
        *queries.of_model(RunRequest, batch_size="Points a gradient is of."),
        (
            "start",
            {"type": "array", "items": queries.numbers(2), "maxItems": limits.STARTS},
            "`x,y`; may be repeated.",
            False,
        ),
        *queries.of_model(
            TrajectoryRequest,
            steps="How many steps.",
            precision="Of the arithmetic.",
            seed="Of noise and batches.",
            tolerance="Gradient norm that counts as none.",
        ),
        (
            "include",
            queries.words("gradient", "state", "hessian", "outcomes", "rates", "events"),
            "`gradient`, `state`, `hessian`, `outcomes`, `rates`, `events`, with commas.",
            False,
        ),
        *queries.of_model(RunRequest, label="Name of the run."),
        queries.ENCODING,
    )


DECLARED = (*SURFACES, *OPTIMIZERS, *SCHEDULES, *CLIPPINGS, Estimate, Regularization)


@router.get(
    "/trajectories",
    summary="Walk one run",
    response_class=Response,
    responses=documented(TrajectoryAnswer, CSV, NPZ),
    openapi_extra=queries.DescribedQuery(own_query, DECLARED),
)
async def read_trajectory(request: Request, serving: Serving) -> Response:
    """The same for one run, with every number in the query; can be cached."""
    values = queries.read(request.query_params)
    form = queries.encoding(values)
    asked = queries.validate(TrajectoryRequest, _from_query(values))
    media_type = preferred(request.headers.get("accept", ""), OFFERED)
    price = pricing.trajectories(asked, WRITTEN.get(media_type, form))
    content = await compute(request, serving, price, answer, asked, media_type, form)
    headers = SAVED_AS.get(media_type, {})
    return Response(content, media_type=media_type, headers=headers)


def _from_query(values: queries.Values) -> queries.Body:
    """The body of one run; names that belong nowhere stay on top, to be refused there."""
    run: queries.Body = {"optimizer": queries.chosen(BY_ID.optimizers, "optimizer", values)}
    surface = queries.surface(values)
    if "schedule" in values:
        run["schedule"] = queries.chosen(BY_ID.schedules, "schedule", values)
    if "clipping" in values:
        run["clipping"] = queries.chosen(BY_ID.clippings, "clipping", values)
    run |= queries.take_numbers(Estimate, values)
    regularization = queries.take_numbers(Regularization, values)
    if regularization:
        run["regularization"] = regularization
    for name in ("batch_size", "label"):
        if name in values:
            run[name] = values.pop(name)
    starts = {"starts": values.pop("start")} if "start" in values else {}
    return {**values, **starts, "surface": surface, "runs": [run]}
