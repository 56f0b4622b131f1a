"""Whether points fit between two ends: a precision has to tell each from the next."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from server.errors import InputError
from server.results import Precision

APART = 16
"""Units in the last place from one point to the next, at least: differences keep some digits."""


def _step(ends: tuple[float, float], precision: Precision) -> float:
    """The least from one point to the next; NaN where an end is beyond the largest number."""
    kind = np.dtype(precision)
    with np.errstate(over="ignore", invalid="ignore"):
        unit = float(np.spacing(kind.type(max(map(abs, ends)))))
    return max(APART * unit, float(np.finfo(kind).tiny))


def tells(ends: tuple[float, float], n: int, precision: Precision) -> bool:
    """Whether n points between two ends are distinct in a precision."""
    return ends[1] - ends[0] >= (n - 1) * _step(ends, precision)


def taken(
    precision: Precision | Literal["auto"], sides: Iterable[tuple[tuple[float, float], int]]
) -> Precision:
    """The precision of a map: of "auto" float32, where that tells the points of all sides."""
    if precision != "auto":
        return precision
    return "float32" if all(tells(ends, n, "float32") for ends, n in sides) else "float64"


def check(
    field: tuple[str, ...],
    name: str,
    ends: tuple[float, float],
    n: int,
    what: str,
    precision: Precision = "float64",
) -> None:
    """Refuse ends in the wrong order, or so near each other that n points are not distinct.

    Args:
        field: path to what the error is about.
        name: of the axis: its ends are called <name>_min and <name>_max.
        ends: both of them.
        n: how many points, ends included.
        what: "rectangle" or "interval", for the name of the error.
        precision: of the arithmetic.

    Raises:
        InputError: and what would be accepted.
    """
    low, high = ends
    if not low < high:
        raise InputError(
            field,
            f"accepted: {name}_min less than {name}_max; these are {low:g} and {high:g}",
            f"empty_{what}",
        )
    if not tells(ends, n, precision):
        step = _step(ends, precision)
        raise InputError(
            field,
            f"accepted: {name}_min and {name}_max at least {(n - 1) * step:.3g} apart, so that "
            f"{precision} tells {n} points between them from each other; these are "
            f"{high - low:.3g} apart",
            f"narrow_{what}",
        )
