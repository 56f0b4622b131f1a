"""Lanes of a method of steps, walked call by call."""

from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from server.engine.chance import batches_of
from server.engine.families import AnySurface
from server.engine.programs import Kernel, Programs
from server.engine.runs import Run
from server.maps.costs import BLOCKS
from server.maps.kernels.lanes import (
    ASKING,
    BLOCK,
    CALL,
    WIDE,
    Ends,
    Given,
    Settling,
    ends_of,
    told_apart,
)
from server.maps.kernels.loop import Loop, empty, packings
from server.maps.kernels.loop_call import STEPS, Call, Lanes, Seen, Watch
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
        each = max(cost * loop.lanes * loop.groups, 1e-9)
        self.pace = self._whole(min(STEPS, CALL / each))
        self.of_lanes, self.of_seen = packings(loop, self.dtype)
        blank = empty(loop, len(member.numbers), self.dtype, member.rows)
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
        groups, each = self.loop.groups, self.loop.lanes
        lacking = groups * each - len(starts)
        x, y = np.pad(starts.astype(self.dtype), ((0, lacking), (0, 0)), mode="edge").T
        packs = tuple(pack.copy() for pack in self.call.lanes)
        lanes = self.of_lanes.unpack(packs)
        lanes.x[:], lanes.y[:] = x.reshape(groups, each), y.reshape(groups, each)
        # A group without any start has no steps to take.
        lanes.done[np.arange(groups) * each >= len(starts)] = self.steps
        return self.call._replace(
            numbers=given.numbers.astype(self.dtype),
            own=given.own.astype(self.dtype),
            changes=given.changes.astype(self.dtype),
            deviation=given.deviation.astype(self.dtype),
            restless=np.full((groups, each), not self.settling.stops),
            lanes=packs,
        )

    def called(self, call: Call) -> tuple[tuple[Any, ...], Lanes, Seen]:
        """Lanes after a call, as the next one takes them and of NumPy, and what is seen."""
        packs, seen = self.program(self.member, call)
        lanes = self.of_lanes.unpack([np.asarray(pack) for pack in packs])
        return packs, lanes, self.of_seen.unpack([np.asarray(pack) for pack in seen])

    def walk(self, starts: Floats, given: Given) -> Ends:
        """Up to as many starts as there are lanes."""
        call = self.begun(starts, given)
        restless, last = call.restless, 0
        # Those that only fill a group are never asked about.
        calm = np.arange(restless.size).reshape(restless.shape) >= len(starts)
        while True:
            first, last = last, min(last + self.pace, self.steps)
            call = self._window(call, first, last)
            while True:
                begun = perf_counter()
                packs, lanes, seen = self.called(call)
                call = call._replace(lanes=packs)
                if (lanes.done >= last).all():
                    self._paced(last - first, perf_counter() - begun)
                    if last < self.steps:
                        break
                restless, calm = told_apart(self.settling, lanes, restless, calm)
                if (restless == call.restless).all():
                    break
                # They go on; where no step is left, what there is to see is where they are.
                call = call._replace(restless=restless)
            if last == self.steps or calm.all():
                return self._ends(lanes, seen, restless, len(starts))

    def _window(self, call: Call, first: int, last: int) -> Call:
        """The call of the steps from ``first`` to before ``last``."""
        here, count = slice(first, last), last - first
        call.schedule[:count] = self.schedule[here]
        if self.noise is not None:
            call.noise[:count] = self.noise[here]
        if self.batch is not None:
            call.batch[:count] = self.batch[here]
        return call._replace(first=np.int32(first), last=np.int32(last))

    def _paced(self, taken: int, seconds: float) -> None:
        share = CALL / max(seconds, 1e-9)
        if taken == self.pace or share < 1:
            self.pace = self._whole(min(STEPS, taken * min(share, 8)))

    def _ends(self, lanes: Lanes, seen: Seen, restless: Bools, count: int) -> Ends:
        points, settled, seen = ends_of(self.settling, lanes, seen, restless)
        since = np.where(settled, lanes.since.reshape(-1), -1)
        # Blocks first, then the lanes of all groups.
        marks = np.moveaxis(lanes.marks, 0, 1).reshape(lanes.marks.shape[1], len(points))
        return Ends(
            points[:count],
            since[:count],
            lanes.within.reshape(-1)[:count],
            seen.loss[:count],
            seen.slope[:count],
            seen.sound[:count] > 0,
            marks[:, :count],
            self.block,
        )
