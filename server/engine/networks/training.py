"""Training a network: steps in calls, watched and stopped between them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from server.engine import price
from server.engine.networks.histograms import Histograms, histograms
from server.engine.networks.measuring import nothing_yet, passages
from server.engine.networks.network import Network, size_of, task
from server.engine.networks.rates import check as check_changes
from server.engine.networks.record import Plan, Progress, Record, Training
from server.engine.networks.saturation import Flatness
from server.engine.networks.steps import (
    STEPS,
    After,
    Call,
    Steps,
    empty_room,
    empty_state,
    stepping,
)
from server.engine.networks.weights import draw
from server.engine.programs import Programs
from server.engine.rules import Variant
from server.errors import InputError
from server.gradient_changes import Thresholds
from server.networks.dataset import CAPACITY
from server.optimizers.optimizer import GradientRule, Optimizer
from server.results import Floats, Integers
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
        InputError: the optimiser does not train networks, or the rate changes after the end.
    """
    check_optimizer(plan.optimizer)
    check_changes(plan.changes, len(plan.schedule))
    steps = len(plan.schedule)
    frames = np.unique(np.linspace(0, steps, plan.frames).round().astype(int))
    record = Record(network, plan, probes_of(network))
    call, after, program = _prepared(programs, network, plan, record.probes)
    keep = _histograms(programs, network, call) if plan.with_histograms else None
    done = 0
    # As many steps a call as leave room to be stopped.
    size = size_of(network.depth, network.width, plan.precision)
    most = price.steps_per_call(size.training_step, STEPS)
    for count in _calls(frames, most):
        framed = done + count in frames
        call = _next(call, network, plan, done, count, framed)
        shown, after = program(call, after.parameters, after.state, after.room)
        done += count
        record.steps(shown, count)
        finite = record.is_finite and (not framed or bool(np.isfinite(after.loss)))
        if finite and framed:
            counted = None if keep is None else keep(after.parameters)
            predictions = network.dataset.unscaled(np.asarray(after.predictions))
            record.frame(done, predictions, Flatness(*map(np.asarray, after.flatness)), counted)
        watch(Progress(done, steps, *record.last(count)))
        if not finite:
            break
    return record.training(float(after.loss), float(after.accuracy))


def _histograms(programs: Programs, network: Network, call: Call) -> Callable[[Any], Histograms]:
    """What counts histograms of a network with some parameters."""
    dtype = call.rates.dtype
    room = [nothing_yet(network, dtype)]
    kept = np.s_[: network.depth, : network.dataset.size, : network.width]

    def of(parameters: Any) -> Histograms:
        learned = call.task
        progress = passages(
            programs, network, parameters, learned, learned.rows, call.flat, room.pop()
        )
        programs.token.check()
        counted = histograms(
            *(np.asarray(one)[kept] for one in (progress.activations, progress.gradients))
        )
        room.append(progress)
        return counted

    return of


def probes_of(network: Network) -> Floats:
    """Where predictions are kept, in the data's units: a grid, row by row, or points of a line."""
    (x_min, x_max), (y_min, y_max) = network.dataset.worth_seeing()
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
) -> tuple[Call, After, Callable[..., tuple[Steps, After]]]:
    """The first call, what it begins with, and the program for it and all that follow."""
    dtype = np.dtype(plan.precision)
    rule: Any = plan.optimizer
    variant: Variant[GradientRule] = Variant(rule)
    padded = np.zeros((len(probes), network.capacity), dtype)
    padded[:, : network.features] = network.dataset.scaled(probes)
    parameters = draw(network, plan.seed, dtype)
    numbers = jax.tree.leaves(plan.optimizer)
    thresholds = Thresholds() if plan.clipping is None else plan.clipping.thresholds()
    call = Call(
        architecture=network.architecture(dtype),
        task=task(network, dtype),
        features=np.int32(network.features),
        flat=np.asarray(network.activation.flat(), dtype),
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
    state, room = empty_state(variant, parameters), empty_room(parameters, CAPACITY)
    key = ("network training", type(plan.optimizer), plan.optimizer.convention)
    begin = (call, parameters, state, room)
    program = programs.compiled(key, stepping(variant), begin, written_over=(1, 2, 3))
    return call, After(parameters, state, room, np.nan, np.nan, None, None), program


def _next(call: Call, network: Network, plan: Plan, done: int, count: int, look: bool) -> Call:
    """The next call, with the rates and batches of its steps."""
    size = network.dataset.size
    rates, batches = np.zeros_like(call.rates), np.zeros_like(call.batches)
    here = range(done + 1, done + count + 1)
    rates[:count] = plan.rates[done : done + count]
    batches[:count] = batch_weights(size, CAPACITY, plan.batch_size or size, here, plan.seed)
    return call._replace(
        first=np.asarray(done + 1, call.rates.dtype),
        count=np.int32(count),
        look=np.bool_(look),
        rates=rates,
        batches=batches,
    )
