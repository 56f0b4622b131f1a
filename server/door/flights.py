"""Questions that are being answered: each once, for all who ask it."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope

from server.admission.gate import Gate
from server.api.serving import PATIENCE, PLACE, answered_or_left
from server.door.answers import PLAIN, Answer
from server.door.encoded import encoded

OURS = (b"content-length",)
"""Headers of a route that are written anew for each coding."""


class Flight:
    """One question on its way through the routes; it goes on while somebody waits for it."""

    def __init__(self, app: ASGIApp, scope: Scope, body: bytes, coding: bytes, gate: Gate):
        self._app, self._scope, self._body, self._coding = app, scope, body, coding
        self._gate, self._place = gate, scope[PLACE]
        self._read = self._passed = False
        self._left = asyncio.Event()
        self.clients = 0
        self.task = asyncio.ensure_future(self._fly())

    def leave(self) -> None:
        """Nobody waits any more: the route, if it was asked, hears that its client has gone."""
        if self._passed:
            self._left.set()
        else:
            self.task.cancel()

    async def _receive(self) -> Message:
        if not self._read:
            self._read = True
            return {"type": "http.request", "body": self._body, "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _fly(self) -> Answer:
        answer, pieces = Answer(500, []), list[bytes]()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers += [one for one in message["headers"] if one[0] not in OURS]
            else:
                pieces.append(message.get("body", b""))

        await self._gate.enter(self._place)
        self._passed = True
        try:
            await self._app(self._scope, self._receive, send)
            answer.bodies[PLAIN] = pieces[0] if len(pieces) == 1 else b"".join(pieces)
            await encoded(answer, self._coding)
        finally:
            self._gate.leave(self._place)
        return answer


class Flights:
    """All of them by what is asked; used in the event loop's thread only.

    Args:
        app: the routes.
        gate: before which they wait.
    """

    def __init__(self, app: ASGIApp, gate: Gate):
        self._app, self._gate = app, gate
        self._by_key: dict[bytes, Flight] = {}

    def __len__(self) -> int:
        return len(self._by_key)

    def flying(self, key: bytes) -> bool:
        """Whether a question is on its way."""
        return key in self._by_key

    @contextmanager
    def joined(self, key: bytes, scope: Scope, body: bytes, coding: bytes) -> Generator[Flight]:
        """The flight of a question, begun if there is none; it ends when all have left.

        Args:
            key: of the question.
            scope: of the request, as a route reads it, with its place.
            body: the same.
            coding: in which it is wanted first.
        """
        flight = self._by_key.get(key)
        if flight is None:
            flight = self._by_key[key] = Flight(self._app, scope, body, coding, self._gate)
            flight.task.add_done_callback(lambda task: self._landed(key, task))
        flight.clients += 1
        try:
            yield flight
        finally:
            flight.clients -= 1
            if flight.clients == 0 and not flight.task.done():
                del self._by_key[key]
                flight.leave()

    def _landed(self, key: bytes, task: "asyncio.Task[Answer]") -> None:
        flight = self._by_key.get(key)
        if flight is not None and flight.task is task:
            del self._by_key[key]
        if not task.cancelled():
            # Whoever left never asks what became of it.
            task.exception()


async def landed(flight: Flight, receive: Receive) -> Answer:
    """The answer, as soon as it is there.

    Raises:
        CancelledError: this client has left before.
    """
    await asyncio.wait({flight.task}, timeout=PATIENCE)
    if not flight.task.done():
        await answered_or_left(receive, flight.task)
    return flight.task.result()
