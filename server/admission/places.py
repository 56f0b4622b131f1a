"""Who is inside: a bounded number of places, taken before a body is read.

When all are taken, whoever has the most of those that may still be given up has one taken away
for a newcomer who would have fewer; a newcomer who would not is refused.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any, NamedTuple

NETWORK = 64
"""Leading bits of an IPv6 address that one household or host has to itself."""


class Client(NamedTuple):
    """Who asks: an address, and a connection from it."""

    address: str
    connection: int


NOBODY = Client("", 0)
"""Whoever asks from within this process."""


def client_of(scope: Any) -> Client:
    """Who asks, by the scope of a request."""
    found: tuple[str, int] | None = scope.get("client")
    if not found:
        return NOBODY
    # Behind a proxy ports say nothing; what speaks HTTP numbers its connections.
    connection = scope.get("state", {}).get("connection", 0)
    return Client(_address(found[0]), connection or found[1])


@lru_cache(4096)
def _address(host: str) -> str:
    if ":" not in host:
        return host
    try:
        return str(ip_network((ip_address(host.partition("%")[0]), NETWORK), strict=False))
    except ValueError:
        return host


@dataclass(eq=False)
class Place:
    """One place.

    Attributes:
        client: whose it is.
        lane: where its work waits or is done, once that is known.
        give_up: ends what it is used for, if that has not begun; whether it did so.
    """

    client: Client = NOBODY
    lane: object = None
    give_up: Callable[[], bool] | None = field(default=None, repr=False)


class Places:
    """All of them; used in the event loop's thread only.

    Args:
        most: how many there are.
    """

    def __init__(self, most: int):
        self._most = most
        self._taken: dict[str, dict[Place, None]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def take(self, client: Client) -> Place | None:
        """A place, or none if the client has no right to one."""
        if self._count >= self._most and not self.make_room(client):
            return None
        place = Place(client)
        self._taken.setdefault(client.address, {})[place] = None
        self._count += 1
        return place

    def leave(self, place: Place) -> None:
        """It is free again; to leave twice does nothing."""
        places = self._taken.get(place.client.address, {})
        if place in places:
            del places[place]
            self._count -= 1
            if not places:
                del self._taken[place.client.address]

    def make_room(self, client: Client, lane: object = None) -> bool:
        """Take a place away from one who has more, two at least; whether there was one.

        Args:
            client: for whom.
            lane: in which; ``None`` for any.
        """
        taken = {
            address: [place for place in places if lane is None or place.lane is lane]
            for address, places in self._taken.items()
        }
        own = taken.get(client.address, [])
        address, places = max(taken.items(), key=lambda one: len(one[1]), default=("", []))
        if len(places) >= len(own) + 2 and self._given_up(places):
            return True
        if address != client.address and len(places) > len(own):
            return False
        # Among themselves, the connections of an address.
        each = Counter(place.client.connection for place in own)
        connection, most = max(each.items(), key=lambda one: one[1], default=(0, 0))
        if most < each[client.connection] + 2:
            return False
        return self._given_up([one for one in own if one.client.connection == connection])

    def _given_up(self, places: list[Place]) -> bool:
        for place in reversed(places):
            if place.give_up is not None and place.give_up():
                self.leave(place)
                return True
        return False
