"""Paths: optimisers stepping over a surface, many paths in one call.

One program per surface walks every optimiser. A call holds up to ``JOBS`` paths and
``CAPACITY`` steps; longer work is cut into calls, and a path that is cut goes on from its
last row, bitwise as if it had not been cut.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.programs import Kernel, Programs, as_leaves
from server.engine.variants import NUMBERS, STATES, Variant, numbers_of, variants
from server.optimizers.optimizer import Optimizer
from server.results import Floats, Precision
from surfaces.surface import Surface, gradient_at

CAPACITY = 4096
JOBS = 16
WIDTH = 2 + 2 * STATES
"""Numbers in a row: x, y and the packed state."""


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


def walk(surface: Surface, jobs: Jobs) -> Array:
    """What each step of every job led to: rows of x and state, shape [CAPACITY, WIDTH].

    Written so that XLA's CPU compiler turns a job's loop into one piece of native code, some
    25 ns a step. It gives up on that (20 times slower) when the body touches more than a
    kilobyte a step, or holds a scatter or a matrix product: hence one vector for all that
    moves, ``where`` for the look-ahead, and updates of one index. The outer loop hands a job
    over in two slices: with more than a few operations in its body it would be scheduled over
    threads, at 60 µs a call.
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

    def taken(rule: Variant) -> Callable[..., Array]:
        def step(gradient: Array, moving: Array, numbers: Array, rate: Array, k: Array) -> Array:
            x, state = moving[:2], moving[2:].reshape(STATES, 2)
            move, state = rule.step(gradient, state, numbers, rate, k)
            return jnp.concatenate([x + move, state.reshape(-1)])

        return step

    steps = known.branches(taken)

    def job(j: Array, rows: Array) -> Array:
        integers = lax.dynamic_index_in_dim(jobs.integers, j, keepdims=False)
        packed = lax.dynamic_index_in_dim(floats, j, keepdims=False)

        def step(i: Array, carry: tuple[Array, ...]) -> tuple[Array, ...]:
            moving, rows = carry
            variant, row = integers[0], integers[1] + i
            numbers = packed[1 : 1 + NUMBERS]
            rate = lax.dynamic_index_in_dim(jobs.rate, row, keepdims=False)
            at = position(variant, moving[:2], moving[2:].reshape(STATES, 2), numbers, rate)
            k = packed[0] + i.astype(dtype)
            moving = lax.switch(variant, steps, gradient_at(surface, at), moving, numbers, rate, k)
            return moving, lax.dynamic_update_index_in_dim(rows, moving, row, 0)

        carry = packed[1 + NUMBERS :], rows
        return lax.fori_loop(jnp.int32(0), integers[2], step, carry)[1]

    rows = jnp.zeros((CAPACITY, WIDTH), dtype)
    return lax.fori_loop(jnp.int32(0), jobs.count, job, rows)


WALK = Kernel("walk", walk, lambda dtype: (Jobs.empty(dtype),))


class Segment(NamedTuple):
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
        Points, the start first, shape [P, n + 1, 2], and states after each step, shape
        [P, n, STATES, 2]. From the step that leaves the finite range on, they are not finite.
    """
    paths, steps = rates.shape
    dtype = np.dtype(precision)
    program = programs.get(WALK, type(surface), precision)
    surface = as_leaves(surface, dtype)
    numbers = np.array([numbers_of(optimizer) for optimizer in optimizers], dtype)
    index = variants().index
    chosen = [index[optimizer.id, optimizer.convention] for optimizer in optimizers]
    rows = np.empty((paths, steps + 1, WIDTH), dtype)
    rows[:, 0, :2] = starts
    rows[:, 0, 2:] = 0
    for segments in calls(paths, steps):
        jobs = Jobs.empty(dtype)._replace(count=np.int32(len(segments)))
        for j, (path, first, count, row) in enumerate(segments):
            jobs.integers[j] = chosen[path], row, count
            jobs.numbers[j] = numbers[path]
            jobs.k[j] = first + 1
            jobs.x[j] = rows[path, first, :2]
            jobs.state[j] = rows[path, first, 2:].reshape(STATES, 2)
            jobs.rate[row : row + count] = rates[path, first : first + count]
        walked = np.asarray(program(surface, jobs))
        for path, first, count, row in segments:
            rows[path, first + 1 : first + 1 + count] = walked[row : row + count]
    return rows[..., :2], rows[:, 1:, 2:].reshape(paths, steps, STATES, 2)
