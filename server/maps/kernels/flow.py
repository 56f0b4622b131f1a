"""Whole paths on lanes: dx/dt = velocity, each lane by steps as long as its own error allows.

Dormand and Prince's explicit pair of orders 5 and 4 (1980, An embedded Runge-Kutta formula), where
a single path takes an implicit one: what is stiff costs more steps here, but a step of thousands of
lanes costs little, and only the end of each counts.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jaxtyping import Bool, Float

from server.engine.families import AnySurface
from server.engine.gradient_changes import CHANGE_NUMBERS
from server.engine.objective_methods import Penalised
from server.maps.kernels.loop_call import Seen
from server.maps.kernels.on_lanes import OnLanes, Pair, penalised, penalty
from server.optimizers.optimizer import WholePath

STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
"""Weights of the stages before each; the last row is the step of order 5."""
ERRORS = (71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
"""Those of the difference from the step of order 4."""
SHRINK, GROW, SAFE = 0.2, 5.0, 0.9


class Flowing(NamedTuple):
    """What a call changes, a number a lane.

    Attributes:
        x, y: where each is.
        vx, vy: its velocity there.
        t, dt: the time reached, and how long a step is tried next.
        since: when it was first seen settled or gone, -1 before.
        end_x, end_y: where it was then.
        within: since when its gradient has been within the tolerance, -1 while not.
    """

    x: Float[Any, " lanes"]
    y: Float[Any, " lanes"]
    vx: Float[Any, " lanes"]
    vy: Float[Any, " lanes"]
    t: Float[Any, " lanes"]
    dt: Float[Any, " lanes"]
    since: Float[Any, " lanes"]
    end_x: Float[Any, " lanes"]
    end_y: Float[Any, " lanes"]
    within: Float[Any, " lanes"]


class FlowCall(NamedTuple):
    """What one call computes.

    Attributes:
        first: whether lanes begin.
        tries: steps that are tried at most.
        until: the time at which each lane ends.
        own, changes: as in ``loop.Call``.
        relative, absolute: error of a step that is let through.
        slope: a lane is settled whose gradient's square is below this.
        restless: lanes that go on although they have settled.
        tolerance: gradient norm that counts as none.
    """

    first: Bool[Any, ""]
    tries: Any
    until: Float[Any, " lanes"]
    own: Any
    changes: Any
    relative: Float[Any, ""]
    absolute: Float[Any, ""]
    slope: Float[Any, ""]
    restless: Bool[Any, " lanes"]
    tolerance: Float[Any, ""]
    lanes: Flowing


@dataclass(frozen=True)
class FlowLoop:
    """A program for lanes of a whole path's method."""

    method: type[WholePath]
    lanes: int
    changed: bool
    apart: bool

    @property
    def key(self) -> tuple[Any, ...]:
        """What its code depends on."""
        return (FlowLoop, self.method, self.lanes, self.changed, self.apart)

    def __call__(self, surface: AnySurface, call: FlowCall) -> tuple[Flowing, Array, Seen]:
        """Lanes after the tries, how many were made, and what there is to see at their ends."""
        on = OnLanes(surface, call.own, self.apart)
        lanes = call.lanes
        vx, vy = self._velocity(on, call, lanes.x, lanes.y)
        lanes = lanes._replace(
            vx=jnp.where(call.first, vx, lanes.vx), vy=jnp.where(call.first, vy, lanes.vy)
        )
        inside = call.first & (self._slope(on, call, lanes.x, lanes.y) <= call.tolerance**2)
        lanes = lanes._replace(within=jnp.where(inside, 0, lanes.within))

        def goes_on(carry: tuple[Array, Flowing]) -> Array:
            tried, lanes = carry
            return (tried < call.tries) & self.going(call, lanes).any()

        def go(carry: tuple[Array, Flowing]) -> tuple[Array, Flowing]:
            tried, lanes = carry
            return tried + 1, self._step(on, call, lanes)

        tried, lanes = lax.while_loop(goes_on, go, (jnp.int32(0), lanes))
        rests = (lanes.since >= 0) & ~call.restless
        x, y = jnp.where(rests, lanes.end_x, lanes.x), jnp.where(rests, lanes.end_y, lanes.y)
        loss = on.loss(x, y)
        if self.changed:
            loss = loss + penalty(x, y, self._changes(call))
        # A gradient may be finite whose square is not.
        slope = jnp.hypot(*self._gradient(on, call, x, y))
        return lanes, tried, Seen(loss, slope, jnp.abs(x) + jnp.abs(y) < jnp.inf)

    @staticmethod
    def going(call: Any, lanes: Any) -> Any:
        """Lanes that have not come to their end."""
        return (lanes.t < call.until) & ((lanes.since < 0) | call.restless)

    def _changes(self, call: FlowCall) -> list[Array]:
        return [call.changes[n] for n in range(CHANGE_NUMBERS)]

    def _velocity(self, on: OnLanes, call: FlowCall, x: Array, y: Array) -> Pair:
        def one(own: Any, changes: Any, x: Array, y: Array) -> Any:
            objective: Any = on.at(own)
            if self.changed:
                objective = Penalised(objective, changes)
            return self.method().velocity(objective, jnp.stack([x, y]))

        axis = -1 if self.apart else None
        velocity = jax.vmap(one, in_axes=(axis, axis, -1, -1), out_axes=-1)
        found = velocity(on.numbers, call.changes, x, y)
        return found[0], found[1]

    def _gradient(self, on: OnLanes, call: FlowCall, x: Array, y: Array) -> Pair:
        gradient = on.gradient(x, y)
        if self.changed:
            gradient = penalised(gradient, x, y, self._changes(call))
        return gradient

    def _slope(self, on: OnLanes, call: FlowCall, x: Array, y: Array) -> Array:
        gx, gy = self._gradient(on, call, x, y)
        return gx**2 + gy**2

    def _step(self, on: OnLanes, call: FlowCall, lanes: Flowing) -> Flowing:
        """One step tried of every lane that is on its way."""
        going = self.going(call, lanes)
        dt = jnp.minimum(lanes.dt, call.until - lanes.t)
        stages = [(lanes.vx, lanes.vy)]
        x, y = lanes.x, lanes.y
        for weights in STAGES:
            x = lanes.x + dt * _mean(weights, [vx for vx, _ in stages])
            y = lanes.y + dt * _mean(weights, [vy for _, vy in stages])
            stages.append(self._velocity(on, call, x, y))

        def share(error: Array, before: Array, after: Array) -> Array:
            most = jnp.maximum(jnp.abs(before), jnp.abs(after))
            return jnp.abs(dt * error) / (call.absolute + call.relative * most)

        error = jnp.maximum(
            share(_mean(ERRORS, [vx for vx, _ in stages]), lanes.x, x),
            share(_mean(ERRORS, [vy for _, vy in stages]), lanes.y, y),
        )
        kept = going & (error <= 1)
        factor = SAFE * jnp.maximum(error, 1e-10) ** -0.2
        factor = jnp.where(error < jnp.inf, jnp.clip(factor, SHRINK, GROW), SHRINK)

        def either(new: Array, old: Array) -> Array:
            return jnp.where(kept, new, old)

        x, y = either(x, lanes.x), either(y, lanes.y)
        last = dt >= call.until - lanes.t
        t = either(jnp.where(last, call.until, lanes.t + dt), lanes.t)
        # A last step that was cut says nothing of how long the next may be.
        dt = jnp.where(going, dt * factor, lanes.dt)
        square = self._slope(on, call, x, y)
        lost = going & ~kept & (dt <= 4 * jnp.finfo(dt.dtype).eps * jnp.maximum(t, call.until))
        gone = lost | ~(jnp.abs(x) + jnp.abs(y) < jnp.inf)
        new = (lanes.since < 0) & (gone | (kept & (square < call.slope)))
        # Near a minimum gradients fade like powers: so the logarithm says when between two steps.
        before = self._slope(on, call, lanes.x, lanes.y)
        part = jnp.log(before / call.tolerance**2) / jnp.log(before / square)
        entered = t - (t - lanes.t) * (1 - jnp.clip(jnp.nan_to_num(part), 0, 1))
        within = jnp.where(lanes.within < 0, entered, lanes.within)
        return Flowing(
            x, y, either(stages[-1][0], lanes.vx), either(stages[-1][1], lanes.vy),
            jnp.where(gone, call.until, t), dt,
            jnp.where(new, t, lanes.since),
            jnp.where(new, jnp.where(gone, jnp.nan, x), lanes.end_x),
            jnp.where(new, jnp.where(gone, jnp.nan, y), lanes.end_y),
            jnp.where(square <= call.tolerance**2, within, -1),
        )  # fmt: skip


def _mean(weights: tuple[float, ...], values: list[Array]) -> Array:
    return sum(
        (weight * value for weight, value in zip(weights, values, strict=False) if weight),
        jnp.zeros_like(values[0]),
    )


def empty_flow(loop: FlowLoop, own: int, dtype: np.dtype[Any]) -> FlowCall:
    """A call of zeros, in arrays of the shapes that the program is compiled for."""
    lanes = loop.lanes
    apart = (lanes,) if loop.apart else ()
    zeros, never = np.zeros(lanes, dtype), np.full(lanes, -1, dtype)
    number = np.zeros((), dtype)
    return FlowCall(
        first=np.bool_(True),
        tries=np.int32(0),
        until=zeros,
        own=np.zeros((own, *apart), dtype),
        changes=np.zeros((CHANGE_NUMBERS, *apart), dtype),
        relative=number,
        absolute=number,
        slope=number,
        restless=np.zeros(lanes, bool),
        tolerance=number,
        lanes=Flowing(zeros, zeros, zeros, zeros, zeros, zeros, never, zeros, zeros, never),
    )
