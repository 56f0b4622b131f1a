"""Many optimisers, each in every convention, as the branches of one compiled switch."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from server.optimizers.optimizer import Convention, Optimizer
from server.optimizers.reference import Reference

POINT = jax.ShapeDtypeStruct((2,), "float64")
NUMBER = jax.ShapeDtypeStruct((), "float64")


@dataclass(frozen=True)
class Variant:
    """One optimiser in one convention, on flat vectors instead of its own numbers and state."""

    template: Optimizer

    @cached_property
    def state_shapes(self) -> Any:
        """The state as a pytree of shapes and dtypes, in float64."""
        return jax.eval_shape(self.template.init, POINT)

    @property
    def width(self) -> int:
        """How many numbers the state holds."""
        return sum(prod(leaf.shape) for leaf in jax.tree.leaves(self.state_shapes))

    @property
    def looks_ahead(self) -> bool:
        """Whether the gradient is taken elsewhere than at x."""
        return type(self.template).look_at is not Optimizer.look_at

    def with_numbers(self, numbers: Array, rate: Array) -> Any:
        """The optimiser with hyperparameters from a vector and this step's learning rate."""
        structure = jax.tree.structure(self.template)
        return jax.tree.unflatten(structure, [rate, *numbers[1 : structure.num_leaves]])

    def pack(self, state: Any, like: Array, width: int) -> Array:
        """The state as a vector [width] of the dtype of ``like``, padded with zeros."""
        leaves = [jnp.reshape(leaf, -1).astype(like.dtype) for leaf in jax.tree.leaves(state)]
        padding = jnp.zeros(width - self.width, like.dtype)
        return jnp.concatenate([*leaves, padding])

    def unpack(self, packed: Any) -> Any:
        """The state from a vector; counts, which Optax keeps as integers, become so again."""
        shapes, structure = jax.tree.flatten(self.state_shapes)
        leaves: list[Any] = []
        first = 0
        for leaf in shapes:
            last = first + prod(leaf.shape)
            values = packed[first:last].reshape(leaf.shape)
            exact = jnp.issubdtype(leaf.dtype, jnp.integer) or leaf.dtype == bool
            leaves.append(values.astype(leaf.dtype) if exact else values)
            first = last
        return jax.tree.unflatten(structure, leaves)

    @cached_property
    def shown(self) -> dict[str, list[int]]:
        """Where in the vector each part of the state that is shown stands, by name."""
        places = self.unpack(_Places(np.arange(self.width)))
        named = self.template.shown(places)
        return {name: [int(i) for i in np.ravel(at)] for name, at in named._asdict().items()}

    def program_text(self) -> str:
        """The rule as JAX sees it; equal texts are equal rules."""
        if isinstance(self.template, Reference):
            return f"{self.template.id} {self.template.convention}"

        def whole(x: Array, gradient: Array, state: Any, numbers: Array, k: Array) -> Any:
            one = self.with_numbers(numbers, numbers[0])
            return one.init(x), one.look_at(x, state), one.move(x, gradient, state, k)

        count = len(jax.tree.leaves(self.template))
        numbers = jax.ShapeDtypeStruct((count,), "float64")
        return str(jax.make_jaxpr(whole)(POINT, POINT, self.state_shapes, numbers, NUMBER))


class _Places(np.ndarray):
    """Positions in a packed state, which keep being positions whatever dtype is asked for."""

    def __new__(cls, places: Any) -> "_Places":
        return places.view(cls)

    def astype(self, dtype: Any, *args: Any, **kwargs: Any) -> Any:
        return self


class Rules:
    """Distinct rules, which of them an optimiser in a convention is, and their common sizes.

    Attributes:
        distinct: one of each; conventions often agree.
        numbers: hyperparameters of the longest.
        states: numbers in the largest state.
    """

    def __init__(self, optimizers: Iterable[type[Optimizer]]):
        texts: dict[str, int] = {}
        distinct: list[Variant] = []
        index: dict[tuple[str, Convention], int] = {}
        for optimizer in optimizers:
            declared: Any = optimizer
            for convention in optimizer.forms:
                variant = Variant(declared(convention=convention))
                text = variant.program_text()
                if text not in texts:
                    texts[text] = len(distinct)
                    distinct.append(variant)
                index[optimizer.id, convention] = texts[text]
        self.distinct = tuple(distinct)
        self._index: Mapping[tuple[str, Convention], int] = index
        self.numbers = max(len(jax.tree.leaves(one.template)) for one in distinct)
        self.states = max(1, *(one.width for one in distinct))

    def __contains__(self, optimizer: Optimizer) -> bool:
        return (optimizer.id, optimizer.convention) in self._index

    def index(self, optimizer: Optimizer) -> int:
        """Which of the distinct rules an optimiser is."""
        return self._index[optimizer.id, optimizer.convention]

    def variant(self, optimizer: Optimizer) -> Variant:
        """The distinct rule that an optimiser is."""
        return self.distinct[self.index(optimizer)]

    def numbers_of(self, optimizer: Optimizer) -> list[float]:
        """The hyperparameters in the order of their declaration, padded to ``numbers``."""
        numbers = jax.tree.leaves(optimizer)
        return numbers + [0.0] * (self.numbers - len(numbers))

    def branches(self, rule: Callable[[Variant], Callable[..., Any]]) -> list[Callable[..., Any]]:
        """One branch a distinct rule."""
        return [rule(variant) for variant in self.distinct]

    def first_state(self, chosen: Array, x: Array, numbers: Array) -> Array:
        """The packed state [states] before the first step."""

        def fresh(rule: Variant) -> Callable[..., Array]:
            def pack(x: Array, numbers: Array) -> Array:
                return rule.pack(rule.with_numbers(numbers, numbers[0]).init(x), x, self.states)

            return pack

        return jax.lax.switch(chosen, self.branches(fresh), x, numbers)

    def look_at(self, chosen: Array, x: Array, state: Array, numbers: Array, rate: Array) -> Array:
        """Where the gradient is taken; ``where`` and no switch, which few rules need."""
        at = x
        for index, rule in enumerate(self.distinct):
            if rule.looks_ahead:
                ahead = rule.with_numbers(numbers, rate).look_at(x, rule.unpack(state))
                at = jnp.where(chosen == index, ahead, at)
        return at

    def moves(self) -> list[Callable[..., Array]]:
        """Branches that take (gradient, moving, numbers, rate, k) to the new ``moving``.

        ``moving`` is one vector: x and the packed state, shape [2 + states].
        """

        def moved(rule: Variant) -> Callable[..., Array]:
            def move(
                gradient: Array, moving: Array, numbers: Array, rate: Array, k: Array
            ) -> Array:
                x, state = moving[:2], rule.unpack(moving[2:])
                step, state = rule.with_numbers(numbers, rate).move(x, gradient, state, k)
                return jnp.concatenate([x + step, rule.pack(state, x, self.states)])

            return move

        return self.branches(moved)
