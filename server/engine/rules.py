"""Many methods, each in every convention, as the branches of one compiled switch."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jaxtyping import Float

from server.optimizers.optimizer import Convention, GradientRule, ObjectiveMethod, Optimizer
from server.results import Floats, Integers

POINT = jax.ShapeDtypeStruct((2,), "float64")
Method = TypeVar("Method", GradientRule, ObjectiveMethod)


@dataclass(frozen=True)
class Variant(Generic[Method]):
    """One method in one convention, on flat vectors instead of its own numbers and state."""

    template: Method

    @cached_property
    def state_shapes(self) -> Any:
        """The state as a pytree of shapes and dtypes, in float64."""
        return jax.eval_shape(self.template.init, POINT)

    @cached_property
    def positions(self) -> Any:
        """The state with, for each of its numbers, where that stands in the packed vector."""
        shapes, structure = jax.tree.flatten(self.state_shapes)
        ends = np.cumsum([leaf.size for leaf in shapes])
        places = [
            np.arange(end - leaf.size, end).reshape(leaf.shape)
            for leaf, end in zip(shapes, ends, strict=True)
        ]
        return jax.tree.unflatten(structure, places)

    @property
    def width(self) -> int:
        """How many numbers the state holds."""
        return sum(leaf.size for leaf in jax.tree.leaves(self.state_shapes))

    @property
    def looks_ahead(self) -> bool:
        """Whether the gradient is taken elsewhere than at x."""
        return self.template.forms[self.template.convention].looks_ahead

    def with_numbers(self, numbers: Float[Array, " numbers"], rate: Float[Array, ""]) -> Method:
        """The method with hyperparameters from a vector and this step's learning rate."""
        structure = jax.tree.structure(self.template)
        return jax.tree.unflatten(structure, [rate, *numbers[1 : structure.num_leaves]])

    def pack(self, state: Any, like: Float[Array, "2"], width: int) -> Float[Array, " width"]:
        """The state as a vector of the dtype of ``like``, padded with zeros."""
        leaves = [jnp.reshape(leaf, -1).astype(like.dtype) for leaf in jax.tree.leaves(state)]
        padding = jnp.zeros(width - self.width, like.dtype)
        return jnp.concatenate([*leaves, padding])

    def unpack(self, packed: Any) -> Any:
        """The state from a vector; counts, which Optax keeps as integers, become so again."""

        def part(places: Any, leaf: jax.ShapeDtypeStruct) -> Any:
            first = int(places.flat[0])
            values = packed[first : first + places.size].reshape(places.shape)
            exact = jnp.issubdtype(leaf.dtype, jnp.integer) or leaf.dtype == bool
            return values.astype(leaf.dtype) if exact else values

        return jax.tree.map(part, self.positions, self.state_shapes)

    @cached_property
    def shown(self) -> dict[str, list[int]]:
        """Where in the vector each part of the state that is shown stands, by name."""
        named = self.template.shown(self.positions)
        return {name: [int(i) for i in np.ravel(at)] for name, at in named._asdict().items()}

    def evaluations(self, states: Floats) -> Integers:
        """Gradients that each step asked for, shape [n].

        Args:
            states: packed, after each step, shape [n, states].
        """

        def held(at: Any) -> Floats:
            return states[:, at]

        memory = jax.tree.map(held, self.positions)
        asked = self.template.evaluations(memory)
        return np.broadcast_to(np.asarray(asked).astype(np.int64), len(states))


class Rules(Generic[Method]):
    """Distinct methods, which of them an optimiser in a convention is, and their common sizes.

    Attributes:
        distinct: one of each; conventions of one optimiser often agree (``Form.computes_as``).
    """

    def __init__(self, methods: Iterable[type[Method]]):
        distinct: list[Variant[Method]] = []
        index: dict[tuple[str, Convention], int] = {}
        for method in methods:
            made: Any = method
            for convention, form in method.forms.items():
                if form.computes_as is None:
                    index[method.id, convention] = len(distinct)
                    distinct.append(Variant(made(convention=convention)))
                else:
                    index[method.id, convention] = index[method.id, form.computes_as]
        self.distinct = tuple(distinct)
        self._index = index

    @cached_property
    def numbers(self) -> int:
        """How many hyperparameters the longest has."""
        return max(len(jax.tree.leaves(one.template)) for one in self.distinct)

    @cached_property
    def states(self) -> int:
        """How many numbers the largest state has; each is traced, when somebody walks by them."""
        return max(1, *(one.width for one in self.distinct))

    def __contains__(self, optimizer: Optimizer) -> bool:
        return (optimizer.id, optimizer.convention) in self._index

    def index(self, optimizer: Optimizer) -> int:
        """Which of the distinct rules an optimiser is."""
        return self._index[optimizer.id, optimizer.convention]

    def variant(self, optimizer: Optimizer) -> Variant[Method]:
        """The distinct rule that an optimiser is."""
        return self.distinct[self.index(optimizer)]

    def numbers_of(self, optimizer: Optimizer) -> list[float]:
        """The hyperparameters in the order of their declaration, padded to ``numbers``."""
        numbers = jax.tree.leaves(optimizer)
        return numbers + [0.0] * (self.numbers - len(numbers))

    def branches(
        self, rule: Callable[[Variant[Method]], Callable[..., Array]]
    ) -> list[Callable[..., Array]]:
        """One branch a distinct rule."""
        return [rule(variant) for variant in self.distinct]

    def first_state(self, chosen: Array, x: Array, numbers: Array) -> Array:
        """The packed state [states] before the first step."""

        def fresh(rule: Variant[Method]) -> Callable[..., Array]:
            def pack(x: Array, numbers: Array) -> Array:
                return rule.pack(rule.with_numbers(numbers, numbers[0]).init(x), x, self.states)

            return pack

        return jax.lax.switch(chosen, self.branches(fresh), x, numbers)


def looked_at(
    rules: Rules[GradientRule],
    chosen: Array,
    x: Float[Array, "2"],
    state: Float[Array, " states"],
    numbers: Float[Array, " numbers"],
    rate: Float[Array, ""],
) -> Float[Array, "2"]:
    """Where the gradient is taken; ``where`` and no switch, which few rules need."""
    at = x
    for index, rule in enumerate(rules.distinct):
        if rule.looks_ahead:
            ahead = rule.with_numbers(numbers, rate).look_at(x, rule.unpack(state))
            at = jnp.where(chosen == index, ahead, at)
    return at


def moves(rules: Rules[GradientRule]) -> list[Callable[..., Array]]:
    """Branches that take (gradient, moving, numbers, rate, k) to the new ``moving``.

    ``moving`` is one vector: x and the packed state, shape [2 + states].
    """

    def moved(rule: Variant[GradientRule]) -> Callable[..., Array]:
        def move(gradient: Array, moving: Array, numbers: Array, rate: Array, k: Array) -> Array:
            x, state = moving[:2], rule.unpack(moving[2:])
            step, state = rule.with_numbers(numbers, rate).move(x, gradient, state, k)
            return jnp.concatenate([x + step, rule.pack(state, x, rules.states)])

        return move

    return rules.branches(moved)
