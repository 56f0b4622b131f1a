"""How far a map is, and how long the rest of it will take."""

from collections.abc import Callable
from time import monotonic
from typing import NamedTuple

from server.maps.description import MapDescription
from server.maps.pixels import Pixels, Tile, pixels_of
from server.maps.running.devices import Fields

TOLD = 2**14
"""Pixels of a tile at most where more are known at once: a page takes in one without a halt."""


class Done(NamedTuple):
    """How far a map is.

    Attributes:
        tile: that is known now, with its fields; ``None`` where none is whole yet.
        fields: see there.
        done: pixels that are known.
        seconds_left: how long the others will take.
    """

    tile: Tile | None
    fields: Fields
    done: int
    seconds_left: float


Tell = Callable[[Done], None]


class Progress:
    """Tells tiles of what is known, and how long the rest will take.

    At first that is said by the price, after some tiles by how long those took; not by the first:
    for it a worker may have begun, and a program been compiled.

    Args:
        description: of the map.
        fields: that become known.
        tell: who is told.
        each: seconds of a pixel that is computed, by the price.
        enough: pixels whose time says more than the price: a tile for every worker.
    """

    def __init__(
        self,
        description: MapDescription,
        fields: Fields,
        tell: Tell,
        each: float = 0.0,
        enough: int = 1,
    ):
        nx, ny, strides = description.nx, description.ny, description.strides
        self.levels = [pixels_of(nx, ny, strides, level) for level in range(len(strides))]
        self._fields = {name: one.reshape(-1) for name, one in fields.items()}
        self._tell, self._total = tell, nx * ny
        self._each, self._enough = each, enough
        self._known = self._ahead = self._done = 0
        self._left = 0.0
        self._begun: float | None = None

    def pixels(self, tile: Tile) -> Pixels:
        """Of a tile."""
        return self.levels[tile.level][tile.first : tile.first + tile.size]

    def tile(self, tile: Tile) -> None:
        """It is known."""
        self._known = min(self._total, self._known + tile.size)
        pixels = self.pixels(tile)
        fields = {name: one[pixels] for name, one in self._fields.items()}
        self._tell(Done(tile, fields, self._known, self._seconds()))

    def level(self, level: int) -> None:
        """All of it is known."""
        self._ahead = 0
        count = len(self.levels[level])
        for first in range(0, count, TOLD):
            self.tile(Tile(level, first, min(TOLD, count - first)))

    def all(self) -> None:
        """Everything is known."""
        for level in range(len(self.levels)):
            self.level(level)

    def again(self) -> None:
        """Everything is known anew."""
        self._known = self._total
        for level in range(1, len(self.levels)):
            self.level(level)

    def part(self, pixels: int) -> None:
        """So many more are known of a level that is not yet whole."""
        self._ahead += pixels
        self._tell(Done(None, {}, self._known + self._ahead, self._seconds()))

    def seconds(self, pixels: int) -> float:
        """How long so many will take, by those that were computed last."""
        return self._each * pixels

    def back(self, pixels: int) -> None:
        """So many that were filled in have to be computed after all, which is told at once."""
        self._known -= pixels
        self.expect(pixels)
        self.part(0)

    def expect(self, pixels: float) -> None:
        """So many will be computed from here on, as far as that is known."""
        self._left, self._done = pixels, 0
        # Of the first tile it is not known when its worker began.
        self._begun = monotonic() if self._known else None

    def took_in(self, pixels: int) -> None:
        """So many were computed."""
        self._left = max(0.0, self._left - pixels)
        if self._begun is None:
            self._begun = monotonic()
            return
        self._done += pixels
        if self._done >= self._enough:
            self._each = (monotonic() - self._begun) / self._done

    def _seconds(self) -> float:
        return 0.0 if self._known + self._ahead >= self._total else self._each * self._left
