"""The loop of a map: lanes go through blocks of steps until all have settled.

A call takes some groups of lanes, one after another: so the vectors of a group stay in a core's
cache, each group ends when its own lanes have settled, and what a call costs besides its steps is
paid once for all of them.

One program a method and a surface, 0.1 to 0.3 s to compile (measured on two busy cores). With all
surfaces as a switch inside the step a program a method would do, at 1.3 s, and take 1.3 to 5 times
as long to run. What varies besides is data.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from server.engine.families import AnySurface
from server.engine.gradient_changes import CHANGE_NUMBERS
from server.maps.costs import BLOCKS
from server.maps.kernels.loop_call import STEPS, Call, Lanes, Seen, Watch
from server.maps.kernels.methods import Training, on_lanes
from server.maps.kernels.on_lanes import OnLanes, Pair, penalised, penalty
from server.maps.kernels.packing import Packing
from server.optimizers.optimizer import Optimizer


@dataclass(frozen=True)
class Loop:
    """A program for lanes.

    Attributes:
        method, convention: whose steps.
        lanes: how many are in a group.
        groups: how many of them a call takes.
        changed: whether gradients may have penalties, noise, batches and clipping.
        apart: whether lanes differ by their numbers and the surface's.
        watch: what is looked at on the way.
    """

    method: type[Optimizer]
    convention: str
    lanes: int
    groups: int
    changed: bool
    apart: bool
    watch: Watch

    @property
    def key(self) -> tuple[Any, ...]:
        """What its code depends on."""
        flags = (self.convention, self.lanes, self.groups, self.changed, self.apart, self.watch)
        return (Loop, self.method, *flags)

    def __call__(self, surface: AnySurface, call: Call) -> tuple[Any, Any]:
        """Lanes after the steps, and what there is to see at their ends, both packed."""
        of_lanes, of_seen = packings(self, np.dtype(call.schedule.dtype))

        def group(part: tuple[Array, Any, Array]) -> tuple[Any, Any]:
            number, packs, restless = part
            lanes = of_lanes.unpack(packs)
            lanes, seen = self._group(surface, self._of_group(call, number), lanes, restless)
            return of_lanes.pack(lanes), of_seen.pack(seen)

        return lax.map(group, (jnp.arange(self.groups), call.lanes, call.restless))

    def _of_group(self, call: Call, number: Array) -> Call:
        """The call with the numbers of a group's lanes, where lanes differ by them."""
        if not self.apart:
            return call

        def own(of: Array) -> Array:
            return lax.dynamic_slice_in_dim(of, number * self.lanes, self.lanes, axis=-1)

        return call._replace(
            numbers=own(call.numbers),
            own=own(call.own),
            changes=own(call.changes),
            deviation=own(call.deviation),
        )

    def _group(
        self, surface: AnySurface, call: Call, lanes: Lanes, restless: Array
    ) -> tuple[Lanes, Seen]:
        """A group's lanes after the steps, and what there is to see at their ends."""
        on = OnLanes(surface, call.own, self.apart)
        method = on_lanes(self.method, self.convention, self.apart)
        fresh = method.begin(self._numbers(call, call.schedule[0]), lanes.x, lanes.y)
        begins = lanes.done == 0

        def begun_or_going_on(new: Array, old: Array) -> Array:
            return jnp.where(begins, new.astype(old.dtype), old)

        lanes = lanes._replace(state=jax.tree.map(begun_or_going_on, fresh, lanes.state))
        if self.watch != "settling":
            inside = self._slope(on, call, lanes.x, lanes.y) <= call.tolerance**2
            lanes = lanes._replace(within=jnp.where(begins & inside, 0, lanes.within))

        def goes_on(lanes: Lanes) -> Array:
            return (lanes.done < call.last) & ((lanes.since < 0) | restless).any()

        def block(before: Lanes) -> Lanes:
            until = jnp.minimum(before.done + call.block, call.last)
            after = self._steps(on, method, call, before, until)
            return self._looked_at(on, call, before, after)

        lanes = lax.while_loop(goes_on, block, lanes)
        return lanes, self._seen(on, call, lanes, (lanes.since >= 0) & ~restless)

    def _numbers(self, call: Call, scheduled: Array) -> list[Array]:
        """Hyperparameters with a step's learning rate."""
        first, *others = [call.numbers[i] for i in range(call.numbers.shape[0])]
        return [first * scheduled, *others]

    def _training(self, call: Call, i: Array) -> Training:
        changes = [call.changes[n] for n in range(CHANGE_NUMBERS)]
        noise = call.noise[i]
        return Training(
            self.changed, changes, (call.deviation * noise[0], call.deviation * noise[1])
        )

    def _steps(self, on: OnLanes, method: Any, call: Call, lanes: Lanes, until: Array) -> Lanes:
        """All steps before ``until``."""

        def step(i: Array, carry: tuple[Any, ...]) -> tuple[Any, ...]:
            x, y, state, *watched = carry
            at = i - call.first
            here = on.on_batch(call.batch[at]) if on.surface.rows and self.changed else on
            numbers = self._numbers(call, call.schedule[at])
            k = (i + 1).astype(x.dtype)
            x, y, new = method.step(here, numbers, self._training(call, at), x, y, state, k)

            def like(new: Array, old: Array) -> Array:
                return new.astype(old.dtype)

            state = jax.tree.map(like, new, state)
            if self.watch == "settling":
                return x, y, state
            within, most = watched
            square = self._slope(on, call, x, y)
            inside = square <= call.tolerance**2
            within = jnp.where(inside, jnp.where(within < 0, i + 1, within), -1)
            return x, y, state, within, jnp.maximum(most, square)

        if self.watch == "settling":
            carry = lanes.x, lanes.y, lanes.state
            x, y, state = lax.fori_loop(lanes.done, until, step, carry)
            return lanes._replace(done=until, x=x, y=y, state=state)
        carry = lanes.x, lanes.y, lanes.state, lanes.within, jnp.zeros_like(lanes.x)
        x, y, state, within, most = lax.fori_loop(lanes.done, until, step, carry)
        marks = lanes.marks
        if self.watch == "rates":
            row = lanes.done // call.block
            marks = lax.dynamic_update_index_in_dim(marks, most, row, 0)
        return lanes._replace(done=until, x=x, y=y, state=state, within=within, marks=marks)

    def _gradient(self, on: OnLanes, call: Call, x: Array, y: Array) -> Pair:
        """∇ of what is minimised."""
        gradient = on.gradient(x, y)
        if self.changed:
            gradient = penalised(gradient, x, y, self._training(call, jnp.int32(0)).changes)
        return gradient

    def _slope(self, on: OnLanes, call: Call, x: Array, y: Array) -> Array:
        """‖∇‖² of what is minimised."""
        gx, gy = self._gradient(on, call, x, y)
        return gx**2 + gy**2

    def _looked_at(self, on: OnLanes, call: Call, before: Lanes, lanes: Lanes) -> Lanes:
        """Who has settled or is gone."""
        x, y = lanes.x, lanes.y
        quiet = self._slope(on, call, x, y) < call.slope
        quiet &= jnp.abs(x - before.x) + jnp.abs(y - before.y) < call.stride
        if self.watch != "settling":
            quiet &= lanes.within >= 0
        new = (lanes.since < 0) & (quiet | ~_sound(lanes))
        return lanes._replace(
            since=jnp.where(new, lanes.done, lanes.since),
            end_x=jnp.where(new, x, lanes.end_x),
            end_y=jnp.where(new, y, lanes.end_y),
        )

    def _seen(self, on: OnLanes, call: Call, lanes: Lanes, rests: Array) -> Seen:
        x, y = jnp.where(rests, lanes.end_x, lanes.x), jnp.where(rests, lanes.end_y, lanes.y)
        loss = on.loss(x, y)
        if self.changed:
            loss = loss + penalty(x, y, self._training(call, jnp.int32(0)).changes)
        # A gradient may be finite whose square is not.
        slope = jnp.hypot(*self._gradient(on, call, x, y))
        return Seen(loss, slope, _sound(lanes).astype(loss.dtype))


def _sound(lanes: Lanes) -> Array:
    """Whether all that a lane carries is finite; no ``isfinite``, which fast-math makes true."""
    size = jnp.abs(lanes.x) + jnp.abs(lanes.y)
    for leaf in jax.tree.leaves(lanes.state):
        if jnp.issubdtype(leaf.dtype, jnp.floating) and leaf.ndim:
            size = size + jnp.abs(leaf.reshape(-1, leaf.shape[-1])).sum(axis=0)
    return size < jnp.inf


@lru_cache(maxsize=64)
def packings(loop: Loop, dtype: np.dtype[Any]) -> tuple[Packing, Packing]:
    """How a group's lanes, and what is seen of them, are packed."""
    none = np.zeros(loop.lanes, dtype)
    seen = Seen(none, none, none)
    return Packing(_group_of_zeros(loop, dtype), loop.lanes), Packing(seen, loop.lanes)


def _group_of_zeros(loop: Loop, dtype: np.dtype[Any]) -> Lanes:
    """A group's lanes before they have a place."""
    method = on_lanes(loop.method, loop.convention, loop.apart)
    zeros, never = np.zeros(loop.lanes, dtype), np.full(loop.lanes, -1, np.int32)
    numbers = np.zeros((_count(loop), *zeros.shape[: loop.apart]), dtype)

    def begun(numbers: Any, x: Any, y: Any) -> Any:
        return method.begin(list(numbers), x, y)

    def like(leaf: jax.ShapeDtypeStruct) -> Any:
        return np.zeros(leaf.shape, leaf.dtype)

    state = jax.tree.map(like, jax.eval_shape(begun, numbers, zeros, zeros))
    marks = np.zeros((BLOCKS if loop.watch == "rates" else 0, loop.lanes), dtype)
    return Lanes(np.int32(0), zeros, zeros, state, never, zeros, zeros, never, marks)


def _count(loop: Loop) -> int:
    """How many hyperparameters there are."""
    return len(jax.tree.leaves(loop.method()))


@lru_cache(maxsize=64)
def empty(loop: Loop, own: int, dtype: np.dtype[Any], rows: int) -> Call:
    """A call of zeros, in arrays of the shapes that the program is compiled for.

    Args:
        loop: the program.
        own: how many numbers the surface has.
        dtype: of the arithmetic.
        rows: how many points the surface holds.
    """
    lanes, groups = loop.lanes, loop.groups
    apart = (groups * lanes,) if loop.apart else ()
    group = packings(loop, dtype)[0].pack(_group_of_zeros(loop, dtype))
    number = np.zeros((), dtype)
    return Call(
        first=np.int32(0),
        last=np.int32(0),
        block=np.int32(1),
        numbers=np.zeros((_count(loop), *apart), dtype),
        own=np.zeros((own, *apart), dtype),
        changes=np.zeros((CHANGE_NUMBERS, *apart), dtype),
        deviation=np.zeros(apart, dtype),
        schedule=np.ones(STEPS, dtype),
        noise=np.zeros((STEPS, 2), dtype),
        batch=np.zeros((STEPS, rows), np.uint8),
        slope=number,
        stride=number,
        restless=np.zeros((groups, lanes), bool),
        tolerance=number,
        lanes=tuple(np.stack([pack] * groups) for pack in group),
    )
