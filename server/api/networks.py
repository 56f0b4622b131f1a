"""``/networks/signal``: how activations and gradients fare in a network before it trains."""

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, create_model

from server.api import bounds, pricing
from server.api.answers import documented
from server.api.choices import (
    WHOLE,
    ActivationChoice,
    InitializerChoice,
    Strict,
    fields_of,
)
from server.api.dataset_choices import DatasetChoice
from server.api.http import JSON, JsonRoute
from server.api.network_answer import NetworkContent, Part, data_content
from server.api.serving import compute
from server.api.signal_answer import SignalAnswer, signal_content
from server.api.state import Services, Serving
from server.api.surface_answer import parameters_of
from server.declarations import BY_ID
from server.encoding import Encoding, to_json
from server.engine.networks.network import Network, accepted_losses, check
from server.engine.networks.signal import signal
from server.networks.dataset import CAPACITY, Dataset
from server.networks.initializers import Initializer
from server.networks.losses import LOSSES
from server.networks.shape import Draws, Shape
from server.results import Precision
from surfaces.activations.activation import Activation

if TYPE_CHECKING:

    class ShapeRequest(Strict):
        """How large a network is."""

        depth: int = 10
        width: int = 64
        skip: bool = False
        normalization: Literal["none", "layer"] = "none"
        seed: int = 0

    LossId = str
    Seeds = int
else:
    ShapeRequest = create_model(
        "ShapeRequest", __base__=Strict, **fields_of(Shape), seed=fields_of(Draws)["seed"]
    )
    LossId = Literal[tuple(loss.id for loss in LOSSES)]
    Seeds = fields_of(Draws)["seeds"][0]


class NetworkRequest(ShapeRequest):
    """A network and what it is to learn; a part is its id, or an object with its numbers.

    ``depth`` counts hidden layers; an output layer of one unit follows. A prediction is
    σ(output) for classes, the output itself for a curve. ``loss`` left out is the log loss for
    classes, MSE for a curve. ``dataset`` may be the reader's own points.
    """

    activation: ActivationChoice = Field(default="tanh", validate_default=True)  # pyright: ignore
    initializer: InitializerChoice = Field(default="xavier", validate_default=True)  # pyright: ignore
    dataset: DatasetChoice = Field(default="moons", validate_default=True)  # pyright: ignore
    loss: LossId | None = None
    batch_size: Annotated[int, Field(ge=1, le=CAPACITY), WHOLE] | None = None
    precision: Precision = "float32"

    def resolve(self) -> Network:
        """What the engine computes.

        Raises:
            InputError: the dataset does not allow the loss, or has fewer points than a batch.
        """
        dataset = self.dataset.resolve()
        loss = BY_ID.losses[self.loss] if self.loss else accepted_losses(dataset)[0]
        network = Network(
            depth=self.depth,
            width=self.width,
            activation=self.activation.resolve(),
            initializer=self.initializer.resolve(),
            skip=self.skip,
            normalization=self.normalization,
            loss=loss(),
            dataset=dataset,
        )
        check(network, self.batch_size)
        return network

    def content(self, network: Network) -> NetworkContent:
        """The network as it was resolved, for the answer."""
        return {
            "depth": network.depth,
            "width": network.width,
            "activation": part_content(network.activation),
            "initializer": part_content(network.initializer),
            "dataset": part_content(network.dataset),
            "skip": network.skip,
            "normalization": network.normalization,
            "loss": network.loss.id,
            "seed": self.seed,
            "batch_size": self.batch_size,
            "precision": self.precision,
        }


def part_content(part: Activation | Initializer | Dataset) -> Part:
    """A part with its numbers."""
    return {"id": part.id, **parameters_of(part)}


class SignalRequest(NetworkRequest):
    """The same; ``seeds`` networks are drawn, from ``seed`` on, and averaged."""

    seeds: Seeds = Draws.seeds
    include: Annotated[list[Literal["histograms"]], Field(max_length=bounds.WORDS)] = []


router = APIRouter(prefix="/networks", tags=["networks"], route_class=JsonRoute)


def answer(services: Services, asked: SignalRequest, form: Encoding) -> bytes:
    """Measure and encode; runs in a compute thread."""
    network = asked.resolve()
    measured = signal(
        services.programs,
        network,
        range(asked.seed, asked.seed + asked.seeds),
        batch_size=asked.batch_size,
        precision=asked.precision,
        with_histograms="histograms" in asked.include,
    )
    content: SignalAnswer = {
        "network": asked.content(network),
        "parameters": network.parameters,
        "data": data_content(network.dataset, asked.dataset.table()),
        **signal_content(network, measured),
    }
    return to_json(content, form)


@router.post(
    "/signal",
    summary="Measure activations and gradients at initialisation",
    response_class=Response,
    responses=documented(SignalAnswer),
)
async def create_signal(
    asked: SignalRequest,
    request: Request,
    serving: Serving,
    form: Annotated[Encoding, Query(alias="encoding")] = "plain",
) -> Response:
    """Layer by layer, by backpropagation, averaged over seeds; theory stands beside it."""
    content = await compute(request, serving, pricing.signal(asked), answer, asked, form)
    return Response(content, media_type=JSON)
