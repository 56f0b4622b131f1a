"""Lanes of a whole path's method, walked call by call."""

from functools import partial
from time import perf_counter
from typing import Any

import jax
import numpy as np

from server.engine.families import AnySurface
from server.engine.programs import Kernel, Programs
from server.engine.runs import Run
from server.maps.kernels.flow import FlowCall, FlowLoop, empty_flow
from server.maps.kernels.lanes import (
    CALL,
    SETTLED,
    WIDE,
    Ends,
    Given,
    Settling,
    ends_of,
    told_apart,
)
from server.results import Bools, Floats

ERRORS = {"float64": (1e-8, 1e-10), "float32": (1e-5, 1e-6)}
"""Of a step: relative, and absolute in units of the diagonal."""
FIRST = 1e-3
"""The first step that is tried, as a share of the way to the end."""
MOST = 64
"""Steps that are tried in the first call at most."""
TRIES = 50_000
"""Steps that are tried of each tile at most; lanes that are not done then are where they are."""


class Flows:
    """All that the calls of one map share; see ``calls.Calls``."""

    def __init__(
        self,
        programs: Programs,
        loop: FlowLoop,
        member: AnySurface,
        run: Run,
        settling: Settling,
        tolerance: float,
        cost: float,
    ):
        self.loop, self.member, self.settling = loop, member, settling
        self.dtype = member.numbers.dtype
        self.schedule = run.schedule
        self.block = 1
        self.pace = int(np.clip(CALL / max(cost * loop.lanes, 1e-9), 1, MOST))
        blank = empty_flow(loop, len(member.numbers), self.dtype)
        relative, absolute = ERRORS[self.dtype.name]
        self.call = blank._replace(
            relative=self.dtype.type(relative),
            absolute=self.dtype.type(absolute * settling.stride / SETTLED),
            slope=self.dtype.type(min(settling.slope**2, float(np.finfo(self.dtype).max))),
            tolerance=self.dtype.type(tolerance),
        )
        kernel = Kernel(
            f"map of {loop.method.id}", loop, partial(_arguments, blank), WIDE, wide=True,
            key=loop.key,
        )  # fmt: skip
        self.program = programs.get(kernel, member)

    def walk(self, starts: Floats, given: Given) -> Ends:
        """Up to as many starts as there are lanes."""
        count, lanes = len(starts), self.loop.lanes
        x, y = np.pad(starts.astype(self.dtype), ((0, lanes - count), (0, 0)), mode="edge").T
        until = np.broadcast_to(given.numbers[0] * self.schedule.sum(), lanes).astype(self.dtype)
        call: FlowCall = self.call._replace(
            until=until,
            own=given.own.astype(self.dtype),
            changes=given.changes.astype(self.dtype),
            restless=np.full(lanes, not self.settling.stops),
            lanes=self.call.lanes._replace(
                x=np.ascontiguousarray(x), y=np.ascontiguousarray(y), dt=FIRST * until
            ),
        )
        tried, seen, settled = 0, None, False
        restless, calm = call.restless, np.zeros(lanes, bool)
        while not settled and tried < TRIES:
            begun = perf_counter()
            now = call._replace(first=np.bool_(tried == 0), tries=np.int32(self.pace))
            after, taken, seen = self.program(self.member, now)
            taken = int(taken)
            tried += max(taken, 1)
            call = call._replace(lanes=after)
            if taken < self.pace:
                restless, calm = told_apart(self.settling, after, restless, calm)
                settled = not (restless & (np.asarray(after.t) < until)).any()
                call = call._replace(restless=restless)
            else:
                share = CALL / max(perf_counter() - begun, 1e-9)
                self.pace = max(1, int(self.pace * min(share, 8)))
        restless, calm = told_apart(self.settling, call.lanes, restless, calm)
        call = call._replace(restless=restless, first=np.bool_(False), tries=np.int32(0))
        _, _, seen = self.program(self.member, call)
        return self._ends(call, seen, restless, given.numbers[0], count)

    def _ends(self, call: FlowCall, seen: Any, restless: Bools, rates: Floats, count: int) -> Ends:
        lanes = jax.tree.map(np.asarray, call.lanes)
        points, settled, seen = ends_of(self.settling, lanes, seen, restless)
        since = np.where(settled, lanes.since, -1)
        return Ends(
            points[:count],
            self._steps(since, rates)[:count],
            self._steps(lanes.within, rates)[:count],
            seen.loss[:count],
            seen.slope[:count],
            seen.sound[:count],
            np.zeros((0, count), self.dtype),
            self.block,
        )

    def _steps(self, times: Floats, rates: Floats) -> Any:
        """The first step at which a time has come; -1 for a time of -1."""
        parts = np.concatenate([[0.0], np.cumsum(self.schedule)])
        shares = times.astype(np.float64) / rates
        steps = np.searchsorted(parts, shares - 1e-9 * np.abs(shares))
        return np.where(times < 0, -1, np.minimum(steps, len(parts) - 1)).astype(np.int32)


def _arguments(blank: FlowCall, dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
    return (blank,)
