"""How late the event loop is: what every request feels, whatever it asks."""

import asyncio
from collections.abc import Callable
from time import monotonic, thread_time

EVERY = 0.05
"""Seconds from one look to the next."""


class Lag:
    """Looks, from within the loop, how late it comes to look.

    Args:
        observe: is told, each time, how late in seconds.

    Attributes:
        late: seconds that the last look came late: the loop was busy, or waited for a core or
            for the interpreter.
        latest: the most since the process began.
        busiest: the most seconds of processor time that the loop's own thread spent from one
            look to the next; other processes and threads add nothing to it.
        looks: how many there were.
    """

    def __init__(self, observe: Callable[[float], None]):
        self._observe = observe
        self.late = self.latest = self.busiest = 0.0
        self.looks = 0
        self._due = self._spent = 0.0
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to look; in the loop."""
        self._due, self._spent = monotonic(), thread_time()
        self._look()

    def stop(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.cancel()

    def _look(self) -> None:
        now, spent = monotonic(), thread_time()
        self.late = max(0.0, now - self._due)
        self._observe(self.late)
        self.latest = max(self.latest, self.late)
        self.busiest = max(self.busiest, spent - self._spent)
        self.looks += 1
        self._due, self._spent = now + EVERY, spent
        self._next = asyncio.get_running_loop().call_later(EVERY, self._look)
