"""A process and all that it began: seconds of processor, and memory at the most."""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

TICK = os.sysconf("SC_CLK_TCK")
LOOKS = 0.1
"""Seconds between two looks at the memory."""


def tree(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_text().split():
                    yield from tree(int(child))


def worked(pid: int) -> float:
    """Seconds of processor, of it and of what it began."""
    total = 0.0
    for one in tree(pid):
        with suppress(OSError):
            # After the name, which may hold anything.
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICK
    return total


def resident(pid: int) -> float:
    """Megabytes in memory, those that they share with others counted in part."""
    total = 0
    for one in tree(pid):
        with suppress(OSError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024 / 1e6


class Peak:
    """The most that was seen, in megabytes."""

    megabytes = 0.0


@contextmanager
def watched(pid: int) -> Generator[Peak]:
    """The peak of ``resident`` while the block lasts."""
    peak, over = Peak(), Event()

    def look() -> None:
        while not over.wait(LOOKS):
            peak.megabytes = max(peak.megabytes, resident(pid))

    looking = Thread(target=look)
    looking.start()
    try:
        yield peak
    finally:
        over.set()
        looking.join()
