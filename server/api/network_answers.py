"""The shapes of the answers of ``/networks``, for ``/openapi.json``."""

from typing import Any

from pydantic import BaseModel

from server.api.answers import Numbers, OutcomeContent, Table
from server.results import Status

Part = dict[str, float | int | str]
Ends = tuple[float | None, float | None]


class NetworkContent(BaseModel):
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
    precision: str


class DataContent(BaseModel):
    """The points: x1, x2 and label for classes, x and y for a curve."""

    kind: str
    x1: Numbers | None = None
    x2: Numbers | None = None
    label: list[int] | None = None
    x: Numbers | None = None
    y: Numbers | None = None


class Spread(BaseModel):
    """Least and most over the seeds."""

    activation_mean: Ends
    activation_std: Ends
    gradient_norm: Ends
    weight_gradient_norm: Ends
    saturated_fraction: Ends
    dead_fraction: Ends


class LayerPrediction(BaseModel):
    """What theory says of a layer, the last layer's gradient taken as measured."""

    activation_std: float | None
    gradient_norm: float | None
    gradient_norm_bound: float | None


class Layer(BaseModel):
    """One layer, means over the seeds; null where not finite.

    ``gradient_norm`` is ‖∂L/∂h‖ over all units and rows of the batch, h what the layer hands
    on; ``weight_gradient_norm`` is ‖∂L/∂W‖. ``saturated_fraction`` is the share of units and
    rows whose slope is at most a twentieth of the activation's largest, ``dead_fraction`` that
    of units for which it is so in every row.
    """

    layer: int
    fan_in: int
    fan_out: int
    activation_mean: float | None
    activation_std: float | None
    gradient_norm: float | None
    weight_gradient_norm: float | None
    saturated_fraction: float | None
    dead_fraction: float | None
    spread: Spread
    predicted: LayerPrediction | None


class Loss(BaseModel):
    """Of the batch, over the seeds."""

    mean: float | None
    least: float | None
    most: float | None


class Theory(BaseModel):
    """What a gradient's norm is multiplied by a layer on its way back, at most and expected."""

    factor: float | None
    bound_factor: float | None
    reference: dict[str, str | None]


class ActivationHistograms(BaseModel):
    """``counts[layer][bin]`` of what layers hand on; the end bins hold what lies beyond."""

    edges: Numbers
    counts: Table


class GradientHistograms(BaseModel):
    """``counts[layer][bin]`` of log₁₀|∂L/∂h|, and how many are exactly 0."""

    edges: Numbers
    counts: Table
    zero: list[int]


class HistogramsContent(BaseModel):
    """Of the first seed."""

    activation: ActivationHistograms
    gradient: GradientHistograms


class SignalAnswer(BaseModel):
    """Activations and gradients of networks that differ in their seed alone, layer by layer."""

    network: NetworkContent
    parameters: int
    data: DataContent
    seeds: list[int]
    loss: Loss
    layers: list[Layer]
    output: dict[str, Any]
    prediction: Theory | None
    histograms: HistogramsContent | None = None


class Frames(BaseModel):
    """Predictions after some steps: on a grid, rows are y, or along x for a curve."""

    steps: list[int]
    grid: dict[str, Numbers] | None = None
    x: Numbers | None = None
    values: Any


class OutputSteps(BaseModel):
    """The output layer, step by step; null where W is 0."""

    weight_gradient_norm: Numbers
    update_ratio: Numbers | list[float | None]


class FinalLoss(BaseModel):
    """After the last finite step."""

    loss: float | None
    accuracy: float | None


class TrainingAnswer(BaseModel):
    """A training run of n steps; n is less than asked for where it left the finite range.

    ``loss`` and ``accuracy`` are of all points, n + 1 of them; ``weight_gradient_norm`` and
    ``update_ratio`` (‖ΔW‖/‖W‖) hold a row of n numbers for each hidden layer. With
    ``include=["histograms"]`` there are those of each kept step as well. ``status``
    says only whether training left the finite range; ``outcome`` is descending, oscillating,
    growing, flat (the loss moves by less than 0.1 % in a tenth of the steps) or not_finite.
    """

    network: NetworkContent
    parameters: int
    optimizer: Part
    schedule: Part
    clipping: Part | None
    steps: int
    data: DataContent
    loss: Numbers
    accuracy: Numbers | None
    learning_rate: Numbers
    gradient_norm: Numbers
    clipped: list[int]
    weight_gradient_norm: Table
    update_ratio: Table
    output: OutputSteps
    prediction: Frames
    histograms: dict[str, Any] | None = None
    status: Status
    diverged_at: int | None
    outcome: OutcomeContent
    final: FinalLoss
