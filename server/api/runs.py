"""A run as a request says it, and how it is trained."""

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, create_model, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from server import limits
from server.api import bounds
from server.api.choices import (
    WHOLE,
    ClippingChoice,
    Coordinate,
    OptimizerChoice,
    ScheduleChoice,
    Strict,
    fields_of,
)
from server.api.surface_answer import Parameters, parameters_of
from server.api.surface_choices import SurfaceChoice
from server.engine.chance import on_batch
from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run, check_batch
from server.engine.views import View
from server.gradient_changes import Estimate, Regularization
from server.results import Precision
from surfaces.data import DataSurface
from surfaces.surface import Surface

Start = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
Seed = Annotated[int, Field(ge=0, le=2**32 - 1), WHOLE]
BatchSize = Annotated[int, Field(ge=1, le=limits.PUBLISHED["points_rows"]), WHOLE]
_CONSTANT = {"id": "constant"}


class AnyRegularization(Strict):
    """What makes a declaration of the penalties that a request gives."""

    def resolve(self) -> Regularization:
        """The penalties with their numbers."""
        return Regularization(**self.model_dump())


if TYPE_CHECKING:
    RegularizationRequest = AnyRegularization

    class EstimateRequest(Strict):
        """The gradient as it is estimated."""

        gradient_noise: float = 0.0
else:
    RegularizationRequest = create_model(
        "Regularization",
        __base__=AnyRegularization,
        __doc__=Regularization.__doc__,
        **fields_of(Regularization),
    )
    EstimateRequest = create_model("Estimate", __base__=Strict, **fields_of(Estimate))


class BatchRequest(Strict):
    """Which batch: that of a step, from 1, of runs with this size and seed."""

    size: BatchSize
    step: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE]
    seed: Seed = 0


def of_batch(surface: Surface, batch: BatchRequest | None) -> Surface:
    """The surface of a batch's points only; of all points without a batch.

    Raises:
        InputError: the surface has no points, or fewer than the batch.
    """
    if batch is None:
        return surface
    ready = surface.ready()
    check_batch(ready, batch.size, ("batch", "size"))
    assert isinstance(ready, DataSurface)
    return on_batch(ready, batch.size, batch.step, batch.seed)


class ResolvedRun(TypedDict):
    """A run as it was resolved."""

    label: str
    optimizer: dict[str, float | bool | str]
    schedule: Parameters
    clipping: Parameters | None
    regularization: dict[str, float]
    gradient_noise: float
    batch_size: int | None


class RunRequest(EstimateRequest):
    """One optimiser with its numbers; what is left out takes a default fit for the surface."""

    optimizer: OptimizerChoice
    schedule: ScheduleChoice = Field(default=_CONSTANT, validate_default=True)  # pyright: ignore
    clipping: ClippingChoice | None = None
    regularization: RegularizationRequest = RegularizationRequest()
    batch_size: BatchSize | None = None
    label: Annotated[str, Field(min_length=1, max_length=limits.LABEL)] | None = None

    def resolve(self, view: View, steps: int) -> Run:
        """What the engine walks."""
        clipping = None if self.clipping is None else self.clipping.resolve()
        return Run(
            optimizer=self.optimizer.resolve(view),
            schedule=self.schedule.resolve().factors(steps),
            changes=GradientChanges.of(self.regularization.resolve(), clipping),
            gradient_noise=self.gradient_noise,
            batch_size=self.batch_size,
        )

    def content(self, run: Run, label: str) -> ResolvedRun:
        """The run as it was resolved, for the answer."""
        return {
            "label": label,
            "optimizer": {"id": run.optimizer.id, **parameters_of(run.optimizer)},
            "schedule": self.schedule.model_dump(),
            "clipping": None if self.clipping is None else self.clipping.model_dump(),
            "regularization": self.regularization.model_dump(),
            "gradient_noise": self.gradient_noise,
            "batch_size": self.batch_size,
        }


class DescentRequest(Strict):
    """What is descended, from where, by whom and for how long."""

    surface: SurfaceChoice
    starts: Annotated[list[Start], Field(min_length=1, max_length=limits.STARTS)] | None = None
    steps: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE] = 500
    precision: Precision = "float64"
    seed: Seed = 0
    tolerance: Annotated[float, Field(gt=0, le=1e6)] = 1e-3
    runs: Annotated[list[RunRequest], Field(min_length=1, max_length=limits.RUNS)]

    @model_validator(mode="after")
    def _within_points(self) -> Self:
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


class TrajectoryRequest(DescentRequest):
    """Paths to walk, and what to tell of them."""

    include: Annotated[
        list[Literal["gradient", "state", "hessian", "outcomes", "rates", "events"]],
        Field(max_length=bounds.WORDS),
    ] = []
