"""Memory back to the system, where the C library can."""

import ctypes
import gc
import time
from contextlib import suppress

ARENAS = 2
"""Heaps that threads share. Each thread would have one of its own, and what one of them has freed
is no use to the others: 1.2 GB after heavy requests in eight threads, measured."""
LARGE = 2**23
"""Bytes from which an array has pages of its own, which go back to the system when it is freed.
Left alone, the C library raises this to 32 MB at the first array as large; smaller ones are cheaper
from the heap, since new pages have to be filled with zeros first."""
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""``mallopt``'s names, by glibc's malloc.h."""
PAUSE = 1.0
"""Seconds between two returns of memory to the system, which take a tenth of one."""


def give_back_at_once() -> None:
    """Have the C library keep little of what is freed; before there are threads."""
    with suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, ARENAS)
        mallopt(_MMAP_THRESHOLD, LARGE)


class GiveBack:
    """Call it after programs were dropped; it does so once a while."""

    def __init__(self) -> None:
        self._last = -PAUSE

    def __call__(self) -> None:
        """Collect and give back, unless that was done just now."""
        if time.monotonic() - self._last < PAUSE:
            return
        self._last = time.monotonic()
        gc.collect()
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
