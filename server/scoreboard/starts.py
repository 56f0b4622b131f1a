"""Starts all over a surface's domain, the same for whoever asks with the same seed."""

from math import floor, log10

import numpy as np
from jaxtyping import Float

from server.engine.evaluation import loss_and_gradient
from server.engine.histories import Domain
from server.engine.programs import Programs
from server.errors import InputError
from surfaces.surface import Surface

DIGITS = 3
"""Decimal places of a share of a side, so that addresses are short."""
TRIES = 64
"""Places that are looked at for each start wanted: a logarithm is not finite everywhere."""


def seeded(
    programs: Programs, surface: Surface, domain: Domain, count: int, seed: int
) -> Float[np.ndarray, "count 2"]:
    """Places spread evenly at random over a domain, where the loss and its gradient are finite.

    Which shares of the sides they lie at depends on the seed alone, and the first of them not on
    how many are wanted, but where some place is not finite.

    Args:
        programs: the compiled programs.
        surface: ready.
        domain: of the surface.
        count: how many.
        seed: of chance.

    Raises:
        InputError: too few of the places tried are finite.
    """
    low, high = np.array(domain, np.float64).T
    places = low + np.random.default_rng(seed).random((TRIES * count, 2)) * (high - low)
    places = np.stack(
        [
            np.round(along, DIGITS - floor(log10(side)))
            for along, side in zip(places.T, high - low, strict=True)
        ],
        axis=1,
    )
    found: list[Float[np.ndarray, "some 2"]] = []
    for some in np.split(places, TRIES):
        loss, gradient = loss_and_gradient(programs, surface, some, "float64")
        found.append(some[np.isfinite(loss) & np.isfinite(gradient).all(axis=1)])
        if sum(map(len, found)) >= count:
            return np.concatenate(found)[:count]
    raise InputError(
        ("starts",),
        f"the loss is finite at too few places of the domain to find {count} starts; give starts, "
        "or a domain where it is finite",
        "start_not_finite",
    )
