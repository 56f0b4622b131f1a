"""Where work is computed: in lanes, under tokens, and what several ask for once.

Light work (a page's own questions) has threads of its own, so that it never waits behind heavy
work; health checks and static files wait behind neither. Maps have a lane apart: workers compute
them, and a thread of theirs only hands tiles out. Threads are daemons: a compile cannot
be stopped, and must not keep a process that was told to end.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Generator, Hashable
from contextlib import contextmanager, suppress
from random import uniform
from time import monotonic
from typing import Any

from server.admission.gate import Gate
from server.admission.jobs import AtCapacityError, Job, Work
from server.admission.lanes import Lane
from server.admission.places import Client, Place, Places
from server.engine.token import Token
from server.errors import CancelledError, DeadlineError

LIGHT = 0.2
"""Seconds of one core up to which work is light."""
LIGHT_PATIENCE = 0.4
"""Seconds that light work may wait: with its computing half a second, felt as a delay."""
SELDOM_FULL = 8
"""Requests for each thread that may wait, however long they take."""
OFTEN = 100
"""Refusals of one address in a second; more come late."""
GRACE = 4.0
"""Seconds that running work has to end when the process does: a call and its encoding."""


class Admission:
    """Lets work in, by its price into one of its lanes, and refuses what would wait too long.

    Args:
        threads: of each lane.
        waiting: how many pieces of work may wait in each, and how many requests inside may wait.
        deadline: seconds from when one is let in until it ends; ``None`` for no end.

    Attributes:
        lanes: all of them.
        places: who is inside.
        gate: before which they wait for their turn to be read and computed.
        refused: how many requests were refused, by reason.
        priced, spent: seconds of all work that was done, foreseen and measured.
    """

    def __init__(self, threads: int, waiting: int, deadline: float | None = None):
        half = float("inf") if deadline is None else deadline / 2
        self.gate = Gate(threads + 1, SELDOM_FULL * threads, LIGHT_PATIENCE)
        self.light = Lane("light", threads, waiting)
        self.heavy = Lane("heavy", threads, waiting, half)
        self.maps = Lane("maps", threads, waiting, half)
        self.lanes = (self.light, self.heavy, self.maps)
        self.places = Places(2 * threads + waiting)
        self.refused: Counter[str] = Counter()
        self.priced = self.spent = 0.0
        self._told, self._told_since = Counter[str](), 0.0
        self._deadline = deadline
        self._jobs: dict[Hashable, Job] = {}

    @property
    def in_flight(self) -> int:
        """How many pieces of work are being done."""
        return sum(lane.running for lane in self.lanes)

    @property
    def queued(self) -> int:
        """How many wait for their turn or for a thread."""
        return self.gate.waiting + sum(lane.waiting for lane in self.lanes)

    @property
    def stuck(self) -> bool:
        """Whether work of some kind can no longer be begun: see ``Lane.stuck``."""
        return any(lane.stuck for lane in self.lanes)

    def enter(self, client: Client) -> Place:
        """A place inside, before anything but the head of a request is read.

        To be used in the event loop's thread, as all of this.

        Raises:
            AtCapacityError: all are taken, by others with no more than this client.
        """
        place = self.places.take(client) if self.gate.has_room(client) else None
        if place is None:
            self.refused["door"] += 1
            raise AtCapacityError(self.gate.wait, "door")
        return place

    def crowded(self, client: Client) -> int:
        """Whether a request would be refused now: seconds after which to try again, or 0.

        It counts as refused then. Whoever is refused often is not told here: see ``tell_off``.
        """
        if not self.gate.full or self._often(client) or not self.gate.refuses(client):
            return 0
        self._told[client.address] += 1
        self.refused["door"] += 1
        return AtCapacityError(self.gate.wait, "door").retry_after

    async def tell_off(self, client: Client) -> None:
        """Wait before a refusal is sent, if its address is refused often: it asks again at once."""
        often = self._often(client)
        self._told[client.address] += 1
        if often:
            await asyncio.sleep(uniform(0.1, 0.2))

    def _often(self, client: Client) -> bool:
        now = monotonic()
        if now - self._told_since > 1.0:
            self._told_since, self._told = now, Counter[str]()
        return self._told[client.address] >= OFTEN

    @contextmanager
    def joined(
        self,
        key: Hashable,
        seconds: float,
        work: Work,
        place: Place | None = None,
        lane: Lane | None = None,
    ) -> Generator[Job]:
        """Wait for a piece of work with all who ask for the same; it ends when all have left.

        Args:
            key: what its answer depends on, all of it; ``None`` for what nobody shares.
            seconds: its price.
            work: begun only if it is not in flight.
            place: of who asks; its client's share is charged.
            lane: of it; by its price if left out.

        Raises:
            AtCapacityError: all threads of its lane are busy and the queue is full.
        """
        job = self._jobs.get(key) if key is not None else None
        if job is None:
            own = lane or (self.light if seconds <= LIGHT else self.heavy)
            job = self._begin(key, seconds, work, place or Place(), own)
        job.clients += 1
        try:
            yield job
        finally:
            job.clients -= 1
            if job.clients == 0 and not job.answer.done():
                job.token.cancel()
                self._give_up(key, job, CancelledError())
                self._forget(key, job)

    def _give_up(self, key: Hashable, job: Job, error: Exception) -> bool:
        """End work that has not begun; whether it had not."""
        if not any(lane.drop(job) for lane in self.lanes):
            return False
        self._forget(key, job)
        job.fail(error)
        return True

    def _begin(self, key: Hashable, seconds: float, work: Work, place: Place, lane: Lane) -> Job:
        loop = asyncio.get_running_loop()
        job = Job(work, seconds, Token(self._deadline), loop.create_future(), place)

        def ended(then: Callable[..., None], result: Any, spent: float) -> None:
            self.priced += seconds
            self.spent += spent
            self._forget(key, job)
            then(result)

        def say(then: Callable[..., None], *content: Any) -> None:
            with suppress(RuntimeError):  # The loop has ended; nobody listens.
                loop.call_soon_threadsafe(then, *content)

        def tell(content: Any) -> None:
            say(job.tell, content)

        def do() -> None:
            begun = monotonic()
            try:
                job.token.check()
                answer = job.work(job.token, tell)
            except BaseException as error:
                say(ended, job.fail, error, monotonic() - begun)
            else:
                say(ended, job.finish, answer, monotonic() - begun)

        def make_room() -> bool:
            """For who has less; not if several wait for it."""
            if job.clients > 1 or not self._give_up(key, job, AtCapacityError(lane.wait, "share")):
                return False
            self.refused["share"] += 1
            return True

        heavy = lane is not self.light
        if heavy and lane.full and not self.places.make_room(place.client, lane):
            self.refused["queue"] += 1
            raise AtCapacityError(lane.wait)
        self.gate.charge(place.client, seconds)
        if heavy:
            self.gate.leave(place)
        job.token.start()
        try:
            lane.submit(job, do)
        except AtCapacityError:
            self.refused["queue"] += 1
            raise
        place.lane, place.give_up = lane, make_room
        if key is not None:
            self._jobs[key] = job
        if self._deadline is not None:
            passed = DeadlineError(f"stopped after {self._deadline:g} s of waiting")
            ending = loop.call_later(self._deadline, self._give_up, key, job, passed)
            job.answer.add_done_callback(lambda _: ending.cancel())
        return job

    def _forget(self, key: Hashable, job: Job) -> None:
        if key is not None and self._jobs.get(key) is job:
            del self._jobs[key]

    def close(self) -> None:
        """End what runs and drop what waits; returns within ``GRACE`` seconds."""
        until = monotonic() + GRACE
        for thread in [thread for lane in self.lanes for thread in lane.close()]:
            thread.join(max(0.0, until - monotonic()))
