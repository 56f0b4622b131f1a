"""A typed formula as code of its own: a program of it alone, as fast as those of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Self

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from surfaces.formulas import chain
from surfaces.formulas.lowering import FIRST_CONSTANT, Instruction, compile_formula
from surfaces.formulas.operations import OPERATIONS
from surfaces.surface import Family, Known, Surface

SMOOTH = frozenset(
    ("copy", "+", "-", "*", "negate", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan",
     "sigmoid", "softplus", "erf")
)  # fmt: skip
"""Operations that have a derivative everywhere: none of theirs has to be absorbed."""


@jax.tree_util.register_pytree_node_class
@dataclass(frozen=True)
class Traced(Surface):
    """Instructions that JAX sees one by one; the formula's numbers are data.

    Attributes:
        instructions: rows (operation, a, b, c, to), as ``Interpreted`` has them.
        constants: the formula's numbers.
    """

    id: ClassVar[str] = "formula"
    minima_known: ClassVar[Known] = "none"
    family: ClassVar[Family | None] = None

    instructions: tuple[tuple[int, int, int, int, int], ...]
    constants: Any

    def loss(self, x: Array, y: Array) -> Array:
        values: dict[int, Array] = {0: x, 1: y}
        for operation, operands, to in self._rows(values):
            values[to] = OPERATIONS[operation].function(*operands)
        return values[self.instructions[-1][4]] + jnp.zeros_like(x)

    def gradient(self, point: Array) -> Array:
        return super().gradient(point) if self.smooth else self._carried(point)[1:3]

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        if self.smooth:
            return super().loss_and_gradient(point)
        last = self._carried(point)
        return last[0], last[1:3]

    def hessian(self, point: Array) -> Array:
        # As an interpreted formula has it.
        def loss(at: Array) -> Array:
            return self.loss(at[0], at[1])

        return jax.jacfwd(jax.jacfwd(loss))(point)

    @property
    def smooth(self) -> bool:
        """Whether it is made of operations that have a derivative everywhere."""
        return all(
            OPERATIONS[operation].name in SMOOTH
            or (OPERATIONS[operation].name == "/" and divisor >= FIRST_CONSTANT)
            for operation, _, divisor, _, _ in self.instructions
        )

    def _carried(self, point: Array) -> Array:
        """Value, both rates, and whether it is rough: by the chain rule that interpreters use."""
        one, nothing = jnp.ones_like(point[0]), jnp.zeros_like(point[0])
        values = {
            0: jnp.stack([point[0], one, nothing, nothing]),
            1: jnp.stack([point[1], nothing, one, nothing]),
        }

        def plain(number: Array) -> Array:
            return jnp.stack([number.astype(one.dtype), nothing, nothing, nothing])

        for operation, operands, to in self._rows(values, plain):
            values[to] = chain.carried(OPERATIONS[operation], operands)
        return values[self.instructions[-1][4]]

    def _rows(self, values: dict[int, Array], plain: Any = jnp.asarray) -> Any:
        """Operation, operands and place of each instruction; ``values`` are filled meanwhile."""

        def operand(slot: int) -> Array:
            if slot < FIRST_CONSTANT:
                return values[slot]
            return plain(self.constants[slot - FIRST_CONSTANT])

        for operation, *slots, to in self.instructions:
            yield operation, [operand(slot) for slot in slots[: OPERATIONS[operation].arity]], to

    def tree_flatten(self) -> tuple[tuple[Any, ...], Any]:
        """For JAX: what is traced, and what is static."""
        return (self.constants,), self.instructions

    @classmethod
    def tree_unflatten(cls, instructions: Any, children: tuple[Any, ...]) -> Self:
        """For JAX: the inverse of ``tree_flatten``."""
        return cls(instructions, *children)


@lru_cache(maxsize=64)
def traced(text: str) -> Traced:
    """A typed formula as code.

    Raises:
        FormulaError: the text is not a formula.
    """
    code = compile_formula(text)[1]
    return Traced(_rows(code.instructions), np.array(code.constants, np.float64))


def _rows(instructions: Sequence[Instruction]) -> tuple[tuple[int, int, int, int, int], ...]:
    return tuple((one.opcode, one.a, one.b, one.c, one.to) for one in instructions)
