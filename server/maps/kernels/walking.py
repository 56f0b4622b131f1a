"""Lanes walked to their ends, call by call."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NamedTuple

import jax
import numpy as np
from jaxtyping import Float

from server.engine.chance import batches_of
from server.engine.families import AnySurface, as_member
from server.engine.programs import Kernel, Options, Programs
from server.engine.runs import Run
from server.engine.surface_costs import of_surface
from server.maps.kernels.loop import BLOCKS, STEPS, Call, Loop, Watch, empty
from server.results import Bools, Floats, Integers, Precision
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.surface import Surface
from surfaces.traced import traced

LANES, FEW = 2048, 256
"""Lanes of one call: their vectors stay in a core's cache. Few where a step takes long."""
DEAR = 1e-6
"""Seconds of one gradient from which on a step takes long."""
CALL = 0.05
"""Seconds that a call should take at most: between calls work can be stopped."""
BLOCK = 20
"""Steps between two looks at whether lanes have settled; fewer where runs are short."""
LOOKS = 25
"""Looks at a short run."""

# The full compile, for vectors as long as the processor has.
WIDE: Options = {"xla_cpu_prefer_vector_width": "512"}

Accept = Callable[[Floats], Bools]


@dataclass(frozen=True)
class Numbers:
    """What lanes are given, one of each for all, or one a lane along the last axis.

    Attributes:
        method: hyperparameters in the order of their declaration.
        surface: its own numbers; ``None`` for those that it has.
        changes: of gradients.
        deviation: of the noise.
    """

    method: Floats
    changes: Floats
    deviation: Floats
    surface: Floats | None = None

    @classmethod
    def of(cls, run: Run) -> "Numbers":
        """Those of a run, the same for all lanes."""
        method = np.array([float(one) for one in jax.tree.leaves(run.optimizer)])
        return cls(method, np.array(run.changes), np.array(run.gradient_noise))


@dataclass(frozen=True)
class Settling:
    """When a lane counts as settled, and whether it may stop then.

    Attributes:
        slope: its gradient is shorter than this,
        stride: and its way over ``BLOCK`` steps shorter than this.
        accept: whether ends [n, 2] are places where lanes stay; others go on to the last step.
        stops: whether lanes stop there at all.
    """

    slope: float
    stride: float
    accept: Accept
    stops: bool


class Ends(NamedTuple):
    """Where lanes ended.

    Attributes:
        points: shape [n, 2].
        steps: after how many steps they had settled, or left the finite range; -1 for neither.
        within: since which step they are within the tolerance, -1 if they are not.
        loss, slope: of what is minimised there.
        sound: whether all that they carry is finite.
        marks: squares of the largest gradient of each block, shape [blocks, n].
        block: steps of a block.
    """

    points: Floats
    steps: Integers
    within: Integers
    loss: Floats
    slope: Floats
    sound: Bools
    marks: Floats
    block: int


def as_code(surface: Surface) -> Surface:
    """A typed formula as code of its own; everything else as it is."""
    return traced(surface.text) if isinstance(surface, Formula) else surface.ready()


def block_of(steps: int, watch: Watch) -> int:
    """Steps between two looks."""
    most = max(BLOCK, -(-steps // BLOCKS)) if watch == "rates" else BLOCK
    return max(1, -(-steps // BLOCKS) if watch == "rates" else 1, min(most, steps // LOOKS))


def walk(
    programs: Programs,
    surface: Surface,
    run: Run,
    starts: Float[np.ndarray, "n 2"],
    *,
    numbers: Numbers,
    settling: Settling,
    watch: Watch = "settling",
    tolerance: float = 0.0,
    precision: Precision = "float64",
    seed: int = 0,
) -> Ends:
    """A run from every start, or with every lane's numbers.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        run: its schedule says how many steps; its numbers are not used.
        starts: where lanes begin.
        numbers: of each lane.
        settling: when lanes stop early.
        watch: what is looked at on the way.
        tolerance: gradient norm that counts as none.
        precision: of the arithmetic.
        seed: of noise and batches: each lane has those of a run from one start.
    """
    made = as_code(surface)
    dtype = np.dtype(precision)
    member = as_member(made, dtype, alone=True)
    cost = of_surface(made if not isinstance(surface, Formula) else surface).slopes
    lanes = LANES if cost < DEAR else FEW
    apart = numbers.method.ndim > 1
    changed = run.gradient_noise != 0 or run.batch_size is not None
    changed |= numbers.deviation.any() | (numbers.changes[:3] != 0).any()
    changed |= bool(np.isfinite(numbers.changes[3:]).any())
    loop = Loop(type(run.optimizer), run.optimizer.convention, lanes, bool(changed), apart, watch)
    own = member.numbers if numbers.surface is None else numbers.surface
    if apart and own.ndim == 1:
        own = np.repeat(own[:, None], numbers.method.shape[1], axis=1)
    given = _Given(numbers.method, own, numbers.changes, numbers.deviation)
    plan = _Plan(programs, loop, member, run, settling, tolerance, seed, cost, made)
    parts = [
        plan.walk(starts[first : first + lanes], given.lanes(first, lanes))
        for first in range(0, len(starts), lanes)
    ]
    joined = {
        name: np.concatenate([getattr(one, name) for one in parts], axis=axis)
        for name, axis in (
            ("points", 0), ("steps", 0), ("within", 0), ("loss", 0), ("slope", 0), ("sound", 0),
            ("marks", 1),
        )
    }  # fmt: skip
    return Ends(**joined, block=plan.block)


class _Given(NamedTuple):
    """Numbers as a call takes them, for all lanes or for some."""

    numbers: Floats
    own: Floats
    changes: Floats
    deviation: Floats

    def lanes(self, first: int, count: int) -> "_Given":
        """Those of some lanes, the last one's repeated where there are fewer."""
        if self.numbers.ndim == 1:
            return self

        def some(of: Floats) -> Floats:
            part = of[..., first : first + count]
            padding = [(0, 0)] * (part.ndim - 1) + [(0, count - part.shape[-1])]
            return np.pad(part, padding, mode="edge")

        return _Given(*map(some, self))


class _Plan:
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
        blank = empty(loop, member)
        share = self.block / BLOCK
        self.call = blank._replace(
            block=np.int32(self.block),
            slope=self.dtype.type(min(settling.slope**2, float(np.finfo(self.dtype).max))),
            stride=self.dtype.type(settling.stride * share),
            tolerance=self.dtype.type(tolerance),
        )
        if member.rows:
            self.call.batch[:] = member.arrays[-1]
        self.program = programs.get(
            Kernel(
                f"a map of {loop.method.id}", loop, lambda dtype, rows: (blank,), WIDE, wide=True,
                key=loop.key,
            ),
            member,
        )  # fmt: skip

    def _whole(self, steps: float) -> int:
        """Steps of a call: whole blocks."""
        return max(1, int(steps) // self.block) * self.block

    def walk(self, starts: Floats, given: _Given) -> Ends:
        """Up to as many starts as there are lanes."""
        count, lanes = len(starts), self.loop.lanes
        x, y = np.pad(starts.astype(self.dtype), ((0, lanes - count), (0, 0)), mode="edge").T
        call: Call = self.call._replace(
            numbers=given.numbers.astype(self.dtype),
            own=given.own.astype(self.dtype),
            changes=given.changes.astype(self.dtype),
            deviation=given.deviation.astype(self.dtype),
            restless=np.full(lanes, not self.settling.stops),
            lanes=self.call.lanes._replace(x=np.ascontiguousarray(x), y=np.ascontiguousarray(y)),
        )
        done, taken, seen = 0, 0, None
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
            if taken < steps and done < self.steps:
                restless = self._restless(call)
                if not restless.any():
                    break
                call = call._replace(restless=restless)
        restless = self._restless(call)
        if (restless != np.asarray(call.restless)).any() or seen is None:
            # No step is taken: what there is to see is seen where these lanes are now.
            call = call._replace(restless=restless, done=np.int32(max(done, 1)), steps=np.int32(0))
            _, _, seen = self.program(self.member, call)
        return self._ends(call, seen, restless, count)

    def _restless(self, call: Call) -> Bools:
        """Lanes that go on: that have settled where nobody stays."""
        lanes = call.lanes
        rests = (np.asarray(lanes.since) >= 0) & ~np.asarray(call.restless)
        ends = np.stack([lanes.end_x, lanes.end_y], axis=1).astype(np.float64)
        asked = np.flatnonzero(rests & np.isfinite(ends).all(axis=1))
        restless = np.array(call.restless)
        if len(asked):
            restless[asked] = ~self.settling.accept(ends[asked])
        return restless

    def _stayed(self, lanes: Any) -> Bools:
        """Lanes of a run that nothing stops, which settled where they would stay, or are gone."""
        ends = np.stack([lanes.end_x, lanes.end_y], axis=1).astype(np.float64)
        finite = np.isfinite(ends).all(axis=1)
        stayed = lanes.since >= 0
        asked = np.flatnonzero(stayed & finite)
        stayed[asked] = self.settling.accept(ends[asked])
        return stayed

    def _paced(self, taken: int, seconds: float) -> None:
        share = CALL / max(seconds, 1e-9)
        if taken == self.pace or share < 1:
            self.pace = self._whole(min(STEPS, taken * min(share, 8)))

    def _ends(self, call: Call, seen: Any, restless: Bools, count: int) -> Ends:
        lanes = jax.tree.map(np.asarray, call.lanes)
        rests = (lanes.since >= 0) & ~restless
        x = np.where(rests, lanes.end_x, lanes.x)
        y = np.where(rests, lanes.end_y, lanes.y)
        settled = rests if self.settling.stops else self._stayed(lanes)
        since = np.where(settled, lanes.since, -1)
        return Ends(
            np.stack([x, y], axis=1)[:count],
            since[:count],
            lanes.within[:count],
            np.asarray(seen.loss)[:count],
            np.asarray(seen.slope)[:count],
            np.asarray(seen.sound)[:count],
            lanes.marks[:, :count],
            self.block,
        )
