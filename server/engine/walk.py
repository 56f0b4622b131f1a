"""The loop of a walk, as one program: jobs of steps over a surface."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.families import AnySurface
from server.engine.nuances import NUANCES, changed, decayed
from server.engine.rules import Method, Rules, looked_at, moves
from server.optimizers.optimizer import GradientRule
from surfaces.surface import gradient_at

CAPACITY = 4096
JOBS = 16


class Jobs(NamedTuple):
    """What one call computes, in few arrays: each costs a copy of its own.

    A row is one step: ``rate``, ``noise`` and the ``batch`` (weights of the surface's points)
    are used by it, and the point and state after it are its result. ``integers`` hold a job's
    rule, first row and number of steps; ``floats`` the number of its first step (1 for a new
    path, whose state is then made by the optimiser), its hyperparameters, its nuances, its
    point and its packed state.
    """

    count: Any
    integers: Any
    floats: Any
    rate: Any
    noise: Any
    batch: Any

    @classmethod
    def empty(cls, rules: Rules[Any], dtype: np.dtype[Any], rows: int) -> "Jobs":
        """No jobs, in arrays of the shapes that the kernel is compiled for."""
        width = 1 + rules.numbers + NUANCES + 2 + rules.states
        return cls(
            count=np.zeros((), np.int32),
            integers=np.zeros((JOBS, 3), np.int32),
            floats=np.zeros((JOBS, width), dtype),
            rate=np.zeros(CAPACITY, dtype),
            noise=np.zeros((CAPACITY, 2), dtype),
            batch=np.zeros((CAPACITY, rows), np.uint8),
        )


class Step(NamedTuple):
    """One step of one job, as a walk takes it."""

    surface: AnySurface
    rule: Array
    numbers: Array
    nuances: Array
    moving: Array
    rate: Array
    noise: Array
    k: Array


Advance = Callable[[Rules[Method], Step], tuple[Array, Array]]
"""Takes one step: from (rules, step) to the new ``moving`` and whether it was clipped."""


def walk_by(rules: Rules[Method], advance: Advance[Method]) -> Callable[..., Array]:
    """A walk whose steps ``advance`` takes: rows of x, state and whether it was clipped.

    Written so that XLA's CPU compiler turns a job's loop into one piece of native code, some
    50 ns a step (see ``runtime.NATIVE_LOOPS``): hence one vector for all that moves, and
    updates of one index. The outer loop hands a job over in two slices: with more than a few
    operations in its body it would be scheduled over threads, at 60 µs a call.
    """

    def walk(surface: AnySurface, jobs: Jobs) -> Array:
        dtype = jobs.rate.dtype
        ends = np.cumsum([1, rules.numbers, NUANCES, 2])

        def first_state(rule: Array, floats: Array) -> Array:
            k, numbers, _, x, state = jnp.split(floats, ends)
            fresh = rules.first_state(rule, x, numbers)
            return jnp.concatenate([floats[: ends[-1]], jnp.where(k == 1, fresh, state)])

        floats = jax.vmap(first_state)(jobs.integers[:, 0], jobs.floats)

        def job(j: Array, rows: Array) -> Array:
            integers = lax.dynamic_index_in_dim(jobs.integers, j, keepdims=False)
            own = lax.dynamic_index_in_dim(floats, j, keepdims=False)

            def step(i: Array, carry: tuple[Array, Array]) -> tuple[Array, Array]:
                moving, rows = carry
                row = integers[1] + i
                rate, noise, batch = (
                    lax.dynamic_index_in_dim(column, row, keepdims=False)
                    for column in (jobs.rate, jobs.noise, jobs.batch)
                )
                at = surface.on_batch(batch) if surface.rows else surface
                numbers, nuances = own[ends[0] : ends[1]], own[ends[1] : ends[2]]
                k = own[0] + i.astype(dtype)
                one = Step(at, integers[0], numbers, nuances, moving, rate, noise, k)
                moving, clipped = advance(rules, one)
                result = jnp.concatenate([moving, clipped.astype(dtype)[None]])
                return moving, lax.dynamic_update_index_in_dim(rows, result, row, 0)

            carry = own[ends[2] :], rows
            return lax.fori_loop(jnp.int32(0), integers[2], step, carry)[1]

        rows = jnp.zeros((CAPACITY, 2 + rules.states + 1), dtype)
        return lax.fori_loop(jnp.int32(0), jobs.count, job, rows)

    return walk


def stepped(rules: Rules[GradientRule], step: Step) -> tuple[Array, Array]:
    """One step of a rule that asks for one gradient."""
    x, state = step.moving[:2], step.moving[2:]
    at = looked_at(rules, step.rule, x, state, step.numbers, step.rate)
    gradient = gradient_at(step.surface, at)
    gradient, clipped = changed(gradient, at, step.nuances, step.noise)
    moving = lax.switch(
        step.rule, moves(rules), gradient, step.moving, step.numbers, step.rate, step.k
    )
    return decayed(moving, x, step.nuances, step.rate), clipped
