"""A training run: what is asked for, and what is kept of its steps as they are done."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from server.engine.networks.histograms import Histograms
from server.engine.networks.network import Network
from server.engine.networks.outcome import outcome
from server.engine.networks.rates import RateChange, rates
from server.engine.networks.saturation import Flatness
from server.engine.networks.steps import Steps
from server.engine.networks.unit_events import unit_events
from server.engine.networks.weights import OUTPUT
from server.gradient_changes import Clipping
from server.optimizers.optimizer import Optimizer
from server.results import Event, Floats, Integers, Outcome, Precision, Status


@dataclass(frozen=True)
class Plan:
    """How a network is trained.

    Attributes:
        optimizer: what descends.
        schedule: what the learning rate is multiplied by at each step, shape [n].
        changes: learning rates that take the place of the optimiser's, from some steps on.
        clipping: what gradients are cut to, if they are.
        batch_size: rows each gradient is of; ``None`` for all.
        seed: of the weights and of the batches.
        frames: how often predictions are kept, the start and the end included.
        precision: of the arithmetic.
        with_histograms: keep histograms beside the predictions.
    """

    optimizer: Optimizer
    schedule: Floats
    clipping: Clipping | None = None
    batch_size: int | None = None
    seed: int = 0
    frames: int = 50
    precision: Precision = "float32"
    with_histograms: bool = False
    changes: Sequence[RateChange] = ()

    @cached_property
    def rates(self) -> Floats:
        """The learning rate of each step, shape [n]."""
        return rates(self.optimizer.learning_rate, self.changes, self.schedule)


@dataclass(frozen=True)
class Progress:
    """How far training is: ``done`` of ``total`` steps, and what the last of them showed."""

    done: int
    total: int
    loss: Floats
    accuracy: Floats


@dataclass(frozen=True)
class Training:
    """A training run of n steps; n is less than asked for where it left the finite range.

    Attributes:
        loss, accuracy: on all points before each step and after the last, shape [n + 1];
            empty where the loss is not finite from the start.
        learning_rate: of each step, shape [n].
        gradient_norm: of the whole gradient before clipping, shape [n].
        clipped: numbers of the steps whose gradient was clipped.
        weight_gradient_norm: ‖∂L/∂W‖ of each layer, the output's last, shape [depth + 1, n].
        update_ratio: ‖ΔW‖/‖W‖ likewise; not finite where W is 0.
        frames: steps after which predictions were kept, ascending.
        probes: where, shape [points, 2], or [points, 1] for a curve.
        predictions: shape [frames, points].
        histograms: one a frame, when asked for.
        flatness: which units are flat, arrays of shape [frames, depth].
        events: when units died or were saturated.
        status: "diverged" when a step left the finite range, else "running".
        diverged_at: that step.
        outcome: what the training came to.
    """

    loss: Floats
    accuracy: Floats
    learning_rate: Floats
    gradient_norm: Floats
    clipped: Integers
    weight_gradient_norm: Floats
    update_ratio: Floats
    frames: Integers
    probes: Floats
    predictions: Floats
    histograms: list[Histograms]
    flatness: Flatness
    events: tuple[Event, ...]
    status: Status
    diverged_at: int | None
    outcome: Outcome


class Record:
    """What is kept of the steps as they are done."""

    def __init__(self, network: Network, plan: Plan, probes: Floats):
        self.network, self.plan, self.probes = network, plan, probes
        self._steps: list[Steps] = []
        self._frames: list[int] = []
        self._predictions: list[Floats] = []
        self._histograms: list[Histograms] = []
        self._flatness: list[Floats] = []
        self.is_finite = True

    def steps(self, shown: Steps, count: int) -> None:
        """Keep the first ``count`` steps of a call."""
        if count == 0:
            return
        kept = Steps(*(np.asarray(one)[:count].astype(np.float64) for one in shown))
        self._steps.append(kept)
        self.is_finite = bool(np.isfinite(kept.loss + kept.gradient_norm).all())

    def last(self, count: int) -> tuple[Floats, Floats]:
        """Loss and accuracy of the last call's steps."""
        if count == 0:
            return np.empty(0), np.empty(0)
        return self._steps[-1].loss, self._steps[-1].accuracy

    def frame(
        self, step: int, predictions: Floats, flatness: Flatness, shown: Histograms | None
    ) -> None:
        """Keep a prediction, what is flat, and histograms where they are asked for."""
        self._frames.append(step)
        self._predictions.append(predictions)
        self._flatness.append(np.stack(flatness))
        if shown is not None:
            self._histograms.append(shown)

    def training(self, loss: float, accuracy: float) -> Training:
        """The whole run, cut before the first number that is not finite."""
        empty = Steps(*np.empty((4, 0)), *np.empty((2, 0, OUTPUT + 1)))
        joined = Steps(*(np.concatenate(parts) for parts in zip(empty, *self._steps, strict=True)))
        losses = np.append(joined.loss, loss)
        lengths = np.append(joined.gradient_norm, 0.0)
        bad = np.flatnonzero(~np.isfinite(losses + lengths))
        # The gradient of a finite loss may overflow: its step leads out of the finite range.
        points = len(losses)
        if len(bad):
            points = int(bad[0]) + bool(np.isfinite(losses[bad[0]]))
        n = max(points - 1, 0)
        rows = [*range(self.network.depth), OUTPUT]
        kept = [i for i, frame in enumerate(self._frames) if frame < points]
        size = self.network.dataset.size
        noisy = (self.plan.batch_size or size) < size
        diverged_at = points if len(bad) else None
        frames = np.array([self._frames[i] for i in kept], int)
        norms = joined.weight_gradient_norm[:n, rows].T
        flat = np.array([self._flatness[i] for i in kept]).reshape(len(kept), -1, OUTPUT)
        flatness = Flatness(*flat[:, :, : self.network.depth].swapaxes(0, 1))
        return Training(
            loss=losses[:points],
            accuracy=np.append(joined.accuracy, accuracy)[:points],
            learning_rate=self.plan.rates[:n],
            gradient_norm=joined.gradient_norm[:n],
            clipped=np.flatnonzero(joined.clipped[:n]) + 1,
            weight_gradient_norm=norms,
            update_ratio=joined.update_ratio[:n, rows].T,
            frames=frames,
            probes=self.probes,
            predictions=np.array([self._predictions[i] for i in kept]).reshape(
                len(kept), len(self.probes)
            ),
            histograms=[self._histograms[i] for i in kept] if self._histograms else [],
            flatness=flatness,
            events=unit_events(self.network, frames, flatness, norms),
            status="diverged" if len(bad) else "running",
            diverged_at=diverged_at,
            outcome=outcome(losses[:points], diverged_at, noisy=noisy),
        )
