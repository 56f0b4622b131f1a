"""Pasted points as requests give them: their text, how it is written, which columns are used."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from server import limits
from server.api.choices import Strict
from server.errors import InputError
from surfaces.pasted.conventions import Convention, Decimal, Grouping, Separator
from surfaces.pasted.errors import PasteError
from surfaces.pasted.reading import Table
from surfaces.pasted.sheets import MOST_ROWS
from surfaces.points import Kind, Points, pasted


class ReadingRequest(Strict):
    """How pasted points are written; what is left out is found."""

    separator: Separator | None = None
    decimal: Decimal | None = None
    grouping: Grouping | None = None


def _column(given: object) -> object:
    if isinstance(given, float) and given.is_integer():
        return int(given)
    known = isinstance(given, int) and not isinstance(given, bool)
    if known or (isinstance(given, str) and len(given) <= limits.LABEL):
        return given
    raise PydanticCustomError("column", "accepted: a column's number from 1, or its name")


Column = Annotated[
    Any,
    AfterValidator(_column),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "string", "maxLength": limits.LABEL},
            ]
        }
    ),
]
Text = Annotated[str, Field(max_length=limits.CSV)]
Columns = Annotated[list[Column], Field(max_length=limits.POINTS_COLUMNS)] | None
TEXT = (
    "one row a point, at most one row of names first. Tabs, semicolons, commas or runs of blanks "
    "part columns; the decimal mark and the mark between thousands are found for the whole of it, "
    "and a cell that may be two numbers is refused with its place."
)
READING = "How the points are written, where that is to be said and not found."


def columns_of(roles: str) -> str:
    """What is said of ``columns``."""
    return (
        "Columns of the points that are used, by number from 1 or by name. Left out: those called "
        f"{roles}, or the first that are not words; every other column must then be numbers or "
        "words too."
    )


def read(
    text: str,
    kind: Kind,
    reading: ReadingRequest | None,
    columns: list[Any] | None,
    part: str,
    most: int = MOST_ROWS,
) -> tuple[Points, Table]:
    """The points of a pasted text, and how it was read.

    Args:
        text: as pasted.
        kind: what the points are.
        reading: how they are written, as far as the request says.
        columns: which are used.
        part: where in the request all this stands.
        most: rows that are accepted.

    Raises:
        InputError: the points cannot be used; names the row, the column and the cell.
    """
    convention = Convention(**reading.model_dump()) if reading else None
    try:
        return pasted(text, kind, convention, columns, most)
    except PasteError as error:
        place = {
            "row": error.row,
            "column": error.column,
            "values": error.values or None,
            "readings": error.readings or None,
            "columns": error.columns or None,
        }
        known = {name: at for name, at in place.items() if at is not None}
        raise InputError(
            (part, error.field), error.message, f"points_{error.kind}", known
        ) from error
