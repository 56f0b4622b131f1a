"""Points that a loss is taken over: how they are kept, and how they are read from CSV."""

import csv
from math import isfinite
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

BUCKETS = (64, 256, 1024)
"""Rows that programs are compiled for; points are padded to the next of them."""
MOST_ROWS = 1000
LARGEST = 1e9

Kind = Literal["curve", "classes"]
COLUMNS: dict[Kind, tuple[str, ...]] = {"curve": ("x", "y"), "classes": ("x1", "x2", "label")}


class Points(NamedTuple):
    """Rows of data, padded.

    Attributes:
        features: shape [rows, 2]; the second column is 0 where there is one feature.
        targets: shape [rows].
        weights: 1 for a point that counts, 0 for padding and for points outside a batch.
    """

    features: Any
    targets: Any
    weights: Any


class PointsError(ValueError):
    """Pasted points that cannot be used.

    Attributes:
        row: line of the text, from 1; ``None`` when it is about the whole.
        column: from 1; ``None`` when it is about the whole row.
        kind: a stable word for programs.
        message: what was wrong and what would be accepted.
    """

    def __init__(self, kind: str, message: str, row: int | None = None, column: int | None = None):
        place = "" if row is None else f"row {row}: "
        place = place if column is None else f"row {row}, column {column}: "
        super().__init__(place + message)
        self.kind, self.message, self.row, self.column = kind, place + message, row, column


def padded(features: ArrayLike, targets: ArrayLike) -> Points:
    """Points in arrays of the next bucket, float64.

    Args:
        features: shape [n] or [n, 2].
        targets: shape [n].
    """
    given = np.asarray(features, np.float64)
    n = len(given)
    rows = next(bucket for bucket in BUCKETS if bucket >= n)
    points = Points(np.zeros((rows, 2)), np.zeros(rows), np.zeros(rows))
    points.features[:n, : given.ndim] = given.reshape(n, -1)
    points.targets[:n] = targets
    points.weights[:n] = 1
    return points


def count(points: Points) -> int:
    """How many points there are, padding left out."""
    return int(np.sum(np.asarray(points.weights) != 0))


def used(points: Points) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features [n, 2] and targets [n] of the points that count."""
    n = count(points)
    return np.asarray(points.features, np.float64)[:n], np.asarray(points.targets, np.float64)[:n]


def size_of(values: NDArray[np.float64]) -> float:
    """Root mean square, 1 if all are 0."""
    return float(np.sqrt(np.mean(values**2))) or 1.0


def spread(values: NDArray[np.float64]) -> float:
    """Standard deviation; the size of what does not vary."""
    deviation = float(np.std(values))
    return deviation if deviation > 1e-9 * size_of(values) else size_of(values)


def around(
    centre: tuple[float, float], reach: tuple[float, float]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The rectangle that reaches so far from its centre, ends to three significant digits."""
    (x, y), (width, height) = centre, reach

    def ends(middle: float, half: float) -> tuple[float, float]:
        digits = 2 - int(np.floor(np.log10(half)))
        return round(middle - half, digits), round(middle + half, digits)

    return ends(x, width), ends(y, height)


def parse_csv(text: str, kind: Kind) -> Points:
    """Points pasted as CSV: ``x, y`` for a curve, ``x1, x2, label`` for classes.

    Commas, semicolons or tabs separate; with the latter two a comma may be a decimal one. A
    first line of words is a header. Labels are −1 and 1, or 0 and 1.

    Raises:
        PointsError: names the row and the column.
    """
    names = COLUMNS[kind]
    separator = next((one for one in "\t;" if one in text), ",")
    rows: list[list[float]] = []
    reader = csv.reader(text.splitlines(), delimiter=separator, skipinitialspace=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            header = not rows and not any(_is_number(cell) for cell in cells)
            if header and len(cells) == len(names):
                continue
            rows.append(_row(cells, names, reader.line_num, separator))
            if len(rows) > MOST_ROWS:
                raise PointsError(
                    "too_many_rows", f"accepted: at most {MOST_ROWS} rows", reader.line_num
                )
    except csv.Error as error:
        raise PointsError("csv", f"not CSV: {error}", reader.line_num) from error
    if len(rows) < 2:
        raise PointsError("too_few_rows", f"accepted: 2 to {MOST_ROWS} rows of {', '.join(names)}")
    table = np.array(rows)
    if kind == "curve":
        return padded(table[:, 0], table[:, 1])
    return padded(table[:, :2], _labels(table[:, 2]))


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return True


def _row(cells: list[str], names: tuple[str, ...], line: int, separator: str) -> list[float]:
    if len(cells) != len(names):
        raise PointsError(
            "columns", f"{len(cells)} columns; accepted: {len(names)}, {', '.join(names)}", line
        )
    values: list[float] = []
    for column, (cell, name) in enumerate(zip(cells, names, strict=True), 1):
        shown = cell.strip()[:20].encode("ascii", "backslashreplace").decode()
        written = cell.strip().replace(",", ".") if separator != "," else cell.strip()
        try:
            value = float(written) if "_" not in written else float("nan")
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise PointsError("number", f"'{shown}' is not a number", line, column)
        if abs(value) > LARGEST:
            raise PointsError("range", f"accepted: from −{LARGEST:g} to {LARGEST:g}", line, column)
        if name == "label" and value not in (-1, 0, 1):
            raise PointsError("label", f"'{shown}'; accepted: −1 and 1, or 0 and 1", line, column)
        values.append(value)
    return values


def _labels(given: NDArray[np.float64]) -> NDArray[np.float64]:
    """Labels as −1 and 1."""
    if (given == 0).any() and (given == -1).any():
        raise PointsError("label", "labels −1 and 0 are mixed; accepted: −1 and 1, or 0 and 1")
    return np.where(given == 1, 1.0, -1.0)
