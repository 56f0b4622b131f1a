"""What ``/networks/training`` answers: everything that is worth watching of a training."""

from collections.abc import Sequence
from typing import NotRequired

import numpy as np
from typing_extensions import TypedDict

from server.api.answers import Blocks, NullableNumbers, Numbers, Table
from server.api.network_answer import DataContent, NetworkContent, Part
from server.engine.networks.histograms import Histograms
from server.engine.networks.network import Network
from server.engine.networks.record import Progress, Training
from server.engine.networks.training import GRID
from server.results import Event, Outcome, Status


class GridAxes(TypedDict):
    """Where predictions of classes are kept."""

    x: Numbers
    y: Numbers


class Frames(TypedDict):
    """Predictions after some steps: on a grid, rows are y, or along x for a curve."""

    steps: list[int]
    grid: NotRequired[GridAxes]
    x: NotRequired[Numbers]
    values: Blocks


class OutputSteps(TypedDict):
    """The output layer, step by step; null where W is 0."""

    weight_gradient_norm: Numbers
    update_ratio: NullableNumbers


class FinalLoss(TypedDict):
    """After the last finite step."""

    loss: float | None
    accuracy: float | None


class ActivationFrames(TypedDict):
    """``counts[frame][layer][bin]`` of what layers hand on, on each frame's own edges."""

    edges: Table
    counts: Blocks


class GradientFrames(TypedDict):
    """The same of log₁₀|∂L/∂h|, and how many are exactly 0."""

    edges: Table
    counts: Blocks
    zero: list[list[int]]


class HistogramFrames(TypedDict):
    """Histograms of each kept step."""

    steps: list[int]
    activation: ActivationFrames
    gradient: GradientFrames


class UnitFrames(TypedDict):
    """How many units are off after some steps, ``[frame][layer]``, over all examples.

    Of ``dead`` ones |φ′| is at most 1/20 of the activation's largest on every example (0 for
    ReLU), of ``saturated`` ones its mean over the examples is.
    """

    steps: list[int]
    dead: Table
    saturated: Table


class TrainingContent(TypedDict):
    """What became of a training."""

    loss: Numbers
    accuracy: Numbers | None
    learning_rate: Numbers
    gradient_norm: Numbers
    clipped: list[int]
    weight_gradient_norm: Table
    update_ratio: Table
    output: OutputSteps
    prediction: Frames
    units: UnitFrames
    events: tuple[Event, ...]
    status: Status
    diverged_at: int | None
    outcome: Outcome
    final: FinalLoss
    histograms: NotRequired[HistogramFrames]


class RateChangeContent(TypedDict):
    """A change of the base rate, as it was asked for."""

    step: int
    learning_rate: float


class TrainingAnswer(TrainingContent):
    """A training run of n steps; n is less than asked for where it left the finite range.

    ``loss`` and ``accuracy`` are of all points, n + 1 of them; ``weight_gradient_norm`` and
    ``update_ratio`` (‖ΔW‖/‖W‖) hold a row of n numbers for each hidden layer. With
    ``include=["histograms"]`` there are those of each kept step as well. ``status``
    says only whether training left the finite range; ``outcome`` is descending, oscillating,
    growing, flat (the loss moves by less than 0.1 % in a tenth of the steps) or not_finite.
    ``events`` tell from which kept step on units of a layer are dead or saturated, some of them,
    half, or all.
    """

    network: NetworkContent
    parameters: int
    optimizer: Part
    schedule: Part
    clipping: Part | None
    changes: NotRequired[list[RateChangeContent]]
    steps: int
    data: DataContent


class TrainingProgress(TypedDict):
    """An event of a training that is streamed: the steps done, and their losses."""

    done: int
    total: int
    loss: Numbers
    accuracy: Numbers | None


def progress_content(network: Network, progress: Progress) -> TrainingProgress:
    """How far a training is."""
    return {
        "done": progress.done,
        "total": progress.total,
        "loss": progress.loss,
        "accuracy": progress.accuracy if network.dataset.kind == "classes" else None,
    }


def training_content(network: Network, trained: Training) -> TrainingContent:
    """A training run as the API shows it; the output layer apart from the hidden ones."""
    classes = network.dataset.kind == "classes"
    content: TrainingContent = {
        "loss": trained.loss,
        "accuracy": trained.accuracy if classes else None,
        "learning_rate": trained.learning_rate,
        "gradient_norm": trained.gradient_norm,
        "clipped": trained.clipped.tolist(),
        "weight_gradient_norm": trained.weight_gradient_norm[:-1],
        "update_ratio": trained.update_ratio[:-1],
        "output": {
            "weight_gradient_norm": trained.weight_gradient_norm[-1],
            "update_ratio": trained.update_ratio[-1],
        },
        "prediction": _frames(network, trained),
        "units": {
            "steps": trained.frames.tolist(),
            "dead": trained.flatness.dead,
            "saturated": trained.flatness.saturated,
        },
        "events": trained.events,
        "status": trained.status,
        "diverged_at": trained.diverged_at,
        "outcome": trained.outcome,
        "final": {
            "loss": trained.loss[-1] if len(trained.loss) else None,
            "accuracy": trained.accuracy[-1] if classes and len(trained.loss) else None,
        },
    }
    if trained.histograms:
        content["histograms"] = _histograms(trained.frames.tolist(), trained.histograms)
    return content


def _frames(network: Network, trained: Training) -> Frames:
    steps = trained.frames.tolist()
    if network.dataset.kind == "curve":
        return {"steps": steps, "x": trained.probes[:, 0], "values": trained.predictions}
    return {
        "steps": steps,
        "grid": {"x": trained.probes[:GRID, 0], "y": trained.probes[::GRID, 1]},
        "values": trained.predictions.reshape(len(steps), GRID, GRID),
    }


def _histograms(steps: list[int], shown: Sequence[Histograms]) -> HistogramFrames:
    """Counts by frame and layer; each frame has edges of its own."""
    return {
        "steps": steps,
        "activation": {
            "edges": np.stack([one.activation_edges for one in shown]),
            "counts": np.stack([one.activations for one in shown]),
        },
        "gradient": {
            "edges": np.stack([one.gradient_edges for one in shown]),
            "counts": np.stack([one.gradients for one in shown]),
            "zero": [one.zeros.tolist() for one in shown],
        },
    }
