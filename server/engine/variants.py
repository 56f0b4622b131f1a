"""Every optimiser in every convention, as the branches of one compiled switch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Convention, Optimizer


def template(optimizer: type[Optimizer], convention: Convention) -> Optimizer:
    """An optimiser in a convention with its default numbers."""
    declared: Any = optimizer
    return declared(convention=convention)


TEMPLATES: tuple[Optimizer, ...] = tuple(
    template(optimizer, convention) for optimizer in OPTIMIZERS for convention in optimizer.forms
)
NUMBERS = max(len(jax.tree.leaves(one)) for one in TEMPLATES)
STATES = max(1, *(len(one.state_type._fields) for one in TEMPLATES))


@dataclass(frozen=True)
class Variant:
    """One update rule on arrays of fixed shape, whatever its own numbers and state.

    ``numbers`` are the hyperparameters padded to [NUMBERS], ``state`` is [STATES, 2].
    """

    template: Optimizer

    def init(self, x: Array, numbers: Array) -> Array:
        optimizer = self._with(numbers, numbers[0])
        return self._pack(optimizer.init(x), x)

    def look_at(self, x: Array, state: Array, numbers: Array, rate: Array) -> Array:
        return self._with(numbers, rate).look_at(x, self._unpack(state))

    def step(
        self, gradient: Array, state: Array, numbers: Array, rate: Array, k: Array
    ) -> tuple[Array, Array]:
        move, new = self._with(numbers, rate).step(gradient, self._unpack(state), k)
        return move, self._pack(new, gradient)

    @property
    def looks_ahead(self) -> bool:
        """Whether the gradient is taken elsewhere than at x."""
        return type(self.template).look_at is not Optimizer.look_at

    def _with(self, numbers: Array, rate: Array) -> Optimizer:
        structure = jax.tree.structure(self.template)
        return jax.tree.unflatten(structure, [rate, *numbers[1 : structure.num_leaves]])

    def _pack(self, state: Any, like: Array) -> Array:
        return jnp.stack([*state, *[jnp.zeros_like(like)] * (STATES - len(state))])

    def _unpack(self, state: Array) -> Any:
        return self.template.state_type(*state[: len(self.template.state_type._fields)])

    def program_text(self) -> str:
        """The rule as JAX sees it; equal texts are equal rules."""
        point = jax.ShapeDtypeStruct((2,), "float64")
        state = jax.ShapeDtypeStruct((STATES, 2), "float64")
        numbers = jax.ShapeDtypeStruct((NUMBERS,), "float64")
        number = jax.ShapeDtypeStruct((), "float64")
        return "\n".join(
            [
                str(jax.make_jaxpr(self.init)(point, numbers)),
                str(jax.make_jaxpr(self.look_at)(point, state, numbers, number)),
                str(jax.make_jaxpr(self.step)(point, state, numbers, number, number)),
            ]
        )


@dataclass(frozen=True)
class Variants:
    """The distinct rules, and which of them an optimiser in a convention is."""

    distinct: tuple[Variant, ...]
    index: Mapping[tuple[str, Convention], int]

    def branches(self, rule: Callable[[Variant], Callable[..., Any]]) -> list[Callable[..., Any]]:
        return [rule(variant) for variant in self.distinct]


@cache
def variants() -> Variants:
    """Trace every rule once and keep one of each: conventions often agree."""
    texts: dict[str, int] = {}
    distinct: list[Variant] = []
    index: dict[tuple[str, Convention], int] = {}
    for one in TEMPLATES:
        variant = Variant(one)
        text = variant.program_text()
        if text not in texts:
            texts[text] = len(distinct)
            distinct.append(variant)
        index[one.id, one.convention] = texts[text]
    return Variants(tuple(distinct), index)


def numbers_of(optimizer: Optimizer) -> list[float]:
    """The hyperparameters in the order of their declaration, padded to ``NUMBERS``."""
    numbers = jax.tree.leaves(optimizer)
    return numbers + [0.0] * (NUMBERS - len(numbers))
