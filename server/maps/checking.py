"""What float32 costs a map: some of its pixels computed in float64, too."""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from server.maps.description import MapDescription
from server.maps.pixels import Pixels
from server.maps.refinement import usual_pixels

CHECKED: Final = (64, 256)
"""Pixels that are: of a small map, and of a large one."""
LARGE: Final = 2**14
"""Pixels of a large one."""


def count_of(nx: int, ny: int) -> int:
    """How many pixels of a map are computed in float64, too."""
    return min(CHECKED[nx * ny >= LARGE], nx * ny)


@dataclass(frozen=True)
class Check:
    """A map of float32, and what of it is computed anew.

    Attributes:
        single: the map.
        double: the same in float64, whose calls have no more lanes than there are pixels.
        pixels: some.
    """

    single: MapDescription
    double: MapDescription
    pixels: Pixels

    @classmethod
    def of(cls, description: Any) -> "Check":
        """What is checked of a description, which is a dataclass with a ``precision``."""
        total = description.nx * description.ny
        pixels = np.random.default_rng(0).choice(
            total, count_of(description.nx, description.ny), replace=False
        )
        narrow = {one.name for one in fields(description)} & {"lanes"}
        more = dict.fromkeys(narrow, CHECKED[total >= LARGE])
        double = replace(description, precision="float64", **more)
        return cls(description, double, np.sort(pixels))

    def seconds(self) -> float:
        """Its price: of a refined map float32 is computed, too, where it was filled in."""
        maps = [self.double, self.single] if self.single.refined_by else [self.double]
        return sum(len(self.pixels) * one.seconds() / usual_pixels(one) for one in maps)
