"""``/scenarios``: the lecture's scenes, whole."""

from typing import Annotated

from fastapi import APIRouter, Response

from server.api import queries
from server.api.http import JSON
from server.api.scenario_answer import ScenarioContent, content
from server.encoding import to_json
from server.scenarios.catalog import SCENARIOS

router = APIRouter(tags=["scenarios"])
BY_ID = {one.id: one for one in SCENARIOS}


@router.get(
    "/scenarios",
    summary="All scenes of the lecture",
    response_class=Response,
    responses={200: {"model": list[ScenarioContent]}},
)
async def read_scenarios() -> Response:
    """In the lecture's order."""
    return Response(to_json([content(one) for one in SCENARIOS]), media_type=JSON)


@router.get(
    "/scenarios/{scenario_id}",
    summary="One scene of the lecture",
    response_class=Response,
    responses={200: {"model": ScenarioContent}},
)
async def read_scenario(scenario_id: Annotated[str, queries.one_of(BY_ID)]) -> Response:
    """The scene with its question, its state and its words."""
    queries.known_id("scenario", scenario_id, BY_ID)
    return Response(to_json(content(BY_ID[scenario_id])), media_type=JSON)
