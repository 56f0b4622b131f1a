"""Text into cells, by the standard ``csv`` reader, for one separator."""

import csv
import re
from typing import NamedTuple

from surfaces.pasted.conventions import Separator
from surfaces.pasted.errors import PasteError, shown

LINE_ENDS = re.compile(r"\r\n|\r|\n")
NO_TEXT = "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{LEFT-TO-RIGHT MARK}"
"""What spreadsheets and browsers copy along: byte order marks among it."""
COMMA_SPACE = "\x1f"
"""Stands for a comma with blanks after it where those together part columns."""
DELIMITERS: dict[Separator, str] = {
    "tab": "\t",
    "semicolon": ";",
    "comma": ",",
    "comma_space": COMMA_SPACE,
    "spaces": " ",
}


class Record(NamedTuple):
    """One row.

    Attributes:
        line: of the text where it begins, from 1.
        cells: blanks around them left out.
    """

    line: int
    cells: list[str]


def records(lines: list[str], separator: Separator, most: int) -> list[Record]:
    """Rows that hold anything; no more than one above ``most``.

    Quotes are ``"``, doubled inside; a quoted cell may hold separators and line ends.

    Raises:
        PasteError: a quote that is not closed, or closed too early.
    """
    delimiter = DELIMITERS[separator]
    lines = [_prepared(line, separator) for line in lines]
    reader = csv.reader(
        (f"{line}\n" for line in lines), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    found: list[Record] = []
    line = 1
    try:
        for cells in reader:
            bare = [_bare(cell) for cell in cells]
            if any(bare):
                found.append(Record(line, bare))
            if len(found) > most:
                break
            line = reader.line_num + 1
    except csv.Error as error:
        column, cell = _broken("\n".join(lines[line - 1 : reader.line_num]), delimiter)
        raise PasteError(
            "quote",
            f"the quotes of '{shown(cell)}' do not close at its end",
            line,
            column,
            {"cell": shown(cell)},
        ) from error
    return found


def lines_of(text: str) -> list[str]:
    """Lines, whatever ends them."""
    return LINE_ENDS.split(text.lstrip(NO_TEXT))


def _bare(cell: str) -> str:
    return cell.strip().strip(NO_TEXT).strip().replace(COMMA_SPACE, ", ")


def _prepared(line: str, separator: Separator) -> str:
    """A line as ``csv`` takes it: one delimiter, and no blanks after a closing quote."""
    if separator == "comma_space":
        line = re.sub(r",[ \t]++", COMMA_SPACE, line)
    elif separator == "spaces":
        return line.replace("\t", " ").strip(" ")
    if '"' not in line:
        return line
    return re.sub(rf'"[ \u00a0]++(?={DELIMITERS[separator]}|$)', '"', line)


def _broken(record: str, delimiter: str) -> tuple[int, str]:
    """Column and text of the first cell whose quotes are wrong."""
    quoted = r'"(?:[^"]|"")*+"'
    sound = re.compile(rf'[ ]*+(?:{quoted}|(?!")[^{delimiter}]*+){delimiter}')
    column, at = 1, 0
    while cell := sound.match(record, at):
        column, at = column + 1, cell.end()
    return column, record[at : at + 200].split(delimiter)[0] or '"'
