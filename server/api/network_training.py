"""``/networks/training``: a network trains, and everything that is worth watching meanwhile."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from server import limits
from server.admission import Tell
from server.api import bounds, pricing
from server.api.answers import documented
from server.api.choices import WHOLE, ClippingChoice, OptimizerChoice, ScheduleChoice, Strict
from server.api.http import JsonRoute
from server.api.network_answer import data_content
from server.api.networks import NetworkRequest
from server.api.state import Services, Serving
from server.api.streaming import EVENTS, respond
from server.api.surface_answer import parameters_of
from server.api.training_answer import (
    RateChangeContent,
    TrainingAnswer,
    progress_content,
    training_content,
)
from server.encoding import Encoding, to_json
from server.engine.networks.network import Network
from server.engine.networks.rates import RateChange
from server.engine.networks.record import Plan, Progress
from server.engine.networks.training import (
    DEFAULT_OPTIMIZER,
    SCALES,
    check_optimizer,
    train,
)
from server.optimizers.hyperparameters import Rate


class RateChangeRequest(Strict):
    """Another base rate after so many steps: the next step is the first to have it."""

    step: Annotated[int, Field(ge=1, lt=limits.TRAINING_STEPS), WHOLE]
    learning_rate: Rate


class TrainingRequest(NetworkRequest):
    """The same network; ``seed`` decides its weights and its batches.

    ``changes`` are of the base rate, the steps ascending and less than ``steps``. Up to a change
    everything is as without it; the schedule multiplies whichever base rate there is, and counts
    the steps of the whole run.
    """

    optimizer: OptimizerChoice = Field(default=DEFAULT_OPTIMIZER, validate_default=True)  # pyright: ignore
    schedule: ScheduleChoice = Field(default={"id": "constant"}, validate_default=True)  # pyright: ignore
    clipping: ClippingChoice | None = None
    changes: Annotated[list[RateChangeRequest], Field(max_length=limits.RATE_CHANGES)] = []
    steps: Annotated[int, Field(ge=1, le=limits.TRAINING_STEPS), WHOLE] = 300
    frames: Annotated[int, Field(ge=2, le=limits.FRAMES), WHOLE] = 50
    include: Annotated[list[Literal["histograms"]], Field(max_length=bounds.WORDS)] = []

    def plan(self, network: Network) -> Plan:
        """How the engine trains a network.

        Raises:
            InputError: the optimiser does not train networks.
        """
        optimizer = self.optimizer.resolve(SCALES)
        check_optimizer(optimizer)
        return Plan(
            optimizer=optimizer,
            schedule=self.schedule.resolve().factors(self.steps),
            batch_size=self.batch_size,
            seed=self.seed,
            frames=self.frames,
            precision=self.precision,
            with_histograms="histograms" in self.include,
            clipping=None if self.clipping is None else self.clipping.resolve(),
            changes=[RateChange(one.step, one.learning_rate) for one in self.changes],
        )


router = APIRouter(prefix="/networks", tags=["networks"], route_class=JsonRoute)


def answer(services: Services, tell: Tell, asked: TrainingRequest, form: Encoding) -> bytes:
    """Train and encode; runs in a compute thread."""
    network = asked.resolve()
    plan = asked.plan(network)

    def watch(progress: Progress) -> None:
        tell({**progress_content(network, progress)})

    trained = train(services.programs, network, plan, watch=watch)
    content: TrainingAnswer = {
        "network": asked.content(network),
        "parameters": network.parameters,
        "optimizer": {"id": plan.optimizer.id, **parameters_of(plan.optimizer)},
        "schedule": asked.schedule.model_dump(),
        "clipping": None if asked.clipping is None else asked.clipping.model_dump(),
        "steps": asked.steps,
        "data": data_content(network.dataset, asked.dataset.table()),
        **training_content(network, trained),
    }
    if asked.changes:
        content["changes"] = [RateChangeContent(**one.model_dump()) for one in asked.changes]
    return to_json(content, form)


@router.post(
    "/training",
    summary="Train a network",
    response_class=Response,
    responses=documented(TrainingAnswer, EVENTS),
)
async def create_training(
    asked: TrainingRequest,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """With `Accept: text/event-stream` progress is streamed; a client that leaves stops it."""
    return await respond(request, serving, pricing.training(asked), answer, asked, form)
