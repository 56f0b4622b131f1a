"""What answers about networks share: the network as it was resolved, its points, histograms."""

from typing import NotRequired

from typing_extensions import TypedDict

from server.api.answers import Numbers, Table
from server.engine.networks.histograms import Histograms
from server.networks.datasets import Dataset, Kind
from server.results import Precision

Part = dict[str, float | int | str]
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


class DataContent(TypedDict):
    """The points: x1, x2 and label for classes, x and y for a curve."""

    kind: Kind
    x1: NotRequired[Numbers]
    x2: NotRequired[Numbers]
    label: NotRequired[list[int]]
    x: NotRequired[Numbers]
    y: NotRequired[Numbers]


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


def data_content(dataset: Dataset) -> DataContent:
    """The points that a network learns."""
    inputs, targets = dataset.examples()
    if dataset.kind == "curve":
        return {"kind": "curve", "x": inputs[:, 0], "y": targets}
    return {
        "kind": "classes",
        "x1": inputs[:, 0],
        "x2": inputs[:, 1],
        "label": targets.astype(int).tolist(),
    }


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
