"""Pieces of a map are handed to workers a few at a time, and taken back in that order."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent import futures
from concurrent.futures import BrokenExecutor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass

from server.engine.token import Token
from server.maps.pixels import Pixels
from server.maps.running import unavailable
from server.maps.running.devices import Fields
from server.maps.running.workers import Submit, Workers

logger = logging.getLogger("steepest")

LOOKS = 0.02
"""Seconds between two looks at whether a map is still wanted."""
AHEAD = 2
"""Pieces that are handed in for each worker: one that is computed, and the next."""


@dataclass
class _Sent:
    pixels: Pixels
    future: "Future[Fields]"


class Ordered:
    """Hands in pieces.

    Args:
        workers: who computes.
        submit: hands in one to them.
        token: of the map.

    Attributes:
        taken: pieces that were taken back.
        retries: pieces that were handed in again since a worker had died.
    """

    def __init__(self, workers: Workers, submit: Submit, token: Token):
        self._workers, self._submit, self._token = workers, submit, token
        # Of a cluster it is known now how many there are.
        self._ahead = AHEAD * workers.count
        self.taken = self.retries = 0

    def __call__(self, pieces: Iterable[Pixels]) -> Iterator[tuple[Pixels, Fields]]:
        """The fields of each piece.

        Raises:
            CancelledError, DeadlineError: as the token does.
            UnavailableError: workers die of it, or there are none.
        """
        left, sent = iter(pieces), deque[_Sent]()
        try:
            while True:
                while len(sent) < self._ahead:
                    pixels = next(left, None)
                    if pixels is None:
                        break
                    sent.append(_Sent(pixels, self._submit(pixels)))
                if not sent:
                    return
                fields = self._first(sent)
                self.taken += 1
                yield sent.popleft().pixels, fields
        finally:
            for one in sent:
                one.future.cancel()

    def _first(self, sent: deque[_Sent]) -> Fields:
        """The fields of what was handed in first; the rest is computed meanwhile."""
        deaths = 0
        while True:
            self._token.check()
            with self._token.paused() if self._submit.prepares() else nullcontext():
                wait([sent[0].future], LOOKS)
            if not sent[0].future.done():
                continue
            error = _error(sent[0].future)
            if error is None:
                return sent[0].future.result()
            error = self._workers.meaning(error)
            if not isinstance(error, BrokenExecutor):
                raise error
            deaths += 1
            if deaths > self._workers.deaths:
                raise unavailable.died() from error
            self._again(sent, deaths == self._workers.deaths)

    def _again(self, sent: deque[_Sent], alone: bool) -> None:
        """Hand in what a worker had that died; at last the first alone, which may be what kills."""
        logger.warning("a worker died: what it had is computed again")
        for one in [sent[0]] if alone else sent:
            if _error(one.future) is not None or not one.future.done():
                self.retries += 1
                one.future = self._submit(one.pixels, alone)


def _error(future: "Future[Fields]") -> BaseException | None:
    """Of a piece that is done and did not come."""
    if not future.done():
        return None
    return futures.CancelledError() if future.cancelled() else future.exception()
