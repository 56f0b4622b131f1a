"""Who computes maps, by the settings and by what there is."""

import os
from math import ceil
from pathlib import Path

from server.engine.programs import Programs
from server.maps.running.worker import Where
from server.maps.running.workers import Cores, InProcess, Workers

QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux says how much of its cores a container may use: microseconds, of how many."""


def chosen(programs: Programs, where: Where, count: int | None) -> Workers:
    """Workers of this machine: processes, or threads of this one on a GPU.

    Args:
        programs: of this process.
        where: what processes are told.
        count: of processes; ``None`` for one a core, 0 for none.
    """
    if count == 0 or programs.placement.wide.platform != "cpu":
        return InProcess(programs)
    return Cores(count or cores(), where)


def cores() -> int:
    """Cores that this process may use."""
    known = hasattr(os, "sched_getaffinity")
    own = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    try:
        quota, period = QUOTA.read_text().split()
        return min(own, ceil(int(quota) / int(period)))
    except (OSError, ValueError):
        return own
