"""One request at a time, the worst of each route: how long does it keep everybody else waiting?"""

import asyncio
import time
from dataclasses import dataclass

import uvloop

from benchmarks.load.client import Client
from benchmarks.load.figures import Figures
from benchmarks.load.prober import Health, probing
from benchmarks.load.served import Served, Tree, serving
from benchmarks.load.tally import Outcome, percentile
from benchmarks.load.wire import raw_request
from benchmarks.load.worst import Worst, requests

PROBES = 100.0
"""A second: a loop that stands still for 50 ms is seen by ten of them, five on each connection."""
LONGEST = 50.0
"""Milliseconds that one request may hold the loop."""


@dataclass(frozen=True)
class Held:
    """One request.

    Attributes:
        outcome: of it.
        loop: milliseconds that the server's first thread, where its loop runs, worked for it
            (and for the probes meanwhile); no other process adds to them.
    """

    outcome: Outcome
    loop: float


async def _one_by_one(served: Served, asked: list[Worst], times: int) -> list[list[Held]]:
    """Each so many times, nothing else under way but probes."""
    seen: list[list[Held]] = []
    watcher = Client(served.port, "127.5.1.2", 1)
    for one in asked:
        seen.append([])
        for _ in range(times):
            client = Client(served.port, "127.5.1.1", 1)
            await _quiet(watcher)
            before = served.loop_cpu()
            outcome = await client.send(one.raw)
            seen[-1].append(Held(outcome, 1e3 * (served.loop_cpu() - before)))
            client.close()
    watcher.close()
    return seen


async def _quiet(watcher: Client) -> None:
    """Return when probes that waited are answered, and the server is soon with whoever asks."""
    for _ in range(100):
        await asyncio.sleep(0.02)
        if (await watcher.send(raw_request("GET", "/healthz"))).seconds < 0.02:
            return


def _lag(health: Health, held: list[Held]) -> float:
    """Milliseconds of the longest probe during the least disturbed of these requests."""
    longest: list[float] = []
    for one in (held.outcome for held in held):
        during = health.between(one.scheduled - 1 / PROBES, one.ended).all.outcomes
        waits = [probe.seconds for probe in during if probe.ended >= one.scheduled]
        longest.append(1e3 * max(waits, default=0.0))
    return min(longest)


def measure(tree: Tree, quick: bool) -> Figures:
    """Each three times, of which the least counts: what the machine adds is no fault of ours."""
    figures = Figures("lag")
    asked = requests()
    if quick:
        asked = asked[:: max(1, len(asked) // 12)]
    with serving(tree) as served, probing(served.port, PROBES) as health:
        begun = time.perf_counter()
        idle = begun + 1.0
        time.sleep(1.0)
        seen = uvloop.run(_one_by_one(served, asked, 2 if quick else 3))
    lags = {
        one: longest for one, longest in zip(asked, (_lag(health, o) for o in seen), strict=True)
    }
    quiet = health.between(begun, idle).all
    figures.add("a probe of an idle server p99", 1e3 * quiet.seconds(0.99), "ms")
    for route in dict.fromkeys(one.route for one in asked):
        worst = max((one for one in asked if one.route == route), key=lambda one: lags[one])
        figures.add(f"{route}"[:46], lags[worst], "ms", LONGEST)
        best = min(seen[asked.index(worst)], key=lambda held: held.loop)
        figures.note(
            f"{route}: {worst.kind}: {best.outcome.kind} after "
            f"{1e3 * best.outcome.seconds:.0f} ms, {best.loop:.0f} ms of them the loop's own work"
        )
    busiest = sorted(
        ((min(held.loop for held in helds), one) for one, helds in zip(asked, seen, strict=True)),
        key=lambda pair: -pair[0],
    )
    figures.add("the loop's own work for one request, most", busiest[0][0], "ms")
    for loop, one in busiest[:6]:
        figures.note(f"the loop's work: {loop:.0f} ms for {one.route}, {one.kind}")
    strange = {
        f"{one.route}, {one.kind}: {held.outcome.kind}"
        for one, helds in zip(asked, seen, strict=True)
        for held in helds
        if held.outcome.kind not in ("200", "400", "404", "413", "414", "422", "431")
    }
    figures.add("answers other than 200 and refusals", len(strange), "", 0)
    for line in sorted(strange):
        figures.note(line)
    late = 1e3 * percentile(health.late, 0.99)
    figures.note(f"probes sent late by p99 {late:.1f} ms; prober {health.cores:.2f} cores")
    return figures
