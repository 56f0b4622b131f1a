"""Workers of a cluster, by Dask's own executor: its scheduler knows them, this asks it."""

from collections.abc import Generator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from math import ceil
from threading import Lock
from typing import Any

from server.engine.token import Token
from server.errors import CancelledError
from server.maps.description import Computed
from server.maps.pixels import Pixels
from server.maps.running import worker
from server.maps.running.devices import Fields
from server.maps.running.workers import Submit

SECONDS = 5.0
"""In which a scheduler must answer by default; all other maps wait that long."""
DEATHS = 3
"""How often a tile is tried again whose worker refused it."""


LEAST = 0.1
"""Seconds that a tile should take: to send it and to fetch it takes 7 ms of them."""
TOGETHER = 16
"""A core's tiles in one at most: a map has some for every worker still."""


class ClusterUnavailableError(RuntimeError):
    """A cluster is asked for, and there is nothing here that speaks with one."""


class Cluster:
    """Whatever workers a scheduler has when a map begins.

    TLS, timeouts and the rest are Dask's own settings: ``tls://…``, DASK_DISTRIBUTED__COMM__TLS__….

    Args:
        address: of the scheduler, asked at the first map.
        seconds: in which it must answer then.

    Raises:
        ClusterUnavailableError: Dask is not installed.
    """

    def __init__(self, address: str, seconds: float = SECONDS):
        # A second, and many megabytes, that only those need who have a cluster.
        try:
            from distributed import Client
        except ImportError:
            raise ClusterUnavailableError(
                "a cluster needs Dask: pip install 'steepest[cluster]'"
            ) from None
        self._connect: Any = Client
        self._address, self._seconds = address, seconds
        self._lock = Lock()
        self._client: Any = None
        self._closed = False
        self.count = 1

    def tile(self, most: int, each: float) -> int:
        """Several of a core's together, where one is done sooner than it is sent."""
        together = ceil(LEAST / max(most * each, 1e-9))
        return most * min(together, TOGETHER)

    def _executor(self) -> Executor:
        """Of a client that is connected.

        Raises:
            OSError: the scheduler does not answer.
            CancelledError: this was closed.
        """
        with self._lock:
            if self._closed:
                raise CancelledError
            if self._client is None or self._client.status != "running":
                # One that lost its scheduler still has threads, and tries to reach it.
                self._leave()
                self._client = self._connect(
                    self._address, timeout=self._seconds, set_as_default=False
                )
            self.count = max(1, sum(self._client.nthreads().values()))
            return self._client.get_executor(pure=False, retries=DEATHS)

    @contextmanager
    def computing(self, description: Computed, token: Token) -> Generator[Submit]:
        executor = self._executor()

        def submit(pixels: Pixels) -> "Future[Fields]":
            return executor.submit(worker.compute_anywhere, description, pixels)

        yield submit

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._leave()

    def _leave(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close(timeout=1)
