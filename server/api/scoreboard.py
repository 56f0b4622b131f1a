"""``/scoreboard``: runs compared over surfaces and starts, tuned and untuned."""

from collections.abc import Callable, Sequence
from functools import cache
from time import perf_counter
from typing import Annotated, Any, Literal, Self, cast

import numpy as np
from fastapi import APIRouter, Request, Response
from pydantic import Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from server import limits
from server.admission import Tell
from server.api import pricing
from server.api.answers import documented
from server.api.choices import WHOLE, Strict
from server.api.http import JsonRoute
from server.api.labels import labels
from server.api.runs import RunRequest, Seed, Start
from server.api.scoreboard_answer import (
    OnSurface,
    ScoreboardAnswer,
    choice_content,
    standing_content,
    surface_board,
    tuning_content,
)
from server.api.state import Services, Serving
from server.api.streaming import EVENTS, respond
from server.api.surface_choices import SurfaceChoice
from server.encoding import to_json
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.views import declared, view
from server.errors import InputError
from server.scoreboard.board import choice, standings
from server.scoreboard.comparison import Compared, Terms, Tuned, check, compared
from server.scoreboard.curves import LARGEST_RATIO
from server.scoreboard.targets import TARGETS
from surfaces.catalog import SURFACES

Starts = Annotated[list[Start], Field(min_length=1, max_length=limits.STARTS)]
Count = Annotated[int, Field(ge=1, le=limits.STARTS), WHOLE]
Surfaces = Annotated[
    list[SurfaceChoice], Field(min_length=1, max_length=limits.SCOREBOARD_SURFACES)
]


@cache
def with_known_minimum() -> tuple[SurfaceChoice, ...]:
    """Every surface of the catalogue whose lowest minimum is known, at its defaults."""
    known = [one.id for one in SURFACES if one.minima_known != "none" and one().minima()]
    made = TypeAdapter[Any](list[SurfaceChoice]).validate_python([{"id": one} for one in known])
    return tuple(cast("list[SurfaceChoice]", made))


class ScoreboardRequest(Strict):
    """Which runs are compared, and on what.

    ``surfaces`` left out are all of the catalogue whose lowest minimum is known. Where it is not
    (a formula), the lowest loss stands for it that a search or any run finds in the domain. A
    surface that has no minimum, such as a saddle, is refused. ``starts`` are places, the same on every
    surface, or how many are chosen by ``seed``, all over each domain. ``steps`` is the budget, in
    gradients: a step of Newton's takes three, a line search as many as it tries. A problem counts
    as solved within ``target``, as a share of the start's gap to the minimum. ``tuned``: rates as
    they are given or left out, the best of each run for each surface, or "both".
    """

    surfaces: Surfaces | None = None
    starts: Count | Starts = 10
    runs: Annotated[list[RunRequest], Field(min_length=1, max_length=limits.RUNS)]
    steps: Annotated[int, Field(ge=2, le=limits.STEPS), WHOLE] = 500
    tuned: bool | Literal["both"] = False
    target: Annotated[float, Field(ge=1e-12, le=0.5)] = 1e-4
    seed: Seed = 0

    @property
    def chosen(self) -> Sequence[SurfaceChoice]:
        """The surfaces, those of the catalogue if none were named."""
        return with_known_minimum() if self.surfaces is None else self.surfaces

    @property
    def count(self) -> int:
        """How many starts there are on each surface."""
        return self.starts if isinstance(self.starts, int) else len(self.starts)

    @property
    def terms(self) -> Terms:
        """What is the same for all."""
        words: dict[object, Tuned] = {False: "no", True: "yes"}
        return Terms(self.steps, self.target, words.get(self.tuned, "both"), self.seed)

    @model_validator(mode="after")
    def _within_points(self) -> Self:
        runs = len(self.runs) * (1 + (self.tuned == "both"))
        points = runs * self.count * (self.steps + 1)
        if points > limits.POINTS:
            raise PydanticCustomError(
                "too_many_points",
                "{runs} runs x {starts} starts x {steps} + 1 points are {points}; "
                "at most {limit} are compared on one surface",
                {
                    "runs": runs,
                    "starts": self.count,
                    "steps": self.steps,
                    "points": points,
                    "limit": limits.POINTS,
                },
            )
        return self


router = APIRouter(tags=["scoreboard"], route_class=JsonRoute)


def scoreboard(
    programs: Programs, asked: ScoreboardRequest, tell: Callable[[int, int], None]
) -> ScoreboardAnswer:
    """Compare.

    Args:
        programs: the compiled programs.
        asked: what is compared.
        tell: is told how many surfaces are done of how many.

    Raises:
        InputError: a surface, a run or a start is refused.
    """
    terms = asked.terms
    surfaces: list[OnSurface] = []
    done: list[Compared] = []
    for place, chosen in enumerate(asked.chosen):
        try:
            surface = chosen.resolve()
            seen = view(programs, surface)
            runs = [run.resolve(seen, asked.steps) for run in asked.runs]
            one = compared(programs, surface, seen, runs, _starts(asked), terms)
        except InputError as error:
            # Without the cause, which may be the very same: then it would be its own.
            raise _placed(error, place) from None
        surfaces.append(surface_board(chosen, seen, asked.runs, one, terms))
        done.append(one)
        tell(place + 1, len(asked.chosen))
    runs = nominal(asked)
    names = labels(asked.runs, runs, varying=("learning_rate",))
    count, first_tuned = len(runs), len(runs) if terms.tuned == "both" else 0
    return {
        "steps": asked.steps,
        "seed": asked.seed,
        "target": asked.target,
        "targets": TARGETS,
        "score_up_to": LARGEST_RATIO,
        "tuning": tuning_content(terms, asked.count),
        "runs": [
            one.content(run, name) for one, run, name in zip(asked.runs, runs, names, strict=True)
        ],
        "standings": [
            standing_content(
                standing, r % count, names[r % count], terms.tuned != "no" and r >= first_tuned
            )
            for r, standing in enumerate(standings(done, terms))
        ],
        "surfaces": surfaces,
        "defaults_or_tuning": choice_content(choice(done, terms)),
    }


def nominal(asked: ScoreboardRequest) -> list[Run]:
    """The runs as on the first surface of the catalogue: elsewhere only their rates differ."""
    seen = declared(SURFACES[0]())
    return [run.resolve(seen, asked.steps) for run in asked.runs]


def _starts(asked: ScoreboardRequest) -> Any:
    return asked.starts if isinstance(asked.starts, int) else np.array(asked.starts, np.float64)


def _placed(error: InputError, place: int) -> InputError:
    """A refusal of a surface, where it stands in the list; others stay where they are."""
    first, *rest = error.field or ("surface",)
    if first != "surface":
        return error
    return InputError(("surfaces", place, *rest), error.message, error.kind, error.place)


def answer(services: Services, tell: Tell, asked: ScoreboardRequest) -> bytes:
    """Compare and encode; runs in a compute thread."""
    check(nominal(asked))
    prices = [one.seconds for one in pricing.scoreboard_surfaces(asked)]
    begun = perf_counter()

    def told(done: int, total: int) -> None:
        left = sum(prices[done:]) / sum(prices[:done]) * (perf_counter() - begun)
        tell({"done": done, "total": total, "seconds_left": round(left, 1)})

    return to_json(scoreboard(services.programs, asked, told))


@router.post(
    "/scoreboard",
    summary="Compare runs over surfaces and starts",
    response_class=Response,
    responses=documented(ScoreboardAnswer, EVENTS),
)
async def create_scoreboard(
    asked: ScoreboardRequest, request: Request, serving: Serving
) -> Response:
    """Performance profiles, fixed-target ECDFs and scores, and a cell for each surface and run.

    With `Accept: text/event-stream` it is told after each surface; a client that leaves stops it.
    """
    return await respond(request, serving, pricing.scoreboard(asked), answer, asked)
