"""What a network learns: its examples, and the units that they are in."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from server import limits
from server.results import Floats
from surfaces.declaration import Reference, Text

Kind = Literal["classes", "curve"]
Numbers = NDArray[np.float64]
Region = tuple[tuple[float, float], tuple[float, float]]
CAPACITY = limits.NETWORK_POINTS
"""Most points of a dataset; networks compute that many rows, whatever its size."""


class Examples(NamedTuple):
    """What a network learns.

    Attributes:
        inputs: shape [n, 2], or [n, 1] for a curve.
        targets: 0 or 1 for classes, the height of a curve, shape [n].
    """

    inputs: Numbers
    targets: Numbers


class Dataset(ABC):
    """Examples, as a network is given them and as they are shown.

    The two differ where the network's are scaled: ``scaled`` and ``unscaled`` lead from what is
    shown to what the network computes with, and back.

    Attributes:
        id: the name used by the API.
        title, summary: what it is called; what it asks of a network.
        reference: where it comes from.
        kind: two classes to part, or a curve to fit.
        size: how many examples there are.
    """

    id: ClassVar[str]
    title: ClassVar[Text]
    summary: ClassVar[Text]
    reference: ClassVar[Reference]
    kind: ClassVar[Kind] = "classes"

    size: int

    @abstractmethod
    def examples(self) -> Examples:
        """The examples as a network is given them."""

    @abstractmethod
    def worth_seeing(self) -> Region:
        """The rectangle to show, ``((x_min, x_max), (y_min, y_max))``."""

    def shown(self) -> Examples:
        """The examples in their own units."""
        return self.examples()

    def scaled(self, inputs: Floats) -> Floats:
        """Inputs in their own units, shape [n, features], as a network is given them."""
        return inputs

    def unscaled(self, predictions: Floats) -> Floats:
        """A network's predictions in the units of the targets."""
        return predictions
