"""Whose turn it is: start-time fair queueing (Goyal, Vin and Cheng 1996) among clients.

Time is what was given to those who are served, in seconds of work. Everybody's next turn begins
where their last one ended, or now if that is past; the earliest is served. Who was idle comes
before who was not, as in FQ-CoDel (RFC 8290), so that one question in between waits for nobody's
hundredth; and who was refused comes first of all, so that nobody is refused again and again.
First addresses take turns, then the connections of an address.
"""

from collections import deque
from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from server.admission.places import Client

Item = TypeVar("Item")
LEAST = 1e-3
"""Seconds that anything counts for."""
NEWEST = 0.1
"""Weight of the newest turn in what one is expected to take."""
REMEMBERED = 1024
"""Clients whose turns are known; then those whose are past are forgotten."""


class Given:
    """What was given to each of some keys."""

    def __init__(self) -> None:
        self._now, self._mean = 0.0, LEAST
        self._ends: dict[Hashable, float] = {}

    def begins(self, key: Hashable) -> tuple[float, float]:
        """When its turn would begin, and when its last one ended; the least is next."""
        end = self._ends.get(key, -1.0)
        return max(self._now, end), end

    def give(self, key: Hashable, seconds: float) -> None:
        """It is its turn now, for as long."""
        self._now = self.begins(key)[0]
        self.charge(key, max(LEAST, seconds))
        if len(self._ends) > REMEMBERED:
            self._ends = {one: end for one, end in self._ends.items() if end > self._now}

    def charge(self, key: Hashable, seconds: float) -> None:
        """It was given more than was foreseen."""
        self._mean += NEWEST * (seconds - self._mean)
        self._ends[key] = self.begins(key)[0] + seconds

    def forgive(self, key: Hashable, most: float) -> None:
        """It comes before whoever was served lately, unless it was given much more than they."""
        if self._ends.get(key, -1.0) - self._now <= most:
            self._ends.pop(key, None)

    def ends(self, key: Hashable, turns: int) -> tuple[float, float]:
        """When so many turns from now would end, if they were like those of others lately.

        Of equals, whoever had a turn longer ago comes first.
        """
        return self.begins(key)[0] + turns * self._mean, self._ends.get(key, -1.0)


class Turns(Generic[Item]):
    """What waits, by client."""

    def __init__(self) -> None:
        self._waiting: dict[str, dict[int, deque[tuple[Item, float]]]] = {}
        self._addresses = Given()
        self._connections: dict[str, Given] = {}
        self._count, self.seconds = 0, 0.0
        self._last: str | None = None
        """Which address would be served last, until something changes."""

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        for connections in self._waiting.values():
            for queue in connections.values():
                yield from (item for item, _ in queue)

    def add(self, client: Client, item: Item, seconds: float) -> None:
        """It waits, and will take as long."""
        self._last = None
        connections = self._waiting.setdefault(client.address, {})
        connections.setdefault(client.connection, deque()).append((item, seconds))
        self._count += 1
        self.seconds += seconds

    def take(self) -> Item:
        """Whose turn it is; something must wait."""
        address = min(self._waiting, key=self._addresses.begins)
        connections = self._waiting[address]
        given = self._connections.get(address, Given())
        connection = min(connections, key=given.begins)
        item, seconds = connections[connection].popleft()
        self.give(Client(address, connection), seconds)
        self._forget(address, connection, seconds)
        return item

    def give(self, client: Client, seconds: float) -> None:
        """A client has a turn of so long, without having waited."""
        self._last = None
        self._connections.setdefault(client.address, Given()).give(client.connection, seconds)
        self._addresses.give(client.address, seconds)
        if len(self._connections) > REMEMBERED:
            known = self._connections
            self._connections = {one: known[one] for one in self._waiting if one in known}

    def behind(self, client: Client) -> Item | None:
        """What waits and would be served last, if that is after one more of this client."""
        if not self._waiting:
            return None
        address = self._last = self._last or max(self._waiting, key=self._ends)
        others = address != client.address
        if others and self._ends(address) <= self._ends(client.address, 1):
            return None
        connections = self._waiting[address]
        given = self._connections.get(address, Given())

        def ends(connection: int, more: int = 0) -> tuple[float, float]:
            return given.ends(connection, len(connections.get(connection, ())) + more)

        connection = max(connections, key=ends)
        if address == client.address and ends(connection) <= ends(client.connection, 1):
            return None
        return connections[connection][-1][0]

    def _ends(self, address: str, more: int = 0) -> tuple[float, float]:
        waiting = sum(map(len, self._waiting.get(address, {}).values()))
        return self._addresses.ends(address, waiting + more)

    def forgive(self, client: Client, most: float) -> None:
        """A client was refused: its address comes first next time, if it had no more than this.

        Not its connection: a hundred of them from one address would all come first.
        """
        if client.address not in self._waiting:
            self._addresses.forgive(client.address, most)

    def drop(self, client: Client, item: Item) -> bool:
        """It does not wait any more; whether it did."""
        queue = self._waiting.get(client.address, {}).get(client.connection, deque())
        for known, seconds in queue:
            if known is item:
                queue.remove((known, seconds))
                self._forget(client.address, client.connection, seconds)
                return True
        return False

    def charge(self, client: Client, seconds: float) -> None:
        """What was taken by a client cost more than was foreseen."""
        self._last = None
        self._addresses.charge(client.address, seconds)
        if client.address in self._connections:
            self._connections[client.address].charge(client.connection, seconds)

    def clear(self) -> None:
        """Nothing waits."""
        self._waiting.clear()
        self._count, self.seconds = 0, 0.0

    def _forget(self, address: str, connection: int, seconds: float) -> None:
        self._last = None
        connections = self._waiting[address]
        if not connections[connection]:
            del connections[connection]
        if not connections:
            del self._waiting[address]
        self._count -= 1
        self.seconds = self.seconds - seconds if self._count else 0.0
