"""One cell as a number, under one way to write numbers."""

import re
from functools import cache
from typing import NamedTuple

from surfaces.pasted.conventions import DECIMALS, GROUPINGS, PARTS_BY_BLANK, Marks, Separator

MINUS = str.maketrans(
    dict.fromkeys(
        "\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}"
        "\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}",
        "-",
    )
)
MISSING = {"nan", "na", "n/a", "inf", "infinity", "none", "null", "true", "false"}
"""Words that stand for a value and are no name of a column."""


class Number(NamedTuple):
    """A number as it was written.

    Attributes:
        value: infinite where a double cannot hold it.
        digits: before the decimal mark.
        grouped: whether marks part its thousands.
        whole: whether it has neither a fraction nor an exponent.
    """

    value: float
    digits: int
    grouped: bool
    whole: bool


@cache
def _pattern(marks: Marks, separator: Separator) -> re.Pattern[str]:
    """Every repetition is possessive, so that no cell is read twice.

    A point may end a number or begin one, as programs write; a decimal comma stands between
    digits, or ``1 ,5`` would be two numbers to some and one to others. Zero is never grouped.
    """
    point = re.escape(DECIMALS[marks.decimal])
    fraction = rf"{point}[0-9]*+" if marks.decimal == "point" else rf"{point}[0-9]++"
    bare = r"|\.[0-9]++" if marks.decimal == "point" else ""
    plain = rf"(?:(?P<digits>[0-9]++)(?:{fraction})?+{bare})(?:[eE][-+]?[0-9]++)?"
    parting = GROUPINGS[marks.grouping]
    if separator in PARTS_BY_BLANK:
        parting = parting.replace(" ", "")
    if not parting:
        return re.compile(rf"[-+]?{plain}")
    group = rf"[1-9][0-9]{{0,2}}(?P<mark>[{re.escape(parting)}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*+"
    return re.compile(rf"[-+]?(?:(?P<grouped>{group})(?:{point}[0-9]++)?|{plain})")


def number(cell: str, marks: Marks, separator: Separator) -> Number | None:
    """The number that a cell holds; ``None`` where it holds none."""
    text = cell.translate(MINUS)
    found = _pattern(marks, separator).fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    grouped = parts.get("grouped")
    if grouped is not None:
        bare = grouped.replace(parts["mark"], "")
        text = text.replace(grouped, bare, 1)
        digits = len(bare)
    else:
        digits = len(parts["digits"] or "")
    plain = text.replace(DECIMALS[marks.decimal], ".")
    whole = not any(mark in plain for mark in ".eE")
    return Number(float(plain), digits, grouped is not None, whole)


def is_name(cell: str) -> bool:
    """Whether a cell reads as a word: letters in it, and no number begun or value missing."""
    if cell[:1] in ("+", "-", ".", ",") or cell[:1].translate(MINUS) == "-":
        return False
    letters = any(character.isalpha() for character in cell)
    return letters and not cell[0].isdigit() and cell.lower() not in MISSING
