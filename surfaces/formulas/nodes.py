"""What a formula is once it is read: a tree of numbers, variables and operations."""

from dataclasses import dataclass
from math import inf, pow
from operator import add, mul, neg, sub, truediv
from typing import Any


@dataclass(frozen=True)
class Number:
    """A literal or a constant."""

    value: float
    name: str | None = None


@dataclass(frozen=True)
class Variable:
    """x or y."""

    name: str


@dataclass(frozen=True)
class Apply:
    """An operation on values; ``position`` is where it was written."""

    operation: str
    arguments: tuple["Node", ...]
    position: int = 0


Node = Number | Variable | Apply

ARITHMETIC: dict[str, Any] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "^": pow,
    "negate": neg,
}


def constant(node: Node) -> float | None:
    """The value of arithmetic on literals, infinite if it overflows; ``None`` if it is not that."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Variable) or node.operation not in ARITHMETIC:
        return None
    values = [constant(one) for one in node.arguments]
    if None in values:
        return None
    try:
        return ARITHMETIC[node.operation](*values)
    except OverflowError:
        return inf
    except (ValueError, ZeroDivisionError):
        return None
