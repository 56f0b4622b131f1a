"""Memory of programs that came and went: a process holds as many as it may, and no more."""

import json
import subprocess
import sys

COMPILING = """
import ctypes, gc, json, sys
import numpy as np
from server import runtime
placement = runtime.configure("cpu")
from server.engine.families import as_member
from server.engine.paths import walkers
from server.engine.programs import Programs
from surfaces.catalog import SURFACES

def resident():
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * 4096 / 1e6

programs = Programs(placement, most=int(sys.argv[1]))
newton = next(one.kernel for one in walkers() if one.kernel.name == "walk newton")
plain = [one for one in SURFACES if one.family == "plain"]
after = []
for surface in plain[:21]:
    programs.get(newton, as_member(surface(), np.dtype("float64"), alone=True))
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    after.append(resident())
print(json.dumps(after))
"""
ADDED = 8
"""Megabytes that ten programs may leave behind; they add twice as much where all are held."""


def resident(most):
    """Megabytes after each of 21 programs, of which so many are held at a time."""
    command = [sys.executable, "-c", COMPILING, str(most)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=600)
    return json.loads(done.stdout)


def test_programs_that_are_dropped_give_their_memory_back():
    after = resident(most=2)
    assert after[-1] - after[10] < ADDED
