"""Training a network: steps in calls, watched and stopped between them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from server.engine import price
from server.engine.networks.histograms import Histograms, histograms
from server.engine.networks.network import Network, size_of, task
from server.engine.networks.outcome import outcome
from server.engine.networks.signal import FLAT, measure
from server.engine.networks.steps import STEPS, Call, Steps, empty_state, stepping
from server.engine.networks.weights import OUTPUT, draw
from server.engine.programs import Programs
from server.engine.rules import Variant
from server.errors import InputError
from server.gradient_changes import Clipping, Thresholds
from server.networks.datasets import CAPACITY
from server.optimizers.optimizer import GradientRule, Optimizer
from server.results import Floats, Integers, Outcome, Precision, Status
from surfaces.batches import batch_weights


@dataclass(frozen=True)
class Scales:
    """What default learning rates of networks follow; see ``Surface``."""

    learning_rate: float = 0.1
    stride: float = 0.003
    rates: Mapping[str, float] = field(default_factory=dict[str, float])


SCALES = Scales()
DEFAULT_OPTIMIZER = {"id": "adam", "convention": "pytorch"}
"""Of a training that names none: as networks are trained, with bias correction."""
GRID = 32
"""Predictions of classes are on a grid of GRID × GRID points, of a curve at GRID² points."""


@dataclass(frozen=True)
class Plan:
    """How a network is trained.

    Attributes:
        optimizer: what descends.
        schedule: what the learning rate is multiplied by at each step, shape [n].
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
    status: Status
    diverged_at: int | None
    outcome: Outcome


def check_optimizer(optimizer: Optimizer | type[Optimizer]) -> None:
    """Refuse what needs more than one gradient a step and memory of the parameters' shape.

    Raises:
        InputError: placed at the optimiser's id.
    """
    if not optimizer.takes_estimates:
        raise InputError(
            ("optimizer", "id"),
            f"{optimizer.id} does not train networks: it searches along lines, keeps a history, "
            "differentiates twice or solves an equation; accepted: every optimizer whose "
            "catalogue entry has reference_only false",
            "not_for_networks",
        )


def train(
    programs: Programs,
    network: Network,
    plan: Plan,
    *,
    watch: Callable[[Progress], None] = lambda _: None,
) -> Training:
    """Train a network.

    Args:
        programs: the compiled programs.
        network: what is drawn and trained.
        plan: how.
        watch: told of every call's steps as they are done.

    Raises:
        InputError: the optimiser does not train networks.
    """
    check_optimizer(plan.optimizer)
    steps = len(plan.schedule)
    frames = np.unique(np.linspace(0, steps, plan.frames).round().astype(int))
    seen = _Seen(network, plan, probes_of(network))
    call, parameters, state, program = _prepared(programs, network, plan, seen.probes)
    done, after = 0, None
    # As many steps a call as leave room to be stopped.
    size = size_of(network.depth, network.width, plan.precision)
    most = price.steps_per_call(size.training_step, STEPS)
    for count in _calls(frames, most):
        framed = done + count in frames
        call = _next(call, network, plan, done, count, framed)
        shown, after = program(call, parameters, state)
        parameters, state = after.parameters, after.state
        done += count
        seen.steps(shown, count)
        finite = seen.is_finite and (not framed or bool(np.isfinite(after.loss)))
        if finite and framed:
            seen.frame(programs, done, after.predictions, call, parameters)
        watch(Progress(done, steps, *seen.last(count)))
        if not finite:
            break
    assert after is not None
    return seen.training(float(after.loss), float(after.accuracy))


def probes_of(network: Network) -> Floats:
    """Where predictions are kept: a grid, row by row, or points of a line."""
    (x_min, x_max), (y_min, y_max) = network.dataset.region
    if network.dataset.kind == "curve":
        return np.linspace(x_min, x_max, GRID**2)[:, None]
    x, y = np.linspace(x_min, x_max, GRID), np.linspace(y_min, y_max, GRID)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)


def _calls(frames: Integers, most: int) -> Iterator[int]:
    """Lengths of calls, so that one ends at every frame; the first only looks."""
    yield 0
    for gap in np.diff(frames).tolist():
        yield from [most] * (gap // most)
        if gap % most:
            yield gap % most


def _prepared(
    programs: Programs, network: Network, plan: Plan, probes: Floats
) -> tuple[Call, Any, Any, Callable[..., Any]]:
    """The first call, parameters and state, and the program for it and all that follow."""
    dtype = np.dtype(plan.precision)
    rule: Any = plan.optimizer
    variant: Variant[GradientRule] = Variant(rule)
    padded = np.zeros((len(probes), network.capacity), dtype)
    padded[:, : network.features] = probes
    parameters = draw(network, plan.seed, dtype)
    numbers = jax.tree.leaves(plan.optimizer)
    thresholds = Thresholds() if plan.clipping is None else plan.clipping.thresholds()
    call = Call(
        architecture=network.architecture(dtype),
        task=task(network, dtype),
        features=np.int32(network.features),
        probes=padded,
        numbers=np.array(numbers, dtype),
        most=np.asarray(thresholds.norm, dtype),
        largest=np.asarray(thresholds.value, dtype),
        first=np.ones((), dtype),
        count=np.int32(0),
        look=np.bool_(True),
        rates=np.zeros(STEPS, dtype),
        batches=np.zeros((STEPS, CAPACITY), np.uint8),
    )
    state = empty_state(variant, parameters)
    key = ("network training", type(plan.optimizer), plan.optimizer.convention)
    program = programs.compiled(
        key, stepping(variant), (call, parameters, state), written_over=(1, 2)
    )
    return call, parameters, state, program


def _next(call: Call, network: Network, plan: Plan, done: int, count: int, look: bool) -> Call:
    """The next call, with the rates and batches of its steps."""
    size = network.dataset.size
    rates, batches = np.zeros_like(call.rates), np.zeros_like(call.batches)
    here = range(done + 1, done + count + 1)
    rates[:count] = plan.optimizer.learning_rate * plan.schedule[done : done + count]
    batches[:count] = batch_weights(size, CAPACITY, plan.batch_size or size, here, plan.seed)
    return call._replace(
        first=np.asarray(done + 1, call.rates.dtype),
        count=np.int32(count),
        look=np.bool_(look),
        rates=rates,
        batches=batches,
    )


class _Seen:
    """What is kept of the steps as they are done."""

    def __init__(self, network: Network, plan: Plan, probes: Floats):
        self.network, self.plan, self.probes = network, plan, probes
        self._steps: list[Steps] = []
        self._frames: list[int] = []
        self._predictions: list[Floats] = []
        self._histograms: list[Histograms] = []
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
        self, programs: Programs, step: int, predictions: Any, call: Call, parameters: Any
    ) -> None:
        """Keep a prediction, and histograms where they are asked for."""
        self._frames.append(step)
        self._predictions.append(np.asarray(predictions))
        if not self.plan.with_histograms:
            return
        flat = np.asarray(FLAT, call.rates.dtype)
        measured = (parameters, call.architecture, call.task, call.task.rows, flat)
        key = ("signal", self.network.capacity, self.plan.precision)
        _, buffers = programs.compiled(key, measure, measured)(*measured)
        kept = np.s_[: self.network.depth, : self.network.dataset.size, : self.network.width]
        self._histograms.append(histograms(*(np.asarray(one)[kept] for one in buffers)))

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
        rates = self.plan.optimizer.learning_rate * self.plan.schedule
        size = self.network.dataset.size
        noisy = (self.plan.batch_size or size) < size
        diverged_at = points if len(bad) else None
        return Training(
            loss=losses[:points],
            accuracy=np.append(joined.accuracy, accuracy)[:points],
            learning_rate=rates[:n],
            gradient_norm=joined.gradient_norm[:n],
            clipped=np.flatnonzero(joined.clipped[:n]) + 1,
            weight_gradient_norm=joined.weight_gradient_norm[:n, rows].T,
            update_ratio=joined.update_ratio[:n, rows].T,
            frames=np.array([self._frames[i] for i in kept], int),
            probes=self.probes,
            predictions=np.array([self._predictions[i] for i in kept]).reshape(
                len(kept), len(self.probes)
            ),
            histograms=[self._histograms[i] for i in kept] if self._histograms else [],
            status="diverged" if len(bad) else "running",
            diverged_at=diverged_at,
            outcome=outcome(losses[:points], diverged_at, noisy=noisy),
        )
