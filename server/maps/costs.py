"""What pieces of a map cost, in nanoseconds of one core of the reference machine.

Measured by ``python -m benchmarks.lanes``, which prints these tables anew; ``pricing`` adds them
up. Under the flags of a worker, thousands of lanes at once.
"""

from typing import Final, NamedTuple

from server.results import Precision


class Lane(NamedTuple):
    """Of one lane's step, in single and in double precision."""

    single: float
    double: float

    def __add__(self, other: "Lane") -> "Lane":  # pyright: ignore
        return Lane(self.single + other.single, self.double + other.double)

    def times(self, count: float) -> "Lane":
        """Of so many."""
        return Lane(count * self.single, count * self.double)

    def of(self, precision: Precision) -> float:
        """The one that is asked for."""
        return self.double if precision == "float64" else self.single


SURFACES: Final = {
    "rosenbrock": Lane(0.13, 0.24),
}
"""Steps of gradient descent, by the surface."""
PLAIN: Final = Lane(0.3, 0.5)
"""A formula in code that is not measured, and what the others begin with."""
TURN: Final = Lane(1.0, 2.0)
"""A turn of a surface that is a loop."""
QUICK: Final = Lane(0.01, 0.02)
"""An instruction of a typed formula: arithmetic, comparisons."""
SLOW: Final = Lane(0.4, 5.0)
"""The same: sine, exponential, power and the like."""
ROWS: Final = {
    "linear_regression": Lane(0.3, 0.6),
    "logistic_regression": Lane(3.0, 9.0),
    "neuron": Lane(3.0, 9.0),
}
"""A row of points."""
NETWORK: Final = Lane(25e3, 50e3)
"""A slice through a trained network."""


class Method(NamedTuple):
    """A rule's step besides gradient descent's.

    Attributes:
        own: nanoseconds.
        steps: of gradient descent that cost as much as what it asks of the surface.
    """

    own: Lane
    steps: float = 1.0


METHODS: Final = {
    "sgd": Method(Lane(0.0, 0.0)),
}
USUAL: Final = Method(Lane(0.4, 0.9))
"""A rule that is not measured."""
PIXEL: Final = 500.0
"""A run's beginning and end: where it ended, and how that is called."""


class Training(NamedTuple):
    """Of a step of a small network's training.

    Attributes:
        units: for each unit and example: its activation.
        weights: for each weight of the first layer and example.
        moved: for each of those weights.
    """

    units: float
    weights: float
    moved: float

    def pass_of(self, width: int, points: int) -> float:
        """Forwards and backwards."""
        return width * points * (self.units + width * self.weights)


TRAININGS: Final[dict[Precision, Training]] = {
    "float32": Training(1.54, 0.023, 0.24),
    "float64": Training(2.49, 0.076, 0.40),
}
FORWARDS: Final = 0.45
"""Of a pass there and back, the way there: with batches all examples are looked at besides."""
DRAWN: Final = 300.0
"""An example of a batch, drawn once for all pixels."""
