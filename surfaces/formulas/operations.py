"""Everything that a formula may contain: one table, which the parser and interpreter share."""

from collections.abc import Callable
from dataclasses import dataclass
from math import e, pi
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from surfaces import kinks


@dataclass(frozen=True)
class Operation:
    """One instruction.

    Attributes:
        name: as formulas write it, or the sign of an operator.
        arity: how many values it takes, at most three.
        function: of that many arrays, to an array of their dtype, place by place.
        corner: whether these operands are at a corner or a jump of it; ``None`` if it has none.
        chooses: whether an operand of slope 0 is one that was not chosen, whatever it does.
    """

    name: str
    arity: int
    function: Callable[..., Array]
    corner: Callable[..., Any] | None = None
    chooses: bool = False


def _copy(a: Array) -> Array:
    return a


def _zero(*operands: Array) -> Any:
    return jnp.all(jnp.stack(operands) == 0, axis=0)


def _whole(a: Array) -> Any:
    return a == jnp.floor(a)


def _bound(a: Array, low: Array, high: Array) -> Any:
    return (a == low) | (a == high)


OPERATIONS: tuple[Operation, ...] = (
    Operation("copy", 1, _copy),
    Operation("+", 2, jnp.add),
    Operation("-", 2, jnp.subtract),
    Operation("*", 2, jnp.multiply),
    Operation("/", 2, jnp.divide),
    Operation("^", 2, jnp.power),
    Operation("negate", 1, jnp.negative),
    Operation("<", 2, kinks.less, jnp.equal, chooses=True),
    Operation("<=", 2, kinks.less_equal, jnp.equal, chooses=True),
    Operation(">", 2, kinks.greater, jnp.equal, chooses=True),
    Operation(">=", 2, kinks.greater_equal, jnp.equal, chooses=True),
    Operation("==", 2, kinks.equal, jnp.equal, chooses=True),
    Operation("!=", 2, kinks.not_equal, jnp.equal, chooses=True),
    Operation("and", 2, kinks.both, chooses=True),
    Operation("or", 2, kinks.either, chooses=True),
    Operation("not", 1, kinks.negation, chooses=True),
    Operation("where", 3, kinks.where, chooses=True),
    Operation("min", 2, kinks.minimum, jnp.equal, chooses=True),
    Operation("max", 2, kinks.maximum, jnp.equal, chooses=True),
    Operation("abs", 1, kinks.absolute, _zero),
    Operation("sqrt", 1, jnp.sqrt),
    Operation("cbrt", 1, jnp.cbrt),
    Operation("exp", 1, jnp.exp),
    Operation("log", 1, jnp.log),
    Operation("log2", 1, jnp.log2),
    Operation("log10", 1, jnp.log10),
    Operation("sin", 1, jnp.sin),
    Operation("cos", 1, jnp.cos),
    Operation("tan", 1, jnp.tan),
    Operation("asin", 1, jnp.arcsin),
    Operation("acos", 1, jnp.arccos),
    Operation("atan", 1, jnp.arctan),
    Operation("atan2", 2, jnp.arctan2),
    Operation("sinh", 1, jnp.sinh),
    Operation("cosh", 1, jnp.cosh),
    Operation("tanh", 1, jnp.tanh),
    Operation("sigmoid", 1, jax.nn.sigmoid),
    Operation("relu", 1, kinks.relu, _zero, chooses=True),
    Operation("softplus", 1, jax.nn.softplus),
    Operation("erf", 1, jax.scipy.special.erf),
    Operation("sign", 1, kinks.sign, _zero, chooses=True),
    Operation("floor", 1, kinks.floor, _whole, chooses=True),
    Operation("hypot", 2, kinks.hypot, _zero),
    Operation("clip", 3, kinks.clip, _bound, chooses=True),
)

OPCODES = {operation.name: code for code, operation in enumerate(OPERATIONS)}
ALIASES = {
    "ln": "log",
    "log_2": "log2",
    "log_10": "log10",
    "clamp": "clip",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctan2": "atan2",
    "tg": "tan",
    "arctg": "atan",
    "sh": "sinh",
    "ch": "cosh",
    "th": "tanh",
    "sgn": "sign",
}
"""Other names of functions; tg, arctg, sh, ch and th are those of Russian textbooks."""
CONSTANTS = {"pi": pi, "e": e}
VARIABLES = ("x", "y")
MANY = ("min", "max")
"""Functions that take two values or more."""
FUNCTIONS = {
    operation.name: operation.arity
    for operation in OPERATIONS
    if operation.name.isalnum() and operation.name not in ("copy", "negate", "and", "or", "not")
} | {alias: OPERATIONS[OPCODES[name]].arity for alias, name in ALIASES.items() if alias.isalnum()}
FUNCTIONS["pow"] = 2
"""What ``^`` writes too."""
