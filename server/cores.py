"""How many cores a process may use."""

import os
from math import ceil
from pathlib import Path

QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux says how much of its cores a container may use: microseconds, of how many."""


def cores() -> int:
    """Cores that this process may use."""
    known = hasattr(os, "sched_getaffinity")
    own = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    try:
        quota, period = QUOTA.read_text().split()
        return min(own, ceil(int(quota) / int(period)))
    except (OSError, ValueError):
        return own
