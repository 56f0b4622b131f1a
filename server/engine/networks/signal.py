"""How a signal fares in a network before the first step: forwards, and as a gradient back.

Everything is measured by backpropagation in networks that are really drawn, several of them;
theory stands beside it as a prediction.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from server.engine.networks import theory
from server.engine.networks.histograms import Histograms, histograms
from server.engine.networks.measuring import Measured, Progress, nothing_yet, passages
from server.engine.networks.network import Network, task
from server.engine.networks.weights import draw
from server.engine.programs import Programs
from server.results import Floats, Precision
from surfaces.batches import batch_weights


@dataclass(frozen=True)
class Predicted:
    """What theory says of each layer, shape [depth].

    Attributes:
        deviation: standard deviation of what a layer hands on.
        gradient_norm: ‖∂L/∂h‖, taking the last layer's as measured.
        bound: the most that it can be on average over weights, likewise; ``None`` where no
            bound is known.
        factor: what the norm is multiplied by a layer, at the last one.
        bound_factor: the most that it can be multiplied by a layer.
    """

    deviation: Floats
    gradient_norm: Floats
    bound: Floats | None
    factor: float
    bound_factor: float | None


@dataclass(frozen=True)
class Signal:
    """How several networks that differ in their seed alone carry a signal.

    Attributes:
        seeds: of their weights.
        measured: arrays of shape [seeds, depth], and [seeds] where there is one number.
        predicted: by theory; ``None`` where none is known.
        histograms: of the first network, when asked for.
    """

    seeds: tuple[int, ...]
    measured: Measured
    predicted: Predicted | None
    histograms: Histograms | None


def signal(
    programs: Programs,
    network: Network,
    seeds: Sequence[int],
    *,
    batch_size: int | None = None,
    precision: Precision = "float32",
    with_histograms: bool = False,
) -> Signal:
    """Draw networks and measure them.

    Args:
        programs: the compiled programs.
        network: what is drawn.
        seeds: of the weights; the data are the dataset's own.
        batch_size: rows of the batch, that of step 1; ``None`` for all.
        precision: of the arithmetic.
        with_histograms: add the histograms of the first network.
    """
    dtype = np.dtype(precision)
    learned = task(network, dtype)
    rows = learned.rows
    if batch_size is not None:
        size = network.dataset.size
        rows = batch_weights(size, len(rows), batch_size, range(1, 2), seeds[0])[0].astype(dtype)
    flat = np.asarray(network.activation.flat(), dtype)

    kept = np.flatnonzero(rows)
    # Megabytes each, which the next network writes over.
    unused: deque[Progress] = deque()

    def one(seed: int) -> tuple[Measured, Histograms | None]:
        try:
            progress = unused.pop()
        except IndexError:
            progress = nothing_yet(network, dtype)
        parameters = draw(network, seed, dtype)
        progress = passages(programs, network, parameters, learned, rows, flat, progress)
        measured = Measured(*map(np.array, progress.measured))
        shown = None
        if with_histograms and seed == seeds[0]:
            activations, gradients = (
                np.asarray(one)[: network.depth, kept, : network.width]
                for one in (progress.activations, progress.gradients)
            )
            if not np.isfinite(measured.loss):
                gradients = np.full_like(gradients, nan)
            shown = histograms(activations, gradients)
        unused.append(progress)
        return measured, shown

    answers = programs.side_by_side(one, seeds)
    measured = Measured(
        *(
            np.stack([np.asarray(value)[..., : network.depth] for value in values])
            if np.ndim(values[0])
            else np.array([float(value) for value in values])
            for values in zip(*(answer for answer, _ in answers), strict=True)
        )
    )
    return Signal(tuple(seeds), measured, _predicted(programs, network, measured), answers[0][1])


def _predicted(programs: Programs, network: Network, measured: Measured) -> Predicted | None:
    call = theory.arguments(network)
    if call is None:
        return None
    moments = programs.compiled(("mean field",), theory.propagate, call)(*call)
    square, mean, factor = (np.asarray(one)[: network.depth] for one in moments)
    last = float(np.mean(measured.gradient_norm[:, -1]))
    most = theory.bound(network)
    with np.errstate(all="ignore"):
        # Layer l's gradient has come back through the layers after it.
        behind = np.cumprod(np.append(1.0, factor[:0:-1]))[::-1]
        return Predicted(
            deviation=np.sqrt(np.maximum(square - mean**2, 0)),
            gradient_norm=last * behind,
            bound=None if most is None else last * most ** np.arange(network.depth - 1, -1, -1.0),
            factor=float(factor[-1]),
            bound_factor=most,
        )
