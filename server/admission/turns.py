"""Whose turn it is: start-time fair queueing (Goyal, Vin and Cheng 1996) among clients.

Time is what was given to those who are served, in seconds of work. Everybody's next turn begins
where their last one ended, or now if that is past; the earliest is served. Who was idle comes
before who was not, as in FQ-CoDel (RFC 8290), so that one question in between waits for nobody's
hundredth. First addresses take turns, then the connections of an address.
"""

from collections import deque
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from server.admission.places import Client

Item = TypeVar("Item")
LEAST = 1e-3
"""Seconds that anything counts for."""
REMEMBERED = 1024
"""Clients whose turns are known; then those whose are past are forgotten."""


class Given:
    """What was given to each of some keys."""

    def __init__(self) -> None:
        self._now = 0.0
        self._ends: dict[Hashable, float] = {}

    def begins(self, key: Hashable) -> tuple[float, bool]:
        """When its turn would begin, and whether it had one lately; the least is next."""
        end = self._ends.get(key, -1.0)
        return max(self._now, end), end >= self._now

    def give(self, key: Hashable, seconds: float) -> None:
        """It is its turn now, for as long."""
        self._now = self.begins(key)[0]
        self._ends[key] = self._now + max(LEAST, seconds)
        if len(self._ends) > REMEMBERED:
            self._ends = {one: end for one, end in self._ends.items() if end > self._now}


class Turns(Generic[Item]):
    """What waits, by client."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[Hashable, deque[tuple[Item, float]]]] = {}
        self._addresses = Given()
        self._connections: dict[str, Given] = {}
        self._count, self.seconds = 0, 0.0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        for connections in self._waiting.values():
            for queue in connections.values():
                yield from (item for item, _ in queue)

    def add(self, client: Client, item: Item, seconds: float) -> None:
        """It waits, and will take as long."""
        connections = self._waiting.setdefault(client.address, {})
        connections.setdefault(client.connection, deque()).append((item, seconds))
        self._count += 1
        self.seconds += seconds

    def take(self) -> Item:
        """Whose turn it is; something must wait."""
        address = min(self._waiting, key=self._addresses.begins)
        if len(self._connections) > REMEMBERED:
            self._connections = {one: self._connections[one] for one in self._waiting
                                 if one in self._connections}  # fmt: skip
        given = self._connections.setdefault(address, Given())
        connections = self._waiting[address]
        connection = min(connections, key=given.begins)
        item, seconds = connections[connection].popleft()
        given.give(connection, seconds)
        self._addresses.give(address, seconds)
        self._forget(address, connection, seconds)
        return item

    def drop(self, client: Client, item: Item) -> bool:
        """It does not wait any more; whether it did."""
        queue = self._waiting.get(client.address, {}).get(client.connection, deque())
        for known, seconds in queue:
            if known is item:
                queue.remove((known, seconds))
                self._forget(client.address, client.connection, seconds)
                return True
        return False

    def clear(self) -> None:
        """Nothing waits."""
        self._waiting.clear()
        self._count, self.seconds = 0, 0.0

    def _forget(self, address: str, connection: Hashable, seconds: float) -> None:
        connections = self._waiting[address]
        if not connections[connection]:
            del connections[connection]
        if not connections:
            del self._waiting[address]
        self._count -= 1
        self.seconds = self.seconds - seconds if self._count else 0.0
