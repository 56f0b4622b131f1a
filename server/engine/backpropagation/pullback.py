"""Adjoints through one operation, as JAX's own rule for it has them.

The rule of each kind of operation is traced once and then carried out primitive by primitive,
which is what ``jax.grad`` does when nothing is compiled: the same bits, at a fraction of the time.
"""

from functools import lru_cache
from typing import Any

import jax
import numpy as np

from server.engine.backpropagation.primitives import evaluate, run
from server.engine.backpropagation.reading import function_of
from server.engine.backpropagation.tape import Cell, Entry
from surfaces.formulas.operations import OPERATIONS

CHOOSING = {"select_n", *(one.function.__name__ for one in OPERATIONS if one.chooses)}
"""Operations that take one of their operands, as max does, or none."""
KINDS = 512
"""Traced rules that are kept, some 80 kB each: all surfaces and formulas need a hundred."""


class _Kind:
    """An operation without its numbers, as a dictionary key.

    It holds no cell: a cell knows what made it, and so on back to the whole tape.
    """

    def __init__(self, entry: Entry, wanted: tuple[int, ...]):
        self.primitive, self.params, self.wanted = entry.primitive, entry.params, wanted
        self.operands = [_shape(cell) for cell in entry.operands]
        self.result = _shape(entry.result)
        params = {name: one for name, one in entry.params.items() if name != "jvp_jaxpr_fun"}
        self._key = (entry.primitive, wanted, tuple(self.operands), repr(params))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kind) and self._key == other._key


@lru_cache(maxsize=KINDS)
def _rule(kind: _Kind) -> Any:
    """The traced pullback: operands and an adjoint to the adjoints of the wanted operands."""
    wanted = kind.wanted

    def pulled(operands: list[Any], adjoint: Any) -> Any:
        def of_wanted(*given: Any) -> Any:
            every = list(operands)
            for place, one in zip(wanted, given, strict=True):
                every[place] = one
            return run(kind.primitive, kind.params, every)

        _, back = jax.vjp(of_wanted, *(operands[place] for place in wanted))
        return back(adjoint)

    return jax.make_jaxpr(pulled)(kind.operands, kind.result)


def _shape(cell: Cell) -> jax.ShapeDtypeStruct:
    kind: Any = jax.typeof(cell.data)
    return jax.ShapeDtypeStruct(kind.shape, kind.dtype, weak_type=kind.weak_type)


def pull(entry: Entry, adjoint: Any) -> list[tuple[Cell, Any]]:
    """What an adjoint of an operation's result adds to each operand's, last operand first.

    An operand that stands twice comes twice: ``jax.grad`` adds them one by one, and in this
    order, which decides the last bit.

    Of numbers, a slope of exactly 0 absorbs an adjoint that is not there (0·∞ further out), as it
    absorbs rates along a path; and an operand that was not chosen gets none, as 0 times an
    infinite slope further in would not be 0.
    """
    wanted = tuple(i for i, cell in enumerate(entry.operands) if cell.differentiable)
    if not wanted:
        return []
    program = _rule(_Kind(entry, wanted))
    arguments = [*(cell.data for cell in entry.operands), adjoint]
    flowing = evaluate(program, arguments)
    pairs = [(entry.operands[i], one) for i, one in zip(wanted, flowing, strict=True)]
    if np.ndim(adjoint) == 0:
        if np.isnan(adjoint):
            slopes = evaluate(program, [*arguments[:-1], np.ones_like(adjoint)])
            pairs = [
                (cell, np.zeros_like(one) if np.ndim(one) == 0 and slope == 0 else one)
                for (cell, one), slope in zip(pairs, slopes, strict=True)
            ]
        if function_of(entry) in CHOOSING:
            pairs = [(cell, one) for cell, one in pairs if np.ndim(one) or one != 0]
    return pairs[::-1]


def backward(entries: list[Entry], last: Cell, seed: Any) -> dict[Cell, Any]:
    """The adjoint of every cell that the last one depends on, by one pass backwards."""
    adjoints: dict[Cell, Any] = {last: seed}
    for entry in reversed(entries):
        if entry.result not in adjoints:
            continue
        for cell, flowing in pull(entry, adjoints[entry.result]):
            adjoints[cell] = jax.lax.add(adjoints[cell], flowing) if cell in adjoints else flowing
    return adjoints
