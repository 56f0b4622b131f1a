"""Many runs of one rule side by side, a lane each, in one program made when first asked for.

A search over rates needs the points of every step of up to 256 rates from one start; a map of
starts or of hyperparameters only the last points of thousands of runs. Both are this loop. What
differs is whose steps it takes and what it keeps, as measured on two busy cores:

- A search takes all of the lecture's rules as a switch (where another is asked for: every rule of
  one gradient), on a whole family of surfaces: 2 s to compile and 0.6 MB for any six runs of the
  page on any formula of the catalogue. A program a rule would take 1 to 3 s each, one a rule and
  a surface 0.3 s each, a typed formula 4 s each. Walking each rate by itself takes no program, and
  2 to 14 times as long.
- A map takes one rule on one surface, its state as the rule has it: 1 s, 0.1 MB. Packed into one
  vector, as a switch needs it, 256² starts take five to twelve times as long; looking at each
  step whether there is a penalty or clipping takes 2.4 times as long.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax
from jaxtyping import Float, Int, UInt8

from server.engine.families import AnySurface
from server.engine.gradient_changes import PLAIN, changed, decayed
from server.engine.rules import Rules, looked_at, moves
from server.optimizers.optimizer import GradientRule
from surfaces.surface import gradient_at

STEPS = 512
"""Steps of one call at most; longer runs go on from where a call ended."""
CALL = 0.05
"""Seconds that a call should take at most: between calls work can be stopped."""


class Lanes(NamedTuple):
    """What a call changes: the point of each lane, and its state, whose leaves end in lanes."""

    x: Float[Any, "2 lanes"]
    state: Any


class Call(NamedTuple):
    """What one call computes.

    Lanes differ by point and state, by learning rate and, in a program for that, by the other
    hyperparameters. They share the rule, penalties and clipping (``changes``), and for each step
    what its rate is multiplied by (``schedule``), its noise and its batch. ``first`` is the
    number of the first step: 1 for new runs, whose state is then made by the rule.
    """

    rule: Int[Any, ""]
    first: Float[Any, ""]
    steps: Int[Any, ""]
    rates: Float[Any, " lanes"]
    numbers: Float[Any, " numbers"] | Float[Any, "numbers lanes"]
    changes: Float[Any, " changes"]
    schedule: Float[Any, " steps"]
    noise: Float[Any, "steps 2"]
    batch: UInt8[Any, "steps points"]
    lanes: Lanes


class Stepper(NamedTuple):
    """A rule, or several by number, as functions of one lane.

    Attributes:
        key: the classes and names that its code depends on.
        hyperparameters: how many numbers they take.
        begin: (rule, x, numbers, rate) to the state.
        look: (rule, x, state, numbers, rate) to where the gradient is taken.
        move: (rule, gradient, x, state, numbers, rate, k) to the new x and state.
    """

    key: tuple[Any, ...]
    hyperparameters: int
    begin: Callable[..., Any]
    look: Callable[..., Float[Array, "2"]]
    move: Callable[..., tuple[Float[Array, "2"], Any]]


def one_rule(rule: GradientRule) -> Stepper:
    """One rule in its convention, with its own state."""
    same = rule.forms[rule.convention].computes_as
    own: Any = rule if same is None else replace(rule, convention=same)  # pyright: ignore
    structure = jax.tree.structure(own)

    def at(numbers: Array, rate: Array) -> GradientRule:
        return jax.tree.unflatten(structure, [rate, *numbers[1:]])

    def begin(_: Array, x: Array, numbers: Array, rate: Array) -> Any:
        return at(numbers, rate).init(x)

    def look(_: Array, x: Array, state: Any, numbers: Array, rate: Array) -> Array:
        return at(numbers, rate).look_at(x, state)

    def move(
        _: Array, gradient: Array, x: Array, state: Any, numbers: Array, rate: Array, k: Array
    ) -> tuple[Array, Any]:
        step, state = at(numbers, rate).move(x, gradient, state, k)
        return x + step, state

    return Stepper((type(rule), own.convention), structure.num_leaves, begin, look, move)


def any_rule(rules: Rules[GradientRule]) -> Stepper:
    """Each of some rules, as branches of a switch, with its state packed."""

    def begin(rule: Array, x: Array, numbers: Array, rate: Array) -> Array:
        return rules.first_state(rule, x, numbers.at[0].set(rate))

    def look(rule: Array, x: Array, state: Array, numbers: Array, rate: Array) -> Array:
        return looked_at(rules, rule, x, state, numbers, rate)

    def move(
        rule: Array, gradient: Array, x: Array, state: Array, numbers: Array, rate: Array, k: Array
    ) -> tuple[Array, Array]:
        moving = jnp.concatenate([x, state])
        moving = lax.switch(rule, moves(rules), gradient, moving, numbers, rate, k)
        return moving[:2], moving[2:]

    key = tuple(type(one.template) for one in rules.distinct)
    return Stepper(key, rules.numbers, begin, look, move)


@dataclass(frozen=True)
class Descent:
    """A program for lanes.

    Attributes:
        stepper: whose steps are taken.
        lanes: how many.
        recorded: whether the points of every step are kept, or only the last.
        trained: whether gradients may have penalties, noise and clipping, schedules come in.
        apart: whether lanes differ by other hyperparameters than the rate too.
    """

    stepper: Stepper
    lanes: int
    recorded: bool
    trained: bool
    apart: bool = False

    @property
    def key(self) -> tuple[Any, ...]:
        """What its code depends on."""
        flags = (self.lanes, self.recorded, self.trained, self.apart)
        return (Descent, *flags, *self.stepper.key)

    def empty(self, dtype: np.dtype[Any], points: int) -> Call:
        """A call of zeros, in arrays of the shapes that the program is compiled for."""
        count = self.stepper.hyperparameters
        numbers = np.zeros((count, self.lanes) if self.apart else count, dtype)
        x, rates = np.zeros((2, self.lanes), dtype), np.zeros(self.lanes, dtype)
        rule, number = np.zeros((), np.int32), np.zeros((), dtype)
        state = _state_like(self, dtype)
        return Call(
            rule=rule,
            first=number,
            steps=np.zeros((), np.int32),
            rates=rates,
            numbers=numbers,
            changes=np.array(PLAIN, dtype),
            schedule=np.ones(STEPS, dtype),
            noise=np.zeros((STEPS, 2), dtype),
            batch=np.zeros((STEPS, points), np.uint8),
            lanes=Lanes(x, state),
        )

    def __call__(
        self, surface: AnySurface, call: Call
    ) -> tuple[Float[Array, "steps lanes 2"], Lanes]:
        """The points after each step (of none where they are not kept), lanes after the last."""

        def step(i: Array, carry: tuple[Lanes, Array]) -> tuple[Lanes, Array]:
            lanes, points = carry
            lanes = self._stepped(surface, call, lanes, i)
            if self.recorded:
                points = lax.dynamic_update_index_in_dim(points, lanes.x.T, i, 0)
            return lanes, points

        x, begun = call.lanes.x, call.first == 1
        fresh = self.begun(call.rule, x, call.numbers, call.rates * call.schedule[0])

        def begun_or_going_on(new: Array, old: Array) -> Array:
            return jnp.where(begun, new, old)

        state = jax.tree.map(begun_or_going_on, fresh, call.lanes.state)
        points = jnp.zeros((STEPS if self.recorded else 0, self.lanes, 2), x.dtype)
        lanes, points = lax.fori_loop(jnp.int32(0), call.steps, step, (Lanes(x, state), points))
        return points, lanes

    def begun(self, rule: Array, x: Array, numbers: Array, rates: Array) -> Any:
        """The state of each lane before the first step."""
        return _each(self.stepper.begin, None, -1, self._apart, -1)(rule, x, numbers, rates)

    @property
    def _apart(self) -> int | None:
        return -1 if self.apart else None

    def _stepped(self, surface: AnySurface, call: Call, lanes: Lanes, i: Array) -> Lanes:
        """One step of every lane."""
        x, state = lanes
        rule, numbers, changes, rates = call.rule, call.numbers, call.changes, call.rates
        on = surface
        if self.trained:
            rates = rates * call.schedule[i]
            on = surface.on_batch(call.batch[i]) if surface.rows else surface
        look = _each(self.stepper.look, None, -1, -1, self._apart, -1)
        at = look(rule, x, state, numbers, rates)

        def gradient(at: Array) -> Array:
            return gradient_at(on, at)

        gradients = _each(gradient, -1)(at)
        # Looked at once a step and not once a lane: clipping costs more than many a rule.
        plain = (changes[:3] == 0).all() & jnp.isinf(changes[3:]).all()
        if self.trained:
            noise = call.noise[i]

            def estimate(gradient: Array, at: Array) -> Array:
                return changed(gradient, at, changes, noise)[0]

            def estimated(gradients: Array) -> Array:
                return _each(estimate, -1, -1)(gradients, at)

            def noisy(gradients: Array) -> Array:
                return gradients + noise[:, None]

            gradients = lax.cond(plain, noisy, estimated, gradients)
        move = _each(self.stepper.move, None, -1, -1, -1, self._apart, -1, None)
        k = call.first + i.astype(rates.dtype)
        after, state = move(rule, gradients, x, state, numbers, rates, k)
        if self.trained:

            def keep(after: Array) -> Array:
                return after

            def decay(after: Array) -> Array:
                return _each(decayed, -1, -1, None, -1)(after, x, changes, rates)

            after = lax.cond(plain, keep, decay, after)
        return Lanes(after, state)


def _each(function: Callable[..., Any], *axes: int | None) -> Callable[..., Any]:
    """Of each lane: the last axis throughout, so that every operation runs along the cache."""
    return jax.vmap(function, in_axes=axes, out_axes=-1)


@lru_cache(maxsize=256)
def _state_like(descent: Descent, dtype: np.dtype[Any]) -> Any:
    """A state of zeros."""
    count, lanes = descent.stepper.hyperparameters, descent.lanes
    numbers = np.zeros((count, lanes) if descent.apart else count, dtype)
    x, rates = np.zeros((2, lanes), dtype), np.zeros(lanes, dtype)
    state = jax.eval_shape(descent.begun, np.int32(0), x, numbers, rates)

    def zeros(leaf: jax.ShapeDtypeStruct) -> Any:
        return np.zeros(leaf.shape, leaf.dtype)

    return jax.tree.map(zeros, state)


class Pace:
    """How many steps a call takes, found by the time that the last one took.

    Cutting a run changes nothing of it, so that answers do not depend on it.
    """

    def __init__(self) -> None:
        self.steps = STEPS // 32
        self._begun = perf_counter()

    def begin(self) -> None:
        """A call begins."""
        self._begun = perf_counter()

    def end(self) -> None:
        """A call of ``steps`` ended."""
        share = CALL / max(perf_counter() - self._begun, 1e-9)
        self.steps = int(np.clip(self.steps * min(share, 32), 1, STEPS))
