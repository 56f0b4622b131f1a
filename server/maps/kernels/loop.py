"""The loop of a map: lanes go through blocks of steps until all have settled.

One program a method and a surface, 0.1 to 0.3 s to compile (measured on two busy cores). With all
surfaces as a switch inside the step a program a method would do, at 1.3 s, and take 1.3 to 5 times
as long to run. What varies besides is data.
"""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jaxtyping import Bool, Float, Int, UInt8

from server.engine.families import AnySurface
from server.engine.gradient_changes import CHANGE_NUMBERS
from server.maps.kernels.methods import Training, on_lanes
from server.maps.kernels.on_lanes import OnLanes, Pair, penalised, penalty
from server.optimizers.optimizer import Optimizer

STEPS = 512
"""Steps of one call at most."""
BLOCKS = 128
"""Blocks of a whole run at most, where each leaves a mark."""

Watch = Literal["settling", "arrivals", "rates"]
"""Whether lanes settle; also since which step they are within the tolerance; also by what their
gradient shrinks from block to block."""


class Lanes(NamedTuple):
    """What a call changes, a number a lane.

    Attributes:
        x, y: where each is.
        state: of its method, leaves that end in lanes or are shared.
        since: the step at which it was first seen settled or gone, -1 before.
        end_x, end_y: where it was then.
        within: the step since which its gradient has been within the tolerance, -1 while not.
        marks: squares of the largest gradient of each block, shape [BLOCKS, lanes].
    """

    x: Float[Any, " lanes"]
    y: Float[Any, " lanes"]
    state: Any
    since: Int[Any, " lanes"]
    end_x: Float[Any, " lanes"]
    end_y: Float[Any, " lanes"]
    within: Int[Any, " lanes"]
    marks: Float[Any, "blocks lanes"]


class Call(NamedTuple):
    """What one call computes.

    Attributes:
        done, steps: steps taken before, and to be taken.
        block: steps between two looks at whether lanes have settled.
        numbers: hyperparameters, a lane's along the last axis where lanes differ by them.
        own: the surface's numbers, likewise.
        changes: of gradients (``GradientChanges``), likewise.
        deviation: of the noise, likewise.
        schedule, noise, batch: of each step: what the rate is multiplied by, noise of deviation
            1, weights of the surface's points.
        slope, stride: a lane is settled whose gradient's square is below the one and whose way
            over a block below the other.
        restless: lanes that go on although they have settled.
        tolerance: gradient norm that counts as none.
    """

    done: Int[Any, ""]
    steps: Int[Any, ""]
    block: Int[Any, ""]
    numbers: Any
    own: Any
    changes: Any
    deviation: Any
    schedule: Float[Any, " steps"]
    noise: Float[Any, "steps 2"]
    batch: UInt8[Any, "steps points"]
    slope: Float[Any, ""]
    stride: Float[Any, ""]
    restless: Bool[Any, " lanes"]
    tolerance: Float[Any, ""]
    lanes: Lanes


class Seen(NamedTuple):
    """What is minimised, penalties included, where lanes came to rest or are."""

    loss: Float[Any, " lanes"]
    slope: Float[Any, " lanes"]
    """The gradient's norm."""
    sound: Bool[Any, " lanes"]
    """Whether all that the lane carries is finite."""


@dataclass(frozen=True)
class Loop:
    """A program for lanes.

    Attributes:
        method, convention: whose steps.
        lanes: how many.
        changed: whether gradients may have penalties, noise, batches and clipping.
        apart: whether lanes differ by their numbers and the surface's.
        watch: what is looked at on the way.
    """

    method: type[Optimizer]
    convention: str
    lanes: int
    changed: bool
    apart: bool
    watch: Watch

    @property
    def key(self) -> tuple[Any, ...]:
        """What its code depends on."""
        flags = (self.convention, self.lanes, self.changed, self.apart, self.watch)
        return (Loop, self.method, *flags)

    def __call__(self, surface: AnySurface, call: Call) -> tuple[Lanes, Array, Seen]:
        """Lanes after the steps, how many were taken, and what there is to see at their ends."""
        on = OnLanes(surface, call.own, self.apart)
        method = on_lanes(self.method, self.convention, self.apart)
        lanes = call.lanes
        numbers = self._numbers(call, call.schedule[0])
        fresh = method.begin(numbers, lanes.x, lanes.y)

        def begun_or_going_on(new: Array, old: Array) -> Array:
            return jnp.where(call.done == 0, new.astype(old.dtype), old)

        lanes = lanes._replace(state=jax.tree.map(begun_or_going_on, fresh, lanes.state))
        if self.watch != "settling":
            inside = self._slope(on, call, lanes.x, lanes.y) <= call.tolerance**2
            lanes = lanes._replace(within=jnp.where((call.done == 0) & inside, 0, lanes.within))

        def goes_on(carry: tuple[Array, Lanes]) -> Array:
            taken, lanes = carry
            return (taken < call.steps) & ((lanes.since < 0) | call.restless).any()

        def block(carry: tuple[Array, Lanes]) -> tuple[Array, Lanes]:
            taken, before = carry
            until = jnp.minimum(taken + call.block, call.steps)
            lanes = self._steps(on, method, call, before, taken, until)
            return until, self._looked_at(on, call, before, lanes, until)

        taken, lanes = lax.while_loop(goes_on, block, (jnp.int32(0), lanes))
        rests = (lanes.since >= 0) & ~call.restless
        return lanes, taken, self._seen(on, call, lanes, rests)

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

    def _steps(
        self, on: OnLanes, method: Any, call: Call, lanes: Lanes, first: Array, end: Array
    ) -> Lanes:
        """Steps from ``first`` to before ``end``, of this call."""

        def step(i: Array, carry: tuple[Any, ...]) -> tuple[Any, ...]:
            x, y, state, *watched = carry
            here = on.on_batch(call.batch[i]) if on.surface.rows and self.changed else on
            numbers = self._numbers(call, call.schedule[i])
            k = (call.done + i + 1).astype(x.dtype)
            x, y, new = method.step(here, numbers, self._training(call, i), x, y, state, k)

            def like(new: Array, old: Array) -> Array:
                return new.astype(old.dtype)

            state = jax.tree.map(like, new, state)
            if self.watch == "settling":
                return x, y, state
            within, most = watched
            square = self._slope(on, call, x, y)
            inside = square <= call.tolerance**2
            within = jnp.where(inside, jnp.where(within < 0, call.done + i + 1, within), -1)
            return x, y, state, within, jnp.maximum(most, square)

        if self.watch == "settling":
            carry = lanes.x, lanes.y, lanes.state
            x, y, state = lax.fori_loop(first, end, step, carry)
            return lanes._replace(x=x, y=y, state=state)
        carry = lanes.x, lanes.y, lanes.state, lanes.within, jnp.zeros_like(lanes.x)
        x, y, state, within, most = lax.fori_loop(first, end, step, carry)
        marks = lanes.marks
        if self.watch == "rates":
            row = (call.done + first) // call.block
            marks = lax.dynamic_update_index_in_dim(marks, most, row, 0)
        return lanes._replace(x=x, y=y, state=state, within=within, marks=marks)

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

    def _looked_at(
        self, on: OnLanes, call: Call, before: Lanes, lanes: Lanes, taken: Array
    ) -> Lanes:
        """Who has settled or is gone."""
        x, y = lanes.x, lanes.y
        quiet = self._slope(on, call, x, y) < call.slope
        quiet &= jnp.abs(x - before.x) + jnp.abs(y - before.y) < call.stride
        if self.watch != "settling":
            quiet &= lanes.within >= 0
        new = (lanes.since < 0) & (quiet | ~_sound(lanes))
        return lanes._replace(
            since=jnp.where(new, call.done + taken, lanes.since),
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
        return Seen(loss, slope, _sound(lanes))


def _sound(lanes: Lanes) -> Array:
    """Whether all that a lane carries is finite; no ``isfinite``, which fast-math makes true."""
    size = jnp.abs(lanes.x) + jnp.abs(lanes.y)
    for leaf in jax.tree.leaves(lanes.state):
        if jnp.issubdtype(leaf.dtype, jnp.floating) and leaf.ndim:
            size = size + jnp.abs(leaf.reshape(-1, leaf.shape[-1])).sum(axis=0)
    return size < jnp.inf


def empty(loop: Loop, own: int, dtype: np.dtype[Any], rows: int) -> Call:
    """A call of zeros, in arrays of the shapes that the program is compiled for.

    Args:
        loop: the program.
        own: how many numbers the surface has.
        dtype: of the arithmetic.
        rows: how many points the surface holds.
    """
    lanes = loop.lanes
    apart = (lanes,) if loop.apart else ()
    method = on_lanes(loop.method, loop.convention, loop.apart)
    count = len(jax.tree.leaves(loop.method()))
    zeros, whole = np.zeros(lanes, dtype), np.full(lanes, -1, np.int32)
    numbers = np.zeros((count, *apart), dtype)

    def begun(numbers: Any, x: Any, y: Any) -> Any:
        return method.begin(list(numbers), x, y)

    shapes = jax.eval_shape(begun, numbers, zeros, zeros)

    def like(leaf: jax.ShapeDtypeStruct) -> Any:
        return np.zeros(leaf.shape, leaf.dtype)

    number = np.zeros((), dtype)
    blocks = BLOCKS if loop.watch == "rates" else 0
    return Call(
        done=np.int32(0),
        steps=np.int32(0),
        block=np.int32(1),
        numbers=numbers,
        own=np.zeros((own, *apart), dtype),
        changes=np.zeros((CHANGE_NUMBERS, *apart), dtype),
        deviation=np.zeros(apart, dtype),
        schedule=np.ones(STEPS, dtype),
        noise=np.zeros((STEPS, 2), dtype),
        batch=np.zeros((STEPS, rows), np.uint8),
        slope=number,
        stride=number,
        restless=np.zeros(lanes, bool),
        tolerance=number,
        lanes=Lanes(
            zeros, zeros, jax.tree.map(like, shapes), whole, zeros, zeros, whole,
            np.zeros((blocks, lanes), dtype),
        ),
    )  # fmt: skip
