"""What each convention makes of a pasted text."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from surfaces.pasted.cells import COMMA_SPACE, DELIMITERS, Record, lines_of, records
from surfaces.pasted.columns import Wanted, chosen
from surfaces.pasted.conventions import SEPARATORS, Convention, Marks, Separator, marks_in
from surfaces.pasted.errors import PasteError, shown
from surfaces.pasted.numbers import Number, number
from surfaces.pasted.sheets import Sheet, sheet

MOST_DIGITS = 1 << 20
"""More than any number here has."""


class Attempt(NamedTuple):
    """What one convention makes of the text.

    Attributes:
        convention: all parts of it said.
        trouble: the first place that it cannot read; ``None`` if it reads all that is used.
        readable: how many cells are numbers under it.
        enough: whether it makes enough columns.
        sheet, used, numbers: the table, its columns from 0, and their numbers by row.
        unread: cells of other columns that it cannot read, columns of words left out.
        uneven: whether some numbers are grouped and others as long are not.
    """

    convention: Convention
    trouble: PasteError | None
    readable: int
    enough: bool = False
    sheet: Sheet | None = None
    used: tuple[int, ...] = ()
    numbers: tuple[tuple[Number | None, ...], ...] = ()
    unread: int = 0
    uneven: bool = False

    @property
    def order(self) -> tuple[int, int, bool, bool]:
        """Less is likelier; equal is undecided."""
        separator, decimal, grouping = self.convention
        assert separator and decimal and grouping
        doubtful = Marks(decimal, grouping).doubtful(separator)
        return SEPARATORS[separator], self.unread, self.uneven, doubtful

    @property
    def values(self) -> list[list[float]]:
        return [[one.value if one else np.nan for one in row] for row in self.numbers]


def attempts(
    text: str, roles: tuple[str, ...], wanted: Convention, columns: Wanted | None, most: int
) -> Iterator[Attempt]:
    """One for each convention that may be meant."""
    lines = lines_of(text)
    for separator in SEPARATORS:
        asked = wanted.separator == separator
        if not asked and not _may_part(text, separator):
            continue
        found: list[Record] = []
        try:
            found = records(lines, separator, most + 1)
            rows = sheet(found, most)
            used = chosen(rows, roles, columns)
        except PasteError as error:
            convention = Convention(separator, wanted.decimal or "point", wanted.grouping or "none")
            cells = {cell for row in found for cell in row.cells} or _split(lines, separator)
            yield _fallen(error, cells, convention)
            continue
        # Without a choice of columns all but those of words are read.
        needed = set(used) if columns else set(used) | (set(range(rows.width)) - rows.words)
        seen = {cell for row in rows.rows for cell in row.cells}
        for marks in marks_in("".join(seen), wanted.grouping):
            convention = Convention(separator, *marks)
            if _may_be_written(convention, wanted, seen):
                yield _attempt(rows, used, needed, seen, convention)


def _may_part(text: str, separator: Separator) -> bool:
    """Whether the text has such separators; a comma is tried in any case, for its errors."""
    if separator == "comma_space":
        return COMMA_SPACE not in text and (", " in text or ",\t" in text)
    if separator == "spaces":
        return " " in text or "\t" in text
    return separator == "comma" or DELIMITERS[separator] in text


def _may_be_written(convention: Convention, wanted: Convention, seen: set[str]) -> bool:
    """Whoever parts columns by commas writes a decimal comma in quotes, or has none."""
    if convention.separator not in ("comma", "comma_space") or convention.decimal == "point":
        return True
    return wanted.decimal == "comma" or any("," in cell for cell in seen)


def _split(lines: list[str], separator: Separator) -> set[str]:
    """Cells of a text whose quotes cannot be read."""
    return {cell.strip() for line in lines for cell in line.split(DELIMITERS[separator])}


def _fallen(error: PasteError, cells: set[str], convention: Convention) -> Attempt:
    """A separator that makes no table of the text."""
    separator = convention.separator or "comma"
    marks = (Marks("point", "none"), Marks("comma", "none"))
    readable = max(sum(number(cell, one, separator) is not None for cell in cells) for one in marks)
    return Attempt(convention, error, readable, error.kind != "few_columns")


def _attempt(
    rows: Sheet, used: list[int], needed: set[int], seen: set[str], convention: Convention
) -> Attempt:
    separator, decimal, grouping = convention
    assert separator and decimal and grouping
    marks = Marks(decimal, grouping)
    known = {cell: number(cell, marks, separator) for cell in seen}
    trouble = None
    unread = 0
    # Digits of the longest number that is not grouped and the shortest that is, by column.
    bare, grouped = [0] * rows.width, [MOST_DIGITS] * rows.width
    for row in rows.rows:
        for column, cell in enumerate(row.cells):
            one = known[cell]
            if one is None:
                if column in needed:
                    trouble = trouble or _unreadable(rows, cell, row.line, column + 1)
                else:
                    unread += column not in rows.words
            elif one.grouped:
                grouped[column] = min(grouped[column], one.digits)
            else:
                bare[column] = max(bare[column], one.digits)
    return Attempt(
        convention,
        trouble,
        sum(one is not None for one in known.values()),
        True,
        rows,
        tuple(used),
        tuple(tuple(known[row.cells[column]] for column in used) for row in rows.rows),
        unread,
        any(long >= short for long, short in zip(bare, grouped, strict=True)),
    )


def _unreadable(rows: Sheet, cell: str, line: int, column: int) -> PasteError:
    kind, message = "number", f"'{shown(cell)}' is not a number"
    if not cell:
        kind, message = "empty", "an empty cell; accepted: a number"
    values = {"cell": shown(cell)}
    return PasteError(kind, message, line, column, values, columns=rows.called)
