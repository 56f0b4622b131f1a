"""A tape: the operations of a loss at one point, in the order in which they were done.

The operations are those of the jaxpr that paths differentiate. Calls are opened, loops are
unrolled as often as they really run, and what depends on neither x nor y is worked out at once.
Each operation runs by itself, uncompiled, so that numbers are data and nothing new is ever
compiled but single operations, once each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np
from jax.extend.core import ClosedJaxpr, Literal

from server.engine.backpropagation.primitives import called, evaluate, run
from server.engine.token import Token


@dataclass(eq=False)
class Cell:
    """A value on the tape.

    Attributes:
        data: the value, of any shape.
        made_by: the operation whose result it is; ``None`` for inputs and constants.
        free: whether it depends on x or y.
        name: what readers call it, where it has a name.
    """

    data: Any
    made_by: "Entry | None" = None
    free: bool = False
    name: str | None = None

    @property
    def differentiable(self) -> bool:
        """Whether adjoints reach it: it depends on x or y, and is not a truth value."""
        return self.free and np.issubdtype(self.data.dtype, np.floating)


@dataclass(eq=False)
class Entry:
    """One operation of the tape.

    Attributes:
        primitive, params: JAX's.
        operands: what it takes.
        result: what it gives.
        label: what readers call it, where JAX's name is not the one.
        inner: whether it is a step inside an operation that readers see as one.
        shown: the operands of that operation, for its last step.
    """

    primitive: Any
    params: dict[str, Any]
    operands: tuple[Cell, ...]
    result: Cell = field(init=False)
    label: str | None = None
    inner: bool = False
    shown: tuple[Cell, ...] | None = None

    def run(self, *operands: Any) -> Any:
        """The operation of other operands."""
        return run(self.primitive, self.params, operands)


class Tape:
    """What was done, entry by entry.

    Attributes:
        inputs: x and y.
        entries: the operations that depend on them.
    """

    def __init__(self, x: Any, y: Any, token: Token):
        self._token = token
        self.inputs = (Cell(x, free=True, name="x"), Cell(y, free=True, name="y"))
        self.entries: list[Entry] = []

    def apply(self, primitive: Any, params: dict[str, Any], operands: Iterable[Cell]) -> Cell:
        """Do one operation; write it down if it depends on x or y."""
        self._token.check()
        entry = Entry(primitive, params, tuple(operands))
        result = Cell(entry.run(*(cell.data for cell in entry.operands)))
        if any(cell.free for cell in entry.operands):
            result.free, result.made_by, entry.result = True, entry, result
            self.entries.append(entry)
        return result

    def group(self, before: int, result: Cell, label: str, operands: tuple[Cell, ...]) -> None:
        """Make one operation for readers of all since a place on the tape."""
        steps = self.entries[before:]
        for step in steps:
            step.inner = step is not result.made_by
        if result.made_by in steps:
            result.made_by.label, result.made_by.shown = label, operands

    def run(self, program: ClosedJaxpr, arguments: Sequence[Cell]) -> list[Cell]:
        """Do all operations of a program, loops and calls opened."""
        jaxpr = program.jaxpr
        known: dict[Any, Cell] = dict(zip(jaxpr.constvars, map(Cell, program.consts), strict=True))
        known.update(zip(jaxpr.invars, arguments, strict=True))

        def read(atom: Any) -> Cell:
            return Cell(np.asarray(atom.val)) if isinstance(atom, Literal) else known[atom]

        for equation in jaxpr.eqns:
            operands = [read(atom) for atom in equation.invars]
            results = self._opened(equation.primitive.name, equation.params, operands)
            if results is None:
                results = [self.apply(equation.primitive, equation.params, operands)]
            known.update(zip(equation.outvars, results, strict=True))
        return [read(atom) for atom in jaxpr.outvars]

    def _opened(self, name: str, params: dict[str, Any], operands: list[Cell]) -> list[Cell] | None:
        """The results of a call or a loop, done step by step; ``None`` if it is neither."""
        if (program := called(name, params)) is not None:
            return self.run(program, operands)
        if name == "cond":
            chosen = int(operands[0].data)
            return self.run(params["branches"][chosen], operands[1:])
        if name == "while":
            return self._while(params, operands)
        if name == "scan":
            return self._scan(params, operands)
        return None

    def _while(self, params: dict[str, Any], operands: list[Cell]) -> list[Cell]:
        asked, done = params["cond_nconsts"], params["body_nconsts"]
        of_question, of_body = operands[:asked], operands[asked : asked + done]
        carry = operands[asked + done :]
        question = params["cond_jaxpr"]

        def goes_on() -> bool:
            at = [cell.data for cell in (*of_question, *carry)]
            return bool(evaluate(question, at)[0])

        while goes_on():
            carry = self.run(params["body_jaxpr"], [*of_body, *carry])
        return carry

    def _scan(self, params: dict[str, Any], operands: list[Cell]) -> list[Cell] | None:
        constants, carried = params["num_consts"], params["num_carry"]
        fixed, carry = operands[:constants], operands[constants : constants + carried]
        rows = operands[constants + carried :]
        if len(params["jaxpr"].jaxpr.outvars) > carried:
            return None
        order = range(params["length"])
        for k in reversed(order) if params["reverse"] else order:
            row = [self._row(cell, k) for cell in rows]
            carry = self.run(params["jaxpr"], [*fixed, *carry, *row])
        return carry

    def _row(self, cell: Cell, k: int) -> Cell:
        """Row k of an array, one operation for readers."""

        def taken(array: Any) -> Any:
            return jax.lax.index_in_dim(array, k, keepdims=False)

        before = len(self.entries)
        row = self.run(jax.make_jaxpr(taken)(cell.data), [cell])[0]
        self.group(before, row, f"[{k}]", (cell,))
        return row
