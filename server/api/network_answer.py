"""What answers about networks share: the network as it was resolved, its points, histograms."""

from typing import NotRequired

from typing_extensions import TypedDict

from server.api.answers import Numbers, Table
from server.api.surface_answer import (
    ReadingContent,
    Scaled,
    reading_content,
    scaled_content,
)
from server.engine.networks.histograms import Histograms
from server.networks.dataset import Dataset, Kind, Region
from server.networks.pasted import PastedDataset
from server.results import Precision
from surfaces.pasted import reading

Part = dict[str, bool | float | int | str]
"""One of a network's parts: its id and its numbers."""


class NetworkContent(TypedDict):
    """A network as it was resolved."""

    depth: int
    width: int
    activation: Part
    initializer: Part
    dataset: Part
    skip: bool
    normalization: str
    loss: str
    seed: int
    batch_size: int | None
    precision: Precision


class ScalingContent(TypedDict):
    """What a network is given of pasted points: (z − mean)/deviation of each column.

    ``targets`` are the y of a curve, and losses are of the scaled y; null for classes.
    """

    features: Scaled
    targets: Scaled | None


class DataContent(TypedDict):
    """The points: x1, x2 and label (0 or 1) for classes, x and y for a curve.

    Pasted points, and all predictions, are in the units of the table. Of them alone it says
    which ``region`` is worth drawing, how the table was read, and how it was scaled.
    """

    kind: Kind
    x1: NotRequired[Numbers]
    x2: NotRequired[Numbers]
    label: NotRequired[list[int]]
    x: NotRequired[Numbers]
    y: NotRequired[Numbers]
    region: NotRequired[Region]
    reading: NotRequired[ReadingContent]
    scaling: NotRequired[ScalingContent]


class ActivationHistograms(TypedDict):
    """``counts[layer][bin]`` of what layers hand on; the end bins hold what lies beyond."""

    edges: Numbers
    counts: Table


class GradientHistograms(TypedDict):
    """``counts[layer][bin]`` of log₁₀|∂L/∂h|, and how many are exactly 0."""

    edges: Numbers
    counts: Table
    zero: list[int]


class HistogramsContent(TypedDict):
    """Of the first seed."""

    activation: ActivationHistograms
    gradient: GradientHistograms


def data_content(dataset: Dataset, table: reading.Table | None) -> DataContent:
    """The points that a network learns, and how they were read if they were pasted."""
    inputs, targets = dataset.shown()
    content: DataContent = {"kind": dataset.kind}
    if dataset.kind == "curve":
        content["x"], content["y"] = inputs[:, 0], targets
    else:
        content["x1"], content["x2"] = inputs[:, 0], inputs[:, 1]
        content["label"] = targets.astype(int).tolist()
    if isinstance(dataset, PastedDataset) and table is not None:
        content["region"] = dataset.worth_seeing()
        content["reading"] = reading_content(table)
        content["scaling"] = {
            "features": scaled_content(dataset.input_scaling),
            "targets": None
            if dataset.target_scaling is None
            else scaled_content(dataset.target_scaling),
        }
    return content


def histograms_content(shown: Histograms) -> HistogramsContent:
    """Counts by layer, on edges that layers share."""
    return {
        "activation": {"edges": shown.activation_edges, "counts": shown.activations},
        "gradient": {
            "edges": shown.gradient_edges,
            "counts": shown.gradients,
            "zero": shown.zeros.tolist(),
        },
    }
