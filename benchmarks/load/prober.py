"""Watches a server's health from a process of its own: ``python -m benchmarks.load.prober PORT``.

Asks ``/healthz`` and ``/readyz`` in turn, on a fresh connection and on a kept one, until its input
ends; then it prints what it saw as JSON. The generator's own work thus delays no probe; the
machine may, so how late the probes were sent is told too.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import uvloop

from benchmarks.load.client import Client
from benchmarks.load.served import own_cpu
from benchmarks.load.tally import Outcome, Tally
from benchmarks.load.wire import raw_request

RATE = 20.0
"""Probes a second of each kind of connection."""
ADDRESS = "127.9.9.9"
FRESH, KEPT = "fresh", "kept"


@dataclass
class Health:
    """What was seen of health and readiness.

    Attributes:
        fresh: each on a connection of its own.
        kept: all on one connection.
        late: how late each probe was sent, in seconds; the machine's doing.
        cores: that the prober used, on average.
    """

    fresh: Tally = field(default_factory=Tally)
    kept: Tally = field(default_factory=Tally)
    late: list[float] = field(default_factory=list[float])
    cores: float = 0.0

    @property
    def all(self) -> Tally:
        return Tally([*self.fresh.outcomes, *self.kept.outcomes])

    def between(self, begun: float, ended: float) -> "Health":
        """Of the probes that were to be sent between two moments."""

        def inside(tally: Tally) -> Tally:
            return Tally([one for one in tally.outcomes if begun <= one.scheduled < ended])

        return Health(inside(self.fresh), inside(self.kept), self.late, self.cores)


@contextmanager
def probing(port: int, rate: float = RATE) -> Generator[Health]:
    """Probe while the block runs; filled when it ends."""
    health = Health()
    prober = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load.prober", str(port), str(rate)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert prober.stdin is not None and prober.stdout is not None
    try:
        prober.stdout.readline()
        yield health
        prober.stdin.close()
        said = json.loads(prober.stdout.read())
        health.late, health.cores = said["late"], said["cores"]
        for kind, tally in ((FRESH, health.fresh), (KEPT, health.kept)):
            tally.outcomes += [Outcome(*one) for one in said[kind]]
    finally:
        prober.kill()
        prober.wait()


async def _probe(port: int, rate: float) -> None:
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)
    loop = asyncio.get_running_loop()
    ended = loop.run_in_executor(None, sys.stdin.read)
    health = Health()
    kept = Client(port, ADDRESS, connections=1)
    tasks: set[asyncio.Task[None]] = set()

    async def ask(client: Client, tally: Tally, path: str, scheduled: float) -> None:
        tally.add(await client.send(raw_request("GET", path), scheduled))
        if client is not kept:
            client.close()

    begun, cpu = time.perf_counter(), own_cpu()
    print("probing", flush=True)
    count = 0
    while not ended.done():
        scheduled = begun + count / rate
        await asyncio.sleep(scheduled - time.perf_counter())
        health.late.append(time.perf_counter() - scheduled)
        path = ("/healthz", "/readyz")[count % 2]
        for client, tally in ((Client(port, ADDRESS), health.fresh), (kept, health.kept)):
            tasks.add(task := loop.create_task(ask(client, tally, path, scheduled)))
            task.add_done_callback(tasks.discard)
        count += 1
    if tasks:
        await asyncio.wait(tasks)
    cores = (own_cpu() - cpu) / (time.perf_counter() - begun)
    rows = {
        kind: [(one.scheduled, one.ended, one.kind) for one in tally.outcomes]
        for kind, tally in ((FRESH, health.fresh), (KEPT, health.kept))
    }
    print(json.dumps({**rows, "late": health.late, "cores": cores}))


if __name__ == "__main__":
    uvloop.run(_probe(int(sys.argv[1]), float(sys.argv[2])))
