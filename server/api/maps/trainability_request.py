"""What ``/maps/trainability`` is asked: a network, and the two numbers on the axes."""

from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from server import limits
from server.api.choices import WHOLE, ActivationChoice, Coordinate, Strict
from server.api.maps.axes import AxisRequest
from server.maps.kernels.network import Network
from server.maps.trainability import AXES, Trainability
from server.results import Precision

WIDTH: Final = 64
POINTS: Final = 1024
RATE: Final = 1e12
SCALE: Final = 1e3

if TYPE_CHECKING:
    Number = str
else:
    Number = Literal[AXES]


class NetworkAsked(Strict):
    """A perceptron of one hidden layer without biases, in mean-field scaling.

    ``width`` is that of the inputs and of the hidden layer. Inputs, labels and weights are
    independent normal numbers, drawn by ``seed``; ``points`` left out are as many as the network
    has weights. ``batch_size`` examples make a step, drawn with replacement; null for all.
    """

    width: Annotated[int, Field(ge=1, le=WIDTH), WHOLE] = 8
    points: Annotated[int, Field(ge=1, le=POINTS), WHOLE] | None = 16
    activation: ActivationChoice = Field(default="tanh", validate_default=True)  # pyright: ignore
    seed: Annotated[int, Field(ge=0, le=2**32 - 64), WHOLE] = 0
    initial_scale: Annotated[float, Field(ge=0, le=SCALE)] = 1.0
    initial_offset: Annotated[float, Field(ge=-SCALE, le=SCALE)] = 0.0
    batch_size: Annotated[int, Field(ge=1, le=POINTS), WHOLE] | None = None

    def resolve(self) -> Network:
        """What the engine trains."""
        own = self.width * (self.width + 1)
        return Network(
            width=self.width,
            points=min(own, POINTS) if self.points is None else self.points,
            activation=self.activation.resolve(),
            seed=self.seed,
            initial_scale=self.initial_scale,
            initial_offset=self.initial_offset,
            batch=self.batch_size,
        )


class NumberAsked(AxisRequest):
    """Values of one of a network's numbers: ``count`` from one end to the other, ends included."""

    name: Number  # pyright: ignore[reportIncompatibleVariableOverride]
    low: Annotated[Coordinate, Field(alias="from")] = 1e-3
    high: Annotated[Coordinate, Field(alias="to")] = 1e6
    count: Annotated[int, Field(ge=2, le=limits.MAP_SIDE), WHOLE] = 256
    scale: Literal["linear", "log"] = "log"

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if self.name != "initial_offset" and self.low < 0:
            raise PydanticCustomError("negative", "accepted: from 0 on")
        return self


class TrainabilityRequest(Strict):
    """A network, trained by gradient descent with every pair of two numbers.

    ``learning_rate`` is that of both layers where no axis says otherwise. ``precision`` "auto"
    is float64 where neighbouring pixels are too close for float32. ``exact`` computes every pixel;
    else pixels may be filled in whose neighbours on a coarser lattice agree.
    """

    network: NetworkAsked = NetworkAsked()
    x: NumberAsked = NumberAsked(name="learning_rate.input")
    y: NumberAsked = NumberAsked(name="learning_rate.output")
    learning_rate: Annotated[float, Field(ge=0, le=RATE)] = 1.0
    steps: Annotated[int, Field(ge=1, le=limits.STEPS), WHOLE] = 100
    precision: Precision | Literal["auto"] = "auto"
    exact: bool = False

    @model_validator(mode="after")
    def _differ(self) -> Self:
        """No number stands on both axes."""
        x, y = self.x.name, self.y.name
        rates = x.startswith("learning_rate") and y.startswith("learning_rate")
        if x == y or (rates and "learning_rate" in (x, y)):
            raise PydanticCustomError(
                "same_number", "accepted: two different numbers on the axes; these are {x} and {y}",
                {"x": x, "y": y},
            )  # fmt: skip
        return self

    def describe(self) -> Trainability:
        """The map that is asked for.

        Raises:
            InputError: an axis has no such values.
        """
        return Trainability(
            self.network.resolve(),
            self.x.axis("x"),
            self.y.axis("y"),
            self.learning_rate,
            self.steps,
            self.precision,
            self.exact,
        )
