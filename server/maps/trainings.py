"""Trainings of one network with many rates and beginnings: their losses, step by step."""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from jaxtyping import Float

from server.engine.programs import Programs
from server.maps.draws import drawn
from server.maps.kernels.network import STEPS, Network, chunk


@dataclass(frozen=True)
class Settings:
    """What differs from one training to another, each [n].

    Attributes:
        input_rate, output_rate: the learning rate of each layer.
        scale, offset: what the drawn weights are multiplied by; what is added to the first layer's.
    """

    input_rate: Float[np.ndarray, " n"]
    output_rate: Float[np.ndarray, " n"]
    scale: Float[np.ndarray, " n"]
    offset: Float[np.ndarray, " n"]


def losses(
    programs: Programs,
    network: Network,
    settings: Settings,
    steps: int,
    dtype: np.dtype[Any],
) -> Float[np.ndarray, "n steps"]:
    """The loss of all examples before each step; infinite from where it is no finite number.

    A training that left the finite range is over: its lane takes the next one, and so does that
    of one that has taken all its steps.
    """
    draws = drawn(network.seed, network.width, network.points, steps, network.batch or 0)
    each = STEPS
    if programs.placement.wide.platform == "cpu":
        each = network.steps_per_call("float64" if dtype == np.float64 else "float32")
    program = chunk(programs, network, dtype, each)
    count, lanes, turns = len(settings.input_rate), network.lanes, ceil(steps / each)
    inputs, labels = draws.inputs.astype(dtype), draws.labels.astype(dtype)

    found = np.full((count, turns, each), np.inf, dtype)
    of_lane, turn = np.full(lanes, -1), np.zeros(lanes, int)
    first: Any = np.zeros((*draws.input_weights.shape, lanes), dtype)
    last: Any = np.zeros((*draws.output_weights.shape, lanes), dtype)
    first_rate, last_rate = np.zeros(lanes, dtype), np.zeros(lanes, dtype)
    taken = 0
    while True:
        free = np.flatnonzero(of_lane < 0)
        # With batches all are at the same step.
        if taken < count and len(free) and (network.batch is None or len(free) == lanes):
            place = free[: count - taken]
            new = np.arange(taken, taken + len(place))
            taken += len(place)
            of_lane[place], turn[place] = new, 0
            first, last = np.array(first), np.array(last)
            scale, offset = settings.scale[new], settings.offset[new]
            first[..., place] = draws.input_weights[..., None] * scale + offset
            last[..., place] = draws.output_weights[..., None] * scale
            first_rate[place] = settings.input_rate[new]
            last_rate[place] = settings.output_rate[new]
        busy = np.flatnonzero(of_lane >= 0)
        if not len(busy):
            break
        begun = turn[busy[0]] * each
        batch = np.zeros((each, draws.batches.shape[1]), int)
        some = draws.batches[begun : begun + each]
        batch[: len(some)] = some
        first, last, told = program(
            network.activation, first, last, first_rate, last_rate, inputs, labels, batch
        )
        seen = np.asarray(told)[:, busy].T
        found[of_lane[busy], turn[busy]] = seen
        turn[busy] += 1
        over = (turn[busy] == turns) | ~np.isfinite(seen[:, -1])
        of_lane[busy[over]] = -1
    every = found.reshape(count, -1)[:, :steps]
    lost = np.logical_or.accumulate(~np.isfinite(every), axis=1)
    return np.where(lost, np.inf, every)
