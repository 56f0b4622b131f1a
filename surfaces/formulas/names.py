"""What names a formula may use, and what an unknown one was probably meant to be."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from surfaces.formulas.mistakes import FormulaError, quoted, two_readings
from surfaces.formulas.operations import CONSTANTS, FUNCTIONS, VARIABLES
from surfaces.formulas.tokens import Token

INDEXED = ("x_1", "x_2")
PLAIN = ("x1", "x2")
"""x₁ and x₂, which papers write for x and y; x2 alone may be a square that lost its height."""
LONGEST = 40
POWER_LOST = re.compile(r"([a-z])([2-9])")


def variables(pieces: Sequence[Token]) -> tuple[Mapping[str, str], int]:
    """Which name is which variable, and where the formula begins after its left-hand side.

    ``f(x, y) =`` and ``z =`` are passed over; ``J(w, b) =`` names the variables itself.

    Raises:
        FormulaError: a left-hand side that does not name two variables.
    """
    known = _usual(pieces)
    begin = 0
    while (end := _left_side(pieces, begin)) is not None:
        given = [token for token in pieces[begin + 2 : end - 2] if token.text != ","]
        if given:
            known = _named(pieces[begin], given, pieces[end - 1])
        begin = end
    return known, begin


def _usual(pieces: Sequence[Token]) -> Mapping[str, str]:
    used = {token.text for token in pieces if token.kind == "name"}
    names = VARIABLES
    if not used & {*VARIABLES}:
        names = INDEXED if used & {*INDEXED} else PLAIN if {*PLAIN} <= used else VARIABLES
    return dict(zip(names, VARIABLES, strict=True))


def _left_side(pieces: Sequence[Token], begin: int) -> int | None:
    """Where ``name =`` or ``name(name, …) =`` that begins here ends; ``None`` if none does."""
    head, at = pieces[begin], begin + 1
    taken = {*VARIABLES, *INDEXED, *PLAIN, *CONSTANTS, *FUNCTIONS}
    if head.kind != "name" or head.text in taken:
        return None
    if pieces[at].text == "(":
        at += 1
        while pieces[at].kind == "name" or pieces[at].text == ",":
            at += 1
        if pieces[at].text != ")":
            return None
        at += 1
    return at + 1 if pieces[at].text == "=" else None


def _named(head: Token, given: Sequence[Token], last: Token) -> Mapping[str, str]:
    names = [token.text for token in given]
    used = {*names} & {*CONSTANTS, *FUNCTIONS}
    if len(names) != 2 or len({*names}) != 2 or used or names == [*reversed(VARIABLES)]:
        raise FormulaError(
            "left_side", "the left-hand side may be left out; accepted: f(x, y) =",
            head.position, last.end - head.position,
        )  # fmt: skip
    return dict(zip(names, VARIABLES, strict=True))


def unknown(token: Token, known: Mapping[str, str], text: str, *, called: bool) -> FormulaError:
    """A name that means nothing, and what may have been meant.

    Args:
        token: the name.
        known: the variables.
        text: the whole formula.
        called: whether a bracket follows.
    """
    written = text[token.position : token.end]
    place = token.position, token.end - token.position
    lost = POWER_LOST.fullmatch(token.text)
    if lost and lost[1] in VARIABLES:
        return two_readings(f"{lost[1]}^{lost[2]}", f"{lost[1]}*{lost[2]}", *place)
    factors = _factors(token.text[:LONGEST], [*known, *CONSTANTS], called=called)
    if factors:
        product = "*".join(factors)
        return FormulaError(
            "joined", f"'{quoted(written)}' is read as one name; write {product}", *place,
            name=quoted(written), product=product,
        )  # fmt: skip
    names = [*known, *CONSTANTS, *FUNCTIONS]
    near = get_close_matches(token.text[:LONGEST], names, n=3, cutoff=0.5)
    listed = ", ".join(near or names)
    hint = f"nearest: {listed}" if near else f"known: {listed}"
    return FormulaError(
        "unknown_name", f"'{quoted(written)}' is not known; {hint}", *place,
        name=quoted(written), known=listed,
    )  # fmt: skip


def _factors(name: str, short: Sequence[str], *, called: bool) -> list[str] | None:
    """A word as names written without a sign between: xy, pix, and xsin before a bracket."""
    parts: list[list[str] | None] = [[]]
    for end in range(1, len(name) + 1):
        found = None
        last = FUNCTIONS if called and end == len(name) else ()
        for word in (*short, *last):
            before = parts[end - len(word)] if len(word) <= end else None
            if name[:end].endswith(word) and before is not None:
                found = [*before, word]
                break
        parts.append(found)
    return parts[-1]
