"""What of a pasted table cannot be used, and where it stands."""

from collections.abc import Mapping, Sequence

MOST_SHOWN = 20
"""Characters of a cell that an error shows."""


def shown(text: str, most: int = MOST_SHOWN) -> str:
    """A cell as an error or a name shows it: one line, short, and always possible to encode."""
    line = " ".join(text.encode("utf-8", "backslashreplace").decode().split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def counted(columns: int) -> str:
    """``1 column``, ``2 columns``."""
    return f"{columns} column{'' if columns == 1 else 's'}"


class PasteError(ValueError):
    """A pasted table that cannot be used.

    Attributes:
        kind: a stable word for programs.
        message: what was wrong, where, and what would be accepted.
        row: line of the text, from 1; ``None`` when it is about the whole.
        column: from 1; ``None`` when it is about the whole row.
        values: what the message names: the cell, and numbers.
        readings: what the cell may be worth, where two conventions are as likely.
        columns: names of the columns found, empty for one without, so that others can be chosen.
        field: what the request called the part that is wrong: the points, or the choice of columns.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        row: int | None = None,
        column: int | None = None,
        values: Mapping[str, str | float] | None = None,
        readings: Sequence[Mapping[str, object]] = (),
        columns: Sequence[str] = (),
        field: str = "points",
    ):
        place = "" if row is None else f"row {row}: "
        place = place if column is None else f"row {row}, column {column}: "
        super().__init__(place + message)
        self.kind, self.message, self.row, self.column = kind, place + message, row, column
        self.values, self.readings = dict(values or {}), list(readings)
        self.columns, self.field = list(columns), field
