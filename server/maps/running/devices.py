"""Within a process tiles go to its devices in turn: to all of them, where there are several."""

from collections.abc import Mapping
from itertools import cycle

import numpy as np

from server.engine.programs import Programs
from server.engine.token import Token
from server.maps.description import Computed
from server.maps.pixels import Pixels
from server.runtime import Placement

Fields = Mapping[str, np.ndarray]
LANES = 262_144
"""Pixels of a tile on a GPU at most: as many as it takes to fill it."""


class Devices:
    """The devices for wide work.

    Args:
        programs: the process's own; other devices than theirs get programs of their own.
    """

    def __init__(self, programs: Programs):
        own = programs.placement
        self.all = [programs]
        for device in own.wide.client.local_devices():
            if device != own.wide:
                there = Placement(own.sequential, device)
                self.all.append(Programs(there, 1, programs.store))
        self.platform: str = own.wide.platform
        self._next = cycle(self.all)

    def tile(self, most: int) -> int:
        """Pixels of a tile: what a description says is for a core's cache."""
        return most if self.platform == "cpu" else max(most, LANES)

    def compute(self, description: Computed, pixels: Pixels, token: Token) -> Fields:
        """A tile, on the next device."""
        return description.compute(next(self._next).under(token), pixels)
