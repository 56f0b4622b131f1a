"""Conventions that a table may be written in: what parts columns, fractions and thousands."""

from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

Separator = Literal["tab", "semicolon", "comma", "comma_space", "spaces"]
Decimal = Literal["point", "comma"]
Grouping = Literal["none", "comma", "point", "space", "apostrophe"]

SEPARATORS: dict[Separator, int] = {
    "tab": 0,
    "semicolon": 1,
    "comma": 2,
    "comma_space": 2,
    "spaces": 3,
}
"""How far each gives way to the others: a tab parts columns wherever the table can be read so.

``0,5, 1,5`` may be four columns or two: those two claims are equal, and only the reader knows.
"""
DECIMALS: dict[Decimal, str] = {"point": ".", "comma": ","}
GROUPINGS: dict[Grouping, str] = {
    "none": "",
    "comma": ",",
    "point": ".",
    "space": " \N{NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}",
    "apostrophe": "'\N{RIGHT SINGLE QUOTATION MARK}",
}
"""The characters that may part thousands."""
PARTS_BY_BLANK = ("comma", "comma_space", "spaces")
"""Separators beside which an ordinary blank cannot part thousands."""


class Marks(NamedTuple):
    """How a number is written."""

    decimal: Decimal
    grouping: Grouping

    def doubtful(self, separator: Separator) -> bool:
        """Whether a point that may be a decimal one is read otherwise where programs write.

        Columns of blanks are a program's, and programs write a decimal point.
        """
        return separator == "spaces" and self != ("point", "none")


class Convention(NamedTuple):
    """How a table is written; in a request ``None`` leaves a part to be found."""

    separator: Separator | None = None
    decimal: Decimal | None = None
    grouping: Grouping | None = None

    def admits(self, other: "Convention") -> bool:
        """Whether another says the same wherever this one says anything."""
        return all(mine in (None, its) for mine, its in zip(self, other, strict=True))


def marks_in(text: str, wanted: Grouping | None = None) -> Iterator[Marks]:
    """Ways to write numbers that differ for this text, the plainest first; and what is wanted."""
    for decimal, grouping in product(DECIMALS, GROUPINGS):
        if GROUPINGS[grouping] == DECIMALS[decimal]:
            continue
        if grouping in ("none", wanted) or any(mark in text for mark in GROUPINGS[grouping]):
            yield Marks(decimal, grouping)
