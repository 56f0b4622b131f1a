"""``/learning-rate-search``: every run with every rate of one range, from one start."""

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server import limits
from server.api import pricing
from server.api.answers import documented
from server.api.choices import WHOLE, Strict
from server.api.http import JSON, JsonRoute
from server.api.labels import labels
from server.api.runs import DescentRequest, Start
from server.api.search_answer import SearchAnswer, found_content, goal_content
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.surface_answer import surface_content
from server.encoding import to_json
from server.engine.objectives import Aim
from server.engine.search import search
from server.engine.stability import goal_of
from server.engine.views import View, start_of, view
from server.engine.winners import winners
from server.errors import InputError
from server.optimizers.hyperparameters import RATES

Rate = Annotated[float, Field(ge=RATES[0], le=RATES[1])]


class Range(Strict):
    """Rates evenly spaced in the logarithm, ends included, and what makes one the best.

    An end that is left out is that of the surface's own ``ranges.learning_rate`` (see the grid),
    which hold 2/λ_max: 10⁻⁵ and 10 on most.
    """

    low: Rate | None = None
    high: Rate | None = None
    count: Annotated[int, Field(ge=2, le=limits.SEARCH_RATES), WHOLE] = 128
    objective: Aim = "held_loss"

    @model_validator(mode="after")
    def _ascending(self) -> "Range":
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise PydanticCustomError("empty_range", "low must be less than high")
        return self

    def ends(self, view: View) -> tuple[float, float]:
        """Of the range, on a surface.

        Raises:
            InputError: the one that was given is not on its side of the surface's own.
        """
        low, high = view.ranges["learning_rate"]
        low = low if self.low is None else self.low
        high = high if self.high is None else self.high
        if not low < high:
            raise InputError(
                ("search",),
                f"low must be less than high; these are {low:g} and {high:g}",
                "empty_range",
            )
        return low, high


class SearchRequest(DescentRequest):
    """As for trajectories, from one start; the learning rates of the runs are not used.

    The rates are tried in float64; the best is walked again in the precision asked for.
    """

    starts: Annotated[list[Start], Field(min_length=1, max_length=1)] | None = None
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
    low, high = asked.search.ends(seen)
    rates = np.geomspace(low, high, asked.search.count)
    curves = search(
        services.programs,
        surface,
        runs,
        start,
        rates,
        tolerance=asked.tolerance,
        seed=asked.seed,
        domain=seen.domain,
    )
    found = winners(
        services.programs,
        surface,
        runs,
        curves,
        start,
        asked.search.objective,
        tolerance=asked.tolerance,
        precision=asked.precision,
        seed=asked.seed,
    )
    goal = goal_of(services.programs, surface, curves, found)
    names = labels(asked.runs, runs, unused=("learning_rate",))
    content: SearchAnswer = {
        "surface": surface_content(surface, seen, asked.surface.table()),
        "start": (float(start[0]), float(start[1])),
        "steps": asked.steps,
        "precision": asked.precision,
        "seed": asked.seed,
        "tolerance": asked.tolerance,
        "search": asked.search.model_dump() | {"low": low, "high": high},
        "gradient_evaluations": asked.steps,
        "minimum": None if goal is None else goal_content(goal),
        "runs": [
            {**one.content(run, name), **found_content(run, curve, winner, goal)}
            for one, run, name, curve, winner in zip(
                asked.runs, runs, names, curves, found, strict=True
            )
        ],
    }
    return to_json(content)


@router.post(
    "/learning-rate-search",
    summary="Find the best learning rate of every run",
    response_class=Response,
    responses=documented(SearchAnswer),
)
async def create_search(asked: SearchRequest, request: Request, serving: Serving) -> Response:
    """Same start, steps, range and objective for all, so that tuned runs can be compared.

    `held_loss` keeps small, on average in the logarithm, the largest distance to the minimum
    from each step on; `final_loss` the last loss, `best_loss` the lowest, `steps_to_tolerance`
    the steps after which the gradient stays within the tolerance. Of rates within 5 % of the
    best of the first or the last of these the smallest is taken.
    """
    content = await compute(request, serving, pricing.search(asked), answer, asked)
    return Response(content, media_type=JSON)
