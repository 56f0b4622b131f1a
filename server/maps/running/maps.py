"""A map is computed coarse to fine, tile by tile, or refined where its labels disagree."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import NamedTuple

import numpy as np

from server.engine.token import Token
from server.maps.description import Computed, MapDescription
from server.maps.pixels import Pixels, Tile, pixels_of, tiles_of
from server.maps.refinement import planned, sample
from server.maps.running.devices import Fields
from server.maps.running.kept import Kept
from server.maps.running.ordered import Ordered
from server.maps.running.workers import Workers

COMPUTED = "computed"
"""Name under which a kept map says how many pixels were computed, and how many checks failed."""


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


class Map(NamedTuple):
    """A whole map.

    Attributes:
        fields: [ny, nx] each.
        computed: how many pixels were; the others were filled in.
        wrong: filled pixels that bore another label when they were checked; all were computed then.
    """

    fields: Fields
    computed: int
    wrong: int


Tell = Callable[[Done], None]


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
        self, description: MapDescription, token: Token, tell: Tell, key: str | None = None
    ) -> Map:
        """A whole map.

        Args:
            description: of the map.
            token: of the work; when it ends, so do the tiles.
            tell: is told of each tile, coarse to fine.
            key: all that it depends on, if it may be kept.

        Raises:
            CancelledError, DeadlineError: as the token does.
            UnavailableError: workers die of it, or there are none.
        """
        known = None if key is None else self.kept.get(key)
        if known is not None and _fits(known, description):
            fields = {name: known[name] for name in description.fields()}
            _Told(description, fields, tell).all()
            return Map(fields, *known[COMPUTED].tolist())
        with self._ordered(description, token) as ordered:
            whole = _whole(description, ordered, self.workers, tell)
        if key is not None:
            numbers = np.array([whole.computed, whole.wrong])
            self.kept.keep(key, {**whole.fields, COMPUTED: numbers})
        return whole

    def once(self, part: Computed, token: Token, key: str | None = None) -> Fields:
        """What a worker says of something besides pixels.

        Args:
            part: what is asked.
            token: of the work.
            key: all that it depends on, if it may be kept.
        """
        known = None if key is None else self.kept.get(key)
        if known is None:
            with self._ordered(part, token) as ordered:
                [(_, known)] = ordered([np.zeros(0, np.int64)])
            if key is not None:
                self.kept.keep(key, known)
        return known

    @contextmanager
    def _ordered(self, part: Computed, token: Token) -> Generator[Ordered]:
        self.running += 1
        try:
            with self.workers.computing(part, token) as submit:
                ordered = Ordered(self.workers, submit, token)
                try:
                    yield ordered
                finally:
                    self.tiles += ordered.taken
                    self.retries += ordered.retries
        finally:
            self.running -= 1


def _fits(known: Fields, description: MapDescription) -> bool:
    """Whether what was kept is this map: a folder may have been written by anything."""
    shape = (description.ny, description.nx)
    told = {name: (one.dtype, one.shape) for name, one in known.items()}
    pixels = {name: (np.dtype(of), shape) for name, of in description.fields().items()}
    return told == {**pixels, COMPUTED: (np.dtype(np.int64), (2,))}


def _whole(description: MapDescription, ordered: Ordered, workers: Workers, tell: Tell) -> Map:
    nx, ny = description.nx, description.ny
    flat = {name: np.zeros(nx * ny, dtype) for name, dtype in description.fields().items()}
    whole = {name: one.reshape(ny, nx) for name, one in flat.items()}
    most = workers.tile(description.tile)
    told = _Told(description, flat, tell, description.seconds() / workers.count)

    def compute(pieces: Iterable[Pixels]) -> Iterator[int]:
        for pixels, fields in ordered(pieces):
            for name, values in fields.items():
                flat[name][pixels] = values
            yield len(pixels)

    tiles = list(tiles_of(nx, ny, description.strides, most))
    if description.refined_by:
        tiles = [tile for tile in tiles if tile.level == 0]
    for tile, _ in zip(tiles, compute(map(told.pixels, tiles)), strict=True):
        told.tile(tile)
    if description.refined_by:
        return Map(whole, *_refined(description, flat, compute, told, most))
    return Map(whole, nx * ny, 0)


def _refined(
    description: MapDescription,
    flat: dict[str, np.ndarray],
    compute: Callable[[Iterable[Pixels]], Iterator[int]],
    told: "_Told",
    most: int,
) -> tuple[int, int]:
    """Finer levels, filled in where they need not be computed, after the coarsest.

    Returns:
        How many pixels were computed, and how many checks failed.
    """
    nx, ny, names = description.nx, description.ny, description.refined_by

    def labels() -> np.ndarray:
        return np.stack([flat[name] for name in names]).astype(np.int64)

    def one_each() -> np.ndarray:
        found = labels()
        return (found * 256 ** np.arange(len(names))[:, None]).sum(axis=0).reshape(ny, nx)

    computed, filled = len(told.levels[0]), list[Pixels]()
    for level, stride in enumerate(description.strides[:-1], 1):
        plan = planned(one_each(), told.levels[level], stride)
        for count in compute(_cut(plan.computed, most)):
            told.progress(count)
        for values in flat.values():
            values[plan.filled] = plan.values(values)
        told.level(level)
        computed += len(plan.computed)
        filled.append(plan.filled)
    every = np.concatenate([np.zeros(0, np.int64), *filled])
    checked = sample(every)
    said, before = {name: one[checked] for name, one in flat.items()}, labels()[:, checked]
    for _ in compute(_cut(checked, most)):
        pass
    wrong = int((labels()[:, checked] != before).any(axis=0).sum())
    if not wrong:
        # What was told is what is answered.
        for name, values in said.items():
            flat[name][checked] = values
        return computed + len(checked), 0
    told.back(len(every))
    for count in compute(_cut(np.setdiff1d(every, checked), most)):
        told.progress(count)
    told.again()
    return nx * ny, wrong


def _cut(pixels: Pixels, most: int) -> Iterator[Pixels]:
    for first in range(0, len(pixels), most):
        yield pixels[first : first + most]


class _Told:
    """What is told of a map: tiles of what is known, and how long the rest will take.

    At first that is said by the price, after some tiles by how long those took; not by the first:
    for it a worker may have begun, and a program been compiled.
    """

    def __init__(
        self, description: MapDescription, fields: Fields, tell: Tell, seconds: float = 0.0
    ):
        nx, ny, strides = description.nx, description.ny, description.strides
        self.levels = [pixels_of(nx, ny, strides, level) for level in range(len(strides))]
        self._fields = {name: one.reshape(-1) for name, one in fields.items()}
        self._tell, self._total = tell, nx * ny
        self._each, self._known = seconds / self._total, 0
        self._ahead = 0
        self._begun: tuple[float, int] | None = None

    def pixels(self, tile: Tile) -> Pixels:
        """Of a tile."""
        return self.levels[tile.level][tile.first : tile.first + tile.size]

    def tile(self, tile: Tile) -> None:
        """It is known."""
        self._known = min(self._total, self._known + tile.size)
        pixels = self.pixels(tile)
        fields = {name: one[pixels] for name, one in self._fields.items()}
        self._tell(Done(tile, fields, self._known, self._left()))

    def level(self, level: int) -> None:
        """All of it is known."""
        self._ahead = 0
        self.tile(Tile(level, 0, len(self.levels[level])))

    def all(self) -> None:
        """Everything is known."""
        self._each, self._begun = 0.0, (monotonic(), self._total)
        for level in range(len(self.levels)):
            self.level(level)

    def again(self) -> None:
        """Everything is known anew."""
        self._known = self._total
        for level in range(1, len(self.levels)):
            self.level(level)

    def progress(self, pixels: int) -> None:
        """So many more of a level that is not yet."""
        self._ahead += pixels
        self._tell(Done(None, {}, self._known + self._ahead, self._left()))

    def back(self, pixels: int) -> None:
        """So many have to be computed after all."""
        self._known -= pixels

    def _left(self) -> float:
        done = self._known + self._ahead
        if self._begun is None:
            self._begun = (monotonic(), done)
        elif done > self._begun[1]:
            self._each = (monotonic() - self._begun[0]) / (done - self._begun[1])
        return self._each * max(0, self._total - done)
