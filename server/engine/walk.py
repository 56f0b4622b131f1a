"""The loop of a walk, as one program: jobs of steps over a surface."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jaxtyping import Bool, Float, Int, UInt8

from server.engine.families import AnySurface
from server.engine.gradient_changes import changed, decayed
from server.engine.layout import JobLayout, RowLayout
from server.engine.rules import Method, Rules, looked_at, moves
from server.optimizers.optimizer import GradientRule

CAPACITY = 4096
JOBS = 16


class Jobs(NamedTuple):
    """What one call computes, in few arrays: each costs a copy of its own.

    A row is one step: ``rate``, ``noise`` and the ``batch`` (weights of the surface's points)
    are used by it, and its result is written there (``RowLayout``). ``integers`` hold a job's
    rule, first row and number of steps, ``floats`` what ``JobLayout`` says. A new path's state is
    made by the optimiser.
    """

    count: Int[Any, ""]
    integers: Int[Any, "jobs 3"]
    floats: Float[Any, "jobs width"]
    rate: Float[Any, " rows"]
    noise: Float[Any, "rows 2"]
    batch: UInt8[Any, "rows points"]

    @classmethod
    def empty(cls, rules: Rules[Any], dtype: np.dtype[Any], points: int) -> "Jobs":
        """No jobs, in arrays of the shapes that the kernel is compiled for."""
        return cls(
            count=np.zeros((), np.int32),
            integers=np.zeros((JOBS, 3), np.int32),
            floats=np.zeros((JOBS, JobLayout.of(rules).width), dtype),
            rate=np.zeros(CAPACITY, dtype),
            noise=np.zeros((CAPACITY, 2), dtype),
            batch=np.zeros((CAPACITY, points), np.uint8),
        )


class Step(NamedTuple):
    """One step of one job: what it is given."""

    surface: AnySurface
    rule: Int[Array, ""]
    numbers: Float[Array, " numbers"]
    changes: Float[Array, " changes"]
    moving: Float[Array, " moving"]
    rate: Float[Array, ""]
    noise: Float[Array, "2"]
    k: Float[Array, ""]


class Stepped(NamedTuple):
    """What a step came to, and f and ∇f where it took its gradient."""

    moving: Float[Array, " moving"]
    clipped: Bool[Array, ""]
    loss: Float[Array, ""]
    gradient: Float[Array, "2"]


Advance = Callable[[Rules[Method], Step], Stepped]
"""Takes one step."""


def walk_by(
    rules: Rules[Method], advance: Advance[Method]
) -> Callable[[AnySurface, Jobs], Float[Array, "rows width"]]:
    """A walk whose steps ``advance`` takes: a row of each (``RowLayout``).

    Written so that XLA's CPU compiler turns a job's loop into one piece of native code, some
    50 ns a step (see ``runtime.NATIVE_LOOPS``): hence one vector for all that moves, and
    updates of one index. The outer loop hands a job over in two slices: with more than a few
    operations in its body it would be scheduled over threads, at 60 µs a call.
    """
    part, row_width = JobLayout.of(rules), RowLayout.of(rules).width

    def walk(surface: AnySurface, jobs: Jobs) -> Array:
        dtype = jobs.rate.dtype

        def begun(rule: Array, own: Array) -> Array:
            x, state = jnp.split(own[part.moving], [2])
            fresh = rules.first_state(rule, x, own[part.numbers])
            state = jnp.where(own[part.first_step] == 1, fresh, state)
            return jnp.concatenate([own[: part.moving.start], x, state])

        floats = jax.vmap(begun)(jobs.integers[:, 0], jobs.floats)

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
                k = own[part.first_step] + i.astype(dtype)
                numbers, changes = own[part.numbers], own[part.changes]
                one = Step(at, integers[0], numbers, changes, moving, rate, noise, k)
                done = advance(rules, one)
                seen = jnp.stack([done.clipped.astype(dtype), done.loss])
                result = jnp.concatenate([done.moving, seen, done.gradient])
                return done.moving, lax.dynamic_update_index_in_dim(rows, result, row, 0)

            return lax.fori_loop(jnp.int32(0), integers[2], step, (own[part.moving], rows))[1]

        rows = jnp.zeros((CAPACITY, row_width), dtype)
        return lax.fori_loop(jnp.int32(0), jobs.count, job, rows)

    return walk


def stepped(rules: Rules[GradientRule], step: Step) -> Stepped:
    """One step of a rule that asks for one gradient."""
    x, state = step.moving[:2], step.moving[2:]
    at = looked_at(rules, step.rule, x, state, step.numbers, step.rate)
    loss, gradient = step.surface.loss_and_gradient(at)
    given, clipped = changed(gradient, at, step.changes, step.noise)
    moving = lax.switch(
        step.rule, moves(rules), given, step.moving, step.numbers, step.rate, step.k
    )
    return Stepped(decayed(moving, x, step.changes, step.rate), clipped, loss, gradient)
