"""How a map is told while it is computed: tiles as they are done, and how long the others take."""

from collections.abc import Callable, Mapping

import numpy as np

from server.admission import Tell
from server.api.streaming import Piece
from server.encoding import to_json
from server.maps.description import MapDescription
from server.maps.running import Done


def teller(description: MapDescription, tell: Tell) -> Callable[[Done], None]:
    """What is told of each tile: where its pixels are, their fields, and the progress."""
    total = description.nx * description.ny

    def told(one: Done) -> None:
        tile, fields, done, left = one
        content = {
            "stride": description.strides[tile.level],
            "first": tile.first,
            "count": tile.size,
            **shipped(fields),
        }
        tell(Piece("tile", to_json(content, "typed")))
        tell({"done": done, "total": total, "seconds_left": left})

    return told


def shipped(fields: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Fields as they are sent."""
    return dict(fields)
