"""One run with many learning rates at once: a lane a rate."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from jaxtyping import Float

from server.engine.chance import batches_of, gradient_noise
from server.engine.families import as_member
from server.engine.lanes import Descent, Lanes, Pace, any_rule
from server.engine.paths import walkers
from server.engine.price import LANES
from server.engine.programs import Kernel, Programs
from server.engine.rules import Rules
from server.engine.runs import Run
from server.optimizers.optimizer import GradientRule
from surfaces.surface import Surface


class Sweep:
    """Rules that are swept by one program, and that program."""

    def __init__(self, name: str, rules: Rules[GradientRule]):
        self.rules = rules
        self.descent = Descent(any_rule(rules), LANES, recorded=True, trained=True)
        self.kernel = Kernel(name, self.descent, self._arguments, key=self.descent.key)

    def _arguments(self, dtype: np.dtype[Any], points: int) -> tuple[Any, ...]:
        return (self.descent.empty(dtype, points),)


@cache
def _sweeps() -> tuple[Sweep, Sweep]:
    """The lecture's rules, and every rule of one gradient, as walks have them."""
    lecture, every, *_ = walkers()
    return (
        Sweep("sweep rates of the lecture's rules", lecture.rules),
        Sweep("sweep rates of any rule", every.rules),
    )


def sweep_of(runs: Sequence[Run]) -> Sweep:
    """The one program for all of some runs, of those among them that follow one gradient."""
    lecture, every = _sweeps()
    one_gradient = [run for run in runs if isinstance(run.optimizer, GradientRule)]
    return lecture if all(run.optimizer in lecture.rules for run in one_gradient) else every


def swept(
    programs: Programs,
    sweep: Sweep,
    surface: Surface,
    run: Run,
    start: Float[np.ndarray, "2"],
    rates: Float[np.ndarray, " m"],
    seed: int,
) -> Iterator[Float[np.ndarray, "steps m 2"]]:
    """One run from one start with up to ``LANES`` rates, in float64.

    Yields:
        the points after each of some consecutive steps, until all are taken.
    """
    dtype = np.dtype(np.float64)
    member = as_member(surface, dtype)
    rules = sweep.rules
    program = programs.get(sweep.kernel, member)
    steps = len(run.schedule)
    noise = gradient_noise(run.gradient_noise, steps, seed, 0)
    batch = batches_of(surface, run.batch_size, range(1, steps + 1), seed)
    call = sweep.descent.empty(dtype, member.rows)._replace(
        rule=np.int32(rules.index(run.optimizer)),
        numbers=np.array(rules.numbers_of(run.optimizer), dtype),
        rates=np.resize(rates, LANES).astype(dtype),
        changes=np.array(run.changes, dtype),
    )
    if member.rows:
        call.batch[:] = member.arrays[-1]
    lanes = Lanes(np.repeat(start[:, None], LANES, axis=1).astype(dtype), call.lanes.state)
    first, pace = 0, Pace()
    while first < steps:
        here = slice(first, first + pace.steps)
        schedule = run.schedule[here]
        count = len(schedule)
        call.schedule[:count] = schedule
        if noise is not None:
            call.noise[:count] = noise[here]
        if batch is not None:
            call.batch[:count] = batch[here]
        pace.begin()
        points, lanes = program(
            member,
            call._replace(first=dtype.type(first + 1), steps=np.int32(count), lanes=lanes),
        )
        points = np.asarray(points)
        pace.end()
        yield points[:count, : len(rates)]
        first += count
