"""Workers of a cluster, by Dask's own executor: its scheduler knows them, this asks it."""

import logging
from collections.abc import Generator
from concurrent import futures
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from math import ceil
from threading import Lock, Thread
from time import monotonic
from typing import Any

from server.engine.identity import source_digest
from server.engine.token import Token
from server.errors import CancelledError, DeadlineError, InputError
from server.maps.description import Computed
from server.maps.pixels import Pixels
from server.maps.running import unavailable, worker
from server.maps.running.devices import Fields
from server.maps.running.ordered import LOOKS
from server.maps.running.unavailable import UnavailableError
from server.maps.running.workers import Handing, Submit

logger = logging.getLogger("steepest")

SECONDS = 5.0
"""In which a scheduler must answer by default."""
REFUSALS = 3
"""How often a tile is tried again whose worker failed at it."""
HUNG = 60.0
"""Seconds after which a scheduler that took a connection and said nothing is called anew."""
LEAST = 0.1
"""Seconds that a tile should take: to send it and to fetch it takes 7 ms of them."""
TOGETHER = 16
"""A core's tiles in one at most: a map has some for every worker still."""


class ClusterUnavailableError(RuntimeError):
    """A cluster is asked for, and there is nothing here that speaks with one."""


class _Call:
    """A call to the scheduler, which all maps that begin meanwhile wait for."""

    def __init__(self) -> None:
        self.since, self.client = monotonic(), Future[Any]()


class Cluster:
    """Whatever workers a scheduler has when a map begins.

    TLS, timeouts and the rest are Dask's own settings: ``tls://…``, DASK_DISTRIBUTED__COMM__TLS__….

    Args:
        address: of the scheduler, called at the first map.
        seconds: in which it must answer then.

    Attributes:
        count: threads of all workers, 1 where there are none yet.

    Raises:
        ClusterUnavailableError: Dask is not installed.
    """

    deaths = 1
    """The scheduler has tried others already: four by default."""

    def __init__(self, address: str, seconds: float = SECONDS):
        # A second, and many megabytes, that only those need who have a cluster.
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            raise ClusterUnavailableError(
                "a cluster needs Dask: pip install 'steepest[cluster]'"
            ) from None
        self._connect: Any = Client
        self._lost = (KilledWorker, futures.CancelledError)
        self._address, self._seconds = address, seconds
        self._lock = Lock()
        self._client: Any = None
        self._call: _Call | None = None
        self._closed = False
        self.count = 1
        # Its workers do not say.
        self.preparing: list[str] = []

    def tile(self, most: int, each: float) -> int:
        """Several of a core's together, where one is done sooner than it is sent."""
        together = ceil(LEAST / max(most * each, 1e-9))
        return most * min(together, TOGETHER)

    @contextmanager
    def computing(self, description: Computed, token: Token) -> Generator[Submit]:
        client = self._called(token)

        def submit(pixels: Pixels, alone: bool = False) -> "Future[Fields]":
            nonlocal client
            if client.status != "running":
                client = self._called(token)
            executor = client.get_executor(pure=False, retries=REFUSALS)
            return executor.submit(worker.compute_anywhere, description, pixels, source_digest())

        try:
            yield Handing(submit)
        except DeadlineError:
            if self._has_nobody(client):
                raise unavailable.empty() from None
            raise

    def meaning(self, error: BaseException) -> BaseException:
        if isinstance(error, self._lost):
            return BrokenExecutor(str(error))
        if isinstance(error, InputError | CancelledError | UnavailableError):
            return error
        logger.error("a worker of the cluster failed at a map", exc_info=error)
        return unavailable.failed()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            client, self._client = self._client, None
        if client is not None:
            Thread(target=_left, args=(client,), daemon=True).start()

    def _called(self, token: Token) -> Any:
        """A client whose scheduler has just answered.

        Called in a thread apart: Dask waits for ever for a scheduler that takes a connection and
        says nothing, and others have maps that go on, or are told to end.

        Raises:
            UnavailableError: the scheduler does not answer.
            CancelledError, DeadlineError: as the token does, and if this was closed.
        """
        until = monotonic() + self._seconds
        with self._lock:
            if self._closed:
                raise CancelledError
            call = self._call
            if call is None or monotonic() - call.since > HUNG:
                call = self._call = _Call()
                Thread(target=self._begin, args=(call, self._client), daemon=True).start()
        while not call.client.done():
            token.check()
            if self._closed:
                raise CancelledError
            if monotonic() > until:
                logger.warning("no answer from %s within %g s", self._address, self._seconds)
                raise unavailable.away()
            futures.wait([call.client], LOOKS)
        try:
            return call.client.result()
        except CancelledError:
            raise
        except Exception as error:
            logger.warning("no cluster at %s: %s", self._address, error)
            raise unavailable.away() from error

    def _begin(self, call: _Call, client: Any) -> None:
        """See to it that there is a client, and ask how many workers it has."""
        error: Exception | None = None
        # Others' maps go on with one that was there before, though it answers late.
        own = None
        try:
            if client is None or client.status != "running":
                # One that lost its scheduler still has threads, and tries to reach it.
                _left(client)
                own = self._connect(self._address, timeout=self._seconds, set_as_default=False)
                client = own
            self.count = max(1, self._threads(client))
        except Exception as failed:
            error = failed
        with self._lock:
            wanted = self._call is call and not self._closed
            if self._call is call:
                self._call = None
            closed = self._closed
            if wanted and error is None:
                self._client = client
        if wanted and error is None:
            call.client.set_result(client)
        else:
            # Of a call that another has replaced nobody has told the maps that wait for it.
            ended = CancelledError() if closed else unavailable.away()
            call.client.set_exception(error or ended)
            _left(own)

    def _has_nobody(self, client: Any) -> bool:
        """Whether there are no workers now: one that grows on demand may have had none at first."""
        try:
            return client.status == "running" and not self._threads(client)
        except Exception as error:
            logger.debug("no answer about the workers of %s: %s", self._address, error)
            return False

    def _threads(self, client: Any) -> int:
        return sum(client.nthreads(callback_timeout=self._seconds).values())


def _left(client: Any) -> None:
    """Close a client, as far as its scheduler lets it."""
    if client is None:
        return
    try:
        client.close(timeout=1)
    except Exception as error:
        logger.debug("a client of a cluster did not close: %s", error)
