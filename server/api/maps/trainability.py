"""``/maps/trainability``: with which two numbers a small network learns, and how fast."""

from typing import Literal

from typing_extensions import TypedDict

from server.admission import Tell
from server.api import pricing
from server.api.answers import Table
from server.api.maps.stability import AxisAnswer
from server.api.maps.telling import Kind, MapComputed, SinglePrecision, StreamedMap, written
from server.api.maps.trainability_request import TrainabilityRequest
from server.api.network_answer import Part
from server.api.networks import part_content
from server.api.state import Services
from server.encoding import Encoding
from server.engine.price import Part as PricePart
from server.engine.price import Price
from server.maps.box_counts import border_of, box_counts
from server.maps.checking import Check
from server.maps.kernels.network import Network
from server.maps.trainability import Trainability


class NetworkContent(TypedDict):
    """The network as it was trained."""

    width: int
    points: int
    weights: int
    activation: Part
    seed: int
    initial_scale: float
    initial_offset: float
    batch_size: int | None


class BorderContent(TypedDict):
    """Boxes of ``size`` cells that the border passes through; null where there is no border.

    ``dimension`` is the slope of log ``boxes`` over log 1/``size``.
    """

    size: list[int]
    boxes: list[int]
    dimension: float | None


class TrainabilityAnswer(MapComputed, SinglePrecision):
    """Of losses ℓ₀, ℓ₁, … before each step, and the mean of the last 20, a pixel each.

    ``diverged`` is 1 where that mean is not less than ℓ₀. ``rate`` is the mean of ℓ/ℓ₀ where it
    converged and of ℓ₀/ℓ where it diverged: the smaller, the faster. ``loss`` is the mean of the
    last, null where it left the finite range.
    """

    kind: Literal["trainability"]
    network: NetworkContent
    x: AxisAnswer
    y: AxisAnswer
    steps: int
    border: BorderContent
    diverged: Table
    rate: Table
    loss: Table


def price_of(description: Trainability, form: Encoding) -> Price:
    """What the map costs, and which numbers make it cost less."""
    pixels = description.nx * description.ny
    seconds = description.seconds() + pixels * pricing.written(form, description)
    if description.computed_in == "float32":
        seconds += Check.of(description).seconds()

    def part(field: tuple[str, ...], value: int, least: int = 1) -> PricePart:
        return PricePart(field, value, seconds / value, least)

    return Price(
        seconds,
        (
            part(("steps",), description.steps),
            part(("x", "count"), description.nx, 2),
            part(("y", "count"), description.ny, 2),
            part(("network", "points"), description.network.points),
        ),
    )


def _network_content(network: Network) -> NetworkContent:
    return {
        "width": network.width,
        "points": network.points,
        "weights": network.width * (network.width + 1),
        "activation": part_content(network.activation),
        "seed": network.seed,
        "initial_scale": network.initial_scale,
        "initial_offset": network.initial_offset,
        "batch_size": network.batch,
    }


def answer(
    services: Services, tell: Tell, asked: TrainabilityRequest, form: Encoding, told: bool
) -> bytes:
    """Compute and encode; runs in a compute thread."""
    description = asked.describe()
    map_of = StreamedMap(services, tell, asked, description, description.computed_in)
    whole = map_of.whole()
    counts = box_counts(border_of(whole.fields["diverged"]))
    border: BorderContent = {
        "size": counts.size.tolist(),
        "boxes": counts.boxes.tolist(),
        "dimension": counts.dimension,
    }
    content = {
        "kind": "trainability",
        "network": _network_content(description.network),
        "x": {"name": description.x.name, "values": description.x.values()},
        "y": {"name": description.y.name, "values": description.y.values()},
        "steps": description.steps,
        "border": border,
    }
    unlike = map_of.unlike(whole, ("diverged",))
    return written({**content, **unlike}, whole, form, told)


KIND = Kind(
    name="trainability",
    summary="With which numbers a small network learns",
    description="The edge of trainability (Sohl-Dickstein 2024).",
    asked=TrainabilityRequest,
    answer=TrainabilityAnswer,
    price=lambda asked, form: price_of(asked.describe(), form),
    compute=answer,
)
router = KIND.router()
