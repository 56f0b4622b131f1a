"""A reader's own examples, pasted as a table: points of two classes, or of a curve.

Networks are given columns of mean 0 and deviation 1, whatever their units; what is shown, and the
predictions, are in the table's own.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self, final

import numpy as np

from server.networks.dataset import Dataset, Examples, Kind, Numbers, Region
from server.results import Floats
from surfaces.declaration import Reference, Text
from surfaces.scaling import Scaling, scaling_of

MARGIN = 0.1
"""What is shown beyond the points on each side, as a share of their range."""
NORMALISING = Reference(
    "LeCun, Bottou, Orr and Müller (1998), Efficient BackProp, section 4.3, in Neural Networks: "
    "Tricks of the Trade",
    "https://doi.org/10.1007/3-540-49430-8_2",
)


@dataclass(frozen=True, eq=False)
class PastedDataset(Dataset):
    """Examples in the table's own units, and how they are scaled for a network.

    Attributes:
        size: how many there are.
        points: the examples, classes as 0 and 1; not a parameter.
    """

    size: int
    points: Examples

    @classmethod
    def of(cls, features: Numbers, targets: Numbers) -> Self:
        """The dataset of some points.

        Args:
            features: shape [n, 2]; the second column is not looked at for a curve.
            targets: heights of a curve, or −1 and 1, shape [n].
        """
        if cls.kind == "classes":
            return cls(len(targets), Examples(features, (targets + 1) / 2))
        return cls(len(targets), Examples(features[:, :1], targets))

    @cached_property
    def input_scaling(self) -> Scaling:
        """What is done to the inputs, a number a column; one that does not vary becomes 0."""
        return scaling_of(self.points.inputs, keeping_constants=False)

    @cached_property
    def target_scaling(self) -> Scaling | None:
        """The same of the targets of a curve; nothing is done to classes."""
        if self.kind == "classes":
            return None
        return scaling_of(self.points.targets[:, None], keeping_constants=False)

    def examples(self) -> Examples:
        features, targets = self.points
        if self.target_scaling is not None:
            targets = self.target_scaling.applied(targets[:, None])[:, 0]
        return Examples(self.input_scaling.applied(features), targets)

    def shown(self) -> Examples:
        return self.points

    def worth_seeing(self) -> Region:
        features, targets = self.points
        return _around(features[:, 0]), _around(targets if self.kind == "curve" else features[:, 1])

    def scaled(self, inputs: Floats) -> Floats:
        return self.input_scaling.applied(inputs)

    def unscaled(self, predictions: Floats) -> Floats:
        if self.target_scaling is None:
            return predictions
        [mean], [deviation] = self.target_scaling
        return predictions.astype(np.float64) * deviation + mean


def _around(values: Numbers) -> tuple[float, float]:
    """An interval that holds the values with room on both sides."""
    least, most = float(values.min()), float(values.max())
    room = MARGIN * (most - least) or 1.0
    return least - room, most + room


@final
class PastedClasses(PastedDataset):
    """Points of two classes."""

    id: ClassVar[str] = "points"
    title: ClassVar[Text] = Text("Own points: classes", "Свои точки: классы")
    summary: ClassVar[Text] = Text(
        "A pasted table of x1, x2 and a label: 0 and 1, or −1 and 1. Columns are brought to mean 0 "
        "and deviation 1 before training.",
        "Вставленная таблица: x1, x2 и метка, 0 и 1 или −1 и 1. Перед обучением столбцы приводятся "
        "к среднему 0 и отклонению 1.",
    )
    reference: ClassVar[Reference] = NORMALISING
    kind: ClassVar[Kind] = "classes"


@final
class PastedCurve(PastedDataset):
    """Points of a curve."""

    id: ClassVar[str] = "points_curve"
    title: ClassVar[Text] = Text("Own points: a curve", "Свои точки: кривая")
    summary: ClassVar[Text] = Text(
        "A pasted table of x and y. Both are brought to mean 0 and deviation 1 before training; "
        "losses are of the scaled y.",
        "Вставленная таблица: x и y. Перед обучением оба столбца приводятся к среднему 0 и "
        "отклонению 1; потери считаются по приведённому y.",
    )
    reference: ClassVar[Reference] = NORMALISING
    kind: ClassVar[Kind] = "curve"


PASTED: tuple[type[PastedDataset], ...] = (PastedClasses, PastedCurve)
