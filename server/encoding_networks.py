"""What networks answer, as the API shows it."""

from dataclasses import asdict
from typing import Any

import numpy as np

from server.encoding import Encoder
from server.engine.networks import theory
from server.engine.networks.histograms import Histograms
from server.engine.networks.network import Network
from server.engine.networks.signal import Predicted, Signal
from server.engine.networks.training import GRID, Training
from server.networks.datasets import Dataset
from server.results import Floats

SHOWN = {
    "activation_mean": "mean",
    "activation_std": "deviation",
    "gradient_norm": "gradient_norm",
    "weight_gradient_norm": "weight_gradient_norm",
    "saturated_fraction": "saturated",
    "dead_fraction": "dead",
}
"""What is shown of each layer, and what the engine calls it."""


def data_content(dataset: Dataset, encode: Encoder) -> dict[str, Any]:
    """The points that a network learns."""
    inputs, targets = dataset.examples()
    if dataset.kind == "curve":
        return {"kind": "curve", "x": encode(inputs[:, 0]), "y": encode(targets)}
    return {
        "kind": "classes",
        "x1": encode(inputs[:, 0]),
        "x2": encode(inputs[:, 1]),
        "label": targets.astype(int).tolist(),
    }


def signal_content(network: Network, signal: Signal, encode: Encoder) -> dict[str, Any]:
    """Means over the seeds, their least and most, and what theory says; null is not finite."""
    measured = signal.measured
    shown = {name: _over_seeds(getattr(measured, own)) for name, own in SHOWN.items()}
    output = _over_seeds(measured.output_gradient_norm)
    loss = _over_seeds(measured.loss)
    layers = [
        {
            "layer": layer + 1,
            **dict(zip(("fan_in", "fan_out"), network.fans(layer), strict=True)),
            **{name: values[0][layer] for name, values in shown.items()},
            "spread": {
                name: [values[1][layer], values[2][layer]] for name, values in shown.items()
            },
            "predicted": _prediction_of(signal.predicted, layer),
        }
        for layer in range(network.depth)
    ]
    content = {
        "seeds": signal.seeds,
        "loss": {"mean": loss[0], "least": loss[1], "most": loss[2]},
        "layers": layers,
        "output": {
            "weight_gradient_norm": output[0],
            "spread": {"weight_gradient_norm": [output[1], output[2]]},
        },
        "prediction": None if signal.predicted is None else _theory(signal.predicted),
    }
    if signal.histograms is not None:
        content["histograms"] = histograms_content(signal.histograms, encode)
    return content


def _over_seeds(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean, least and most over the first axis; not finite where one of them is not."""
    doubles = values.astype(np.float64)
    with np.errstate(all="ignore"):
        return doubles.mean(axis=0), doubles.min(axis=0), doubles.max(axis=0)


def _prediction_of(predicted: Predicted | None, layer: int) -> dict[str, Any] | None:
    if predicted is None:
        return None
    return {
        "activation_std": predicted.deviation[layer],
        "gradient_norm": predicted.gradient_norm[layer],
        "gradient_norm_bound": None if predicted.bound is None else predicted.bound[layer],
    }


def _theory(predicted: Predicted) -> dict[str, Any]:
    return {
        "factor": predicted.factor,
        "bound_factor": predicted.bound_factor,
        "reference": asdict(theory.REFERENCE),
    }


def histograms_content(shown: Histograms, encode: Encoder) -> dict[str, Any]:
    """Counts by layer, on edges that layers share."""
    return {
        "activation": {
            "edges": encode(shown.activation_edges),
            "counts": encode(shown.activations),
        },
        "gradient": {
            "edges": encode(shown.gradient_edges),
            "counts": encode(shown.gradients),
            "zero": shown.zeros.tolist(),
        },
    }


def training_content(network: Network, trained: Training, encode: Encoder) -> dict[str, Any]:
    """A training run as the API shows it; the output layer apart from the hidden ones."""
    classes = network.dataset.kind == "classes"
    content: dict[str, Any] = {
        "loss": encode(trained.loss),
        "accuracy": encode(trained.accuracy) if classes else None,
        "learning_rate": encode(trained.learning_rate),
        "gradient_norm": encode(trained.gradient_norm),
        "clipped": trained.clipped.tolist(),
        "weight_gradient_norm": encode(trained.weight_gradient_norm[:-1]),
        "update_ratio": encode(trained.update_ratio[:-1]),
        "output": {
            "weight_gradient_norm": encode(trained.weight_gradient_norm[-1]),
            "update_ratio": encode(trained.update_ratio[-1]),
        },
        "prediction": _predictions(network, trained, encode),
        "status": trained.status,
        "diverged_at": trained.diverged_at,
        "outcome": asdict(trained.outcome),
        "final": {
            "loss": trained.loss[-1] if len(trained.loss) else None,
            "accuracy": trained.accuracy[-1] if classes and len(trained.loss) else None,
        },
    }
    if trained.histograms:
        content["histograms"] = _histograms_over_time(trained, encode)
    return content


def _predictions(network: Network, trained: Training, encode: Encoder) -> dict[str, Any]:
    frames = len(trained.frames)
    steps = trained.frames.tolist()
    if network.dataset.kind == "curve":
        return {
            "steps": steps,
            "x": encode(trained.probes[:, 0]),
            "values": encode(trained.predictions),
        }
    return {
        "steps": steps,
        "grid": {
            "x": encode(trained.probes[:GRID, 0]),
            "y": encode(trained.probes[::GRID, 1]),
        },
        "values": encode(trained.predictions.reshape(frames, GRID, GRID)),
    }


def _histograms_over_time(trained: Training, encode: Encoder) -> dict[str, Any]:
    """Counts by frame and layer; each frame has edges of its own."""
    shown = trained.histograms
    return {
        "steps": trained.frames.tolist(),
        "activation": {
            "edges": encode(np.stack([one.activation_edges for one in shown])),
            "counts": encode(np.stack([one.activations for one in shown])),
        },
        "gradient": {
            "edges": encode(np.stack([one.gradient_edges for one in shown])),
            "counts": encode(np.stack([one.gradients for one in shown])),
            "zero": [one.zeros.tolist() for one in shown],
        },
    }
