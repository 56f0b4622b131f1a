"""One piece of work, and all who wait for it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from random import uniform
from time import monotonic
from traceback import clear_frames
from typing import Any

from server.admission.places import Place
from server.engine.token import Token

Tell = Callable[[Any], None]
Work = Callable[[Token, Tell], bytes]
"""Long work: under a token, with somebody to tell of its progress; to the answer's bytes."""


class AtCapacityError(RuntimeError):
    """As many requests wait as may; the client should come back.

    Args:
        seconds: until what waits now will be done.
        reason: which bound was met, for metrics.

    Attributes:
        retry_after: whole seconds after which to try again; spread, so that not all come at once.
    """

    def __init__(self, seconds: float = 0.0, reason: str = "queue"):
        super().__init__()
        self.retry_after = max(1, ceil(seconds * uniform(1.0, 1.5)))
        self.reason = reason


@dataclass(eq=False)
class Job:
    """One piece of work, and all who wait for it; used in the event loop's thread only.

    Attributes:
        work: what is to be done.
        seconds: its price.
        token: whether it may go on.
        answer: its bytes, or what went wrong.
        place: whose it is.
        told: everything that it told of its progress so far.
        clients: how many wait for it.
        listeners: set whenever something was told or the answer came.
        asked: when, by ``monotonic``.
    """

    work: Work
    seconds: float
    token: Token
    answer: "asyncio.Future[bytes]"
    place: Place
    told: list[Any] = field(default_factory=list[Any])
    clients: int = 0
    listeners: list[asyncio.Event] = field(default_factory=list[asyncio.Event])
    asked: float = field(default_factory=monotonic)

    def tell(self, content: Any) -> None:
        """Keep a piece of progress, and wake those who listen."""
        self.told.append(content)
        self._wake()

    def finish(self, answer: bytes) -> None:
        """The work is done."""
        if not self.answer.done():
            self.answer.set_result(answer)
        self._end()

    def fail(self, error: BaseException) -> None:
        """The work ended otherwise."""
        if not self.answer.done():
            self.answer.set_exception(error)
            # Whoever left never asks what became of it.
            self.answer.exception()
            _forget_locals(error)
        self._end()

    def _end(self) -> None:
        # It refers to this job: the two would keep the answer's megabytes until Python next looks
        # for cycles.
        self.place.give_up = None
        self._wake()

    def _wake(self) -> None:
        for one in self.listeners:
            one.set()


def _forget_locals(error: BaseException | None) -> None:
    """Keep of a traceback where it went, and not the arrays that were there."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
