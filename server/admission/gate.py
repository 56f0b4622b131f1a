"""The way in: a few requests are read and computed at a time, the others wait before it in turns.

What has passed is read, validated and priced on the event loop, which everybody needs: a crowd that
had passed would wait there in the order in which it came. Heavy work has a queue of its own, and
leaves the gate to others as soon as its price is known.
"""

import asyncio
from time import monotonic

from server.admission.jobs import AtCapacityError
from server.admission.places import Client, Place
from server.admission.turns import Turns

NEWEST = 0.1
"""Weight of the newest measurement of how long one after another takes."""
SELDOM = 1.0
"""Seconds that one is taken to last at most: a first compile says nothing of the next."""
DEBT = 0.2
"""Seconds of work that a client may have had more than others, and be helped once it is refused."""

Turn = tuple[Place, "asyncio.Future[None]"]


class Gate:
    """Used in the event loop's thread only.

    Args:
        room: how many may have passed at a time.
        few: how many may wait, however long it takes.
        patience: seconds that more may wait, as far as can be foreseen.
    """

    def __init__(self, room: int, few: int, patience: float):
        self._room, self._few, self._patience = room, few, patience
        self._passed: dict[Place, None] = {}
        self._turns = Turns[Turn]()
        self._since: dict[Turn, float] = {}
        self._left = monotonic()
        self._each = 0.0

    @property
    def waiting(self) -> int:
        """How many wait before it."""
        return len(self._turns)

    @property
    def wait(self) -> float:
        """Seconds until who comes now has passed, by how it went lately."""
        return len(self._turns) * self._each

    @property
    def full(self) -> bool:
        """Whether newcomers would have to wait too long."""
        return len(self._turns) >= self._few and self.wait > self._patience

    async def enter(self, place: Place) -> None:
        """Wait for a turn.

        Raises:
            AtCapacityError: it was given up for a client who has less.
        """
        if len(self._passed) < self._room and not len(self._turns):
            self._passed[place] = None
            self._turns.give(place.client, 0.0)
            return
        turn: Turn = (place, asyncio.get_running_loop().create_future())
        self._turns.add(place.client, turn, 0.0)
        self._since[turn] = monotonic()
        place.give_up = lambda: self._refuse(turn)
        try:
            await turn[1]
        except asyncio.CancelledError:
            if not self._turns.drop(place.client, turn):
                self.leave(place)
            raise
        finally:
            self._since.pop(turn, None)
            place.give_up = None

    def _refuse(self, turn: Turn) -> bool:
        """Whether it still waited."""
        if turn[1].done() or not self._turns.drop(turn[0].client, turn):
            return False
        self._turns.forgive(turn[0].client, DEBT)
        turn[1].set_exception(AtCapacityError(self.wait, "share"))
        return True

    def has_room(self, client: Client) -> bool:
        """Whether one more of a client may wait: if it is crowded, in place of who has had more."""
        if not self.full:
            return True
        last = self._turns.behind(client)
        if last is not None and self._refuse(last):
            return True
        self._turns.forgive(client, DEBT)
        return False

    def refuses(self, client: Client) -> bool:
        """Whether one more of a client may not wait; nobody is given up for it yet."""
        if not self.full or self._turns.behind(client) is not None:
            return False
        self._turns.forgive(client, DEBT)
        return True

    def leave(self, place: Place) -> None:
        """It needs the loop no more, or never will; to leave twice does nothing."""
        if place not in self._passed:
            return
        del self._passed[place]
        now = monotonic()
        if len(self._turns):
            lasted = min(SELDOM, now - self._left)
            self._each += NEWEST * (lasted - self._each)
        self._left = now
        for turn, since in list(self._since.items()):
            # Whoever had their share lately waits for all who had not: not for ever.
            if len(self._turns) < self._few or now - since < self._patience:
                break
            self._refuse(turn)
        while len(self._turns) and len(self._passed) < self._room:
            following, turn = self._turns.take()
            if not turn.done():
                self._passed[following] = None
                turn.set_result(None)

    def charge(self, client: Client, seconds: float) -> None:
        """What a client's work costs, as soon as it is known; its next turn comes as much later."""
        self._turns.charge(client, seconds)
