"""Paths: optimisers stepping over a surface, many paths in one call.

One program per surface walks every optimiser. A call holds up to ``JOBS`` paths and
``CAPACITY`` steps; longer work is cut into calls, and a path that is cut goes on from its
last row, bitwise as if it had not been cut.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.programs import Kernel, Programs, as_leaves
from server.engine.variants import NUMBERS, STATES, numbers_of, variants
from server.optimizers.optimizer import Optimizer
from server.results import Floats, Precision
from surfaces.surface import Surface, gradient_at

CAPACITY = 4096
JOBS = 16


class Jobs(NamedTuple):
    """What one call computes, in few arrays: each costs a copy of its own.

    A row is one step: ``rate`` is used by it, and the point and state after it are its
    result. ``integers`` hold a job's variant, first row and number of steps, ``numbers`` its
    hyperparameters. ``k`` numbers the first step of a job, 1 for a new path, whose state is
    then made by the optimiser and not read from ``state``.
    """

    count: Any
    integers: Any
    numbers: Any
    k: Any
    x: Any
    state: Any
    rate: Any

    @classmethod
    def empty(cls, dtype: np.dtype[Any]) -> "Jobs":
        """No jobs, in arrays of the shapes that the kernel is compiled for."""
        return cls(
            count=np.zeros((), np.int32),
            integers=np.zeros((JOBS, 3), np.int32),
            numbers=np.zeros((JOBS, NUMBERS), dtype),
            k=np.ones(JOBS, dtype),
            x=np.zeros((JOBS, 2), dtype),
            state=np.zeros((JOBS, STATES, 2), dtype),
            rate=np.zeros(CAPACITY, dtype),
        )


def walk(surface: Surface, jobs: Jobs) -> tuple[Array, Array]:
    """Every job's points and states after each step, shapes [CAPACITY, 2], [CAPACITY, STATES, 2].

    Written so that XLA's CPU compiler turns a job's loop into one piece of native code, some
    25 ns a step. It gives up on that (20 times slower) when the body holds a scatter, a
    matrix product or a second conditional: hence ``where`` for the look-ahead, and updates of
    one index. The outer loop hands a job over in two slices: with more than a few operations
    in its body it would be scheduled over threads, at 60 µs a call.
    """
    known = variants()
    dtype = jobs.x.dtype

    def first_state(variant: Array, k: Array, x: Array, numbers: Array, state: Array) -> Array:
        fresh = lax.switch(variant, known.branches(lambda rule: rule.init), x, numbers)
        return jnp.where(k == 1, fresh, state)

    def position(variant: Array, x: Array, state: Array, numbers: Array, rate: Array) -> Array:
        at = x
        for index, rule in enumerate(known.distinct):
            if rule.looks_ahead:
                at = jnp.where(variant == index, rule.look_at(x, state, numbers, rate), at)
        return at

    states = jax.vmap(first_state)(
        jobs.integers[:, 0], jobs.k, jobs.x, jobs.numbers, jobs.state
    ).reshape(JOBS, -1)
    floats = jnp.concatenate([jobs.k[:, None], jobs.numbers, jobs.x, states], axis=1)

    def job(j: Array, rows: tuple[Array, Array]) -> tuple[Array, Array]:
        integers = lax.dynamic_index_in_dim(jobs.integers, j, keepdims=False)
        packed = lax.dynamic_index_in_dim(floats, j, keepdims=False)

        def step(i: Array, carry: tuple[Array, ...]) -> tuple[Array, ...]:
            x, state, points, states = carry
            variant, row = integers[0], integers[1] + i
            numbers = packed[1 : 1 + NUMBERS]
            rate = lax.dynamic_index_in_dim(jobs.rate, row, keepdims=False)
            gradient = gradient_at(surface, position(variant, x, state, numbers, rate))
            move, state = lax.switch(
                variant,
                known.branches(lambda rule: rule.step),
                gradient,
                state,
                numbers,
                rate,
                packed[0] + i.astype(dtype),
            )
            x = x + move
            points = lax.dynamic_update_index_in_dim(points, x, row, 0)
            states = lax.dynamic_update_index_in_dim(states, state, row, 0)
            return x, state, points, states

        moving = packed[1 + NUMBERS :]
        carry = (moving[:2], moving[2:].reshape(STATES, 2), *rows)
        return lax.fori_loop(jnp.int32(0), integers[2], step, carry)[2:]

    rows = jnp.zeros((CAPACITY, 2), dtype), jnp.zeros((CAPACITY, STATES, 2), dtype)
    return lax.fori_loop(jnp.int32(0), jobs.count, job, rows)


WALK = Kernel("walk", walk, lambda dtype: (Jobs.empty(dtype),))


@dataclass(frozen=True)
class Segment:
    """Some consecutive steps of one path, and the rows of the call that hold them."""

    path: int
    first_step: int
    steps: int
    row: int


def calls(paths: int, steps: int) -> Iterator[list[Segment]]:
    """Cut ``paths`` paths of ``steps`` steps into calls, in order."""
    segments: list[Segment] = []
    row = 0
    for path in range(paths):
        done = 0
        while done < steps:
            if row == CAPACITY or len(segments) == JOBS:
                yield segments
                segments, row = [], 0
            count = min(steps - done, CAPACITY - row)
            segments.append(Segment(path, done, count, row))
            done, row = done + count, row + count
    if segments:
        yield segments


def walk_paths(
    programs: Programs,
    surface: Surface,
    optimizers: list[Optimizer],
    starts: Floats,
    rates: Floats,
    precision: Precision,
) -> tuple[Floats, Floats]:
    """Walk ``P`` paths of ``n`` steps each.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        optimizers: one for each path.
        starts: shape [P, 2].
        rates: the learning rate of each step of each path, shape [P, n].
        precision: of the arithmetic and of the answer.

    Returns:
        Points after each step, shape [P, n, 2], and states, shape [P, n, STATES, 2]. From the
        step that leaves the finite range on, rows are not finite.
    """
    paths, steps = rates.shape
    dtype = np.dtype(precision)
    program = programs.get(WALK, type(surface), precision)
    surface = as_leaves(surface, dtype)
    numbers = np.array([numbers_of(optimizer) for optimizer in optimizers], dtype)
    index = variants().index
    chosen = [index[optimizer.id, optimizer.convention] for optimizer in optimizers]
    points = np.empty((paths, steps, 2), dtype)
    states = np.empty((paths, steps, STATES, 2), dtype)
    for segments in calls(paths, steps):
        jobs = Jobs.empty(dtype)._replace(count=np.int32(len(segments)))
        for j, segment in enumerate(segments):
            path, first = segment.path, segment.first_step
            jobs.integers[j] = chosen[path], segment.row, segment.steps
            jobs.numbers[j] = numbers[path]
            jobs.k[j] = first + 1
            jobs.x[j] = points[path, first - 1] if first else starts[path]
            jobs.state[j] = states[path, first - 1] if first else 0
            rows = slice(segment.row, segment.row + segment.steps)
            jobs.rate[rows] = rates[path, first : first + segment.steps]
        call_points, call_states = (np.asarray(rows) for rows in program(surface, jobs))
        for segment in segments:
            rows = slice(segment.row, segment.row + segment.steps)
            span = slice(segment.first_step, segment.first_step + segment.steps)
            points[segment.path, span] = call_points[rows]
            states[segment.path, span] = call_states[rows]
    return points, states
