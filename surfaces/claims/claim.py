"""A caption as a claim: what must be true of the paths for it to be true."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Place = tuple[float, float]

ROLLING = ("momentum", "nesterov")
DIVIDING = ("adagrad", "rmsprop", "adam")


@dataclass(frozen=True)
class Path:
    """One run from one start; n steps make n + 1 points, fewer where numbers end.

    Attributes:
        points: shape [n + 1, 2].
        loss: shape [n + 1].
        gradient_norm: shape [n + 1].
    """

    points: Floats
    loss: Floats
    gradient_norm: Floats

    @property
    def end(self) -> Floats:
        """The last point, shape [2]."""
        return self.points[-1]

    @property
    def moves(self) -> Floats:
        """Each step as a vector, shape [n, 2]."""
        return np.diff(self.points, axis=0)

    def distances(self, *places: Place) -> Floats:
        """Of each point to the nearest of some places, shape [n + 1]."""
        away = self.points[:, None, :] - np.array(places)[None]
        return np.hypot(away[..., 0], away[..., 1]).min(axis=1)

    def arrival(self, within: float, *places: Place) -> float:
        """The first step from which on the path stays so near to one of the places; ∞ if none."""
        outside = np.flatnonzero(self.distances(*places) > within)
        first = int(outside[-1]) + 1 if len(outside) else 0
        return first if first < len(self.points) else np.inf

    def ends_at(self, place: Place, within: float) -> bool:
        """Whether the last point is so near."""
        return bool(self.distances(place)[-1] <= within)

    def along(self, direction: Place) -> Floats:
        """Coordinate of each point along a direction, shape [n + 1]."""
        unit = np.array(direction) / np.hypot(*direction)
        return self.points @ unit

    def crossings(self, direction: Place, visible: float) -> int:
        """How often the path crosses 0 of a coordinate, going at least so far to a side."""
        values = self.along(direction)
        signs = np.sign(values[np.abs(values) >= visible])
        return int(np.sum(signs[1:] != signs[:-1]))

    def longest_step(self) -> float:
        """Length of the longest step."""
        return float(np.hypot(self.moves[:, 0], self.moves[:, 1]).max())

    def first(self, below: float) -> float:
        """The first step after which the loss is below a number; ∞ if none."""
        found = np.flatnonzero(self.loss < below)
        return int(found[0]) if len(found) else np.inf


Race = Mapping[str, Path]
"""Paths of the six optimisers of the lecture by id, at their default hyperparameters."""


@dataclass(frozen=True)
class Setting:
    """What a claim compares the opening with: only what differs from it is named.

    Attributes:
        parameters: of the surface, by name.
        start: where the paths start.
        clipping: the largest norm of a gradient.
        rates: what all learning rates are multiplied by.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])
    start: Place | None = None
    clipping: float | None = None
    rates: float = 1.0


@dataclass(frozen=True)
class Claim:
    """What a caption claims.

    Attributes:
        holds: of the surface's minima (places, the lowest first), the opening race, and the
            race of each other setting, by its name.
        others: the other settings.
    """

    holds: Callable[..., bool]
    others: Mapping[str, Setting] = field(default_factory=dict[str, Setting])


def every(race: Race, names: Sequence[str], true: Callable[[Path], bool]) -> bool:
    """Whether something is true of all of these paths."""
    return all(true(race[name]) for name in names)


def none(race: Race, names: Sequence[str], true: Callable[[Path], bool]) -> bool:
    """Whether something is true of none of these paths."""
    return not any(true(race[name]) for name in names)
