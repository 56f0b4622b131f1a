"""The text of a formula becomes tokens: one meaning may be spelled in many ways.

Formulas are pasted from papers, editors and web pages, where a minus is U+2212, a product a
dot and a square a raised digit. What a character means is decided here once; positions stay
those of the text as it was typed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import numeric

from surfaces.formulas.mistakes import FormulaError, quoted

SPELLINGS = {
    "-": "−‐‑‒–—﹣－",
    "*": "·×⋅∗∙•‧⁎✕✖⨯\u2062",
    "/": "÷∕⁄",
    "<=": "≤⩽",
    ">=": "≥⩾",
    "!=": "≠",
    "and": "∧",
    "or": "∨",
    "not": "¬",
    "^": "ˆ",
    "|": "∣",
}
"""Signs, and the other characters that are read as each."""
SIGNS = {other: sign for sign, others in SPELLINGS.items() for other in others} | {
    "**": "^",
    ":=": "=",
}
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
LOWERED = {chr(0x2080 + digit): str(digit) for digit in range(10)}
FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
ITALIC = {chr(0x1D434 + i): chr(ord("A") + i) for i in range(26)} | {
    chr(0x1D44E + i): chr(ord("a") + i) for i in range(26)
}
LETTERS = ITALIC | dict(zip("хуеХУЕ", "xyexye", strict=True))
"""Letters of mathematical italics, and those of a Cyrillic keyboard that look like x, y, e."""
WORDS = ("and", "or", "not")

BLANKS = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = "\t\r\n\u200b\u2060\u2061\ufeff"
"""Line breaks and characters of no width: they part words, but are no product."""

_letter = f"A-Za-z_{''.join(LETTERS)}"
_others = re.escape("".join(SIGNS).replace("*", "").replace(":=", ""))
TOKENS = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>π|[{_letter}][{_letter}0-9{''.join(LOWERED)}]*)"
    rf"|(?P<sign>\*\*|<=|>=|==|!=|:=|[-+*/^<>(),=|√∛]|[{_others}])"
    r"|(?P<raised>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    rf"|(?P<fraction>[{FRACTIONS}])"
    rf"|(?P<blank>[{BLANKS}]+)"
    rf"|(?P<unseen>[{UNSEEN}]+)"
)
HINTS = {
    "%": "there is no remainder; x - n*floor(x/n) is one",
    "[": "group by ( and )",
    "{": "group by ( and )",
    "&": "write and",
    "!": "write not, or != for unequal",
    "\\": "LaTeX is not read; write 1/2 for \\frac{1}{2}, * for \\cdot",
    ":": "write /",
    ".": "functions are written alone: sin(x), not np.sin(x)",
    ";": "values are parted by ,",
    "∞": "only finite numbers",
}


class Token(NamedTuple):
    """A piece of the text.

    Attributes:
        kind: number, name, sign, raised (a whole number as an exponent), fraction or end.
        text: what it means: signs in ASCII, names in small letters, exponents as digits.
        position: where it begins in the text as typed.
        end: where it ends.
        apart: whether something that cannot be seen stands before it.
    """

    kind: str
    text: str
    position: int
    end: int
    apart: bool = False


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a formula, blanks left out, an ``end`` last.

    Raises:
        FormulaError: a character that no formula has.
    """
    at, apart = 0, False
    while at < len(text):
        found = TOKENS.match(text, at)
        if found is None:
            raise _no_character(text[at], at)
        at, kind = found.end(), str(found.lastgroup)
        if kind in ("blank", "unseen"):
            apart = apart or kind == "unseen"
            continue
        piece = _meaning(kind, found.group())
        yield Token("sign" if piece in WORDS else kind, piece, found.start(), at, apart)
        apart = False
    yield Token("end", "", len(text), len(text))


def _meaning(kind: str, piece: str) -> str:
    if kind == "sign":
        return SIGNS.get(piece, piece)
    if kind == "raised":
        return piece.translate(RAISED)
    return _name(piece) if kind == "name" else piece


def _name(piece: str) -> str:
    """A name in small Latin letters; x₁ is x_1."""
    if piece == "π":
        return "pi"
    plain = "".join(LETTERS.get(one, one) for one in piece).lower()
    low = next((i for i, one in enumerate(plain) if one in LOWERED), None)
    if low is None:
        return plain
    return f"{plain[:low]}_{''.join(LOWERED.get(one, one) for one in plain[low:])}"


def halves(fraction: str) -> tuple[int, int]:
    """Numerator and denominator of ½ and its kind."""
    value = numeric(fraction)
    below = next(n for n in range(2, 9) if abs(value * n - round(value * n)) < 1e-6)
    return round(value * below), below


def _no_character(character: str, at: int) -> FormulaError:
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    hint = HINTS.get(character, "accepted: letters, digits and + - * / ^ ( ) , . < > = ! |")
    kind = "character" if character.isascii() else "not_ascii"
    return FormulaError(kind, f"{shown} cannot be used; {hint}", at, character=shown)


def misplaced(before: Token | None, token: Token, after: Token | None) -> FormulaError:
    """A token that cannot stand where it is, with those around it."""
    place = token.position, token.end - token.position
    if token.kind == "end":
        return FormulaError("unfinished", "the formula ends here, unfinished", token.position)
    if token.text == "=":
        return FormulaError(
            "equals", "compare by ==; only the right-hand side is wanted, after f(x, y) =", *place
        )
    numbers = [one for one in (before, after) if one is not None and one.kind == "number"]
    if token.text == "," and len(numbers) == 2:
        return FormulaError("decimal_comma", "a decimal point is written . as in 0.5", *place)
    shown = quoted(token.text)
    return FormulaError("unexpected", f"'{shown}' cannot stand here", *place, text=shown)
