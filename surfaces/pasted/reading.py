"""A pasted table read under the one convention that reads all of it.

Every convention (``conventions.py``) whose marks occur is tried on the whole text. One that leaves
a cell unread falls. Those left that give the same numbers are one; of those that differ the first
in this order is taken, and the others are named as alternatives:

1. by separator: tab, semicolon, comma, runs of blanks;
2. that which reads more cells of the columns that are not used;
3. that under which numbers are grouped from one length on: 1,200 is not grouped beside 1200;
4. between blanks, a decimal point as programs write it.

Two that are equal in all of this (1,200 beside 950) are refused, unless the request says which.
"""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from surfaces.caching import ENTRY, within
from surfaces.pasted.attempts import Attempt, attempts
from surfaces.pasted.columns import Wanted
from surfaces.pasted.conventions import Convention
from surfaces.pasted.errors import PasteError, shown
from surfaces.pasted.sheets import MOST_ROWS

BUDGET = 4 * 2**20
"""Bytes of the tables that are kept: a dozen of the largest."""


@dataclass(frozen=True)
class Table:
    """A pasted table.

    Attributes:
        values: shape [rows, roles], of the columns used.
        lines: line of the text of each row, from 1.
        names: of all columns; ``None`` without a row of names.
        width: how many columns there are.
        used: columns used, from 1, one a role.
        convention: that under which it was read.
        alternatives: others that read it too, and give other numbers.
        whole: whether all numbers are whole, so that no decimal mark was seen.
        cells: the text of the cells used, for errors.
    """

    values: NDArray[np.float64]
    lines: tuple[int, ...]
    names: tuple[str, ...] | None
    width: int
    used: tuple[int, ...]
    convention: Convention
    alternatives: tuple[Convention, ...]
    whole: bool
    cells: tuple[tuple[str, ...], ...]

    def refused(
        self, kind: str, message: str, row: int, role: int, **values: str | float
    ) -> PasteError:
        """An error at one of the cells used: its row and its role, from 0."""
        cell = shown(self.cells[row][role])
        return PasteError(
            kind,
            f"'{cell}'; {message}",
            self.lines[row],
            self.used[role],
            {"cell": cell, **values},
            columns=("",) * self.width if self.names is None else self.names,
        )


def read(
    text: str,
    roles: Sequence[str],
    wanted: Convention | None = None,
    columns: Wanted | None = None,
    most: int = MOST_ROWS,
) -> Table:
    """The columns of numbers that a pasted text holds.

    Args:
        text: as pasted.
        roles: what each column used is for, such as x and y.
        wanted: parts of the convention that the request says.
        columns: which are used, by number from 1 or by name; one a role.
        most: rows that are accepted.

    Raises:
        PasteError: what cannot be used, and where it stands.
    """
    return _read(
        text,
        tuple(roles),
        wanted or Convention(),
        None if columns is None else tuple(columns),
        most,
    )


def _size(table: Table) -> int:
    """Bytes of a table, its cells' texts among them."""
    return ENTRY + sum(ENTRY // 4 * len(row) + sum(map(len, row)) for row in table.cells)


def _known_by(text: str, *rest: object) -> Hashable:
    return (blake2b(text.encode("utf-8", "surrogatepass")).digest(), *rest)


@within(BUDGET, _size, _known_by)
def _read(
    text: str,
    roles: tuple[str, ...],
    wanted: Convention,
    columns: tuple[str | int, ...] | None,
    most: int,
) -> Table:
    if wanted.decimal is not None and wanted.decimal == wanted.grouping:
        raise PasteError("reading", "the decimal mark cannot also part thousands", field="reading")
    tried = list(attempts(text, roles, wanted, columns, most))
    asked = [one for one in tried if wanted.admits(one.convention)]
    distinct = _distinct(asked)
    if not distinct:
        raise _best_trouble(asked)
    first, *others = distinct
    equal = [one for one in others if one.order == first.order]
    if equal:
        raise _ambiguous([first, *equal])
    values = first.values
    if len(values) < 2:
        raise PasteError("too_few_rows", f"accepted: 2 to {most} rows of {', '.join(roles)}")
    assert first.sheet
    kept = np.array(values)
    kept.setflags(write=False)
    return Table(
        kept,
        tuple(row.line for row in first.sheet.rows),
        first.sheet.names,
        first.sheet.width,
        tuple(column + 1 for column in first.used),
        first.convention,
        tuple(one.convention for one in _distinct(tried) if one.values != values),
        all(one is not None and one.whole for row in first.numbers for one in row),
        tuple(tuple(row.cells[column] for column in first.used) for row in first.sheet.rows),
    )


def _distinct(tried: Sequence[Attempt]) -> list[Attempt]:
    """Those that read all that is used, the likeliest first, one for each table."""
    kept: list[Attempt] = []
    for one in sorted((one for one in tried if one.trouble is None), key=lambda one: one.order):
        if all(one.values != other.values for other in kept):
            kept.append(one)
    return kept


def _best_trouble(tried: Sequence[Attempt]) -> PasteError:
    """What is wrong under the convention that reads most."""
    best = max(tried, key=lambda one: (one.enough, one.readable))
    assert best.trouble
    return best.trouble


def _ambiguous(readings: Sequence[Attempt]) -> PasteError:
    """Two readings that nothing tells apart: where they first differ."""
    one, other = readings[:2]
    row, role = next(
        (row, role)
        for row, pair in enumerate(zip(one.values, other.values, strict=False))
        for role, (mine, its) in enumerate(zip(*pair, strict=True))
        if mine != its
    )
    assert one.sheet and other.sheet
    record = one.sheet.rows[row]
    column = one.used[role]
    cell = max(record.cells[column], other.sheet.rows[row].cells[other.used[role]], key=len)
    values = [f"{each.values[row][role]:.15g}" for each in readings]
    accepted = _said([each.convention for each in readings])
    return PasteError(
        "ambiguous",
        f"'{shown(cell)}' may be {' or '.join(values)}; say which by reading: {accepted}",
        record.line,
        column + 1,
        {"cell": shown(cell)},
        [{**each.convention._asdict(), "value": each.values[row][role]} for each in readings],
        one.sheet.called,
    )


def _said(readings: Sequence[Convention]) -> str:
    """What a request may say to have each: one part of it where that tells all apart."""
    told = [convention._asdict() for convention in readings]
    for part in ("decimal", "separator"):
        if len({one[part] for one in told}) == len(told):
            told = [{part: one[part]} for one in told]
            break
    return " or ".join(json.dumps(one) for one in told)
