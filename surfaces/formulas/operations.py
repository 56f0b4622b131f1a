"""Everything that a formula may contain: one table, which the parser and interpreter share."""

from collections.abc import Callable
from dataclasses import dataclass
from math import e, pi
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array


@dataclass(frozen=True)
class Operation:
    """One instruction.

    Attributes:
        name: as formulas write it, or the sign of an operator.
        arity: how many values it takes, at most three.
        function: of that many scalars, to a scalar of their dtype.
    """

    name: str
    arity: int
    function: Callable[..., Array]


def _truth(test: Callable[[Array, Array], Any]) -> Callable[[Array, Array], Array]:
    def as_number(a: Array, b: Array) -> Array:
        return jnp.asarray(test(a, b)).astype(a.dtype)

    return as_number


def _copy(a: Array) -> Array:
    return a


def _both(a: Array, b: Array) -> Array:
    return (a != 0) & (b != 0)


def _either(a: Array, b: Array) -> Array:
    return (a != 0) | (b != 0)


def _not(a: Array) -> Array:
    return (a == 0).astype(a.dtype)


def _where(condition: Array, a: Array, b: Array) -> Array:
    return jnp.where(condition != 0, a, b)


OPERATIONS: tuple[Operation, ...] = (
    Operation("copy", 1, _copy),
    Operation("+", 2, jnp.add),
    Operation("-", 2, jnp.subtract),
    Operation("*", 2, jnp.multiply),
    Operation("/", 2, jnp.divide),
    Operation("^", 2, jnp.power),
    Operation("negate", 1, jnp.negative),
    Operation("<", 2, _truth(jnp.less)),
    Operation("<=", 2, _truth(jnp.less_equal)),
    Operation(">", 2, _truth(jnp.greater)),
    Operation(">=", 2, _truth(jnp.greater_equal)),
    Operation("==", 2, _truth(jnp.equal)),
    Operation("!=", 2, _truth(jnp.not_equal)),
    Operation("and", 2, _truth(_both)),
    Operation("or", 2, _truth(_either)),
    Operation("not", 1, _not),
    Operation("where", 3, _where),
    Operation("min", 2, jnp.minimum),
    Operation("max", 2, jnp.maximum),
    Operation("abs", 1, jnp.abs),
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
    Operation("relu", 1, jax.nn.relu),
    Operation("softplus", 1, jax.nn.softplus),
    Operation("erf", 1, jax.scipy.special.erf),
    Operation("sign", 1, jnp.sign),
    Operation("floor", 1, jnp.floor),
    Operation("hypot", 2, jnp.hypot),
)

OPCODES = {operation.name: code for code, operation in enumerate(OPERATIONS)}
ALIASES = {
    "ln": "log",
    "log_2": "log2",
    "log_10": "log10",
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
