"""The right of one piece of work to go on: until it is cancelled, or its time is up."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import Event
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

    def start(self) -> None:
        """The work is let in: from here on time counts, waiting for a thread included."""
        if self._seconds is not None:
            self._deadline = monotonic() + self._seconds

    @contextmanager
    def paused(self) -> Generator[None]:
        """Time that does not count, such as the one compile that an installation needs."""
        begun = monotonic()
        try:
            yield
        finally:
            if self._deadline is not None:
                self._deadline += monotonic() - begun

    def cancel(self) -> None:
        """Nobody waits for the work any more: it ends at its next ``check``."""
        if self._ends is None:
            self._ends = monotonic()
        self._cancelled.set()

    @property
    def overdue(self) -> float:
        """Seconds since it was cancelled or its time was up; 0 while it may go on."""
        ends = [one for one in (self._ends, self._deadline) if one is not None]
        return max(0.0, monotonic() - min(ends)) if ends else 0.0

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
        if self._deadline is not None and monotonic() > self._deadline:
            raise DeadlineError(f"stopped after {self._seconds:g} s of computing")


ENDLESS = Token()
"""Of work that nobody stops: tests, tools, what is prepared at start-up."""
