"""Who computes tiles: an executor of the standard library's kind, wherever its workers are."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Protocol

from server.engine.programs import Programs
from server.engine.token import Token
from server.errors import CancelledError
from server.maps.description import Computed
from server.maps.pixels import Pixels
from server.maps.running import worker
from server.maps.running.devices import Devices, Fields
from server.maps.running.worker import Where

Submit = Callable[[Pixels], "Future[Fields]"]
SPAWN = multiprocessing.get_context("spawn")
"""Forked workers would inherit locks that threads of JAX hold."""
SLOTS = 256
"""Maps that a pool computes at once at most."""
TRIES = 2
"""How often a tile is handed in: the first executor may turn out to be broken."""


class Workers(Protocol):
    """Who computes tiles.

    Attributes:
        count: tiles that are computed at once; 0 where that is not known.
    """

    @property
    def count(self) -> int: ...

    def tile(self, most: int, each: float) -> int:
        """Pixels of a tile.

        Args:
            most: that a core's cache holds, as a description says.
            each: seconds of one, by the price.
        """
        ...

    def computing(self, description: Computed, token: Token) -> AbstractContextManager[Submit]:
        """What hands in tiles of one map; what is left of it ends with the block.

        A future of it may fail with ``BrokenExecutor``: a worker died, and the tile may be handed
        in again. It raises ``CancelledError`` once all are closed.
        """
        ...

    def close(self) -> None:
        """End all workers, for good; returns at once. Maps end as if nobody waited for them."""
        ...


class InProcess:
    """Threads of this process, one a device."""

    def __init__(self, programs: Programs):
        self._devices = Devices(programs)
        self.count = len(self._devices.all)
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="maps")
        self._lock = Lock()
        self._closed = False

    def tile(self, most: int, each: float) -> int:
        return self._devices.tile(most)

    @contextmanager
    def computing(self, description: Computed, token: Token) -> Generator[Submit]:
        def submit(pixels: Pixels) -> "Future[Fields]":
            with self._lock:
                if self._closed:
                    raise CancelledError
                return self._threads.submit(self._devices.compute, description, pixels, token)

        yield submit

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

    def __init__(self, count: int, where: Where):
        self.count, self.begun = count, 0
        self._where = where
        self._lock = Lock()
        self._executor: Executor | None = None
        self._closed = False
        # Shared memory: a worker looks there whether its map still has its number.
        self._numbers = SPAWN.RawArray("Q", SLOTS)
        self._free = deque(range(SLOTS))

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
                self._executor = ProcessPoolExecutor(
                    self.count, SPAWN, worker.begin, (self._where, self._numbers)
                )
                for _ in range(self.count):
                    self._executor.submit(worker.ready)
            return self._executor

    @contextmanager
    def computing(self, description: Computed, token: Token) -> Generator[Submit]:
        slot = self._free.popleft()
        number = self._numbers[slot]

        def submit(pixels: Pixels) -> "Future[Fields]":
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
            raise BrokenExecutor

        try:
            yield submit
        finally:
            self._numbers[slot] = number + 1
            self._free.append(slot)

    def _drop(self, broken: Executor) -> None:
        with self._lock:
            if self._executor is broken:
                self._executor = None

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for slot in range(SLOTS):
                self._numbers[slot] += 1
            if self._executor is not None:
                self._executor.shutdown(wait=False, cancel_futures=True)
                self._executor = None
