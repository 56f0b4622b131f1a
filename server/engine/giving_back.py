"""Memory back to the system, where the C library can."""

import ctypes
import gc
import time

PAUSE = 1.0
"""Seconds between two returns of memory to the system, which take a tenth of one."""


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
        try:
            trim = ctypes.CDLL(None).malloc_trim
        except (AttributeError, OSError):
            return
        trim(0)
