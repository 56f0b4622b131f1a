"""The right of one piece of work to go on: until it is cancelled, or its time is up."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Event, Lock
from time import monotonic

from server.errors import CancelledError, DeadlineError


class Token:
    """Asked between short pieces of work; safe to cancel from any thread.

    Args:
        seconds: from ``start`` on until the deadline; ``None`` for none.
    """

    def __init__(self, seconds: float | None = None):
        self._seconds = seconds
        self._deadline: float | None = None
        self._cancelled = Event()
        self._ends: float | None = None
        self._lock = Lock()
        self._pauses, self._paused = 0, 0.0

    def start(self) -> None:
        """The work is let in: from here on time counts, waiting for a thread included."""
        if self._seconds is not None:
            self._deadline = monotonic() + self._seconds

    @contextmanager
    def paused(self) -> Generator[None]:
        """Time that does not count, such as the one compile that an installation needs."""
        if self._seconds is None:
            yield
            return
        with self._lock:
            self._paused = self._paused if self._pauses else monotonic()
            self._pauses += 1
        try:
            yield
        finally:
            with self._lock:
                self._pauses -= 1
                if self._deadline is not None and not self._pauses:
                    self._deadline += monotonic() - self._paused

    @property
    def _late(self) -> float:
        """Seconds since its time was up; below 0 before, and while it is paused."""
        with self._lock:
            if self._deadline is None or self._pauses:
                return -1.0
            return monotonic() - self._deadline

    def cancel(self) -> None:
        """Nobody waits for the work any more: it ends at its next ``check``."""
        if self._ends is None:
            self._ends = monotonic()
        self._cancelled.set()

    @property
    def overdue(self) -> float:
        """Seconds since it was cancelled or its time was up; 0 while it may go on."""
        cancelled = 0.0 if self._ends is None else monotonic() - self._ends
        return max(0.0, cancelled, self._late)

    @property
    def left(self) -> float:
        """Seconds until the deadline; infinite where there is none."""
        return float("inf") if self._deadline is None else max(0.0, self._deadline - monotonic())

    @property
    def cancelled(self) -> bool:
        """Whether nobody waits any more."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """Go on, or end.

        Raises:
            CancelledError: somebody cancelled it.
            DeadlineError: its time is up.
        """
        if self._cancelled.is_set():
            raise CancelledError
        if self._late > 0:
            raise DeadlineError(f"stopped after {self._seconds:g} s of computing")


ENDLESS = Token()
"""Of work that nobody stops: tests, tools, what is prepared at start-up."""
