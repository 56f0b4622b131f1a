"""One run with many learning rates at once, as one program: a lane a rate."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.chance import batches_of, gradient_noise
from server.engine.families import AnySurface, as_member
from server.engine.nuances import NUANCES, changed, decayed
from server.engine.programs import Kernel, Programs
from server.engine.rules import Rules, looked_at, moves
from server.engine.runs import Run
from server.optimizers.catalog import GRADIENT_RULES
from server.optimizers.optimizer import GradientRule
from server.results import Floats
from surfaces.surface import Surface, gradient_at

LANES = 128
STEPS = 512
"""Steps of one call; longer runs go on from where a call ended."""


class Sweep(NamedTuple):
    """What one call computes: one run from one start with ``LANES`` learning rates.

    ``lanes`` hold, for each rate, the point and the packed state. ``shape`` is the schedule: each
    rate is multiplied by it.
    """

    rule: Any
    numbers: Any
    rates: Any
    nuances: Any
    first: Any
    steps: Any
    lanes: Any
    shape: Any
    noise: Any
    batch: Any


def _sweep(rules: Rules[GradientRule]) -> Any:
    def sweep(surface: AnySurface, call: Sweep) -> tuple[Array, Array]:
        """The points after each step [STEPS, LANES, 2], and the lanes after the last.

        What they cost is not asked here: ``evaluation`` has it for thousands of points at once.
        """
        dtype = call.rates.dtype

        def fresh(lane: Array, rate: Array) -> Array:
            numbers = call.numbers.at[0].set(rate)
            state = rules.first_state(call.rule, lane[:2], numbers)
            return jnp.concatenate([lane[:2], jnp.where(call.first == 1, state, lane[2:])])

        def step(i: Array, carry: tuple[Array, Array]) -> tuple[Array, Array]:
            moving, points = carry
            k = call.first + i.astype(dtype)
            rates = call.rates * call.shape[i]
            on = surface.on_batch(call.batch[i]) if surface.rows else surface

            def looked(moving: Array, rate: Array) -> Array:
                return looked_at(rules, call.rule, moving[:2], moving[2:], call.numbers, rate)

            at = jax.vmap(looked)(moving, rates)

            def estimate(at: Array) -> Array:
                gradient = gradient_at(on, at)
                return changed(gradient, at, call.nuances, call.noise[i])[0]

            gradients = jax.vmap(estimate)(at)
            branches = [jax.vmap(move, in_axes=(0, 0, None, 0, None)) for move in moves(rules)]
            after = lax.switch(call.rule, branches, gradients, moving, call.numbers, rates, k)
            after = jax.vmap(decayed, in_axes=(0, 0, None, 0))(
                after, moving[:, :2], call.nuances, rates
            )
            return after, lax.dynamic_update_index_in_dim(points, after[:, :2], i, 0)

        moving = jax.vmap(fresh)(call.lanes, call.rates * call.shape[0])
        points = jnp.zeros((STEPS, LANES, 2), dtype)
        moving, points = lax.fori_loop(jnp.int32(0), call.steps, step, (moving, points))
        return points, moving

    return sweep


@dataclass(frozen=True)
class Sweeper:
    """All rules of one gradient, and the program that sweeps them."""

    rules: Rules[GradientRule]
    kernel: Kernel


@cache
def sweeper() -> Sweeper:
    """The one sweeper; references, which ask for more, have none."""
    rules = Rules(GRADIENT_RULES)

    def arguments(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
        return (_empty(rules, dtype, rows),)

    key = (_sweep, *GRADIENT_RULES)
    return Sweeper(rules, Kernel("sweep rates", _sweep(rules), arguments, key=key))


def _empty(rules: Rules[GradientRule], dtype: np.dtype[Any], rows: int) -> Sweep:
    number = np.zeros((), dtype)
    return Sweep(
        rule=np.int32(0),
        numbers=np.zeros(rules.numbers, dtype),
        rates=np.zeros(LANES, dtype),
        nuances=np.zeros(NUANCES, dtype),
        first=number,
        steps=np.int32(0),
        lanes=np.zeros((LANES, 2 + rules.states), dtype),
        shape=np.zeros(STEPS, dtype),
        noise=np.zeros((STEPS, 2), dtype),
        batch=np.zeros((STEPS, rows), np.uint8),
    )


def swept(
    programs: Programs, surface: Surface, run: Run, start: Floats, rates: Floats, seed: int
) -> Iterator[Floats]:
    """One run from one start [2] with up to ``LANES`` rates, in float64.

    Yields:
        the points after each of some consecutive steps, [steps, m, 2], until all are taken.
    """
    dtype = np.dtype(np.float64)
    member = as_member(surface, dtype)
    rules, kernel = sweeper().rules, sweeper().kernel
    program = programs.get(kernel, member)
    steps = len(run.schedule)
    noise = gradient_noise(run.gradient_noise, steps, seed, 0)
    batch = batches_of(surface, run.batch_size, range(1, steps + 1), seed)
    call = _empty(rules, dtype, member.rows)._replace(
        rule=np.int32(rules.index(run.optimizer)),
        numbers=np.array(rules.numbers_of(run.optimizer), dtype),
        rates=np.resize(rates, LANES).astype(dtype),
        nuances=np.array(run.nuances, dtype),
    )
    call.lanes[:, :2] = start
    lanes = call.lanes
    for first in range(0, steps, STEPS):
        here = slice(first, first + STEPS)
        shape = run.schedule[here]
        call.shape[: len(shape)] = shape
        if noise is not None:
            call.noise[: len(shape)] = noise[here]
        if member.rows:
            call.batch[: len(shape)] = member.arrays[-1] if batch is None else batch[here]
        now = call._replace(
            first=np.asarray(first + 1, dtype), steps=np.int32(len(shape)), lanes=lanes
        )
        points, lanes = program(member, now)
        yield np.asarray(points)[: len(shape), : len(rates)]
