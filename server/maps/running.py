"""A map is computed piece by piece, coarse to fine."""

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from server.engine.programs import Programs
from server.maps.description import MapDescription
from server.maps.pixels import Tile, pixels_of, tiles_of


class Done(NamedTuple):
    """A tile with its fields, how many pixels are done, and how long the others will take."""

    tile: Tile
    fields: Mapping[str, np.ndarray]
    done: int
    seconds_left: float


def run(
    programs: Programs, description: MapDescription, tell: Callable[[Done], None]
) -> dict[str, np.ndarray]:
    """All fields of a map, [ny, nx] each.

    Args:
        programs: the compiled programs; their token is asked between tiles.
        description: of the map.
        tell: is told of each tile as it is done.
    """
    nx, ny, strides = description.nx, description.ny, description.strides
    whole = {name: np.zeros(nx * ny, dtype) for name, dtype in description.fields().items()}
    levels = [pixels_of(nx, ny, strides, level) for level in range(len(strides))]
    begun, done = monotonic(), 0
    for tile in tiles_of(nx, ny, strides, description.tile):
        programs.token.check()
        pixels = levels[tile.level][tile.first : tile.first + tile.size]
        fields: Mapping[str, Any] = description.compute(programs, pixels)
        for name, values in fields.items():
            whole[name][pixels] = values
        done += tile.size
        left = (monotonic() - begun) / done * (nx * ny - done)
        tell(Done(tile, fields, done, left))
    return {name: values.reshape(ny, nx) for name, values in whole.items()}
