"""A place among a formula's tokens, and how much has been built up to it."""

from math import isfinite

from surfaces.formulas.mistakes import (
    MOST_DEPTH,
    MOST_EXPONENT,
    MOST_NODES,
    FormulaError,
)
from surfaces.formulas.nodes import Apply, Node, constant
from surfaces.formulas.tokens import Token, misplaced, tokens


class Cursor:
    """Takes tokens one by one and builds nodes, each within its limits."""

    def __init__(self, text: str):
        self._text = text
        self._pieces = list(tokens(text))
        self._at = 0
        self._nodes = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        """The token that comes next."""
        return self._pieces[self._at]

    def take(self) -> Token:
        """The next token, which is then passed."""
        token = self.next
        self._at += 1
        return token

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise FormulaError(
                "too_deep", f"nested deeper than {MOST_DEPTH}", self.next.position,
                limit=MOST_DEPTH,
            )  # fmt: skip

    def _split(self, first: int, part: int) -> tuple[str, str]:
        """The text from a place to another, and from there to the last token taken."""
        return self._text[first:part], self._text[part : self._pieces[self._at - 1].end].strip()

    def _power(self, base: Node, exponent: Node, token: Token) -> Node:
        value = constant(exponent)
        whole = value is not None and (value.is_integer() or not isfinite(value))
        if value is not None and whole and abs(value) > MOST_EXPONENT:
            raise FormulaError(
                "exponent", f"accepted exponents: whole numbers from −{MOST_EXPONENT} to "
                f"{MOST_EXPONENT}, or fractions", token.position, limit=MOST_EXPONENT,
            )  # fmt: skip
        return self._node("^", token.position, base, exponent)

    def _node(self, operation: str, position: int, *arguments: Node) -> Apply:
        self._count(position)
        return Apply(operation, arguments, position)

    def _count(self, position: int, nodes: int = 1) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise FormulaError(
                "too_many_nodes", f"accepted: at most {MOST_NODES} numbers, names and operations",
                position, limit=MOST_NODES,
            )  # fmt: skip

    def _close(self, opening: Token) -> None:
        if self.next.kind == "end":
            raise FormulaError("bracket", "this bracket is not closed", opening.position)
        if self.next.text != ")":
            raise self.unexpected()
        self.take()

    def unexpected(self) -> FormulaError:
        """The next token is not what can stand here."""
        before = self._pieces[self._at - 1] if self._at > 0 else None
        after = self._pieces[self._at + 1] if self.next.kind != "end" else None
        return misplaced(before, self.next, after)
