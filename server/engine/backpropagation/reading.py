"""How a tape is read: which operations readers see, and how each is written.

What only changes a shape or a type, a choice that was made before, and multiplying by weights
that are all 1 are carried out, but are no nodes of their own.
"""

from collections.abc import Callable, Sequence
from math import e, pi
from typing import Any

import numpy as np

from server.engine.backpropagation.tape import Cell, Entry

PASSING = ("convert_element_type", "broadcast_in_dim", "reshape", "squeeze", "copy", "transpose")
"""Primitives whose result reads as their operand."""

ELEMENTWISE = frozenset((
    "add", "sub", "mul", "div", "neg", "abs", "sign", "exp", "log", "log1p", "expm1", "sin",
    "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "logistic", "sqrt",
    "rsqrt", "square", "integer_pow", "pow", "max", "min", "erf", "select_n",
    "custom_jvp_call", "convert_element_type", "copy", "floor",
))  # fmt: skip
"""Primitives each of whose values depends on the values in the same place only."""

BETWEEN = {
    "add": "+", "+": "+", "sub": "−", "-": "−", "mul": "·", "*": "·", "div": "/", "/": "/",
    "lt": "<", "<": "<", "le": "≤", "<=": "≤", "gt": ">", ">": ">", "ge": "≥", ">=": "≥",
    "eq": "=", "==": "=", "ne": "≠", "!=": "≠", "and": "∧", "or": "∨", "dot_general": "@",
}  # fmt: skip
NAMES = {"logistic": "σ", "sigmoid": "σ", "reduce_sum": "Σ", "negate": "−", "neg": "−", "sqrt": "√",
         "logaddexp": "log(eᵃ + eᵇ)", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
         "select_n": "where", "^": "pow"}  # fmt: skip
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def passes(entry: Entry, rows: int) -> Cell | None:
    """The operand as which the result reads; ``None`` if the operation is one to see.

    Args:
        entry: of the tape.
        rows: how many rows of points count, the rest is padding; 0 without points.
    """
    name, operands = entry.primitive.name, entry.operands
    if entry.label is not None:
        return None
    if name in PASSING:
        return operands[0]
    if name == "select_n" and not operands[0].free and np.ndim(operands[0].data) == 0:
        return operands[1 + int(operands[0].data)]
    if name == "mul" and rows:
        for one, other in (operands, operands[::-1]):
            if not one.free and np.ndim(one.data) and np.all(np.asarray(one.data)[:rows] == 1):
                return other
    return None


def name_of(entry: Entry) -> str:
    """What kind of operation it is."""
    if entry.label is not None:
        return entry.label
    return function_of(entry)


def function_of(entry: Entry) -> str:
    """Which operation of JAX or of ours it is."""
    if entry.primitive.name == "custom_jvp_call":
        return str(entry.params["call_jaxpr"].jaxpr.debug_info.func_name)
    return str(entry.primitive.name)


def written(entry: Entry, operands: Sequence[Cell], text: Callable[[Cell], str]) -> tuple[str, str]:
    """An operation's sign and its right-hand side.

    Args:
        entry: the operation.
        operands: its operands as readers see them.
        text: how an operand is written.
    """
    name = name_of(entry)
    texts = [text(one) for one in operands]
    if name in ("mul", "*") and operands[0] is operands[1]:
        return "²", f"{texts[0]}²"
    if name in ("integer_pow", "square"):
        power = str(entry.params.get("y", 2)).translate(RAISED)
        return power, f"{texts[0]}{power}"
    if name in BETWEEN:
        return BETWEEN[name], f"{texts[0]} {BETWEEN[name]} {texts[1]}"
    if name in ("neg", "negate"):
        return "−", f"−{texts[0]}"
    if name in ("^", "pow"):
        return "^", f"{texts[0]}^{texts[1]}"
    if name == "select_n":
        return "where", f"where({texts[0]}, {texts[2]}, {texts[1]})"
    if name == "logaddexp" and texts[0] == "0":
        return "softplus", f"log(1 + exp({texts[1]}))"
    if name in ("abs", "absolute"):
        return "|·|", f"|{texts[0]}|"
    if name == "reduce_sum":
        return "Σ", f"Σ {texts[0]}"
    if name.startswith("["):
        return "[ ]", f"{texts[0]}{name}"
    if name == "sqrt":
        return "√", f"√{texts[0]}"
    sign = NAMES.get(name, name)
    return sign, f"{sign}({', '.join(texts)})"


def number(value: float) -> str:
    """A constant as formulas write it, four digits, multiples of π by name."""
    if value == e:
        return "e"
    times = value / pi
    if times and abs(times) <= 24 and times == int(times):
        return ("−" if times < 0 else "") + (f"{abs(int(times))}π" if abs(times) != 1 else "π")
    if value == 2**0.5:
        return "√2"
    mantissa, _, power = f"{value:.4g}".replace("-", "−").partition("e")
    if not power:
        return mantissa
    return f"{mantissa}·10{str(int(power.replace('−', '-'))).translate(RAISED)}"


def known(points: Any) -> list[tuple[Any, str]]:
    """Arrays of a surface of points and how they are called: u, or u₁ and u₂, and t."""
    features, targets = np.asarray(points.features), np.asarray(points.targets)
    single = not features[:, 1].any()
    names = ("u",) if single else ("u₁", "u₂")
    columns = [(features[:, i], name) for i, name in enumerate(names)]
    return [*columns, (targets, "t"), (-targets, "(−t)")]
