"""A surface from a typed formula, interpreted on the device: a new formula compiles nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from surfaces.declaration import Reference, Text, declaration
from surfaces.formulas.latex import to_latex
from surfaces.formulas.lowering import (
    CONSTANTS,
    FIRST_CONSTANT,
    INSTRUCTIONS,
    TEMPORARIES,
    compile_formula,
)
from surfaces.formulas.operations import OPERATIONS
from surfaces.surface import Interval, Known, Surface

DOMAIN = ((-4.0, 4.0), (-3.0, 3.0))


@final
@declaration
class Interpreted(Surface):
    """Instructions as arrays: ``code`` rows are (operation, a, b, c, to), ``count`` of them."""

    id: ClassVar[str] = "formula"

    count: Any
    code: Any
    constants: Any

    def loss(self, x: Array, y: Array) -> Array:
        given = jnp.stack([x, y])
        constants = self.constants.astype(given.dtype)
        values = jnp.concatenate([given, jnp.zeros((TEMPORARIES, *given.shape[1:]), given.dtype)])
        functions = [_of_three(operation.function, operation.arity) for operation in OPERATIONS]

        def run(i: Array, values: Array) -> Array:
            row = lax.dynamic_index_in_dim(self.code, i, keepdims=False)
            # Constants apart: among the values they would be copied for every point of a grid.
            operands = [
                jnp.where(
                    slot < FIRST_CONSTANT,
                    lax.dynamic_index_in_dim(values, slot, keepdims=False),
                    lax.dynamic_index_in_dim(constants, slot - FIRST_CONSTANT, keepdims=False),
                )
                for slot in (row[1], row[2], row[3])
            ]
            result = lax.switch(row[0], functions, *operands)
            return lax.dynamic_update_index_in_dim(values, result, row[4], 0)

        count = self.count[0]
        values = lax.fori_loop(jnp.int32(0), count, run, values)
        last = self.code[count - 1, 4]
        return lax.dynamic_index_in_dim(values, last, keepdims=False)

    def gradient(self, point: Array) -> Array:
        # Forwards: JAX cannot go back through a loop whose length is data.
        def loss(at: Array) -> Array:
            return self.loss(at[0], at[1])

        return jax.jacfwd(loss)(point)

    def slopes(self, points: Array) -> tuple[Array, Array]:
        # Instruction by instruction over all points: mapping a loop over points would keep
        # each point's values together, and every operation would stride through memory.
        x, y = points[:, 0], points[:, 1]
        one, nothing = jnp.ones_like(x), jnp.zeros_like(x)
        loss, along_x = jax.jvp(self.loss, (x, y), (one, nothing))
        _, along_y = jax.jvp(self.loss, (x, y), (nothing, one))
        return loss, jnp.stack([along_x, along_y], axis=1)


def _of_three(function: Any, arity: int) -> Any:
    def called(a: Array, b: Array, c: Array) -> Array:
        return function(*(a, b, c)[:arity])

    return called


@final
@dataclass(frozen=True)
class Formula(Surface):
    """f(x, y) as a person typed it.

    Attributes:
        text: the formula.
        domain: what is worth seeing.
    """

    id: ClassVar[str] = "formula"
    title: ClassVar[Text] = Text("Your formula", "Своя формула")
    summary: ClassVar[Text] = Text(
        "Any function of x and y; its gradient is exact, by automatic differentiation.",
        "Любая функция x и y; её градиент точен — автоматическое дифференцирование.",
    )
    reference: ClassVar[Reference] = Reference("Typed by the reader")
    minima_known: ClassVar[Known] = "none"

    text: str
    domain: tuple[Interval, Interval] = DOMAIN  # pyright: ignore[reportIncompatibleVariableOverride]

    @cached_property
    def formula(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """LaTeX of what was typed."""
        return to_latex(compile_formula(self.text)[0])

    def ready(self) -> Interpreted:
        """The instructions, as programs take them.

        Raises:
            FormulaError: the text is not a formula.
        """
        _, compiled = compile_formula(self.text)
        code = np.zeros((INSTRUCTIONS, 5), np.int32)
        for i, one in enumerate(compiled.instructions):
            code[i] = one.opcode, one.a, one.b, one.c, one.to
        constants = np.zeros(CONSTANTS)
        constants[: len(compiled.constants)] = compiled.constants
        return Interpreted(np.array([len(compiled.instructions)], np.int32), code, constants)

    def loss(self, x: Array, y: Array) -> Array:
        return self.ready().loss(x, y)

    def gradient(self, point: Array) -> Array:
        return self.ready().gradient(point)
