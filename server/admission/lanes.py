"""Threads that do nothing but compute, and a bounded fair queue before them."""

from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic

from server.admission.jobs import AtCapacityError, Job
from server.admission.turns import Turns

SLOWEST, QUICKEST = 4.0, 0.25
"""Bounds of how long a priced second is taken to last: a first compile says nothing of the next."""
NEWEST = 0.1
"""Weight of the newest measurement of that."""
STUCK = 30.0
"""Seconds after its end was due, or after it was cancelled, that running work is held to hang."""

Observe = Callable[[str, float, float, float], None]
"""Told of every piece of work that has ended: lane, price, time waited, time taken; seconds."""


def nobody(lane: str, price: float, waited: float, took: float) -> None:
    """Nobody is told."""


class Lane:
    """Threads and their queue.

    Args:
        name: of the threads.
        threads: how many.
        waiting: how many pieces of work may wait.
        patience: seconds that they may wait, as far as can be foreseen.
    """

    def __init__(self, name: str, threads: int, waiting: int, patience: float = float("inf")):
        self.name, self._count, self._most = name, threads, threads + waiting
        self._patience = patience
        self.observe: Observe = nobody
        self._turns = Turns[tuple[Job, Callable[[], None]]]()
        self._entries: dict[Job, tuple[Job, Callable[[], None]]] = {}
        self._running: dict[Job, None] = {}
        self._changed = Condition()
        self._closed = False
        self._threads: list[Thread] = []
        self._second = 1.0

    @property
    def running(self) -> int:
        """How many pieces of work are being done."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._turns)

    @property
    def stuck(self) -> bool:
        """Whether every thread holds on to work that should have ended ``STUCK`` seconds ago."""
        running = tuple(self._running)
        return len(running) >= self._count and all(one.token.overdue > STUCK for one in running)

    @property
    def wait(self) -> float:
        """Seconds until what waits now will have begun, as far as can be foreseen."""
        return self._turns.seconds * self._second / self._count

    @property
    def full(self) -> bool:
        """Whether newcomers would have to wait too long."""
        return self.wait > self._patience

    def submit(self, job: Job, do: Callable[[], None]) -> None:
        """Have it done when a thread is free.

        Raises:
            AtCapacityError: all threads are busy and the queue is full.
        """
        with self._changed:
            if self._closed or len(self._turns) + len(self._running) >= self._most:
                raise AtCapacityError(self._until_done())
            entry = self._entries[job] = (job, do)
            self._turns.add(job.place.client, entry, job.seconds)
            if len(self._threads) < self._count:
                name = f"{self.name}-{len(self._threads)}"
                self._threads.append(Thread(target=self._work, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify()

    def drop(self, job: Job) -> bool:
        """Take it out of the queue; whether it was there."""
        with self._changed:
            entry = self._entries.pop(job, None)
            return entry is not None and self._turns.drop(job.place.client, entry)

    def close(self) -> list[Thread]:
        """Drop what waits and end what runs; the threads, which end soon."""
        with self._changed:
            self._closed = True
            self._turns.clear()
            self._entries.clear()
            for job in self._running:
                job.token.cancel()
            self._changed.notify_all()
            return self._threads

    def _until_done(self) -> float:
        return self.wait + sum(one.seconds for one in self._running) * self._second / self._count

    def _work(self) -> None:
        # Between two pieces of work a thread holds on to none: an answer has megabytes.
        while self._work_once():
            pass

    def _work_once(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: len(self._turns) or self._closed)
            if self._closed:
                return False
            job, do = self._turns.take()
            del self._entries[job]
            self._running[job] = None
            begun = monotonic()
        try:
            do()
        finally:
            with self._changed:
                del self._running[job]
                took = monotonic() - begun
                lasted = min(SLOWEST, max(QUICKEST, took / max(job.seconds, 1e-3)))
                self._second += NEWEST * (lasted - self._second)
            self.observe(self.name, job.seconds, begun - job.asked, took)
        return True
