"""The minima that a map of basins counts, as one piece of work for a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from server.engine.programs import Programs
from server.maps.basins import Basins
from server.maps.pixels import Pixels


@dataclass(frozen=True)
class MinimaOf:
    """Where they are looked for takes programs of the surface: a worker's, not the server's."""

    basins: Basins

    def fields(self) -> Mapping[str, np.dtype[Any]]:
        """See ``compute``."""
        return dict.fromkeys(("x", "y", "loss"), np.dtype(np.float64))

    def compute(self, programs: Programs, pixels: Pixels) -> Mapping[str, np.ndarray]:
        """Places ``x``, ``y`` and ``loss`` of each minimum, of no pixels."""
        found = self.basins.minima(programs)
        table = np.array([(one.x, one.y, one.loss) for one in found]).reshape(-1, 3)
        return dict(zip(self.fields(), table.T, strict=True))
