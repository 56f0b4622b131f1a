"""Tells listeners what changes in a hall, whichever process changed it.

One look a quarter of a second for each hall that somebody listens to here, at one number; only when
that is another is the hall read, once for all who listen.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from server.halls import errors
from server.halls.hall import Hall, Tally
from server.halls.halls import Halls
from server.halls.keeping import UnreachableError

logger = logging.getLogger("steepest")

EVERY: Final = 0.25
"""Seconds between two looks."""
QUIET: Final = 15.0
"""Seconds after which something is sent, lest whatever stands between take it for dead."""
GONE: Final = -1
NOTHING_YET: Final = -2
"""Revisions of no hall: one that has expired, and one that was not looked at."""
LISTENERS: Final = 2000
"""Of all halls together, in one process."""


@dataclass(frozen=True)
class Seen:
    """A hall and what was answered, at one moment.

    Attributes:
        counted: whether somebody wants to know what was answered; if not it was not read.
        tally, before: of this round, and of the round before.
        told: what is sent of it, by kind: written once for all who listen.
    """

    hall: Hall
    counted: bool
    tally: Tally | None = None
    before: Tally | None = None
    told: dict[str, bytes] = field(default_factory=dict[str, bytes], compare=False)


@dataclass
class _Room:
    seen: Seen | None
    revision: int
    listeners: dict[asyncio.Event, bool] = field(default_factory=dict[asyncio.Event, bool])
    """What tells each, and whether it wants to know what was answered."""
    looking: "asyncio.Task[None] | None" = None


class Watching:
    """Used in the event loop's thread.

    Args:
        halls: of this server.
        do: runs a function of theirs in a thread.
        most: listeners at once.
    """

    def __init__(self, halls: Halls, do: Callable[..., Awaitable[Any]], most: int = LISTENERS):
        self._halls, self._do, self._most = halls, do, most
        self._rooms: dict[str, _Room] = {}
        self._ended = False

    def end(self) -> None:
        """Tell nobody anything any more: all who listen are let go."""
        self._ended = True
        for room in self._rooms.values():
            for one in room.listeners:
                one.set()

    @property
    def listeners(self) -> int:
        """How many there are."""
        return sum(len(room.listeners) for room in self._rooms.values())

    async def listen(
        self, name: str, client: str, counts: bool = True
    ) -> AsyncGenerator[Seen | None]:
        """What is to be seen, at once and whenever it is another; None where nothing is for long.

        Without ``counts`` answers alone are no news. It ends when the hall does, or all listening.

        Raises:
            HallError: there is no such hall, or too many listen.
        """
        if self.listeners >= self._most:
            raise errors.full("listeners at once", self._most)
        await self._do(self._halls.find, name, client)
        room = self._rooms.setdefault(name, _Room(None, NOTHING_YET))
        news = asyncio.Event()
        room.listeners[news] = counts
        if room.looking is None:
            room.looking = asyncio.create_task(self._look(name, room))
        elif room.seen is not None and (room.seen.counted or not counts):
            news.set()
        if self._ended:
            news.set()
        try:
            while True:
                try:
                    await asyncio.wait_for(news.wait(), QUIET)
                except TimeoutError:
                    yield None
                    continue
                news.clear()
                if room.seen is None or self._ended:
                    return
                yield room.seen
        finally:
            del room.listeners[news]
            if not room.listeners:
                room.looking.cancel()
                self._leave(name, room)

    def _leave(self, name: str, room: _Room) -> None:
        if self._rooms.get(name) is room:
            del self._rooms[name]

    async def _look(self, name: str, room: _Room) -> None:
        while True:
            try:
                seen, revision = await self._do(self._read, name, room)
            except Exception:
                # Such as a hall that another version kept: who listens comes again, to a new room.
                logger.exception("The hall %s cannot be read", name)
                seen, revision = None, GONE
            if seen is not room.seen or revision != room.revision:
                # Answers alone are news for those who count.
                before, room.seen, room.revision = room.seen, seen, revision
                is_same = before is not None and seen is not None and before.hall == seen.hall
                for one, counts in room.listeners.items():
                    if counts or not is_same:
                        one.set()
            if seen is None and revision == GONE:
                self._leave(name, room)
                return
            await asyncio.sleep(EVERY)

    def _read(self, name: str, room: _Room) -> tuple[Seen | None, int]:
        try:
            revision = self._halls.keeping.revision(name)
            seen, counted = room.seen, any(tuple(room.listeners.values()))
            is_known = revision == room.revision and seen and (seen.counted or not counted)
            if seen and is_known and not self._halls.has_expired(seen.hall):
                return seen, revision
            hall = self._halls.living(name)
            if hall is None:
                return None, GONE
            if not counted:
                return Seen(hall, counted), revision
            now = self._halls.tally(name, hall, hall.round)
            before = self._halls.tally(name, hall, hall.before)
            return Seen(hall, counted, now, before), revision
        except UnreachableError:
            return room.seen, room.revision  # What was seen last, until it can be looked again.
