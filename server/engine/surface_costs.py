"""What one point of a surface costs, from the surface."""

from functools import lru_cache

import numpy as np

from server.engine import costs
from server.engine.costs import Evaluation
from surfaces.data_surface import DataSurface
from surfaces.formula import Formula, Interpreted
from surfaces.formulas.lowering import compile_formula
from surfaces.formulas.operations import OPERATIONS
from surfaces.points import BUCKETS
from surfaces.slices import Sliced
from surfaces.surface import Surface

QUICK = frozenset(
    ("copy", "+", "-", "*", "/", "negate", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not",
     "where", "min", "max", "abs", "relu", "sign", "floor", "clip", "sqrt")
)  # fmt: skip
"""Operations of typed formulas that are arithmetic."""


def of_surface(surface: Surface) -> Evaluation:
    """Of any; of points by their number, of a loop by its turns, of a formula by its code."""
    if isinstance(surface, Interpreted):
        return _of(_counted(np.asarray(surface.code)[: int(surface.count[0]), 0].tolist()))
    if isinstance(surface, Formula):
        return of_formula(surface.text)
    if isinstance(surface, DataSurface):
        held = surface.size if surface.points is None else len(surface.points.targets)
        return of_points(surface.id, held)
    if surface.family == "loops":
        # Whole numbers of a loop say how long it is.
        return costs.PLAIN + costs.TURN.times(turns(surface))
    # A slice that is ready declares no family any more.
    return costs.NETWORK if surface.family is None or isinstance(surface, Sliced) else costs.PLAIN


@lru_cache(maxsize=256)
def of_formula(text: str) -> Evaluation:
    """Of a typed formula.

    Raises:
        FormulaError: it is none.
    """
    return _of(counted(text))


def counted(text: str) -> tuple[int, int]:
    """Instructions of a typed formula: quick ones, slow ones.

    Raises:
        FormulaError: it is none.
    """
    return _counted([one.opcode for one in compile_formula(text)[1].instructions])


def _counted(opcodes: list[int]) -> tuple[int, int]:
    quick = sum(OPERATIONS[opcode].name in QUICK for opcode in opcodes)
    return quick, len(opcodes) - quick


def _of(instructions: tuple[int, int]) -> Evaluation:
    quick, slow = instructions
    return costs.PLAIN + costs.QUICK.times(quick) + costs.SLOW.times(slow)


def of_points(surface_id: str, count: int) -> Evaluation:
    """Of a surface of so many points: programs hold more."""
    rows = next((bucket for bucket in BUCKETS if bucket >= count), BUCKETS[-1])
    return costs.PLAIN + costs.ROWS.get(surface_id, costs.ROW).times(rows)


def turns(surface: Surface) -> int:
    """How often a loop goes round: its whole numbers together."""
    return sum(value for value in vars(surface).values() if isinstance(value, int))
