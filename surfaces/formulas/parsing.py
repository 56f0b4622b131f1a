"""A typed formula becomes a tree. What is not in the table of operations does not exist here.

The grammar is our own: characters outside a short list, names outside the table and literals
that are not decimal numbers have no meaning, so there is nothing to escape to. No part of a
formula is ever Python.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from math import isfinite
from typing import NamedTuple

from surfaces.formulas.nodes import Apply, Node, Number, Variable, constant
from surfaces.formulas.operations import ALIASES, CONSTANTS, FUNCTIONS, MANY, VARIABLES

MOST_CHARACTERS = 500
MOST_NODES = 200
MOST_DEPTH = 60
MOST_EXPONENT = 64


class FormulaError(ValueError):
    """A formula that cannot be used.

    Attributes:
        kind: a stable word for programs.
        message: what was wrong and what would be accepted.
        position: index of the character where it is, from 0.
        length: how many characters it covers, at least 1.
        values: what the message names, for translations.
    """

    def __init__(
        self, kind: str, message: str, position: int, length: int = 1, **values: str | int
    ):
        super().__init__(message)
        self.kind, self.message = kind, message
        self.position, self.length = position, max(1, length)
        self.values = values


class Token(NamedTuple):
    """A piece of the text and where it begins."""

    kind: str
    text: str
    position: int


TOKENS = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^<>(),])"
    r"|(?P<space> +)"
)
HINTS = {
    "²": "write ^2",
    "³": "write ^3",
    "·": "write *",
    "×": "write *",
    "−": "write -",
    "÷": "write /",
    "π": "write pi",
    "√": "write sqrt(...)",
    "%": "there is no remainder; x - n*floor(x/n) is one",
    "=": "compare by ==; only the right-hand side is wanted",
    "[": "group by ( and )",
    "&": "write and",
    "|": "write or, or abs(...)",
    "!": "write not",
}
WORDS = ("and", "or", "not")
BINDING = {
    "or": 1,
    "and": 2,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "==": 4,
    "!=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "^": 8,
}
COMPARISON, NEGATION, SIGN = 4, 3, 7


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a formula, spaces left out, an ``end`` last.

    Raises:
        FormulaError: a character that no formula has.
    """
    at = 0
    while at < len(text):
        found = TOKENS.match(text, at)
        if found is None:
            character = text[at]
            shown = character if character.isascii() and character.isprintable() else "this"
            hint = HINTS.get(character, "accepted: letters, digits and + - * / ^ ( ) , . < > = !")
            kind = "character" if character.isascii() else "not_ascii"
            raise FormulaError(kind, f"{shown} cannot be used; {hint}", at, character=shown)
        if found.lastgroup != "space":
            piece = "^" if found.group() == "**" else found.group()
            kind = "sign" if piece in WORDS else str(found.lastgroup)
            yield Token(kind, piece, at)
        at = found.end()
    yield Token("end", "", len(text))


def parse(text: str) -> Node:
    """The tree of a formula.

    ``^`` and ``**`` are powers and bind tighter than a sign: −x^2 is −(x^2), and 2^3^2 is
    2^(3^2). Comparisons give 1 or 0; a < b < c means both.

    Raises:
        FormulaError: says what is wrong, at which character, and what would be accepted.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            "too_long", f"accepted: at most {MOST_CHARACTERS} characters",
            MOST_CHARACTERS, limit=MOST_CHARACTERS,
        )  # fmt: skip
    parser = _Parser(list(tokens(text)))
    if parser.next.kind == "end":
        raise FormulaError("empty", "type a formula of x and y, for example x^2 + 3*y^2", 0)
    tree = parser.expression(0)
    if parser.next.kind != "end":
        raise parser.unexpected()
    return tree


class _Parser:
    """Precedence climbing over a list of tokens."""

    def __init__(self, pieces: list[Token]):
        self._pieces = pieces
        self._at = 0
        self._nodes = 0
        self._depth = 0

    @property
    def next(self) -> Token:
        return self._pieces[self._at]

    def take(self) -> Token:
        token = self.next
        self._at += 1
        return token

    def expression(self, binding: int) -> Node:
        """All that binds tighter than ``binding``."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise FormulaError(
                "too_deep", f"nested deeper than {MOST_DEPTH}", self.next.position,
                limit=MOST_DEPTH,
            )  # fmt: skip
        left = self._prefix()
        while (own := BINDING.get(self.next.text, 0)) > binding:
            if own == COMPARISON:
                left = self._comparisons(left)
                continue
            token = self.take()
            # A power takes all powers to its right, and a sign before its exponent.
            right = self.expression(own - 1 if token.text == "^" else own)
            left = self._power(left, right, token) if token.text == "^" else (
                self._node(token.text, token.position, left, right)
            )  # fmt: skip
        self._depth -= 1
        return left

    def _comparisons(self, left: Node) -> Node:
        both: Node | None = None
        while BINDING.get(self.next.text) == COMPARISON:
            token = self.take()
            right = self.expression(COMPARISON)
            one = self._node(token.text, token.position, left, right)
            both = one if both is None else self._node("and", token.position, both, one)
            left = right
        assert both is not None
        return both

    def _prefix(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return self._number(token)
        if token.kind == "name":
            return self._named(token)
        if token.text == "(":
            inside = self.expression(0)
            self._close(token)
            return inside
        if token.text == "-":
            return self._node("negate", token.position, self.expression(SIGN - 1))
        if token.text == "+":
            return self.expression(SIGN - 1)
        if token.text == "not":
            return self._node("not", token.position, self.expression(NEGATION - 1))
        self._at -= 1
        raise self.unexpected()

    def _number(self, token: Token) -> Node:
        value = float(token.text)
        if not isfinite(value):
            raise FormulaError(
                "number", "this number is too large", token.position, len(token.text)
            )
        self._glued(token)
        self._count(token.position)
        return Number(value)

    def _named(self, token: Token) -> Node:
        name, length = token.text, len(token.text)
        if self.next.text == "(" and name in FUNCTIONS:
            return self._call(token)
        if name in FUNCTIONS:
            raise FormulaError(
                "arguments", f"{name} is a function: {name}(...)", token.position, length,
                name=name, wanted=FUNCTIONS[name],
            )  # fmt: skip
        if name in VARIABLES or name in CONSTANTS:
            if self.next.text == "(":
                raise self._missing_product()
            self._glued(token)
            self._count(token.position)
            return Variable(name) if name in VARIABLES else Number(CONSTANTS[name], name)
        known = [*VARIABLES, *CONSTANTS, *FUNCTIONS]
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        listed = ", ".join(near or known)
        hint = f"nearest: {listed}" if near else f"known: {listed}"
        raise FormulaError(
            "unknown_name", f"'{name[:40]}' is not known; {hint}", token.position, length,
            name=name[:40], known=listed,
        )  # fmt: skip

    def _call(self, token: Token) -> Node:
        opening = self.take()
        arguments: list[Node] = []
        if self.next.text != ")":
            arguments.append(self.expression(0))
            while self.next.text == ",":
                self.take()
                arguments.append(self.expression(0))
        self._close(opening)
        name, wanted = token.text, FUNCTIONS[token.text]
        if len(arguments) < wanted or (len(arguments) > wanted and name not in MANY):
            many = "or more " if name in MANY else ""
            raise FormulaError(
                "arguments", f"{name} takes {wanted} {many}values, not {len(arguments)}",
                token.position, len(name), name=name, wanted=wanted, given=len(arguments),
            )  # fmt: skip
        operation = ALIASES.get(name, name)
        result = self._node(operation, token.position, *arguments[:wanted])
        for more in arguments[wanted:]:
            result = self._node(operation, token.position, result, more)
        return result

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

    def _count(self, position: int) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise FormulaError(
                "too_many_nodes", f"accepted: at most {MOST_NODES} numbers, names and operations",
                position, limit=MOST_NODES,
            )  # fmt: skip

    def _glued(self, token: Token) -> None:
        if self.next.kind in ("number", "name") or self.next.text == "(":
            raise self._missing_product()

    def _missing_product(self) -> FormulaError:
        return FormulaError(
            "product", "an operation is missing here; a product is written *",
            self.next.position, len(self.next.text),
        )  # fmt: skip

    def _close(self, opening: Token) -> None:
        if self.next.kind == "end":
            raise FormulaError("bracket", "this bracket is not closed", opening.position)
        if self.next.text != ")":
            raise self.unexpected()
        self.take()
        after = self.next
        if after.kind in ("number", "name") or after.text == "(":
            raise self._missing_product()

    def unexpected(self) -> FormulaError:
        """The next token is not what can stand here."""
        token = self.next
        if token.kind == "end":
            return FormulaError("unfinished", "the formula ends here, unfinished", token.position)
        return FormulaError(
            "unexpected", f"'{token.text[:40]}' cannot stand here", token.position,
            len(token.text), text=token.text[:40],
        )  # fmt: skip
