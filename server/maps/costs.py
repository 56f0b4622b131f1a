"""What pieces of a map cost, in nanoseconds of one core of the reference machine.

``pricing`` adds them up. Under the flags of a worker, thousands of lanes at once. That machine is
the one of the README's table of speed, where a step of C's ``adam_rosenbrock`` (``loops.c``, one
thread) takes 0.40 ns; it was shared with other work, so that each number is the processor's time,
the least of some tries, and good to a third or so.

- ``SURFACES``, ``ROWS``, ``METHODS``, ``PLAIN``, ``TURN``, ``QUICK``, ``SLOW``, ``NETWORK``: from
  sums that ``python -m benchmarks.lanes`` measures, exact maps of basins;
- ``TRAININGS``: from ``benchmarks.trainability``, and by it, of the paper's picture, ``STAY``;
- ``PIXEL``, ``RATED``, ``FORWARDS``, ``DRAWN``: fitted to whole maps, whose prices
  ``benchmarks.map_prices`` compares with times.

Elsewhere ratios differ, too: on Cascade Lake at 2.5 GHz, where that step of C takes 1.45 ns, steps
of eight rules on Himmelblau's function take 1.6 to 3.7 times as long as said here (SGD the least,
Nesterov's and sign rules the most).
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
    "bowl": Lane(0.12, 0.18),
    "rotated_ravine": Lane(0.2, 0.44),
    "rippled_bowl": Lane(0.51, 16.2),
    "saddle": Lane(0.14, 0.18),
    "monkey_saddle": Lane(0.14, 0.22),
    "plateau": Lane(0.39, 1.1),
    "cliff": Lane(0.39, 1.0),
    "double_well": Lane(0.14, 0.22),
    "beale": Lane(0.32, 0.79),
    "booth": Lane(0.17, 0.42),
    "matyas": Lane(0.12, 0.2),
    "three_hump_camel": Lane(0.15, 0.23),
    "six_hump_camel": Lane(0.21, 0.37),
    "mccormick": Lane(0.33, 8.8),
    "goldstein_price": Lane(0.89, 2.8),
    "branin": Lane(0.33, 8.1),
    "himmelblau": Lane(0.19, 0.45),
    "styblinski_tang": Lane(0.19, 0.24),
    "rastrigin": Lane(0.42, 16.0),
    "ackley": Lane(1.5, 33.8),
    "griewank": Lane(0.81, 18.7),
    "levy_n13": Lane(1.2, 36.6),
    "bohachevsky": Lane(0.41, 16.5),
    "easom": Lane(0.99, 33.4),
    "drop_wave": Lane(0.79, 10.4),
}
"""Steps of gradient descent, by the surface."""
PLAIN: Final = Lane(0.15, 0.3)
"""A formula in code that is not measured, and what the others begin with."""
TURN: Final = Lane(0.5, 1.2)
"""A turn of a surface that is a loop."""
QUICK: Final = Lane(0.02, 0.04)
"""An instruction of a typed formula: arithmetic, comparisons."""
SLOW: Final = Lane(0.4, 8.0)
"""The same: sine, exponential, power and the like."""
ROWS: Final = {
    "linear_regression": Lane(0.55, 1.2),
    "logistic_regression": Lane(8.5, 11.0),
    "neuron": Lane(0.8, 1.9),
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
    "momentum": Method(Lane(0.12, 0.25)),
    "nesterov": Method(Lane(0.15, 0.4)),
    "adagrad": Method(Lane(0.45, 0.7)),
    "rmsprop": Method(Lane(0.42, 0.75)),
    "adam": Method(Lane(0.4, 0.95)),
    "adamw": Method(Lane(0.38, 1.1)),
    "nadam": Method(Lane(0.54, 1.1)),
    "amsgrad": Method(Lane(0.5, 1.2)),
    "adamax": Method(Lane(0.26, 0.6)),
    "adadelta": Method(Lane(0.5, 1.0)),
    "radam": Method(Lane(0.38, 1.1)),
    "adabelief": Method(Lane(0.39, 1.1)),
    "yogi": Method(Lane(0.5, 1.1)),
    "lion": Method(Lane(0.3, 0.35)),
    "rprop": Method(Lane(0.33, 0.78)),
    "novograd": Method(Lane(0.7, 1.7)),
    "adan": Method(Lane(0.75, 1.8)),
    "prodigy": Method(Lane(10.7, 23.3)),
    "schedule_free": Method(Lane(0.5, 1.07)),
    "sophia": Method(Lane(10.0, 13.0), 3),
    "lbfgs": Method(Lane(400.0, 400.0), 300),
    "newton": Method(Lane(4.0, 6.0), 4),
    "exact_line_search": Method(Lane(1300.0, 1350.0), 150),
    "gradient_flow": Method(Lane(15.0, 30.0), 1.5),
}
"""By id. How often L-BFGS tries along its line, and how short the flow's steps are, depends on the
way: within twice and half mostly."""
USUAL: Final = Method(Lane(0.4, 0.9))
"""A rule that is not measured."""
BLOCKS: Final = 128
"""Blocks of a whole run at most, where each leaves a mark."""
PIXEL: Final = 220.0
"""A run's beginning and end: where it ended, and how that is called."""
RATED: Final = 35.0
"""A mark of a pixel of which it is said by what its gradient shrinks."""


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
