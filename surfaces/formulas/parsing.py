"""A typed formula becomes a tree. What is not in the table of operations does not exist here.

The grammar is our own: characters outside a short list, names outside the table and literals
that are not decimal numbers have no meaning, so there is nothing to escape to. No part of a
formula is ever Python. A product may be written without its sign where that has one meaning;
where it has two, neither is guessed.
"""

from math import isfinite

from surfaces.formulas.cursor import Cursor
from surfaces.formulas.mistakes import MOST_CHARACTERS, FormulaError, two_readings
from surfaces.formulas.names import unknown, variables
from surfaces.formulas.nodes import Node, Number, Variable
from surfaces.formulas.operations import ALIASES, CONSTANTS, FUNCTIONS, MANY
from surfaces.formulas.products import FACTORS, Products
from surfaces.formulas.tokens import Token, halves

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
OPERATORS = (*BINDING, "**", "not", "√", "∛", "|")
NEGATION, COMPARISON, PRODUCT, SIGN, RAISED = 3, 4, 6, 7, 9
ROOTS = {"√": "sqrt", "∛": "cbrt"}
INVERTED = ("sin", "cos", "tan")
SQUARED = (*INVERTED, "sinh", "cosh", "tanh")
"""Functions whose powers are written before their bracket: sin²(x)."""


def parse(text: str) -> Node:
    """The tree of a formula.

    ``^`` and ``**`` are powers and bind tighter than a sign: −x^2 is −(x^2), and 2^3^2 is
    2^(3^2). A product without its sign is an ordinary product: 2x^2 is 2*x^2. Comparisons
    give 1 or 0; a < b < c means both.

    Raises:
        FormulaError: says what is wrong, at which character, and what would be accepted.
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            "too_long", f"accepted: at most {MOST_CHARACTERS} characters",
            MOST_CHARACTERS, limit=MOST_CHARACTERS,
        )  # fmt: skip
    parser = _Parser(text)
    if parser.next.kind == "end":
        raise FormulaError("empty", "type a formula of x and y, for example x^2 + 3*y^2", 0)
    tree = parser.expression(0)
    if parser.next.kind != "end":
        raise parser.unexpected()
    return tree


class _Parser(Cursor):
    """Precedence climbing over a list of tokens."""

    def __init__(self, text: str):
        super().__init__(text)
        self._variables, self._at = variables(self._pieces)
        self._products = Products()
        self._bars = 0

    def expression(self, binding: int) -> Node:
        """All that binds tighter than ``binding``."""
        self._enter()
        first = self.next.position
        left = self._operand()
        while (own := self._binding()) > binding:
            token = self.next
            if own == COMPARISON:
                left = self._comparisons(left)
            elif own == RAISED or token.text == "^":
                left = self._raised(left, first)
            elif token.kind != "sign" or token.text in FACTORS:
                left = self._unsigned(left)
            else:
                self.take()
                right = self.expression(own)
                left = self._node(token.text, token.position, left, right)
                if token.text == "/":
                    self._products.opened(self._at, *self._split(first, token.end))
        self._depth -= 1
        return left

    def _binding(self) -> int:
        """How tightly what comes next binds; 0 where it ends an expression."""
        token = self.next
        if token.kind == "raised":
            return RAISED
        if token.kind in ("number", "name", "fraction") or token.text in FACTORS:
            # A bar after a value closes the bars that are open.
            return 0 if token.text == "|" and self._bars else PRODUCT
        return BINDING.get(token.text, 0)

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

    def _raised(self, base: Node, first: int) -> Node:
        """A power; ``first`` is where its base begins."""
        token, at = self.take(), self._at - 1
        if token.kind == "raised":
            self._products.raises(at, token, token.text)
            power = self._power(base, self._whole(token.text, token), token)
            self._products.lifted(self._at, self._text[first : token.position], token.text)
            return power
        self._products.raises(at, token, self.next.text if self.next.text.isalnum() else "…")
        bracketed = self.next.text == "("
        # A power takes all powers to its right, and a sign before its exponent.
        exponent = self.expression(BINDING["^"] - 1)
        power = self._power(base, exponent, token)
        if not bracketed or self._pieces[self._at - 1].text != ")":
            self._products.opened(self._at, *self._split(first, token.end))
        return power

    def _whole(self, digits: str, token: Token) -> Number:
        self._count(token.position)
        return Number(float(digits))

    def _unsigned(self, left: Node) -> Node:
        """A product written without its sign."""
        token = self.next
        doubtful = self._products.begins(self._at, token, self._pieces[self._at - 1])
        right = self.expression(PRODUCT)
        if doubtful is not None:
            raise doubtful.refused(token, self._split(0, token.position)[1])
        return self._node("*", token.position, left, right)

    def _operand(self) -> Node:
        token = self.take()
        match token.kind, token.text:
            case "number", _:
                return self._number(token)
            case "fraction", _:
                above, below = (Number(float(part)) for part in halves(token.text))
                self._count(token.position, 2)
                return self._node("/", token.position, above, below)
            case "name", _:
                return self._named(token)
            case _, "(":
                return self._bracket(token)
            case _, "|":
                return self._absolute(token)
            case _, "√" | "∛":
                return self._root(token)
            case _, "-":
                return self._node("negate", token.position, self.expression(SIGN - 1))
            case _, "+":
                return self.expression(SIGN - 1)
            case _, "not":
                return self._node("not", token.position, self.expression(NEGATION - 1))
            case _:
                self._at -= 1
                raise self.unexpected()

    def _number(self, token: Token) -> Node:
        value = float(token.text)
        if not isfinite(value):
            raise FormulaError(
                "number", "this number is too large", token.position, len(token.text)
            )
        self._count(token.position)
        self._products.numbered(self._at, token.text)
        return Number(value)

    def _bracket(self, opening: Token) -> Node:
        inside = self._within()
        self._close(opening)
        return inside

    def _within(self) -> Node:
        """An expression in which the bars outside are not seen."""
        bars, self._bars = self._bars, 0
        inside = self.expression(0)
        self._bars = bars
        return inside

    def _absolute(self, opening: Token) -> Node:
        self._bars += 1
        inside = self.expression(0)
        if self.next.kind == "end":
            raise FormulaError("bracket", "this bar is not closed", opening.position)
        if self.next.text != "|":
            raise self.unexpected()
        self.take()
        self._bars -= 1
        self._products.barred(self._at)
        return self._node("abs", opening.position, inside)

    def _root(self, token: Token) -> Node:
        """The root of the one value, name, function or bracket that follows."""
        following = self.next
        if following.kind not in ("number", "name", "fraction") and (
            following.text not in ("(", "|", *ROOTS)
        ):
            raise self.unexpected()
        self._enter()
        inside = self._operand()
        self._depth -= 1
        sign, value = self._split(token.position, token.end)
        if following.text not in ("(", "|"):
            self._products.opened(self._at, sign, value)
        self._products.rooted(self._at, sign, value)
        return self._node(ROOTS[token.text], token.position, inside)

    def _named(self, token: Token) -> Node:
        name = ALIASES.get(token.text, token.text)
        length = token.end - token.position
        called = self.next.text == "("
        if name in FUNCTIONS and token.text not in self._variables:
            if called:
                return self._call(token, name)
            if self.next.kind == "raised" or self.next.text == "^":
                return self._call_raised(token, name)
            raise FormulaError(
                "arguments", f"{name} is a function: {name}(...)", token.position, length,
                name=name, wanted=FUNCTIONS[name],
            )  # fmt: skip
        if token.text in self._variables:
            self._count(token.position)
            return Variable(self._variables[token.text])
        if name in CONSTANTS:
            self._count(token.position)
            return Number(CONSTANTS[name], name)
        raise unknown(token, self._variables, self._text, called=called)

    def _call(self, token: Token, name: str) -> Node:
        opening = self.take()
        arguments: list[Node] = []
        if self.next.text != ")":
            arguments.append(self._within())
            while self.next.text == ",":
                self.take()
                arguments.append(self._within())
        self._close(opening)
        wanted = FUNCTIONS[name]
        if len(arguments) < wanted or (len(arguments) > wanted and name not in MANY):
            many = "or more " if name in MANY else ""
            raise FormulaError(
                "arguments", f"{name} takes {wanted} {many}values, not {len(arguments)}",
                token.position, token.end - token.position,
                name=name, wanted=wanted, given=len(arguments),
            )  # fmt: skip
        if name == "pow":
            return self._power(arguments[0], arguments[1], token)
        result = self._node(name, token.position, *arguments[:wanted])
        for more in arguments[wanted:]:
            result = self._node(name, token.position, result, more)
        return result

    def _call_raised(self, token: Token, name: str) -> Node:
        """sin²(x), which is sin(x)²; sin⁻¹(x) has two meanings."""
        sign = self.take()
        exponent = sign.text if sign.kind == "raised" else self.take().text
        if exponent == "-":
            exponent += self.take().text
        length = self._pieces[self._at - 1].end - token.position
        whole = exponent.isdigit() and int(exponent) > 0
        if name in SQUARED and whole and self.next.text == "(":
            return self._power(self._call(token, name), self._whole(exponent, sign), sign)
        if name in INVERTED and exponent == "-1":
            raise two_readings(f"a{name}(...)", f"1/{name}(...)", token.position, length)
        raise FormulaError(
            "function_power", f"a power of a function is written after it: {name}(...)^2",
            token.position, length, name=name,
        )  # fmt: skip
