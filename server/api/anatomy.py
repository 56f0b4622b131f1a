"""``/anatomy``: what one step of each run is made of."""

from typing import Annotated, Self

import numpy as np
from fastapi import APIRouter, Request, Response
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from server import limits
from server.api import pricing
from server.api.answers import Vector, documented
from server.api.choices import WHOLE
from server.api.http import JSON, JsonRoute
from server.api.labels import labels
from server.api.runs import DescentRequest
from server.api.serving import compute
from server.api.state import Services, Serving
from server.api.step_formula import Marking, Values
from server.encoding import to_json
from server.engine.anatomy import PieceRole, StepAnatomy, anatomies
from server.engine.views import start_of, view
from server.optimizers.optimizer import Optimizer
from server.results import Floats


class AnatomyRequest(DescentRequest):
    """Runs as for trajectories, and which step of them: the first is 1."""

    step: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE]
    start: Annotated[int, Field(ge=0, lt=limits.STARTS), WHOLE] = 0

    @model_validator(mode="after")
    def _there(self) -> Self:
        if self.step > self.steps:
            raise PydanticCustomError(
                "step_after_end",
                "there are {steps} steps; ask for one of them",
                {"steps": self.steps},
            )
        if self.start >= len(self.starts or [()]):
            raise PydanticCustomError(
                "no_such_start", "starts are counted from 0; there are {starts}",
                {"starts": len(self.starts or [()])},
            )  # fmt: skip
        return self


class PieceContent(Vector):
    """One vector of the sum that a step is, and its formula with the letters marked."""

    role: PieceRole
    formula_mathml: str


class RateContent(Vector):
    """The effective rate along x and y."""

    formula_mathml: str


class GradientContent(TypedDict):
    """What the rule was given: ``exact`` + ``penalty`` + ``noise`` + ``clipping`` = ``used``."""

    exact: Vector
    penalty: Vector
    noise: Vector
    clipping: Vector
    used: Vector


class StepContent(TypedDict):
    """A step: ``head`` plus all ``pieces`` is ``end``.

    ``looked_at`` is where the gradient was taken. Letters of ``lines`` and of other formulas are
    elements with the class ``letter``: ``data-value`` is a place in ``values``, a number or one for
    each coordinate, null where the letter has none, and ``data-role`` what it is of.
    """

    head: Vector
    end: Vector
    looked_at: Vector
    gradient: GradientContent
    pieces: list[PieceContent]
    effective_rate: RateContent | None
    lines: list[str]
    values: Values


class RunAnatomy(TypedDict):
    """The step of a run; null where there is none: of a curve, or after a path's end."""

    label: str
    optimizer: str
    convention: str
    step: StepContent | None


class AnatomyAnswer(TypedDict):
    """What the asked step of each run is made of."""

    step: int
    start: int
    runs: list[RunAnatomy]


router = APIRouter(tags=["trajectories"], route_class=JsonRoute)


def answer(services: Services, asked: AnatomyRequest) -> bytes:
    """Walk, take apart and encode; runs in a compute thread."""
    surface = asked.surface.resolve()
    seen = view(services.programs, surface)
    runs = [run.resolve(seen, asked.steps) for run in asked.runs]
    found = anatomies(
        services.programs,
        surface,
        runs,
        np.array(asked.starts or [start_of(surface, seen)], np.float64),
        asked.start,
        asked.step,
        precision=asked.precision,
        seed=asked.seed,
    )
    content: AnatomyAnswer = {
        "step": asked.step,
        "start": asked.start,
        "runs": [
            {
                "label": label,
                "optimizer": run.optimizer.id,
                "convention": run.optimizer.convention,
                "step": None if one is None else step_content(run.optimizer, one),
            }
            for run, label, one in zip(runs, labels(asked.runs, runs), found, strict=True)
        ],
    }
    return to_json(content)


def step_content(optimizer: Optimizer, step: StepAnatomy) -> StepContent:
    """A step as the API answers it."""
    marking = Marking(step.values, step.before, step.after)
    gradient = step.gradient
    rate = step.rate
    return {
        "head": _vector(step.head),
        "end": _vector(step.end),
        "looked_at": _vector(step.looked_at),
        "gradient": {
            "exact": _vector(gradient.exact),
            "penalty": _vector(gradient.penalty),
            "noise": _vector(gradient.noise),
            "clipping": _vector(gradient.clipping),
            "used": _vector(gradient.used),
        },
        "lines": marking.rule(optimizer.forms[optimizer.convention].lines_of(optimizer)),
        "pieces": [
            {
                "role": piece.role,
                "formula_mathml": marking.one(piece.formula, new=piece.new),
                **_vector(piece.vector),
            }
            for piece in step.pieces
        ],
        "effective_rate": rate
        and {"formula_mathml": marking.one(rate.formula, new=True), **_vector(rate.values)},
        "values": marking.values,
    }


def _vector(of: Floats) -> Vector:
    x, y = of
    return {"x": float(x), "y": float(y)}


@router.post(
    "/anatomy",
    summary="What one step of each run is made of",
    response_class=Response,
    responses=documented(AnatomyAnswer),
)
async def create_anatomy(asked: AnatomyRequest, request: Request, serving: Serving) -> Response:
    """The gradient and what noise and clipping did to it, the terms of the update, their sum.

    Whatever the optimizer and its convention, the head of the step plus its pieces is the next
    point, up to rounding.
    """
    content = await compute(request, serving, pricing.anatomy(asked), answer, asked)
    return Response(content, media_type=JSON)
