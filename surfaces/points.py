"""Points that a loss is taken over: how they are kept, and how pasted ones become such."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surfaces.pasted.columns import Wanted
from surfaces.pasted.conventions import Convention
from surfaces.pasted.reading import Table, read
from surfaces.pasted.sheets import MOST_ROWS

BUCKETS = (64, 256, 1024)
"""Rows that programs are compiled for; points are padded to the next of them."""
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


def padded(features: ArrayLike, targets: ArrayLike) -> Points:
    """Points in arrays of the next bucket, float64.

    Args:
        features: shape [n], [n, 1] or [n, 2].
        targets: shape [n].
    """
    given = np.asarray(features, np.float64)
    n = len(given)
    columns = given.reshape(n, -1)
    rows = next(bucket for bucket in BUCKETS if bucket >= n)
    points = Points(np.zeros((rows, 2)), np.zeros(rows), np.zeros(rows))
    points.features[:n, : columns.shape[1]] = columns
    points.targets[:n] = targets
    points.weights[:n] = 1
    # Of no weight, but not at a corner of a loss either unless a point that counts is.
    points.features[n:], points.targets[n:] = points.features[0], points.targets[0]
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


def pasted(
    text: str,
    kind: Kind,
    convention: Convention | None = None,
    columns: Wanted | None = None,
    most: int = MOST_ROWS,
) -> tuple[Points, Table]:
    """Points pasted as a table: x, y of a curve, x1, x2, label of classes; and how it was read.

    Labels are −1 and 1, or 0 and 1; the points have −1 and 1.

    Args:
        text: as pasted.
        kind: what the points are.
        convention: parts of it that are not to be found but given.
        columns: which are used, by number from 1 or by name.
        most: rows that are accepted.

    Raises:
        PasteError: names the row, the column and the cell.
    """
    table = read(text, COLUMNS[kind], convention, columns, most)
    far = np.argwhere(~(np.abs(table.values) <= LARGEST))
    if len(far):
        raise table.refused(
            "range", f"accepted: from −{LARGEST:g} to {LARGEST:g}", *far[0], limit=LARGEST
        )
    features = table.values[:, :-1]
    targets = table.values[:, -1]
    return padded(features, targets if kind == "curve" else _labels(table)), table


def _labels(table: Table) -> NDArray[np.float64]:
    """Labels as −1 and 1."""
    given = table.values[:, 2]
    accepted = "accepted: −1 and 1, or 0 and 1"
    wrong = np.flatnonzero(~np.isin(given, (-1, 0, 1)))
    if len(wrong):
        raise table.refused("label", accepted, wrong[0], 2)
    lower = given[given < 1]
    other = np.flatnonzero((given < 1) & (given != lower[0])) if len(lower) else lower
    if len(other):
        raise table.refused("labels_mixed", f"labels −1 and 0 are mixed; {accepted}", other[0], 2)
    return np.where(given == 1, 1.0, -1.0)
