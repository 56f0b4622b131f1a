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

    An event loop that hangs is ended by the system's alarm (status 142), after it wrote to
    standard error where each thread was: this needs neither the loop nor Python's lock.
    Computation that is stuck ends the process as SIGTERM does.

    Args:
        seconds: after which either is held to last.
        stuck: whether computation is.
        every: how often to look, seconds.
    """
    moved = monotonic()
    faulthandler.register(signal.SIGALRM, all_threads=True, chain=True)
    try:
        while True:
            signal.setitimer(signal.ITIMER_REAL, seconds + every)
            await asyncio.sleep(every)
            moved = moved if stuck() else monotonic()
            if monotonic() - moved > seconds:
                logger.error("computation is stuck for %g s: ending, to be started anew", seconds)
                os.kill(os.getpid(), signal.SIGTERM)
                return
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.unregister(signal.SIGALRM)
