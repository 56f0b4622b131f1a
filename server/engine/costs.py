"""What single pieces of work cost, in seconds of one core of the reference machine.

Measured by ``python -m benchmarks.costs``, which prints this table anew; ``price`` adds them up.
A slower machine makes everything cost the same share more, which is what deadlines allow for.
"""

from typing import Final, NamedTuple


class Evaluation(NamedTuple):
    """Of one point of a surface.

    Attributes:
        step: loss, gradient and step of a plain rule, one after the other along a path.
        slopes: loss and gradient, thousands at once.
        curvature: eigenvalues of the Hessian, hundreds at once.
    """

    step: float
    slopes: float
    curvature: float

    def __add__(self, other: "Evaluation") -> "Evaluation":  # pyright: ignore
        return Evaluation(*(one + more for one, more in zip(self, other, strict=True)))

    def times(self, count: float) -> "Evaluation":
        """Of so many."""
        return Evaluation(*(count * one for one in self))


PLAIN: Final = Evaluation(0.20e-6, 0.08e-6, 0.09e-6)
"""A formula in code, and what every other evaluation begins with."""
TURN: Final = Evaluation(0.030e-6, 0.007e-6, 0.009e-6)
"""A turn of a surface that is a loop."""
QUICK: Final = Evaluation(0.017e-6, 0.004e-6, 0.030e-6)
"""An instruction of a typed formula: arithmetic, comparisons."""
SLOW: Final = Evaluation(0.036e-6, 0.025e-6, 0.062e-6)
"""The same: sine, exponential, power and the like."""
ROW: Final = Evaluation(0.0072e-6, 0.0126e-6, 0.0028e-6)
"""A row of points, as a neuron has it."""
ROWS: Final = {
    "linear_regression": Evaluation(0.0033e-6, 0.0078e-6, 0.0002e-6),
    "logistic_regression": Evaluation(0.0195e-6, 0.0258e-6, 0.0172e-6),
}
"""The same of surfaces whose rows cost otherwise."""
NETWORK: Final = Evaluation(38e-6, 11.4e-6, 116e-6)
"""A slice through a trained network."""


class Method(NamedTuple):
    """What a step costs of a method that asks for more than one gradient.

    Attributes:
        own: seconds besides the surface's, with those of what costs next to nothing.
        steps: the surface's part of plain steps that cost as much, at most mostly.
    """

    own: float
    steps: float


METHODS: Final = {
    "newton": Method(0.8e-6, 2.8),
    "lbfgs": Method(4e-6, 24.0),
    "exact_line_search": Method(5e-6, 80.0),
    "gradient_flow": Method(1.5e-6, 10.0),
}
"""By id. How often L-BFGS tries along its line, and how short the flow's steps are, depends on
the path: within twice and half as much mostly."""

FEW: Final = 3e-3
"""Any answer: reading, small calls, what every surface says of itself."""
PATH: Final = 0.25e-3
"""What became of a path, in words."""
POINT: Final = 0.2e-6
"""A point of a path, before it is written."""
EVENTS: Final = 0.3e-3
"""What happened on a path, besides its curvature: all kinds are looked for."""
EVENT_POINT: Final = 0.3e-6
"""The same of each of its points."""
WRITTEN: Final = {"typed": 0.03e-6, "plain": 0.07e-6, "csv": 0.48e-6, "npz": 0.2e-6}
"""A number of an answer, by the form."""
SEARCHED: Final = 0.10e-6
"""A step of a search with one rate, the gradient of a formula in code included."""
SAMPLE: Final = 0.1e-6
"""A sample of a picture, besides the surface's."""
REFINED: Final = 3.2e-6
"""A sample that level lines and shade need between those of the picture, likewise."""
OPERATION: Final = 1e-3
"""An operation of a computation graph, with its rule and both ways."""
WEIGHT_ROW: Final = 0.065e-9
"""A weight of a network and a row of its data, forwards and backwards, in single precision."""
UNIT_ROW: Final = 4.0e-9
"""A unit and a row, likewise: its activation, its share of the norms."""
WEIGHT: Final = 3.0e-9
"""A weight, moved by an optimiser."""
ROOM: Final = 1.5e-9
"""A weight that the program has room for, whether the network has it or not: XLA copies them."""
EMPTIED: Final = 10e-9
"""A place of the arrays that a pass begins with, in single precision."""
LOOK: Final = 1.7
"""What a training's look at all rows and at its predictions costs, in passes there and back."""
HISTOGRAM: Final = 25e-9
"""A number that a histogram counts."""
