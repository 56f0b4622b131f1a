"""The compiled program of a flow: Kvaerno's fifth-order implicit method, step by step.

The solver goes exactly to each time that is asked for: what lies between two of its steps is
known to third order only.
"""

from functools import cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jax.flatten_util import ravel_pytree

from server.engine.families import AnySurface
from server.engine.gradient_changes import GradientChanges
from server.engine.objective_methods import Penalised
from server.engine.programs import Kernel
from server.optimizers.optimizer import WholePath

RELATIVE = 1e-10
ABSOLUTE = 1e-13
"""Errors of a step, relative to a coordinate and beside it."""
OF_VELOCITY = 1e-9
"""The same of the velocities that an implicit step is solved for, a hundred times less in effect:
finer than their rounding no iteration would ever arrive."""
ROWS = 512
"""Times of one call."""
SOLVER = 32
"""Numbers that the solver carries from step to step, with room."""
GOES_ON, BREAKS, SLIDES = 0, 1, 2
"""How a flow stands: once steps are too short to tell times apart, either its velocity still
carries it away, or it turns at each of them as across a kink."""


class Solving(NamedTuple):
    """A flow on its way.

    Attributes:
        t: the time reached.
        dt: how far the next step would go.
        x: the point reached, shape [2].
        solver: what the solver and its control of steps remember, shape [SOLVER].
        failed: how far the last step went on whose way there was no velocity.
        stands: one of ``GOES_ON``, ``BREAKS``, ``SLIDES``.
        steps: how many were tried.
    """

    t: Any
    dt: Any
    x: Any
    solver: Any
    failed: Any
    stands: Any
    steps: Any


class Call(NamedTuple):
    """What one call computes.

    Attributes:
        solving: where the last call ended; at first its point, and a step to try.
        first: whether this is the first call.
        times: where the flow is asked for, ascending, shape [ROWS].
        count: how many of them there are.
        most: steps that may be tried in this call.
        changes: whose penalties count.
    """

    solving: Solving
    first: Any
    times: Any
    count: Any
    most: Any
    changes: Any


def empty(dtype: np.dtype[Any], rows: int) -> tuple[Call]:
    """Arguments of one call, of the right shapes and dtypes."""
    number, pair = np.zeros((), dtype), np.zeros(2, dtype)
    solving = Solving(
        number, number, pair, np.zeros(SOLVER, dtype), number, np.int32(GOES_ON), np.int32(0)
    )
    changes = np.zeros(len(GradientChanges._fields), dtype)
    times = np.zeros(ROWS, dtype)
    return (Call(solving, np.bool_(True), times, np.int32(0), np.int32(0), changes),)


def _flow(method: WholePath, surface: AnySurface, call: Call) -> tuple[Array, Array, Solving]:
    """Points at the times that were reached, [ROWS, 2], how many they are, and the way on."""
    # Half a second, and not needed where the compiled program is at hand.
    import diffrax

    from server.engine.implicit import Chord, Cramer

    objective = Penalised(surface, call.changes)

    @jax.custom_jvp
    def velocity(x: Array) -> Array:
        return method.velocity(objective, x)

    def along(primals: tuple[Array], tangents: tuple[Array]) -> tuple[Array, Array]:
        (x,), (direction,) = primals, tangents
        hessian = objective.hessian(x)
        # Only a guess for the solver's own iteration, exact for a gradient flow; at a corner,
        # where there is none, 0 is one.
        return velocity(x), -jnp.where(jnp.isfinite(hessian), hessian, 0) @ direction

    velocity.defjvp(along)

    def of_time(t: Array, x: Array, _: Any) -> Array:
        return velocity(x)

    terms = diffrax.ODETerm(of_time)  # pyright: ignore[reportArgumentType]
    finder = Chord(rtol=OF_VELOCITY, atol=OF_VELOCITY / 10, linear_solver=Cramer())
    solver = diffrax.Kvaerno5(root_finder=finder)
    control: Any = diffrax.PIDController(rtol=RELATIVE, atol=ABSOLUTE)
    order = solver.error_order(terms)

    def begun(at: Solving) -> Any:
        until, controlled = control.init(
            terms, at.t, at.t + at.dt, at.x, at.dt, None, solver.func, order
        )
        return solver.init(terms, at.t, until, at.x, None), controlled, jnp.zeros((), bool)

    structure = jax.eval_shape(begun, call.solving)

    def nothing_of(one: Any) -> Array:
        return jnp.zeros(one.shape, one.dtype)

    zeros = jax.tree.map(nothing_of, structure)
    flat, unpack = ravel_pytree(zeros)
    size = len(flat)

    def fresh(solving: Solving) -> Solving:
        packed = jnp.zeros(SOLVER, solving.x.dtype).at[:size].set(ravel_pytree(begun(solving))[0])
        return solving._replace(solver=packed)

    def step(until: Array, at: Solving) -> Solving:
        solved, controlled, jumped = unpack(at.solver[:size].astype(flat.dtype))
        t = jnp.minimum(at.t + at.dt, until)
        x, error, _, solved_next, result = solver.step(terms, at.t, t, at.x, None, solved, jumped)
        breaks = ~jnp.isfinite(x).all()
        sound = ~breaks & jnp.isfinite(error).all() & (result == diffrax.RESULTS.successful)
        x = jnp.where(sound, x, at.x)
        error = jnp.where(sound, error, jnp.inf)
        kept, _, beyond, jumped_next, controlled, _ = control.adapt_step_size(
            at.t, t, at.x, x, None, error, order, controlled
        )

        def either(new: Array, old: Array) -> Array:
            return jnp.where(kept, new, old)

        def chosen(new: Any, old: Any) -> Any:
            return jax.tree.map(either, new, old)

        reached = jnp.where(kept, t, at.t)
        # A step that was cut short at a time says nothing of how long the next may be.
        dt = jnp.maximum(beyond - reached, jnp.where(kept & (t < at.t + at.dt), at.dt, 0))
        solved = chosen(solved_next, solved)
        state = solved, controlled, chosen(jumped_next, jumped)
        packed = at.solver.at[:size].set(ravel_pytree(state)[0].astype(at.solver.dtype))
        x = chosen(x, at.x)
        # The solver remembers the velocity at which its last step ended.
        blink = jnp.finfo(dt.dtype).eps * 4 * reached
        carried = jnp.abs(solved[1] * blink) > ABSOLUTE + RELATIVE * jnp.abs(x)
        stands = jnp.where(breaks | carried.any(), BREAKS, SLIDES)
        stands = jnp.where(dt > blink, GOES_ON, stands).astype(at.stands.dtype)
        failed = jnp.where(sound, at.failed, t - at.t)
        return Solving(reached, dt, x, packed, failed, stands, at.steps + 1)

    def goes_on(carry: tuple[Array, Array, Array, Solving]) -> Array:
        row, tried, _, at = carry
        return (row < call.count) & (tried < call.most) & (at.stands == GOES_ON)

    def go(carry: tuple[Array, Array, Array, Solving]) -> tuple[Array, Array, Array, Solving]:
        row, tried, points, at = carry
        until = call.times[row]
        arrived = until <= at.t

        def keep(points: Array, at: Solving) -> tuple[Array, Solving]:
            return lax.dynamic_update_index_in_dim(points, at.x, row, 0), at

        def move(points: Array, at: Solving) -> tuple[Array, Solving]:
            return points, step(until, at)

        points, at = lax.cond(arrived, keep, move, points, at)
        return row + arrived, tried + ~arrived, points, at

    def same(solving: Solving) -> Solving:
        return solving

    solving = lax.cond(call.first, fresh, same, call.solving)
    nothing = jnp.zeros((), jnp.int32)
    start = nothing, nothing, jnp.full((ROWS, 2), jnp.nan, call.times.dtype), solving
    row, _, points, solving = lax.while_loop(goes_on, go, start)
    return points, row, solving


@cache
def flowing(method: type[WholePath]) -> Kernel:
    """The kernel of a method: its numbers say when its path is looked at, not where it goes."""

    def solved(surface: AnySurface, call: Call) -> tuple[Array, Array, Solving]:
        return _flow(method(), surface, call)

    return Kernel("flow", solved, empty, key=(_flow, method))
