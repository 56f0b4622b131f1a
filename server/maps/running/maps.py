"""A map is computed coarse to fine, tile by tile, or refined where its labels disagree."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from server.engine.token import Token
from server.maps.description import Computed, MapDescription
from server.maps.pixels import Pixels, tiles_of
from server.maps.refinement import later, planned, sample, usual_pixels
from server.maps.running.devices import Fields
from server.maps.running.kept import Kept
from server.maps.running.ordered import Ordered
from server.maps.running.progress import Progress, Tell
from server.maps.running.workers import Workers

SHARE = 0.8
"""Of the time that is left, what may be begun is foreseen to take so much at most."""
COMPUTED = "computed"
"""Name under which a kept map says how many pixels were computed, and how many checks failed."""


class Map(NamedTuple):
    """A whole map.

    Attributes:
        fields: [ny, nx] each.
        computed: how many pixels were; the others were filled in.
        wrong: filled pixels that bore another label when they were checked; all were computed
            then, as far as there was time for it.
    """

    fields: Fields
    computed: int
    wrong: int


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
            Progress(description, fields, tell).all()
            return Map(fields, *known[COMPUTED].tolist())
        with self._ordered(description, token) as ordered:
            whole = _whole(description, ordered, self.workers, tell, token)
        # What was wrong for want of time is not kept: there may be more of it next time.
        enough = not whole.wrong or whole.computed == description.nx * description.ny
        if key is not None and enough:
            numbers = np.array([whole.computed, whole.wrong])
            self.kept.keep(key, {**whole.fields, COMPUTED: numbers})
        return whole

    def once(
        self, part: Computed, token: Token, key: str | None = None, pixels: Pixels | None = None
    ) -> Fields:
        """What a worker says of something besides pixels, or of some of them.

        Args:
            part: what is asked.
            token: of the work.
            key: all that it depends on, if it may be kept.
            pixels: those that are asked for; none where the part is no map.
        """
        asked = np.zeros(0, np.int64) if pixels is None else pixels
        known = None if key is None else self.kept.get(key)
        if known is not None and _fits_once(known, part, pixels):
            return known
        with self._ordered(part, token) as ordered:
            [(_, found)] = ordered([asked])
        if key is not None:
            self.kept.keep(key, found)
        return found

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


def _fits_once(known: Fields, part: Computed, pixels: Pixels | None) -> bool:
    """The same of what is no map: each field says something of as many places."""
    told = {name: one.dtype for name, one in known.items()}
    shapes = {one.shape for one in known.values()}
    [shape, *others] = shapes or [()]
    sized = len(shape) == 1 if pixels is None else shape == pixels.shape
    return told == dict(part.fields()) and sized and not others


def _whole(
    description: MapDescription, ordered: Ordered, workers: Workers, tell: Tell, token: Token
) -> Map:
    nx, ny = description.nx, description.ny
    flat = {name: np.zeros(nx * ny, dtype) for name, dtype in description.fields().items()}
    whole = {name: one.reshape(ny, nx) for name, one in flat.items()}
    seconds = description.seconds()
    # Of a refined map the price is that of the pixels that will be computed.
    expected = usual_pixels(description)
    each = seconds / expected
    most = workers.tile(description.tile, each)
    progress = Progress(description, flat, tell, each / workers.count, most * workers.count)
    progress.expect(expected)

    def compute(pieces: Iterable[Pixels]) -> Iterator[int]:
        for pixels, fields in ordered(pieces):
            for name, values in fields.items():
                flat[name][pixels] = values
            progress.took_in(len(pixels))
            yield len(pixels)

    tiles = list(tiles_of(nx, ny, description.strides, most))
    if description.refined_by:
        tiles = [tile for tile in tiles if tile.level == 0]
    for tile, _ in zip(tiles, compute(map(progress.pixels, tiles)), strict=True):
        progress.tile(tile)
    if description.refined_by:
        return Map(whole, *_refined(description, flat, compute, progress, most, token))
    return Map(whole, nx * ny, 0)


def _refined(
    description: MapDescription,
    flat: dict[str, np.ndarray],
    compute: Callable[[Iterable[Pixels]], Iterator[int]],
    progress: Progress,
    most: int,
    token: Token,
) -> tuple[int, int]:
    """Finer levels, filled in where they need not be computed, after the coarsest.

    Deep in a border whose every part has parts a check mostly fails, and all pixels cost many
    times what was foreseen: where there is no time for that, it is said how many are wrong.

    Returns:
        How many pixels were computed, and how many checks failed.
    """
    nx, ny, names = description.nx, description.ny, description.refined_by

    def labels() -> np.ndarray:
        return np.stack([flat[name] for name in names]).astype(np.int64)

    def one_each() -> np.ndarray:
        found = labels()
        return (found * 256 ** np.arange(len(names))[:, None]).sum(axis=0).reshape(ny, nx)

    done, filled = len(progress.levels[0]), list[Pixels]()
    for level, stride in enumerate(description.strides[:-1], 1):
        plan = planned(one_each(), progress.levels[level], stride)
        sizes = [len(one) for one in progress.levels[level:]]
        share = len(plan.computed) / sizes[0]
        after = later(share, description.strides[level - 1 :], sizes)
        progress.expect(len(plan.computed) + after)
        for count in compute(_cut(plan.computed, most)):
            progress.part(count)
        for values in flat.values():
            values[plan.filled] = plan.values(values)
        progress.level(level)
        done += len(plan.computed)
        filled.append(plan.filled)
    every = np.concatenate([np.zeros(0, np.int64), *filled])
    checked = sample(every)
    progress.expect(len(checked))
    said, before = {name: one[checked] for name, one in flat.items()}, labels()[:, checked]
    for _ in compute(_cut(checked, most)):
        pass
    wrong = int((labels()[:, checked] != before).any(axis=0).sum())
    if not wrong or progress.seconds(len(every) - len(checked)) > SHARE * token.left:
        # What was told is what is answered.
        for name, values in said.items():
            flat[name][checked] = values
        return done + len(checked), wrong
    progress.back(len(every) - len(checked))
    for count in compute(_cut(np.setdiff1d(every, checked), most)):
        progress.part(count)
    progress.again()
    return nx * ny, wrong


def _cut(pixels: Pixels, most: int) -> Iterator[Pixels]:
    for first in range(0, len(pixels), most):
        yield pixels[first : first + most]
