"""A method's step on lanes: what it declares of itself says which way is open to it.

- A rule whose ``scope`` is "coordinate" moves each coordinate by its own gradient and memory, so
  that it is asked twice, for the vector of x and for that of y. Where lanes share their numbers
  it takes whole vectors, and what is one number of the run (1 − βᵏ) is computed once a step.
- A rule that needs the whole point, and a method that asks the objective for more, are mapped
  over lanes of points.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast

import jax
import jax.numpy as jnp
from jax import Array

from server.engine.objective_methods import Penalised
from server.maps.kernels.on_lanes import Lane, OnLanes, Pair, clipped, penalised
from server.optimizers.optimizer import GradientRule, ObjectiveMethod, Optimizer


@dataclass(frozen=True)
class Training:
    """What a step is given besides its rule.

    Attributes:
        changed: whether there is any of what follows; else the gradient is taken as it is.
        changes: numbers of ``GradientChanges``, each one or a lane's.
        noise: added to the gradient: to each lane the same, or a vector a coordinate.
    """

    changed: bool
    changes: Any
    noise: tuple[Any, Any]


class LaneMethod(Protocol):
    """A method as a kernel takes it; ``numbers`` begin with the learning rate of the step."""

    def begin(self, numbers: Any, x: Lane, y: Lane) -> Any:
        """The state of every lane before the first step."""
        ...

    def step(
        self, on: OnLanes, numbers: Any, training: Training, x: Lane, y: Lane, state: Any, k: Array
    ) -> tuple[Lane, Lane, Any]:
        """One step of every lane: the new places and state."""
        ...


def computed_as(method: type[Optimizer], convention: str) -> Any:
    """The method in the first of the conventions whose rule is the very same."""
    made: Any = method
    rule = made(convention=convention)
    same = rule.forms[rule.convention].computes_as
    return rule if same is None else replace(rule, convention=same)


def on_lanes(method: type[Optimizer], convention: str, apart: bool) -> LaneMethod:
    """How lanes go by a method.

    Args:
        method: which steps: a rule, or one that asks the objective for more.
        convention: whose form.
        apart: whether lanes differ by their numbers.
    """
    template = computed_as(method, convention)
    structure = jax.tree.structure(template)

    def at(numbers: Any) -> Any:
        return jax.tree.unflatten(structure, list(numbers))

    if isinstance(template, GradientRule):
        whole = template.scope != "coordinate"
        return _ByGradient(at, _Whole(at, apart) if whole else _Coordinates(at, apart))
    assert isinstance(template, ObjectiveMethod)
    return _ByObjective(at, apart)


@dataclass(frozen=True)
class _Coordinates:
    """A rule asked for each coordinate by itself."""

    at: Callable[[Any], GradientRule]
    apart: bool

    def begin(self, numbers: Any, x: Lane, y: Lane) -> Any:
        def begin(numbers: Any, x: Array) -> Any:
            return self.at(numbers).init(x)

        one = self._mapped(begin)
        return one(numbers, x), one(numbers, y)

    def look(self, numbers: Any, x: Lane, y: Lane, state: Any) -> Pair:
        def look(numbers: Any, x: Array, state: Any) -> Array:
            return self.at(numbers).look_at(x, state)

        one = self._mapped(look)
        return one(numbers, x, state[0]), one(numbers, y, state[1])

    def move(
        self, numbers: Any, gradient: Pair, x: Lane, y: Lane, state: Any, k: Array
    ) -> tuple[Lane, Lane, Any]:
        def move(numbers: Any, x: Array, g: Array, state: Any) -> tuple[Array, Any]:
            step, state = self.at(numbers).move(x, g, state, k)
            return x + step, state

        one = self._mapped(move)
        x, along_x = one(numbers, x, gradient[0], state[0])
        y, along_y = one(numbers, y, gradient[1], state[1])
        return x, y, (along_x, along_y)

    def _mapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        if not self.apart:
            return function
        return jax.vmap(function, in_axes=-1, out_axes=-1)


@dataclass(frozen=True)
class _Whole:
    """A rule asked for whole points."""

    at: Callable[[Any], GradientRule]
    apart: bool

    def begin(self, numbers: Any, x: Lane, y: Lane) -> Any:
        def begin(numbers: Any, x: Array, y: Array) -> Any:
            return self.at(numbers).init(jnp.stack([x, y]))

        return _each(begin, self.apart)(numbers, x, y)

    def look(self, numbers: Any, x: Lane, y: Lane, state: Any) -> Pair:
        def look(numbers: Any, x: Array, y: Array, state: Any) -> tuple[Array, Array]:
            return _pair(self.at(numbers).look_at(jnp.stack([x, y]), state))

        return _each(look, self.apart)(numbers, x, y, state)

    def move(
        self, numbers: Any, gradient: Pair, x: Lane, y: Lane, state: Any, k: Array
    ) -> tuple[Lane, Lane, Any]:
        def move(numbers: Any, gx: Array, gy: Array, x: Array, y: Array, state: Any) -> Any:
            point, g = jnp.stack([x, y]), jnp.stack([gx, gy])
            step, state = self.at(numbers).move(point, g, state, k)
            return *_pair(point + step), state

        return _each(move, self.apart)(numbers, *gradient, x, y, state)


@dataclass(frozen=True)
class _ByGradient:
    """A rule of one gradient, exact or an estimate."""

    at: Callable[[Any], GradientRule]
    asked: _Coordinates | _Whole

    def begin(self, numbers: Any, x: Lane, y: Lane) -> Any:
        return self.asked.begin(numbers, x, y)

    def step(
        self, on: OnLanes, numbers: Any, training: Training, x: Lane, y: Lane, state: Any, k: Array
    ) -> tuple[Lane, Lane, Any]:
        at = self.asked.look(numbers, x, y, state)
        gradient = on.gradient(*at)
        if training.changed:
            gx, gy = penalised(gradient, *at, training.changes)
            gradient = clipped((gx + training.noise[0], gy + training.noise[1]), training.changes)
        after_x, after_y, state = self.asked.move(numbers, gradient, x, y, state, k)
        if training.changed:
            decay = -numbers[0] * training.changes[2]
            after_x, after_y = after_x + decay * x, after_y + decay * y
        return after_x, after_y, state


@dataclass(frozen=True)
class _ByObjective:
    """A method that asks the exact objective, penalties included."""

    at: Callable[[Any], ObjectiveMethod]
    apart: bool

    def begin(self, numbers: Any, x: Lane, y: Lane) -> Any:
        def begin(numbers: Any, x: Array, y: Array) -> Any:
            return self.at(numbers).init(jnp.stack([x, y]))

        return _each(begin, self.apart)(numbers, x, y)

    def step(
        self, on: OnLanes, numbers: Any, training: Training, x: Lane, y: Lane, state: Any, k: Array
    ) -> tuple[Lane, Lane, Any]:
        def step(numbers: Any, own: Any, changes: Any, x: Array, y: Array, state: Any) -> Any:
            objective = Penalised(cast(Any, on.at(own)), changes)
            point = jnp.stack([x, y])
            move, state = self.at(numbers).step(objective, point, state)
            return *_pair(point + move), state

        shared = -1 if self.apart else None
        mapped = jax.vmap(
            step, in_axes=(shared, -1 if on.apart else None, shared, -1, -1, -1), out_axes=-1
        )
        return mapped(jnp.stack(numbers), on.numbers, training.changes, x, y, state)


def _each(function: Callable[..., Any], apart: bool) -> Callable[..., Any]:
    """A function of numbers and of what lanes have, mapped over lanes."""

    def mapped(numbers: Any, *lanes: Any) -> Any:
        axes = (-1 if apart else None, *[-1] * len(lanes))
        return jax.vmap(function, in_axes=axes, out_axes=-1)(numbers, *lanes)

    return mapped


def _pair(point: Array) -> tuple[Array, Array]:
    return point[0], point[1]
