"""All connections of a process: who may come, who has to leave, and who has taken too long.

Timers of each connection would cost every request something; a look at all of them, some times a
second at most, costs a busy server a thousandth.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from time import monotonic
from typing import Protocol

CONNECTIONS = "connections"
"""Where the application puts its ``Connections`` in the state of its lifespan."""
EARLY = "early"
"""Where it puts what refuses requests by their clients alone, if it has any: ``Early``."""
LOOKS = 4
"""How often all are looked at within the shortest of their times."""
ROOM_AT_ONCE = 16
"""How many are ended when one has to make room: looking for them is not free."""
TURNED_AWAY = 64
"""How many may be told at a time that there is no room; more are closed without a word."""


@dataclass(frozen=True)
class Bounds:
    """What clients may take.

    Attributes:
        connections: open at once in this process.
        header_seconds: for the whole header of a request.
        body_seconds: for the whole body of one, while it is being read.
        write_seconds: in which somebody who is sent an answer has to take some of it.
    """

    connections: int = 4096
    header_seconds: float = 10.0
    body_seconds: float = 30.0
    write_seconds: float = 30.0

    @property
    def look_seconds(self) -> float:
        """Time between two looks at all connections."""
        return min(1.0, min(self.header_seconds, self.body_seconds, self.write_seconds) / LOOKS)


class Standing(IntEnum):
    """What a connection does, in the order in which it is given up for a newcomer."""

    IDLE = 0
    """Between two requests."""
    HEADER = 1
    """A request has begun, or none yet."""
    BODY = 2
    TAKING = 3
    """An answer that its client does not take as fast as it is written."""
    SERVED = 4
    """Its request is worked on: never given up."""


class Early(Protocol):
    """Refuses requests before they have become the application's."""

    def __call__(self, url: bytes, address: str, connection: int) -> tuple[bytes, bytes] | None:
        """Headers and body of a 503, or nothing."""
        ...


class Client(Protocol):
    """What the register knows of a connection."""

    address: str
    since: float

    def standing(self) -> Standing: ...

    def look(self, now: float, elapsed: float) -> None:
        """End it if it has taken too long; ``elapsed`` seconds after the last look."""
        ...

    def drop(self) -> None:
        """End it without a word."""
        ...


class Connections:
    """The connections of a process; used in its event loop's thread only.

    Args:
        bounds: what they may take.

    Attributes:
        bounds: the same.
        ended: how many were ended or turned away, by reason.
        ending: whether the server was told to end.
        at_end: what is called then, by whoever goes on for long and should tell its client.
    """

    def __init__(self, bounds: Bounds):
        self.bounds = bounds
        self.ended: Counter[str] = Counter()
        self.ending = False
        self.at_end: list[Callable[[], object]] = []
        self._all: dict[Client, None] = {}
        self._of_address: Counter[str] = Counter()
        self._turned_away: set[Client] = set()
        self._no_room_for: set[str] = set()
        self._looked = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def open(self) -> int:
        """How many there are."""
        return len(self._all)

    def end(self) -> None:
        """The server was told to end: what would go on for long tells its client now."""
        self.ending = True
        for tell in self.at_end:
            tell()

    def admit(self, client: Client) -> bool:
        """Whether a newcomer is let in; where all places are taken, others may have to leave."""
        self._watch()
        if len(self._all) >= self.bounds.connections and not self._make_room(client.address):
            self.ended["full"] += 1
            if len(self._turned_away) < TURNED_AWAY:
                self._turned_away.add(client)
            else:
                client.drop()
            return False
        self._all[client] = None
        self._of_address[client.address] += 1
        return True

    def forget(self, client: Client) -> None:
        """It has ended."""
        self._turned_away.discard(client)
        if client in self._all:
            del self._all[client]
            self._of_address[client.address] -= 1
            if not self._of_address[client.address]:
                del self._of_address[client.address]

    def _make_room(self, address: str) -> bool:
        """End connections that do nothing, of the address with the most; then slow ones of others.

        A class behind one address shares its places as it likes; whoever holds more than the
        newcomer's address loses what has not become work yet.
        """
        if address in self._no_room_for:
            return False
        count = self._of_address
        ranked: list[tuple[int, Standing, float, Client]] = []
        for client in self._all:
            standing = client.standing()
            others = count[client.address] > count[address] + 1
            if standing is Standing.IDLE or (standing < Standing.SERVED and others):
                ranked.append((-count[client.address], standing, client.since, client))
        ranked.sort(key=lambda one: one[:3])
        for *_, client in ranked[:ROOM_AT_ONCE]:
            self.ended["room"] += 1
            self.forget(client)
            client.drop()
        if not ranked:
            # Until the next look: a flood of newcomers must not cost this for each.
            self._no_room_for.add(address)
        return bool(ranked)

    def _watch(self) -> None:
        if self._timer is None:
            self._looked = monotonic()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self.bounds.look_seconds, self._look)

    def _look(self) -> None:
        self._timer = None
        now = monotonic()
        elapsed, self._looked = now - self._looked, now
        self._no_room_for.clear()
        for client in [*self._all, *self._turned_away]:
            client.look(now, elapsed)
        if self._all or self._turned_away:
            self._watch()
