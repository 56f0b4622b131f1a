"""One request at a time, the worst of each route: how long does it keep everybody else waiting?"""

import asyncio
import time

import uvloop

from benchmarks.load.client import Client
from benchmarks.load.figures import Figures
from benchmarks.load.prober import Health, probing
from benchmarks.load.served import Tree, serving
from benchmarks.load.tally import Outcome, percentile
from benchmarks.load.worst import Worst, requests

PROBES = 200.0
"""A second: a loop that stands still for 50 ms is seen by ten of them."""
LONGEST = 50.0
"""Milliseconds that one request may hold the loop."""


async def _one_by_one(port: int, asked: list[Worst], times: int) -> list[list[Outcome]]:
    """Each so many times, nothing else under way."""
    seen: list[list[Outcome]] = []
    for one in asked:
        client = Client(port, "127.5.1.1", 1)
        seen.append([])
        for _ in range(times):
            seen[-1].append(await client.send(one.raw))
            await asyncio.sleep(0.02)
        client.close()
    return seen


def _lag(health: Health, outcomes: list[Outcome]) -> float:
    """Milliseconds of the longest probe during the least disturbed of these requests."""
    longest = []
    for one in outcomes:
        during = health.between(one.scheduled - 0.06, one.ended)
        waits = [probe.seconds for probe in during.all.outcomes if probe.ended >= one.scheduled]
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
        seen = uvloop.run(_one_by_one(served.port, asked, 2 if quick else 3))
    lags = {
        one: longest for one, longest in zip(asked, (_lag(health, o) for o in seen), strict=True)
    }
    quiet = health.between(begun, idle).all
    figures.add("a probe of an idle server p99", 1e3 * quiet.seconds(0.99), "ms")
    for route in dict.fromkeys(one.route for one in asked):
        worst = max((one for one in asked if one.route == route), key=lambda one: lags[one])
        figures.add(f"{route}"[:46], lags[worst], "ms", LONGEST)
        answers = [o.kind for o in seen[asked.index(worst)]]
        took = min(o.seconds for o in seen[asked.index(worst)])
        figures.note(f"{route}: {worst.kind}: answered {answers[0]} in {1e3 * took:.0f} ms")
    strange = {
        f"{one.route}, {one.kind}: {o.kind}"
        for one, outcomes in zip(asked, seen, strict=True)
        for o in outcomes
        if o.kind not in ("200", "400", "404", "413", "414", "422", "431")
    }
    figures.add("answers other than 200 and refusals", len(strange), "", 0)
    for line in sorted(strange):
        figures.note(line)
    late = 1e3 * percentile(health.late, 0.99)
    figures.note(f"probes sent late by p99 {late:.1f} ms; prober {health.cores:.2f} cores")
    return figures
