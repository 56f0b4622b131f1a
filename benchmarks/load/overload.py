"""More than it can do: ten times the peak for 20 seconds, and how soon it is over."""

import asyncio
import time
from dataclasses import dataclass, field
from itertools import cycle

import uvloop

from benchmarks.load.arrivals import closed, open_model
from benchmarks.load.bodies import PATHS, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.prober import probing
from benchmarks.load.served import Cores, Served, Shares, Tree, serving
from benchmarks.load.tally import Tally, percentile
from benchmarks.load.wire import raw_request

TIMES = 10
AT_ONCE = 8
"""Asking at once finds the peak: all threads of the server busy, none waiting long."""
RECOVERY = 5.0
"""Seconds after which it must answer as before."""


@dataclass
class Run:
    """What was seen.

    Attributes:
        peak: answers a second at most.
        before: latencies of a light stream before.
        over: requests of the overload.
        begun: of the overload.
        ended: of the overload.
        after: the same light stream, from ``RECOVERY`` after the overload's end.
        cores: of server and generator during it.
    """

    peak: float = 0.0
    before: Tally = field(default_factory=Tally)
    over: Tally = field(default_factory=Tally)
    begun: float = 0.0
    ended: float = 0.0
    after: Tally = field(default_factory=Tally)
    cores: Cores = field(default_factory=Cores)


async def _run(served: Served, connections: int, quick: bool) -> Run:
    run = Run()
    seconds = 5.0 if quick else 20.0
    each = 6 if connections < 1000 else 1
    clients = [
        Client(served.port, one, each, patience=10) for one in addresses(connections // each)
    ]
    turn, numbers = cycle(clients), iter(range(10**9))

    async def ask(tally: Tally, scheduled: float) -> None:
        raw = raw_request("POST", PATHS, slider(next(numbers)))
        tally.add(await next(turn).send(raw, scheduled))

    warming, peak = Tally(), Tally()
    await closed(AT_ONCE, 1.0, lambda _, at: ask(warming, at))
    run.peak = peak.goodput(*await closed(AT_ONCE, seconds / 4, lambda _, at: ask(peak, at)))
    light = max(2.0, run.peak / 4)
    await open_model(light, seconds / 4, lambda _, at: ask(run.before, at))
    shares = Shares(served)
    over = asyncio.create_task(
        open_model(TIMES * run.peak, seconds, lambda _, at: ask(run.over, at))
    )
    begun = time.perf_counter()
    await asyncio.sleep(seconds + 0.1)
    run.cores = shares.until_now()
    await asyncio.sleep(RECOVERY)
    # Requests of the overload that nobody has answered go on waiting; so would a person's.
    await open_model(light, seconds / 4, lambda _, at: ask(run.after, at))
    run.begun, run.ended = begun, begun + seconds
    await over
    for one in clients:
        one.close()
    return run


def _measure(tree: Tree, quick: bool, connections: int) -> Figures:
    figures = Figures("overload")
    with serving(tree) as served:
        with probing(served.port) as health:
            run = uvloop.run(_run(served, connections, quick))
        peak_memory = served.peak_megabytes()
    goodput = run.over.goodput(run.begun, run.ended)
    figures.add("connections at most", connections, "")
    figures.add("peak, closed loop", run.peak, "1/s")
    figures.add("arrivals", len(run.over.outcomes) / (run.ended - run.begun), "1/s")
    figures.add("goodput", goodput, "1/s")
    figures.add("goodput / peak", goodput / run.peak, "", 0.8, at_least=True)
    figures.add("answered p99", run.over.seconds(0.99), "s")
    figures.add("any answer p99", percentile((o.seconds for o in run.over.outcomes), 0.99), "s")
    figures.add("connections lost", run.over.lost, "", 0)
    figures.add("errors but 503 with Retry-After", run.over.failed, "", 0)
    figures.health(health.between(run.begun, run.ended), "during")
    figures.add("p99 before", 1e3 * run.before.seconds(0.99), "ms")
    figures.add("p99 from 5 s after", 1e3 * run.after.seconds(0.99), "ms")
    figures.add("failed from 5 s after", run.after.failed + run.after.kinds["503"], "", 0)
    figures.add("server's peak memory", peak_memory, "MB")
    figures.cores(run.cores, health)
    figures.note(f"overload: {run.over.told()}")
    figures.note(f"after: {run.after.told()}")
    return figures


def measure(tree: Tree, quick: bool) -> Figures:
    """From some 50 laptops with six connections each."""
    return _measure(tree, quick, 300)


def measure_many(tree: Tree, quick: bool) -> Figures:
    """From 1,000 laptops."""
    return _measure(tree, quick, 1000)
