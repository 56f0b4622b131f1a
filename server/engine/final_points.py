"""Where thousands of independent runs of one rule end.

A path needs every point; a map of starts or of hyperparameters needs only the last. Lanes go
side by side through the same steps: on a CPU in blocks that stay in a core's cache, one block a
thread; on a GPU as many as it takes to fill it.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from os import cpu_count
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from server.engine.families import as_member
from server.engine.lanes import Descent, Lanes, Pace, one_rule
from server.engine.programs import Kernel, Options, Programs
from server.optimizers.optimizer import GradientRule
from server.results import Precision
from surfaces.surface import Surface

LANES = {"cpu": 2048, "gpu": 262_144}
"""Runs of one call, by the platform that computes them."""

# Wide work pays for the full compile that small loops do without.
WIDE: Options = {"xla_cpu_prefer_vector_width": "512"}


@lru_cache(maxsize=64)
def _descent(rule: type[GradientRule], convention: str, lanes: int, apart: bool) -> Descent:
    made: Any = rule
    stepper = one_rule(made(convention=convention))
    return Descent(stepper, lanes, recorded=False, trained=False, apart=apart)


def _arguments(descent: Descent, dtype: np.dtype[Any], points: int) -> tuple[Any, ...]:
    return (descent.empty(dtype, points),)


def final_points(
    programs: Programs,
    surface: Surface,
    optimizer: GradientRule,
    starts: Float[np.ndarray, "N 2"],
    steps: int,
    precision: Precision = "float32",
) -> Float[np.ndarray, "N 2"]:
    """Last points of one rule's runs from many starts; not finite where a run diverged.

    Args:
        programs: the compiled programs; this one is compiled at first use.
        surface: what is descended, with plain numbers.
        optimizer: its numbers may be floats, or arrays of shape [N], one a start.
        starts: where runs begin.
        steps: how many.
        precision: of the arithmetic.
    """
    dtype, total = np.dtype(precision), len(starts)
    lanes = LANES.get(programs.placement.wide.platform, LANES["gpu"])
    rate, *others = jax.tree.leaves(optimizer)
    apart = any(np.ndim(number) > 0 for number in others)
    descent = _descent(type(optimizer), optimizer.convention, lanes, apart)
    kernel = Kernel(
        f"final points of {optimizer.id}",
        descent,
        partial(_arguments, descent),
        WIDE,
        wide=True,
        key=descent.key,
    )
    member = as_member(surface, dtype, alone=True)
    program = programs.get(kernel, member)
    padding = (0, -total % lanes)

    def spread(number: Any) -> Float[np.ndarray, " padded"]:
        return np.pad(np.broadcast_to(np.asarray(number, dtype), total), padding, mode="edge")

    x = np.pad(starts.T.astype(dtype), ((0, 0), padding))
    rates = spread(rate)
    # The first of the numbers is the rate, which every lane has of its own.
    numbers = np.stack([rates, *map(spread, others)]) if apart else np.array([0, *others], dtype)
    empty = descent.empty(dtype, member.rows)

    def block(begin: int) -> Float[np.ndarray, "2 lanes"]:
        here = slice(begin, begin + lanes)
        call = empty._replace(
            rates=rates[here],
            numbers=numbers[:, here] if apart else numbers,
            lanes=Lanes(x[:, here], empty.lanes.state),
        )
        first, pace = 0, Pace()
        while first < steps:
            count = min(pace.steps, steps - first)
            pace.begin()
            now = call._replace(first=dtype.type(first + 1), steps=np.int32(count))
            _, after = program(member, now)
            np.asarray(after.x)  # waits for it
            pace.end()
            call = call._replace(lanes=after)
            first += count
        return np.asarray(call.lanes.x)

    with ThreadPoolExecutor(cpu_count()) as threads:
        blocks = list(threads.map(block, range(0, x.shape[1], lanes)))
    return np.concatenate(blocks, axis=1)[:, :total].T
