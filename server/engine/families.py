"""Families: many surfaces in one program.

XLA compiles a switch over all surfaces in little more than the time of one of them, and
running it costs a jump. So every program is built once for a family of surfaces, and which
surface it is becomes a number like any other. A surface declares its family: plain formulas
are one, surfaces of points another, loops a third; one that declares none, or is not in the
catalogue, is a family of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from typing import Any, Literal, get_args, get_origin, get_type_hints

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from surfaces.catalog import SURFACES
from surfaces.surface import Surface


@dataclass(frozen=True)
class Member:
    """One kind of surface.

    Attributes:
        structure: as JAX sees it.
        numbers: which of its leaves are single numbers.
        of_points: whether its last leaf weighs points, so that batches can be drawn.
    """

    structure: Any
    numbers: tuple[bool, ...]
    of_points: bool

    def surface(self, numbers: Array, arrays: tuple[Any, ...]) -> Surface:
        """The surface with its leaves put back in their places."""
        single, many = iter(numbers), iter(arrays)
        leaves = [next(single) if is_number else next(many) for is_number in self.numbers]
        return jax.tree.unflatten(self.structure, leaves)


@jax.tree_util.register_pytree_node_class
@dataclass(frozen=True)
class AnySurface:
    """A surface as its family's programs take it.

    Attributes:
        family: all members; static.
        index: which of them this is.
        numbers: its parameters, padded to the longest of the family.
        arrays: what it holds besides, points for example.
    """

    family: tuple[Member, ...]
    index: Any
    numbers: Any
    arrays: tuple[Any, ...]

    def loss(self, x: Array, y: Array) -> Array:
        """f(x, y), a scalar."""
        return self._switched(lambda surface: surface.loss(x, y))

    def gradient(self, point: Array) -> Array:
        """∇f at a point [2]: a switch of gradients costs less than the gradient of a switch."""
        return self._switched(lambda surface: surface.gradient(point))

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        """F and ∇f at a point [2]."""
        return self._switched(lambda surface: surface.loss_and_gradient(point))

    def hessian(self, point: Array) -> Array:
        """The Hessian at a point [2], shape [2, 2]."""
        return self._switched(lambda surface: surface.hessian(point))

    def losses_and_gradients(self, points: Array) -> tuple[Array, Array]:
        """Loss [n] and gradient [n, 2] at points [n, 2]."""
        return self._switched(lambda surface: surface.losses_and_gradients(points))

    def _switched(self, asked: Callable[[Surface], Any]) -> Any:
        """What the member that this is answers."""

        def branch(member: Member) -> Callable[..., Any]:
            def answer(numbers: Array, arrays: tuple[Array, ...]) -> Any:
                return asked(member.surface(numbers, arrays))

            return answer

        branches = [branch(member) for member in self.family]
        return lax.switch(self.index, branches, self.numbers, self.arrays)

    @property
    def rows(self) -> int:
        """How many points its arrays hold, padding included; 0 without points."""
        return len(self.arrays[-1]) if self.family[0].of_points else 0

    def on_batch(self, weights: Array) -> "AnySurface":
        """The same surface on a part of its points: their weights come last among arrays."""
        weights = weights.astype(self.arrays[-1].dtype)
        return AnySurface(self.family, self.index, self.numbers, (*self.arrays[:-1], weights))

    def tree_flatten(self) -> tuple[tuple[Any, ...], Any]:
        """For JAX: what is traced, and what is static."""
        return (self.index, self.numbers, self.arrays), self.family

    @classmethod
    def tree_unflatten(cls, family: Any, children: tuple[Any, ...]) -> "AnySurface":
        """For JAX: the inverse of ``tree_flatten``."""
        return cls(family, *children)


def _member(surface: Surface) -> Member:
    leaves, structure = jax.tree.flatten(surface)
    numbers = tuple(np.ndim(leaf) == 0 for leaf in leaves)
    return Member(structure, numbers, hasattr(surface, "points"))


def _with_every_choice(declared: type[Surface]) -> list[Surface]:
    """A surface once for each combination of its choices, which are code and not numbers."""
    hints = get_type_hints(declared)
    choices = {
        field.name: get_args(hints[field.name])
        for field in fields(declared)  # pyright: ignore[reportArgumentType]
        if get_origin(hints[field.name]) is Literal
    }
    made: Any = declared
    return [
        made(**dict(zip(choices, values, strict=True))).ready()
        for values in product(*choices.values())
    ]


@cache
def _catalogued() -> dict[Any, tuple[Member, ...]]:
    """The family of each structure in the catalogue, as surfaces declare it."""
    families: dict[str, list[Member]] = {}
    for declared in SURFACES:
        if declared.family is not None:
            # Choices that are settled before programs see them leave one structure.
            members = dict.fromkeys(map(_member, _with_every_choice(declared)))
            families.setdefault(declared.family, []).extend(members)
    together = map(tuple, families.values())
    return {member.structure: family for family in together for member in family}


def as_member(surface: Surface, dtype: np.dtype[Any], *, alone: bool = False) -> AnySurface:
    """A surface with its numbers and arrays in NumPy, as programs take it.

    Args:
        surface: as declared; what it has to compute first is computed here.
        dtype: of its numbers and of its arrays of floats.
        alone: make it a family of its own, for a program that serves it only.
    """
    # A surface never changes, so that it is prepared once however many programs take it.
    prepared: dict[Any, AnySurface] = vars(surface).setdefault("_prepared", {})
    if (dtype, alone) not in prepared:
        prepared[dtype, alone] = _prepared(surface, dtype, alone)
    return prepared[dtype, alone]


def _prepared(surface: Surface, dtype: np.dtype[Any], alone: bool) -> AnySurface:
    surface = surface.ready()
    member = _member(surface)
    family = None if alone else _catalogued().get(member.structure)
    family = family or (member,)
    leaves = jax.tree.leaves(surface)
    width = max(sum(one.numbers) for one in family)
    numbers = np.zeros(width, dtype)
    own = [leaf for leaf, single in zip(leaves, member.numbers, strict=True) if single]
    numbers[: len(own)] = own
    arrays = tuple(
        np.asarray(leaf, dtype if jnp.issubdtype(np.asarray(leaf).dtype, jnp.floating) else None)
        for leaf, single in zip(leaves, member.numbers, strict=True)
        if not single
    )
    return AnySurface(family, np.int32(family.index(member)), numbers, arrays)
