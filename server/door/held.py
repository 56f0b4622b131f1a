"""The place that a request holds inside, from its head on."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from starlette.types import Message, Send

from server.admission import Admission, AtCapacityError, Client, Place

Read = TypeVar("Read")


class Held:
    """At most one place; it is left with the block, unless it was handed over.

    Args:
        admission: whose places.
        client: who asks.
    """

    def __init__(self, admission: Admission, client: Client):
        self._admission, self._client = admission, client
        self._place: Place | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.leave()

    def taken(self) -> Place:
        """The place, taken now if it is not yet.

        Raises:
            AtCapacityError: there is none for this client.
        """
        if self._place is None:
            self._place = self._admission.enter(self._client)
        return self._place

    def leave(self) -> None:
        """Somebody else may have it."""
        if self._place is not None:
            self._admission.places.leave(self._place)
            self._place = None

    def handed_over(self) -> Callable[[Any], None]:
        """What leaves the place, to be called by somebody else."""
        place, self._place = self.taken(), None
        return lambda _: self._admission.places.leave(place)

    async def while_reading(self, reading: Awaitable[Read]) -> Read:
        """Read; meanwhile the place may be given up for a client who has fewer.

        Raises:
            AtCapacityError: it was, or there was none.
        """
        task, given_up = asyncio.current_task(), False

        def give_up() -> bool:
            nonlocal given_up
            given_up = task is not None and task.cancel()
            return given_up

        try:
            place = self.taken()
        except AtCapacityError:
            close = getattr(reading, "close", None)
            if close is not None:
                close()
            raise
        place.give_up = give_up
        try:
            return await reading
        except asyncio.CancelledError:
            if task is None or not given_up:
                raise
            task.uncancel()
            self._admission.refused["share"] += 1
            raise AtCapacityError(self._admission.gate.wait, "share") from None
        finally:
            place.give_up = None

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait for a turn; it ends with the block, or when the answer begins.

        Raises:
            AtCapacityError: the place was given up.
        """
        place = self.taken()
        await self._admission.gate.enter(place)
        try:
            yield
        finally:
            self._admission.gate.leave(place)

    def until_started(self, send: Send) -> Send:
        """Sends, and leaves the place when the answer begins."""

        async def sent(message: Message) -> None:
            if self._place is not None:
                self._admission.gate.leave(self._place)
            self.leave()
            await send(message)

        return sent
