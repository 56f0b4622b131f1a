"""Lanes of a method of steps, walked call by call."""

from functools import lru_cache, partial
from time import perf_counter
from typing import Any

import numpy as np

from server.engine.chance import batches_of
from server.engine.families import AnySurface
from server.engine.programs import Kernel, Programs
from server.engine.runs import Run
from server.maps.kernels.lanes import (
    ASKING,
    BLOCK,
    CALL,
    WIDE,
    Ends,
    Given,
    Settling,
    ends_of,
    restless_of,
)
from server.maps.kernels.loop import BLOCKS, STEPS, Call, Loop, Watch, empty
from server.optimizers.optimizer import ObjectiveMethod
from server.results import Bools, Floats
from surfaces.data import DataSurface
from surfaces.surface import Surface

LOOKS = 25
"""Looks at a short run."""


def block_of(steps: int, watch: Watch) -> int:
    """Steps between two looks, or between two marks."""
    if watch == "rates":
        return -(-steps // BLOCKS)
    return max(1, min(BLOCK, steps // LOOKS))


@lru_cache(maxsize=64)
def _blank(loop: Loop, numbers: int, dtype: np.dtype[Any], rows: int) -> Call:
    return empty(loop, numbers, dtype, rows)


def _arguments(blank: Call, dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
    return (blank,)


class Calls:
    """All that the calls of one map share."""

    def __init__(
        self,
        programs: Programs,
        loop: Loop,
        member: AnySurface,
        run: Run,
        settling: Settling,
        tolerance: float,
        seed: int,
        cost: float,
        made: Surface,
    ):
        self.loop, self.member, self.settling = loop, member, settling
        self.programs = programs
        self.steps = len(run.schedule)
        self.block = block_of(self.steps, loop.watch)
        self.schedule = run.schedule
        self.dtype = member.numbers.dtype
        self.noise = None
        if loop.changed and (run.gradient_noise or loop.apart):
            # That of a path from one start: the first of its request.
            self.noise = np.random.default_rng([seed, 0]).standard_normal((self.steps, 2))
        self.batch = None
        if run.batch_size is not None and isinstance(made, DataSurface):
            self.batch = batches_of(made, run.batch_size, range(1, self.steps + 1), seed)
        each = max(cost * loop.lanes, 1e-9)
        self.pace = self._whole(min(STEPS, CALL / each))
        blank = _blank(loop, len(member.numbers), self.dtype, member.rows)
        share = self.block / BLOCK
        self.call = blank._replace(
            block=np.int32(self.block),
            slope=self.dtype.type(min(settling.slope**2, float(np.finfo(self.dtype).max))),
            stride=self.dtype.type(settling.stride * share),
            tolerance=self.dtype.type(tolerance),
            # Written over from call to call.
            schedule=blank.schedule.copy(),
            noise=blank.noise.copy(),
            batch=blank.batch.copy(),
        )
        if member.rows:
            self.call.batch[:] = member.arrays[-1]
        options = ASKING if issubclass(loop.method, ObjectiveMethod) else WIDE
        kernel = Kernel(
            f"map of {loop.method.id}", loop, partial(_arguments, blank), options, wide=True,
            key=loop.key,
        )  # fmt: skip
        self.program = programs.get(kernel, member)

    def _whole(self, steps: float) -> int:
        """Steps of a call: whole blocks."""
        return max(1, int(steps) // self.block) * self.block

    def begun(self, starts: Floats, given: Given) -> Call:
        """A call of all that these lanes begin with, the last one's repeated where some lack."""
        lanes = self.loop.lanes
        x, y = np.pad(starts.astype(self.dtype), ((0, lanes - len(starts)), (0, 0)), mode="edge").T
        return self.call._replace(
            numbers=given.numbers.astype(self.dtype),
            own=given.own.astype(self.dtype),
            changes=given.changes.astype(self.dtype),
            deviation=given.deviation.astype(self.dtype),
            restless=np.full(lanes, not self.settling.stops),
            lanes=self.call.lanes._replace(x=np.ascontiguousarray(x), y=np.ascontiguousarray(y)),
        )

    def walk(self, starts: Floats, given: Given) -> Ends:
        """Up to as many starts as there are lanes."""
        count = len(starts)
        call = self.begun(starts, given)
        done, seen, changed = 0, None, False
        restless = call.restless
        while done < self.steps:
            steps = min(self.pace, self.steps - done)
            here = slice(done, done + steps)
            call.schedule[:steps] = self.schedule[here]
            if self.noise is not None:
                call.noise[:steps] = self.noise[here]
            if self.batch is not None:
                call.batch[:steps] = self.batch[here]
            begun = perf_counter()
            now = call._replace(done=np.int32(done), steps=np.int32(steps))
            after, taken, seen = self.program(self.member, now)
            taken = int(taken)
            self._paced(taken, perf_counter() - begun)
            done += taken
            call = call._replace(lanes=after)
            settled = taken < steps
            if settled or done == self.steps:
                restless = restless_of(self.settling, call)
                if settled and not restless.any():
                    break
                changed = (restless != np.asarray(call.restless)).any()
                call = call._replace(restless=restless)
        if changed:
            # No step is taken: what there is to see is seen where these lanes are now.
            _, _, seen = self.program(
                self.member, call._replace(done=np.int32(max(done, 1)), steps=np.int32(0))
            )
        return self._ends(call, seen, restless, count)

    def _paced(self, taken: int, seconds: float) -> None:
        share = CALL / max(seconds, 1e-9)
        if taken == self.pace or share < 1:
            self.pace = self._whole(min(STEPS, taken * min(share, 8)))

    def _ends(self, call: Call, seen: Any, restless: Bools, count: int) -> Ends:
        points, settled, seen = ends_of(self.settling, call, seen, restless)
        since = np.where(settled, np.asarray(call.lanes.since), -1)
        return Ends(
            points[:count],
            since[:count],
            np.asarray(call.lanes.within)[:count],
            seen.loss[:count],
            seen.slope[:count],
            seen.sound[:count],
            np.asarray(call.lanes.marks)[:, :count],
            self.block,
        )
