"""Pieces of a map are handed to workers a few at a time, and taken back in that order."""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent import futures
from concurrent.futures import BrokenExecutor, Future, wait
from dataclasses import dataclass

from server.engine.token import Token
from server.maps.pixels import Pixels
from server.maps.running.devices import Fields
from server.maps.running.workers import Submit

logger = logging.getLogger("steepest")

LOOKS = 0.02
"""Seconds between two looks at whether a map is still wanted."""
DEATHS = 3
"""Deaths of workers in a row that one piece may meet."""


@dataclass
class _Sent:
    pixels: Pixels
    future: "Future[Fields]"


class Ordered:
    """Hands in pieces.

    Args:
        submit: hands in one.
        token: of the map.
        ahead: how many are handed in at a time.

    Attributes:
        taken: pieces that were taken back.
        retries: pieces that were handed in again since a worker had died.
    """

    def __init__(self, submit: Submit, token: Token, ahead: int):
        self._submit, self._token, self._ahead = submit, token, ahead
        self.taken = self.retries = 0

    def __call__(self, pieces: Iterable[Pixels]) -> Iterator[tuple[Pixels, Fields]]:
        """The fields of each piece.

        Raises:
            CancelledError, DeadlineError: as the token does.
            BrokenExecutor: workers die of it.
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
            wait([sent[0].future], LOOKS)
            if not sent[0].future.done():
                continue
            try:
                return sent[0].future.result()
            # Of a future: a cluster that lost its workers, or a pool that is closed, which says so
            # when asked again. Not ``server.errors.CancelledError``: that ends the map.
            except (BrokenExecutor, futures.CancelledError):
                deaths += 1
                if deaths > DEATHS:
                    raise
                logger.warning("a worker died: what it had is computed again")
                for one in sent:
                    if not _came(one.future):
                        self.retries += 1
                        one.future = self._submit(one.pixels)


def _came(future: "Future[Fields]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
