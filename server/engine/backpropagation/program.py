"""A surface at a point becomes a tape: by its jaxpr, or by a formula's own instructions."""

from functools import cache
from typing import Any

import jax
import numpy as np

from server.engine.backpropagation.tape import Cell, Tape
from server.engine.families import as_member
from server.engine.token import Token
from surfaces.formula import Formula
from surfaces.formulas.lowering import FIRST_CONSTANT, compile_formula
from surfaces.formulas.operations import OPERATIONS
from surfaces.surface import Surface


def recorded(
    surface: Surface, x: float, y: float, dtype: np.dtype[Any], token: Token
) -> tuple[Tape, Cell]:
    """All operations of a loss at a point, and its result.

    Args:
        surface: its numbers and arrays are cast as programs cast them.
        x: the point's first coordinate.
        y: its second.
        dtype: of all floats.
        token: asked before each operation.
    """
    tape = Tape(dtype.type(x), dtype.type(y), token)
    if isinstance(surface, Formula):
        return tape, _instructed(tape, surface.text, dtype)
    member = as_member(surface, dtype, alone=True)
    loss = member.family[0].surface(member.numbers, member.arrays).loss
    program = jax.make_jaxpr(loss)(tape.inputs[0].data, tape.inputs[1].data)
    return tape, tape.run(program, tape.inputs)[0]


def _instructed(tape: Tape, text: str, dtype: np.dtype[Any]) -> Cell:
    """The instructions that a formula's interpreter carries out, in their order.

    Raises:
        FormulaError: the text is not a formula.
    """
    _, code = compile_formula(text)
    slots = dict(enumerate(tape.inputs))
    for i, value in enumerate(code.constants):
        slots[FIRST_CONSTANT + i] = Cell(dtype.type(value))
    result = tape.inputs[0]
    for instruction in code.instructions:
        operation = OPERATIONS[instruction.opcode]
        places = (instruction.a, instruction.b, instruction.c)[: operation.arity]
        operands = tuple(slots[place] for place in places)
        before = len(tape.entries)
        result = tape.run(_program(instruction.opcode, dtype), operands)[0]
        tape.group(before, result, operation.name, operands)
        slots[instruction.to] = result
    return result


@cache
def _program(opcode: int, dtype: np.dtype[Any]) -> Any:
    """The primitives of one kind of instruction."""
    operation = OPERATIONS[opcode]
    return jax.make_jaxpr(operation.function)(*[dtype.type(1)] * operation.arity)
