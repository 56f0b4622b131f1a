"""What a map is: a small description, and a pure function of pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from jaxtyping import Float

from server.engine.programs import Programs
from server.maps.pixels import Pixels


@dataclass(frozen=True)
class Axis:
    """Values of one number along a side of a map, ends included.

    Attributes:
        name: of the number, as a request names it.
        low, high: its ends, in its own unit.
        count: how many values.
        scale: "linear", or "log": evenly spaced in the logarithm.
    """

    name: str
    low: float
    high: float
    count: int
    scale: Literal["linear", "log"] = "linear"

    def values(self) -> Float[np.ndarray, " count"]:
        """All of them, ascending as ``low`` and ``high`` do."""
        space = np.geomspace if self.scale == "log" else np.linspace
        return space(self.low, self.high, self.count)


class Computed(Protocol):
    """A frozen dataclass that can be pickled: it is shipped to workers, functions are not."""

    def fields(self) -> Mapping[str, np.dtype[Any]]:
        """Names and types of what is computed."""
        ...

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """Every field [n] of some pixels [n]; of each the same in whatever company it is asked."""
        ...


class MapDescription(Computed, Protocol):
    """A map.

    Attributes:
        nx, ny: columns and rows.
        strides: of the levels, coarse to fine, each a multiple of the next; the last is 1.
        tile: pixels of one piece of work at most.
        refined_by: fields, whole numbers, that say where a finer level has to be computed: where
            neighbours disagree. None of them: everywhere.
    """

    @property
    def nx(self) -> int: ...

    @property
    def ny(self) -> int: ...

    @property
    def strides(self) -> tuple[int, ...]: ...

    @property
    def tile(self) -> int: ...

    @property
    def refined_by(self) -> tuple[str, ...]: ...

    def seconds(self) -> float:
        """Its price: seconds of one core for the pixels that are computed, no check failing."""
        ...
