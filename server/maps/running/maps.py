"""A map: its tiles are handed to workers coarse to fine, a few at a time, and told in order."""

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

import numpy as np

from server.engine.token import Token
from server.maps.description import Computed, MapDescription
from server.maps.pixels import Pixels, Tile, pixels_of, tiles_of
from server.maps.running.devices import Fields
from server.maps.running.kept import Kept
from server.maps.running.workers import Submit, Workers

logger = logging.getLogger("steepest")

LOOKS = 0.02
"""Seconds between two looks at whether a map is still wanted."""
AHEAD = 2
"""Tiles that are handed in for each worker: one that is computed, and the next."""
DEATHS = 3
"""Deaths of workers in a row, without a tile in between, that one map may meet."""


class Done(NamedTuple):
    """A tile with its fields, how many pixels are done, and how long the others will take."""

    tile: Tile
    fields: Fields
    done: int
    seconds_left: float


@dataclass
class _Sent:
    pixels: Pixels
    future: "Future[Fields]"


class Maps:
    """Whoever computes maps, and what was counted of it.

    Args:
        workers: see there.
        kept: what was computed already.

    Attributes:
        running: maps that are computed now.
        tiles: that were computed.
        retries: tiles that were handed in again since a worker had died.
    """

    def __init__(self, workers: Workers, kept: Kept | None = None):
        self.workers, self.kept = workers, kept or Kept()
        self.running = self.tiles = self.retries = 0

    def run(
        self,
        description: MapDescription,
        token: Token,
        tell: Callable[[Done], None],
        key: str | None = None,
    ) -> Fields:
        """All fields of a map, [ny, nx] each.

        Args:
            description: of the map.
            token: of the work; when it ends, so do the tiles.
            tell: is told of each tile, coarse to fine.
            key: all that it depends on, if it may be kept.

        Raises:
            CancelledError, DeadlineError: as the token does.
            BrokenExecutor: workers die of it.
        """
        known = None if key is None else self.kept.get(key)
        if known is not None:
            _tell_all(description, known, tell)
            return known
        self.running += 1
        try:
            with self.workers.computing(description, token) as submit:
                fields = self._run(description, token, submit, tell)
        finally:
            self.running -= 1
        if key is not None:
            self.kept.keep(key, fields)
        return fields

    def once(self, part: Computed, token: Token, key: str | None = None) -> Fields:
        """What a worker says of something besides pixels.

        Args:
            part: what is asked.
            token: of the work.
            key: all that it depends on, if it may be kept.
        """
        known = None if key is None else self.kept.get(key)
        if known is None:
            none = np.zeros(0, np.int64)
            with self.workers.computing(part, token) as submit:
                known = self._first(deque([_Sent(none, submit(none))]), token, submit)
            if key is not None:
                self.kept.keep(key, known)
        return known

    def _run(
        self,
        description: MapDescription,
        token: Token,
        submit: Submit,
        tell: Callable[[Done], None],
    ) -> dict[str, np.ndarray]:
        nx, ny, strides = description.nx, description.ny, description.strides
        whole = {name: np.zeros(nx * ny, dtype) for name, dtype in description.fields().items()}
        levels = [pixels_of(nx, ny, strides, level) for level in range(len(strides))]
        left = tiles_of(nx, ny, strides, self.workers.tile(description.tile))
        pace = _Pace(nx * ny, description.seconds() / (self.workers.count or 1))
        tiles, sent = deque[Tile](), deque[_Sent]()
        try:
            while True:
                while len(sent) < AHEAD * (self.workers.count or 8):
                    tile = next(left, None)
                    if tile is None:
                        break
                    pixels = levels[tile.level][tile.first : tile.first + tile.size]
                    tiles.append(tile)
                    sent.append(_Sent(pixels, submit(pixels)))
                if not sent:
                    return {name: values.reshape(ny, nx) for name, values in whole.items()}
                fields = self._first(sent, token, submit)
                one, tile = sent.popleft(), tiles.popleft()
                for name, values in fields.items():
                    whole[name][one.pixels] = values
                self.tiles += 1
                tell(Done(tile, fields, *pace.after(tile.size)))
        finally:
            for one in sent:
                one.future.cancel()

    def _first(self, sent: deque[_Sent], token: Token, submit: Submit) -> Fields:
        """The fields of the tile that was handed in first; others are computed meanwhile."""
        deaths = 0
        while True:
            token.check()
            wait([sent[0].future], LOOKS)
            if not sent[0].future.done():
                continue
            try:
                return sent[0].future.result()
            except BrokenExecutor:
                deaths += 1
                if deaths > DEATHS:
                    raise
                logger.warning("a worker died: the tiles that it had are computed again")
                for one in sent:
                    if not one.future.done() or one.future.exception() is not None:
                        self.retries += 1
                        one.future = submit(one.pixels)


def _tell_all(description: MapDescription, fields: Fields, tell: Callable[[Done], None]) -> None:
    """Tell of a map that is there, a level at a time."""
    nx, ny, strides = description.nx, description.ny, description.strides
    done = 0
    for tile in tiles_of(nx, ny, strides, nx * ny):
        pixels = pixels_of(nx, ny, strides, tile.level)
        done += tile.size
        tell(Done(tile, {name: one.ravel()[pixels] for name, one in fields.items()}, done, 0.0))


class _Pace:
    """How long the rest will take: by the price, and after some tiles by how long those took.

    Not by the first: for it a worker may have begun, and a program been compiled.
    """

    def __init__(self, total: int, seconds: float):
        self._total, self._done = total, 0
        self._each = seconds / total
        self._begun, self._uncounted = 0.0, 0

    def after(self, pixels: int) -> tuple[int, float]:
        """Pixels that are done, so many more than before, and the seconds that are left."""
        self._done += pixels
        if not self._uncounted:
            self._begun, self._uncounted = monotonic(), pixels
        else:
            self._each = (monotonic() - self._begun) / (self._done - self._uncounted)
        return self._done, self._each * (self._total - self._done)
