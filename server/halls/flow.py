"""How much may come in how short a time: a bucket of tokens for each who comes."""

from collections.abc import Callable, Hashable

from cachetools import LRUCache

KNOWN = 20_000
"""Buckets that are remembered; who has not come for long finds a full one."""


class Buckets:
    """Token buckets, by a key.

    Args:
        burst: how many may come at once.
        rate: how many more each second.
        clock: seconds.
    """

    def __init__(self, burst: float, rate: float, clock: Callable[[], float]):
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left = LRUCache[Hashable, tuple[float, float]](KNOWN)

    def wait(self, key: Hashable) -> float:
        """Take one: 0 if it was there, else the seconds until it will be."""
        now = self._clock()
        left, since = self._left.get(key, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        taken = left >= 1.0
        self._left[key] = (left - 1.0 if taken else left, now)
        return 0.0 if taken else (1.0 - left) / self._rate
