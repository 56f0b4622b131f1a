"""Rows of one width, with at most one row of names over them."""

from collections import Counter
from typing import NamedTuple

from surfaces.pasted.cells import Record
from surfaces.pasted.errors import PasteError, counted, shown
from surfaces.pasted.numbers import is_name

MOST_ROWS = 1000
MOST_COLUMNS = 64
MOST_NAME = 60
"""Characters of a column's name; longer ones are cut."""


class Sheet(NamedTuple):
    """A table before its numbers are read.

    Attributes:
        names: of the columns, empty for one without; ``None`` without a row of names.
        rows: all of one width.
        width: how many columns.
        words: columns, from 0, in which no cell was meant to be a number.
    """

    names: tuple[str, ...] | None
    rows: list[Record]
    width: int
    words: frozenset[int]

    @property
    def called(self) -> tuple[str, ...]:
        """The name of each column, empty for one without."""
        return ("",) * self.width if self.names is None else self.names


def sheet(found: list[Record], most: int = MOST_ROWS) -> Sheet:
    """The table that rows make.

    A separator at the end of rows is no column. The first row is names if each of its cells
    reads as a word, or is empty beside such.

    Args:
        found: all of them.
        most: how many are accepted, names left out.

    Raises:
        PasteError: no rows, or rows of different widths.
    """
    rows = _without_trailing(found)
    names = None
    if rows and all(not cell or is_name(cell) for cell in rows[0].cells):
        names, rows = rows[0], rows[1:]
    if not rows:
        raise PasteError("too_few_rows", f"accepted: 2 to {most} rows")
    if len(rows) > most:
        raise PasteError(
            "too_many_rows",
            f"accepted: at most {most} rows",
            rows[most].line,
            values={"limit": most},
        )
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    rows = [_of_width(row, width) for row in rows]
    for row in (*([] if names is None else [_of_width(names, width)]), *rows):
        if len(row.cells) != width:
            raise PasteError(
                "columns",
                f"{counted(len(row.cells))}; the other rows have {width}",
                row.line,
                values={"count": len(row.cells), "width": width},
            )
    if width > MOST_COLUMNS:
        raise PasteError(
            "too_many_columns",
            f"{counted(width)}; accepted: at most {MOST_COLUMNS}",
            rows[0].line,
            values={"count": width, "limit": MOST_COLUMNS},
        )
    words = frozenset(
        column
        for column in range(width)
        if all(not row.cells[column] or is_name(row.cells[column]) for row in rows)
    )
    called = (
        None if names is None else tuple(shown(cell, MOST_NAME) for cell in names.cells[:width])
    )
    return Sheet(called, rows, width, words)


def _without_trailing(rows: list[Record]) -> list[Record]:
    """Without columns at the end that are empty in every row."""
    held = [max((at for at, cell in enumerate(row.cells, 1) if cell), default=0) for row in rows]
    most = max(held, default=0)
    return [Record(row.line, row.cells[:most]) for row in rows]


def _of_width(row: Record, width: int) -> Record:
    """Without empty cells beyond the width; a row that holds more is left as it is."""
    return row if any(row.cells[width:]) else Record(row.line, row.cells[:width])
