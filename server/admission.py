"""A bounded place for computation, apart from the event loop and from its default threads."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class AtCapacityError(RuntimeError):
    """As many requests wait as may; the client should come back."""

    retry_after: int = 1
    """Seconds after which to try again."""


class Admission:
    """Computes in a few threads of its own and refuses what would wait too long.

    Health checks and static files never queue behind computation: those threads do nothing
    else, and nothing else uses them.
    """

    def __init__(self, threads: int, waiting: int):
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="compute")
        self._most = threads + waiting
        self._lock = Lock()
        self._admitted = 0

    async def compute(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function in a compute thread.

        Raises:
            AtCapacityError: all threads are busy and the queue is full.
        """
        with self._lock:
            if self._admitted >= self._most:
                raise AtCapacityError
            self._admitted += 1
        future = self._executor.submit(function, *args, **kwargs)
        # Counted until the thread is done with it, not until a client stops waiting.
        future.add_done_callback(self._release)
        return await asyncio.wrap_future(future)

    def _release(self, _: object) -> None:
        with self._lock:
            self._admitted -= 1

    def close(self) -> None:
        """Drop what waits and let what runs finish."""
        self._executor.shutdown(wait=True, cancel_futures=True)
