"""Who computes tiles: an executor of the standard library's kind, wherever its workers are."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Generator
from concurrent import futures
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

from server.engine.programs import Programs
from server.engine.token import Token
from server.errors import CancelledError
from server.maps.description import Computed
from server.maps.pixels import Pixels
from server.maps.running import unavailable, worker
from server.maps.running.devices import Devices, Fields
from server.maps.running.worker import Where

SPAWN = multiprocessing.get_context("spawn")
"""Forked workers would inherit locks that threads of JAX hold."""
SLOTS = 256
"""Maps that a pool computes at once at most."""
PROGRAM, BEGINNING = "map", "workers of maps"
"""What a map may wait for: a program of its own, and processes that begin."""
TRIES = 2
"""How often a tile is handed in: the first executor may turn out to be broken."""


class Submit(Protocol):
    """Hands in one tile of a map; ``alone``: where nobody else is hurt when its worker dies."""

    def __call__(self, pixels: Pixels, alone: bool = False) -> "Future[Fields]": ...

    def prepares(self) -> bool:
        """Whether there is none yet to compute it: time that does not count."""
        ...


@dataclass(frozen=True)
class Handing:
    """What hands in, of functions."""

    hand_in: Callable[[Pixels, bool], "Future[Fields]"]
    prepares: Callable[[], bool] = lambda: False

    def __call__(self, pixels: Pixels, alone: bool = False) -> "Future[Fields]":
        return self.hand_in(pixels, alone)


class Workers(Protocol):
    """Who computes tiles.

    Attributes:
        count: tiles that are computed at once.
        deaths: how often a tile is handed in again whose worker died; the last time alone.
    """

    @property
    def deaths(self) -> int: ...

    @property
    def count(self) -> int: ...

    @property
    def preparing(self) -> list[str]:
        """What maps wait for that is got once, by name, and that the process's programs do not say.

        Workers in processes have two names for it, threads those of the programs, a cluster none.
        """
        ...

    def tile(self, most: int, each: float) -> int:
        """Pixels of a tile.

        Args:
            most: that a core's cache holds, as a description says.
            each: seconds of one, by the price.
        """
        ...

    def computing(self, description: Computed, token: Token) -> AbstractContextManager[Submit]:
        """What hands in tiles of one map; what is left of it ends with the block.

        It raises ``CancelledError`` once all are closed.
        """
        ...

    def meaning(self, error: BaseException) -> BaseException:
        """What it means that a tile's future failed; ``BrokenExecutor``: its worker died."""
        ...

    def close(self) -> None:
        """End all workers, for good; returns at once. Maps end as if nobody waited for them."""
        ...


def _meaning(error: BaseException) -> BaseException:
    # What was cancelled and is still waited for was in a pool that ended.
    return BrokenExecutor() if isinstance(error, futures.CancelledError) else error


class InProcess:
    """Threads of this process, one a device."""

    deaths = 1

    def __init__(self, programs: Programs):
        self._devices = Devices(programs)
        self.count = len(self._devices.all)
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="maps")
        self._lock = Lock()
        self._closed = False

    @property
    def preparing(self) -> list[str]:
        """Of other devices than the process's own, whose programs say it themselves."""
        _, *others = self._devices.all
        return sorted({name for one in others for name in one.preparing})

    def tile(self, most: int, each: float) -> int:
        return self._devices.tile(most)

    @contextmanager
    def computing(self, description: Computed, token: Token) -> Generator[Submit]:
        def submit(pixels: Pixels, alone: bool = False) -> "Future[Fields]":
            with self._lock:
                if self._closed:
                    raise CancelledError
                return self._threads.submit(self._devices.compute, description, pixels, token)

        yield Handing(submit)

    def meaning(self, error: BaseException) -> BaseException:
        return _meaning(error)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._threads.shutdown(wait=False, cancel_futures=True)


class Cores:
    """Processes of this machine, begun at the first map.

    Args:
        count: how many.
        where: what each of them is told.

    Attributes:
        begun: how many pools were begun; each but the first since a worker had died.
    """

    deaths = 2
    """A pool ends with any of its workers: what meets that twice is suspected."""

    def __init__(self, count: int, where: Where):
        self.count, self.begun = count, 0
        self._where = where
        self._lock = Lock()
        self._executor: Executor | None = None
        self._alone = set[Executor]()
        self._closed = False
        # Shared memory: a worker looks there whether its map still has its number.
        self._numbers = SPAWN.RawArray("Q", SLOTS)
        self._free = deque(range(SLOTS))
        # What each worker of the pool does, written by it.
        self._seats: list[int] = []

    def tile(self, most: int, each: float) -> int:
        return most

    def begin(self) -> Executor:
        """All of them, begun if they are not yet.

        Raises:
            CancelledError: they were closed.
        """
        with self._lock:
            if self._closed:
                raise CancelledError
            if self._executor is None:
                self.begun += 1
                self._executor, self._seats = self._pool(self.count)
                for _ in range(self.count):
                    self._executor.submit(worker.ready)
            return self._executor

    def _pool(self, count: int) -> tuple[Executor, Any]:
        """Processes, and what each of them does."""
        seats, free = SPAWN.RawArray("q", [worker.BEGINS] * count), SPAWN.SimpleQueue()
        for seat in range(count):
            free.put(seat)
        told = (self._where, self._numbers, seats, free)
        return ProcessPoolExecutor(count, SPAWN, worker.begin, told), seats

    def _prepares(self, slot: int) -> bool:
        """Whether a worker gets a program for the map in a slot, or none computes anything."""
        does = list(self._seats)
        return slot in does or worker.COMPUTES not in does

    @property
    def preparing(self) -> list[str]:
        if len(self._free) == SLOTS:
            return []
        does = list(self._seats)
        if any(one >= 0 for one in does):
            return [PROGRAM]
        return [] if worker.COMPUTES in does else [BEGINNING]

    def _by_one_alone(self, *work: Any) -> "Future[Fields]":
        """Of a process that ends with this tile, or by it."""
        with self._lock:
            if self._closed:
                raise CancelledError
            executor, _ = self._pool(1)
            self._alone.add(executor)
            # Whoever closes comes before, or finds it with its tile.
            future = executor.submit(*work)
        executor.shutdown(wait=False)
        future.add_done_callback(lambda _: self._alone.discard(executor))
        return future

    @contextmanager
    def computing(self, description: Computed, token: Token) -> Generator[Submit]:
        slot = self._free.popleft()
        number = self._numbers[slot]

        def submit(pixels: Pixels, alone: bool = False) -> "Future[Fields]":
            if alone:
                return self._by_one_alone(worker.compute, description, pixels, slot, number)
            for _ in range(TRIES):
                executor = self.begin()
                try:
                    return executor.submit(worker.compute, description, pixels, slot, number)
                except BrokenExecutor:
                    self._drop(executor)
                except RuntimeError:
                    # Closed between the two.
                    if not self._closed:
                        raise
                    raise CancelledError from None
            raise unavailable.died()

        try:
            yield Handing(submit, lambda: self._prepares(slot))
        finally:
            self._numbers[slot] = number + 1
            self._free.append(slot)

    def meaning(self, error: BaseException) -> BaseException:
        return _meaning(error)

    def _drop(self, broken: Executor) -> None:
        with self._lock:
            if self._executor is broken:
                self._executor = None

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for slot in range(SLOTS):
                self._numbers[slot] += 1
            for executor in (self._executor, *self._alone):
                if executor is not None:
                    executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None
