"""Halls beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from server.halls.halls import Halls
from server.halls.watching import Watching

T = TypeVar("T")


class InHall:
    """Halls beside the event loop: their functions run in a thread of their own.

    Args:
        halls: of this process.

    Attributes:
        watching: who listens.
    """

    def __init__(self, halls: Halls):
        self.halls = halls
        self._threads = ThreadPoolExecutor(halls.keeping.threads, thread_name_prefix="halls")
        self.watching = Watching(halls, self.do)

    async def do(self, function: Callable[..., T], *args: Any) -> T:
        """Call one of their functions."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, function, *args)

    def close(self) -> None:
        """Finish what is being kept, and let go of the file."""
        self._threads.submit(self.halls.keeping.close)
        self._threads.shutdown()
