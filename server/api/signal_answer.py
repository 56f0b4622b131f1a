"""What ``/networks/signal`` answers: activations and gradients, layer by layer."""

from typing import NamedTuple, NotRequired

import numpy as np
from jaxtyping import Float
from typing_extensions import TypedDict

from server.api.network_answer import (
    DataContent,
    HistogramsContent,
    NetworkContent,
    histograms_content,
)
from server.engine.networks import theory
from server.engine.networks.measuring import Measured
from server.engine.networks.network import Network
from server.engine.networks.signal import Predicted, Signal
from server.results import Floats
from surfaces.declaration import Reference

Ends = tuple[float | None, float | None]
"""The least and the most over the seeds."""


class Spread(TypedDict):
    """Least and most over the seeds."""

    activation_mean: Ends
    activation_std: Ends
    gradient_norm: Ends
    weight_gradient_norm: Ends
    saturated_fraction: Ends
    dead_fraction: Ends


class Means(TypedDict):
    """Of one layer, over the seeds."""

    activation_mean: float | None
    activation_std: float | None
    gradient_norm: float | None
    weight_gradient_norm: float | None
    saturated_fraction: float | None
    dead_fraction: float | None


class LayerPrediction(TypedDict):
    """What theory says of a layer, the last layer's gradient taken as measured."""

    activation_std: float | None
    gradient_norm: float | None
    gradient_norm_bound: float | None


class Layer(Means):
    """One layer, means over the seeds; null where not finite.

    ``gradient_norm`` is ‖∂L/∂h‖ over all units and rows of the batch, h what the layer hands
    on; ``weight_gradient_norm`` is ‖∂L/∂W‖. ``saturated_fraction`` is the share of units and
    rows whose slope is at most a twentieth of the activation's largest, ``dead_fraction`` that
    of units for which it is so in every row.
    """

    layer: int
    fan_in: int
    fan_out: int
    spread: Spread
    predicted: LayerPrediction | None


class Loss(TypedDict):
    """Of the batch, over the seeds."""

    mean: float | None
    least: float | None
    most: float | None


class OutputSpread(TypedDict):
    """Least and most over the seeds."""

    weight_gradient_norm: Ends


class OutputLayer(TypedDict):
    """The output layer, a mean over the seeds."""

    weight_gradient_norm: float | None
    spread: OutputSpread


class Theory(TypedDict):
    """What a gradient's norm is multiplied by a layer on its way back, at most and expected."""

    factor: float | None
    bound_factor: float | None
    reference: Reference


class SignalContent(TypedDict):
    """What was measured, over the seeds."""

    seeds: tuple[int, ...]
    loss: Loss
    layers: list[Layer]
    output: OutputLayer
    prediction: Theory | None
    histograms: NotRequired[HistogramsContent]


class SignalAnswer(SignalContent):
    """Activations and gradients of networks that differ in their seed alone, layer by layer."""

    network: NetworkContent
    parameters: int
    data: DataContent


class _Over(NamedTuple):
    """Over the seeds, shapes [depth] or []; not finite where one of them is not."""

    mean: Float[np.ndarray, "..."]
    least: Float[np.ndarray, "..."]
    most: Float[np.ndarray, "..."]

    def ends(self, layer: int) -> Ends:
        return self.least[layer], self.most[layer]


def signal_content(network: Network, signal: Signal) -> SignalContent:
    """Means over the seeds, their least and most, and what theory says; null is not finite."""
    measured = Measured(*(_over_seeds(values) for values in signal.measured))
    loss: _Over = measured.loss
    output: _Over = measured.output_gradient_norm
    content: SignalContent = {
        "seeds": signal.seeds,
        "loss": {
            "mean": float(loss.mean),
            "least": float(loss.least),
            "most": float(loss.most),
        },
        "layers": [
            _layer(network, measured, signal.predicted, layer) for layer in range(network.depth)
        ],
        "output": {
            "weight_gradient_norm": float(output.mean),
            "spread": {"weight_gradient_norm": (float(output.least), float(output.most))},
        },
        "prediction": None if signal.predicted is None else _theory(signal.predicted),
    }
    if signal.histograms is not None:
        content["histograms"] = histograms_content(signal.histograms)
    return content


def _over_seeds(values: Floats) -> _Over:
    doubles = values.astype(np.float64)
    with np.errstate(all="ignore"):
        return _Over(doubles.mean(axis=0), doubles.min(axis=0), doubles.max(axis=0))


def _layer(network: Network, measured: Measured, predicted: Predicted | None, layer: int) -> Layer:
    """One layer, from 0; ``measured`` holds an ``_Over`` of each."""
    fan_in, fan_out = network.fans(layer)
    return {
        "layer": layer + 1,
        "fan_in": fan_in,
        "fan_out": fan_out,
        "activation_mean": measured.mean.mean[layer],
        "activation_std": measured.deviation.mean[layer],
        "gradient_norm": measured.gradient_norm.mean[layer],
        "weight_gradient_norm": measured.weight_gradient_norm.mean[layer],
        "saturated_fraction": measured.saturated.mean[layer],
        "dead_fraction": measured.dead.mean[layer],
        "spread": {
            "activation_mean": measured.mean.ends(layer),
            "activation_std": measured.deviation.ends(layer),
            "gradient_norm": measured.gradient_norm.ends(layer),
            "weight_gradient_norm": measured.weight_gradient_norm.ends(layer),
            "saturated_fraction": measured.saturated.ends(layer),
            "dead_fraction": measured.dead.ends(layer),
        },
        "predicted": None if predicted is None else _predicted(predicted, layer),
    }


def _predicted(predicted: Predicted, layer: int) -> LayerPrediction:
    return {
        "activation_std": predicted.deviation[layer],
        "gradient_norm": predicted.gradient_norm[layer],
        "gradient_norm_bound": None if predicted.bound is None else predicted.bound[layer],
    }


def _theory(predicted: Predicted) -> Theory:
    return {
        "factor": predicted.factor,
        "bound_factor": predicted.bound_factor,
        "reference": theory.REFERENCE,
    }
