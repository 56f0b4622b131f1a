"""Ends a process that no longer turns, so that whoever started it starts it anew.

An orchestrator's probes do that from outside; Compose and systemd do not act on them.
"""

import asyncio
import faulthandler
import logging
import os
import signal
from collections.abc import Callable
from time import monotonic

logger = logging.getLogger("steepest")


async def watch(seconds: float, stuck: Callable[[], bool], every: float = 1.0) -> None:
    """Watch until cancelled.

    An event loop that hangs ends the process with status 1, after it wrote to standard error
    where each thread was: this needs neither the loop nor Python's lock. Computation that is stuck
    ends it as SIGTERM does.

    Args:
        seconds: after which either is held to last.
        stuck: whether computation is.
        every: how often to look, seconds.
    """
    moved = monotonic()
    try:
        while True:
            faulthandler.dump_traceback_later(seconds + every, exit=True)
            await asyncio.sleep(every)
            moved = moved if stuck() else monotonic()
            if monotonic() - moved > seconds:
                logger.error("computation is stuck for %g s: ending, to be started anew", seconds)
                os.kill(os.getpid(), signal.SIGTERM)
                return
    finally:
        faulthandler.cancel_dump_traceback_later()
