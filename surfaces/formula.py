"""A surface from a typed formula, interpreted on the device: a new formula compiles nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, final

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array, lax

from surfaces.declaration import Reference, Text, declaration
from surfaces.formulas import chain
from surfaces.formulas.latex import to_latex
from surfaces.formulas.lowering import (
    CONSTANTS,
    FIRST_CONSTANT,
    INSTRUCTIONS,
    TEMPORARIES,
    compile_formula,
)
from surfaces.formulas.operations import OPERATIONS, Operation
from surfaces.surface import Interval, Known, Surface

WorkOut = Callable[[Operation, Sequence[Array]], Array]
DOMAIN = ((-4.0, 4.0), (-3.0, 3.0))


@final
@declaration
class Interpreted(Surface):
    """Instructions as arrays: ``code`` rows are (operation, a, b, c, to), ``count`` of them."""

    id: ClassVar[str] = "formula"
    domain: ClassVar = DOMAIN

    count: Any
    code: Any
    constants: Any

    def loss(self, x: Array, y: Array) -> Array:
        def work_out(operation: Operation, operands: Sequence[Array]) -> Array:
            return operation.function(*operands)

        return self._run(jnp.stack([x, y]), self.constants, work_out)

    def losses_and_gradients(self, points: Array) -> tuple[Array, Array]:
        # Instruction by instruction over all points: mapping a loop over points would keep
        # each point's values together, and every operation would stride through memory.
        loss, rates = self._forwards(points[:, 0], points[:, 1])
        return loss, rates.T

    def gradient(self, point: Array) -> Array:
        # Forwards: JAX cannot go back through a loop whose length is data.
        return self._forwards(point[0], point[1])[1]

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        return self._forwards(point[0], point[1])

    def hessian(self, point: Array) -> Array:
        # Through the operations alone: a rate that was absorbed has no known rate of its own.
        def loss(at: Array) -> Array:
            return self.loss(at[0], at[1])

        return jax.jacfwd(jax.jacfwd(loss))(point)

    def _forwards(self, x: Array, y: Array) -> tuple[Array, Array]:
        """The loss, of the shape of x, and its rates along x and y, shape [2, ...]."""
        one, nothing = jnp.ones_like(x), jnp.zeros_like(x)
        given = jnp.stack(
            [jnp.stack([x, one, nothing, nothing]), jnp.stack([y, nothing, one, nothing])]
        )
        # Numbers of the formula have no rates.
        numbers = self.constants.reshape(CONSTANTS, 1, *[1] * x.ndim)
        padding = [(0, 0), (0, 3), *[(0, 0)] * x.ndim]
        last = self._run(given, jnp.pad(numbers, padding), chain.carried)
        return last[0], last[1:3]

    def _run(self, given: Array, constants: Array, work_out: WorkOut) -> Array:
        """What the last instruction leaves.

        Args:
            given: what x and y are, shape [2, ...]: values, or values with their rates.
            constants: the same of the formula's numbers, shape [CONSTANTS, ...].
            work_out: an instruction of operands of shape [...].
        """
        shape = given.shape[1:]
        constants = constants.astype(given.dtype)
        values = jnp.concatenate([given, jnp.zeros((TEMPORARIES, *shape), given.dtype)])
        branches = [_of_three(operation, work_out) for operation in OPERATIONS]

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
            result = lax.switch(row[0], branches, *operands)
            return lax.dynamic_update_index_in_dim(values, result, row[4], 0)

        count = self.count[0]
        values = lax.fori_loop(jnp.int32(0), count, run, values)
        last = self.code[count - 1, 4]
        return lax.dynamic_index_in_dim(values, last, keepdims=False)


def _of_three(operation: Operation, work_out: WorkOut) -> Any:
    def called(a: Array, b: Array, c: Array) -> Array:
        return work_out(operation, (a, b, c)[: operation.arity])

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

    def loss_and_gradient(self, point: Array) -> tuple[Array, Array]:
        return self.ready().loss_and_gradient(point)

    def hessian(self, point: Array) -> Array:
        return self.ready().hessian(point)
