"""Within a process tiles go to all devices; a CPU can be told to be two."""

import os
import subprocess
import sys

SCRIPT = """
import threading

import numpy as np
from server import runtime
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.token import Token
from server.maps.basins import Basins
from server.maps.running import Maps
from server.maps.running.workers import InProcess
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau

placement = runtime.configure("cpu")
workers = InProcess(Programs(placement))
programs = workers._devices.all
assert workers.count == 2, workers.count
assert len({one.placement.wide for one in programs}) == 2
surface = Himmelblau()
run = Run(Sgd(learning_rate=0.01), np.ones(60))
basins = Basins(surface, 60, 150, 120, surface.domain, run=run)
both = Maps(workers).run(basins, Token(), lambda _: None)
# Each has compiled the program of the map for itself.
assert all(one.held for one in programs), [one.held for one in programs]
one = basins.compute(programs[1], np.arange(18000))
assert all((both.fields[name].ravel() == one[name]).all() for name in one)

# What either compiles is told once: of the first by its own programs, of the second here.
halves, there = threading.Semaphore(0), threading.Event()

def waiting(x):
    halves.release()
    there.wait()
    return x

assert workers.preparing == []
making = [
    threading.Thread(target=each.compiled, args=((name,), waiting, (np.ones(2),)))
    for each, name in zip(programs, ("of the first", "of the second"))
]
for thread in making:
    thread.start()
for _ in making:
    halves.acquire()
assert programs[0].preparing == ["of the first"], programs[0].preparing
assert workers.preparing == ["of the second"], workers.preparing
there.set()
for thread in making:
    thread.join()
assert workers.preparing == []
"""


def test_tiles_go_to_both_devices_and_say_the_same():
    flags = f"{os.environ.get('XLA_FLAGS', '')} --xla_force_host_platform_device_count=2"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, "XLA_FLAGS": flags.strip(), "JAX_PLATFORMS": "cpu"},
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
