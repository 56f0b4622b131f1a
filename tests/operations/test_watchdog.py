"""A process that hangs ends itself: seen from outside, as whoever starts it anew sees it."""

import signal
import subprocess
import sys

import pytest

LOOP_HANGS = """
import asyncio, time
from server import watchdog

async def main():
    watching = asyncio.create_task(watchdog.watch(0.5, lambda: False, every=0.1))
    await asyncio.sleep(0.3)
    time.sleep(600)

asyncio.run(main())
"""

COMPUTATION_HANGS = """
import asyncio
from server import watchdog

async def main():
    await watchdog.watch(0.5, lambda: True, every=0.1)
    await asyncio.sleep(600)

asyncio.run(main())
"""

NOTHING_HANGS = """
import asyncio
from server import watchdog

async def main():
    watching = asyncio.create_task(watchdog.watch(0.5, lambda: False, every=0.1))
    await asyncio.sleep(2)
    watching.cancel()

asyncio.run(main())
"""


def end_of(code):
    return subprocess.run(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, timeout=120
    )


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        (LOOP_HANGS, -signal.SIGALRM, "time.sleep"),
        (COMPUTATION_HANGS, -signal.SIGTERM, "stuck"),
        (NOTHING_HANGS, 0, ""),
    ],
)
def test_it_ends_and_says_where_it_hung(code, status, said):
    done = end_of(code)
    assert done.returncode == status, done.stderr
    if said == "time.sleep":
        assert "line 8 in main" in done.stderr
    else:
        assert said in done.stderr
