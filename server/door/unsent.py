"""Large answers on their way: what slow readers make the process hold, within a budget."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from server.admission import Client

LARGE = 65_536
"""Bytes up to which an answer is the connection's own affair."""


@dataclass(eq=False)
class Sending:
    """One answer that one client is reading.

    Attributes:
        client: who.
        body: its bytes; several readers of the same hold them once.
        task: that sends.
        ended: whether it was, for others' sake.
    """

    client: Client
    body: bytes
    task: "asyncio.Task[object] | None"
    ended: bool = False


class Unsent:
    """All of them; used in the event loop's thread only.

    When they hold more than the budget, the address that holds the most loses its oldest reader.

    Args:
        most: bytes that they may hold.

    Attributes:
        bytes: that they hold now.
        ended: how many readers were cut off.
    """

    def __init__(self, most: int):
        self._most = most
        self._sending: dict[Sending, None] = {}
        self._readers: dict[int, int] = {}
        self.bytes = self.ended = 0

    @contextmanager
    def reading(self, client: Client, body: bytes) -> Generator[Sending]:
        """While a client reads a body; raises ``asyncio.CancelledError`` into it if cut off."""
        sending = Sending(client, body, asyncio.current_task())
        if len(body) <= LARGE:
            yield sending
            return
        self._sending[sending] = None
        self._readers[id(body)] = self._readers.get(id(body), 0) + 1
        self.bytes += len(body) if self._readers[id(body)] == 1 else 0
        while self.bytes > self._most and self._end_one(sending):
            pass
        try:
            yield sending
        finally:
            self._gone(sending)

    def _gone(self, sending: Sending) -> None:
        if sending not in self._sending:
            return
        del self._sending[sending]
        key = id(sending.body)
        self._readers[key] -= 1
        if not self._readers[key]:
            del self._readers[key]
            self.bytes -= len(sending.body)

    def _end_one(self, newest: Sending) -> bool:
        held: dict[str, int] = {}
        for one in self._sending:
            shared = len(one.body) // self._readers[id(one.body)]
            held[one.client.address] = held.get(one.client.address, 0) + shared
        address = max(held, key=held.__getitem__)
        for one in self._sending:
            if one.client.address == address and one is not newest and one.task is not None:
                one.ended = True
                one.task.cancel()
                self.ended += 1
                self._gone(one)
                return True
        return False
