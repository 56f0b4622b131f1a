"""A class arrives: 200 laptops open the page within five seconds, then once more."""

import asyncio
import random
import time

import uvloop

from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.opening import Asked, Opened, record, visit
from benchmarks.load.prober import probing
from benchmarks.load.served import Shares, Tree, serving
from benchmarks.load.tally import Tally, percentile

WITHIN = 5.0
"""Seconds in which all arrive."""


async def _arrive(clients: list[Client], opening: list[Asked], seconds: float) -> list[Opened]:
    chance = random.Random(0)
    begun = time.perf_counter()
    moments = sorted(begun + chance.uniform(0, seconds) for _ in clients)
    visits = zip(clients, moments, strict=True)
    return await asyncio.gather(*(visit(one, opening, moment) for one, moment in visits))


async def _both(port: int, opening: list[Asked], laptops: int) -> tuple[list[Opened], ...]:
    clients = [Client(port, one, patience=120) for one in addresses(laptops)]
    within = WITHIN * laptops / 200
    cold = await _arrive(clients, opening, within)
    warm = await _arrive(clients, opening, within)
    for one in clients:
        one.close()
    return cold, warm


def measure(tree: Tree, quick: bool) -> Figures:
    """Cold and warm, with the server's health watched meanwhile."""
    laptops = 40 if quick else 200
    figures = Figures("class")
    with serving(tree) as served:
        opening = record(served.port)
    # Started again: nothing is answered yet, by this process.
    with serving(tree) as served, probing(served.port) as health:
        shares = Shares(served)
        cold, warm = uvloop.run(_both(served.port, opening, laptops))
        cores = shares.until_now()
    for name, visits, targets in (("cold", cold, (3.0, 6.0)), ("warm", warm, (None, 0.5))):
        pictures = [one.picture for one in visits]
        requests = Tally([outcome for one in visits for outcome in one.outcomes])
        figures.add(
            f"{name}: requests of a visit", percentile((one.asked for one in visits), 1), ""
        )
        sent = sum(one.size for one in requests.outcomes) / len(visits)
        figures.add(f"{name}: sent to a visit", sent / 1e6, "MB")
        figures.add(f"{name}: first picture p50", percentile(pictures, 0.5), "s", targets[0])
        figures.add(f"{name}: first picture p99", percentile(pictures, 0.99), "s", targets[1])
        figures.add(f"{name}: errors", requests.failed, "", 0)
        figures.note(f"{name}: {requests.told()}")
    figures.health(health)
    figures.cores(cores, health)
    return figures
