"""Where work is computed: in two lanes, under tokens, and what several ask for once.

Light work (a page's own questions) has threads of its own, so that it never waits behind heavy
work; health checks and static files wait behind neither. Threads are daemons: a compile cannot
be stopped, and must not keep a process that was told to end.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from math import ceil
from threading import Condition, Thread
from time import monotonic
from typing import Any

from server.engine.token import Token
from server.errors import CancelledError

LIGHT = 0.2
"""Seconds of one core up to which work is light."""
GRACE = 4.0
"""Seconds that running work has to end when the process does: a call and its encoding."""

STUCK = 30.0
"""Seconds after its end was due, or after it was cancelled, that running work is held to hang."""

Observe = Callable[[str, float, float, float], None]
"""Told of every piece of work that has ended: lane, price, time waited, time taken; seconds."""


def nobody(lane: str, price: float, waited: float, took: float) -> None:
    """Nobody is told."""


Tell = Callable[[Any], None]
Work = Callable[[Token, Tell], bytes]
"""Long work: under a token, with somebody to tell of its progress; to the answer's bytes."""


class AtCapacityError(RuntimeError):
    """As many requests wait as may; the client should come back.

    Attributes:
        retry_after: seconds after which to try again.
    """

    def __init__(self, retry_after: int = 1):
        super().__init__()
        self.retry_after = retry_after


@dataclass(eq=False)
class Job:
    """One piece of work, and all who wait for it; used in the event loop's thread only.

    Attributes:
        work: what is to be done.
        seconds: its price.
        token: whether it may go on.
        answer: its bytes, or what went wrong.
        told: everything that it told of its progress so far.
        clients: how many wait for it.
        listeners: set whenever something was told or the answer came.
        asked: when, by ``monotonic``.
    """

    work: Work
    seconds: float
    token: Token
    answer: "asyncio.Future[bytes]"
    told: list[Any] = field(default_factory=list[Any])
    clients: int = 0
    listeners: list[asyncio.Event] = field(default_factory=list[asyncio.Event])
    asked: float = field(default_factory=monotonic)

    def tell(self, content: Any) -> None:
        """Keep a piece of progress, and wake those who listen."""
        self.told.append(content)
        self._wake()

    def finish(self, answer: bytes) -> None:
        """The work is done."""
        if not self.answer.done():
            self.answer.set_result(answer)
        self._wake()

    def fail(self, error: BaseException) -> None:
        """The work ended otherwise."""
        if not self.answer.done():
            self.answer.set_exception(error)
            # Whoever left never asks what became of it.
            self.answer.exception()
        self._wake()

    def _wake(self) -> None:
        for one in self.listeners:
            one.set()


class Lane:
    """Threads that do nothing but compute, and a bounded queue before them."""

    def __init__(self, name: str, threads: int, waiting: int):
        self.name, self._count, self._most = name, threads, threads + waiting
        self.observe: Observe = nobody
        self._waiting: deque[tuple[Job, Callable[[], None]]] = deque()
        self._running: list[Job] = []
        self._changed = Condition()
        self._closed = False
        self._threads: list[Thread] = []

    @property
    def running(self) -> int:
        """How many pieces of work are being done."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many pieces of work wait."""
        return len(self._waiting)

    @property
    def stuck(self) -> bool:
        """Whether every thread holds on to work that should have ended ``STUCK`` seconds ago."""
        running = tuple(self._running)
        return len(running) >= self._count and all(one.token.overdue > STUCK for one in running)

    def submit(self, job: Job, do: Callable[[], None]) -> None:
        """Have it done when a thread is free.

        Raises:
            AtCapacityError: all threads are busy and the queue is full.
        """
        with self._changed:
            before = [*self._running, *(one for one, _ in self._waiting)]
            if self._closed or len(before) >= self._most:
                seconds = sum(one.seconds for one in before) / self._count
                raise AtCapacityError(max(1, ceil(seconds)))
            self._waiting.append((job, do))
            if len(self._threads) < self._count:
                name = f"{self.name}-{len(self._threads)}"
                self._threads.append(Thread(target=self._work, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify()

    def drop(self, job: Job) -> bool:
        """Take it out of the queue; whether it was there."""
        with self._changed:
            left = [one for one in self._waiting if one[0] is not job]
            dropped = len(left) < len(self._waiting)
            self._waiting = deque(left)
            return dropped

    def close(self) -> list[Thread]:
        """Drop what waits and end what runs; the threads, which end soon."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            for job in self._running:
                job.token.cancel()
            self._changed.notify_all()
            return self._threads

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job, do = self._waiting.popleft()
                self._running.append(job)
            begun = monotonic()
            try:
                do()
            finally:
                with self._changed:
                    self._running.remove(job)
                self.observe(self.name, job.seconds, begun - job.asked, monotonic() - begun)


class Admission:
    """Lets work in, by its price into one of two lanes, and refuses what would wait too long.

    Args:
        threads: of each lane.
        waiting: how many pieces of work may wait in each.
        deadline: seconds that one may run; ``None`` for no end.
    """

    def __init__(self, threads: int, waiting: int, deadline: float | None = None):
        self.light = Lane("light", threads, waiting)
        self.heavy = Lane("heavy", threads, waiting)
        self._deadline = deadline
        self._jobs: dict[Hashable, Job] = {}

    @contextmanager
    def joined(self, key: Hashable, seconds: float, work: Work) -> Generator[Job]:
        """Wait for a piece of work with all who ask for the same; it ends when all have left.

        To be used in the event loop's thread.

        Args:
            key: what its answer depends on, all of it; ``None`` for what nobody shares.
            seconds: its price.
            work: begun only if it is not in flight.

        Raises:
            AtCapacityError: all threads of its lane are busy and the queue is full.
        """
        job = self._jobs.get(key) if key is not None else None
        if job is None:
            job = self._begin(key, seconds, work)
        job.clients += 1
        try:
            yield job
        finally:
            job.clients -= 1
            if job.clients == 0 and not job.answer.done():
                self._forget(key, job)
                job.token.cancel()
                if self._lane(seconds).drop(job):
                    job.fail(CancelledError())

    def _lane(self, seconds: float) -> Lane:
        return self.light if seconds <= LIGHT else self.heavy

    def _begin(self, key: Hashable, seconds: float, work: Work) -> Job:
        loop = asyncio.get_running_loop()
        job = Job(work, seconds, Token(self._deadline), loop.create_future())

        def ended(then: Callable[..., None], result: Any) -> None:
            self._forget(key, job)
            then(result)

        def say(then: Callable[..., None], *content: Any) -> None:
            with suppress(RuntimeError):  # The loop has ended; nobody listens.
                loop.call_soon_threadsafe(then, *content)

        def tell(content: Any) -> None:
            say(job.tell, content)

        def do() -> None:
            try:
                job.token.start()
                job.token.check()
                answer = job.work(job.token, tell)
            except BaseException as error:
                say(ended, job.fail, error)
            else:
                say(ended, job.finish, answer)

        self._lane(seconds).submit(job, do)
        if key is not None:
            self._jobs[key] = job
        return job

    def _forget(self, key: Hashable, job: Job) -> None:
        if key is not None and self._jobs.get(key) is job:
            del self._jobs[key]

    @property
    def stuck(self) -> bool:
        """Whether work of some kind can no longer be begun: see ``Lane.stuck``."""
        return self.light.stuck or self.heavy.stuck

    def close(self) -> None:
        """End what runs and drop what waits; returns within ``GRACE`` seconds."""
        until = monotonic() + GRACE
        for thread in [*self.light.close(), *self.heavy.close()]:
            thread.join(max(0.0, until - monotonic()))
