"""Whether points fit between two ends: float64 has to tell each from the next."""

import numpy as np

from server.errors import InputError

APART = 16
"""Units in the last place from one point to the next, at least: differences keep some digits."""
NORMAL = float(np.finfo(np.float64).tiny)


def check(field: tuple[str, ...], name: str, ends: tuple[float, float], n: int, what: str) -> None:
    """Refuse ends in the wrong order, or so near each other that n points are not distinct.

    Args:
        field: path to what the error is about.
        name: of the axis: its ends are called <name>_min and <name>_max.
        ends: both of them.
        n: how many points, ends included.
        what: "rectangle" or "interval", for the name of the error.

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
    step = max(APART * float(np.spacing(max(abs(low), abs(high)))), NORMAL)
    if high - low < (n - 1) * step:
        raise InputError(
            field,
            f"accepted: {name}_min and {name}_max at least {(n - 1) * step:.3g} apart, so that "
            f"float64 tells {n} points between them from each other; these are "
            f"{high - low:.3g} apart",
            f"narrow_{what}",
        )
