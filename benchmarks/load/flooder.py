"""One client floods, with 100 connections; ten ordinary ones should hardly notice."""

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Any

import uvloop

from benchmarks.load.arrivals import closed, open_model
from benchmarks.load.bodies import PATHS, ask_once, heavy, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.prober import probing
from benchmarks.load.served import Shares, Tree, serving
from benchmarks.load.tally import Tally
from benchmarks.load.wire import raw_request

FLOODER = "127.0.0.2"
FLOOD = 100
OTHERS = 10
RATE = 1.0
"""Requests a second of each ordinary client."""
Bodies = Callable[[int], tuple[str, bytes]]


def light(number: int) -> tuple[str, bytes]:
    """A question that differs from the others."""
    return PATHS, slider(number)


async def _ordinary(port: int, homes: list[str], seconds: float, numbers: Any) -> Tally:
    tally = Tally()
    clients = [Client(port, one) for one in homes]

    async def ask(number: int, scheduled: float) -> None:
        raw = raw_request("POST", PATHS, slider(next(numbers)))
        tally.add(await clients[number % len(clients)].send(raw, scheduled))

    await open_model(RATE * OTHERS, seconds, ask)
    for one in clients:
        one.close()
    return tally


async def _flooded(
    port: int, homes: list[str], flooder: str, bodies: Bodies, seconds: float, numbers: Any
) -> tuple[Tally, Tally]:
    flood = Tally()
    # A flooder honours no Retry-After and never waits.
    clients = [Client(port, flooder, 1) for _ in range(FLOOD)]

    async def ask(number: int, _: float) -> None:
        path, body = bodies(next(numbers))
        flood.add(await clients[number % FLOOD].send(raw_request("POST", path, body)))

    flooding = asyncio.create_task(closed(FLOOD, seconds + 1, ask))
    await asyncio.sleep(1)
    others = await _ordinary(port, homes, seconds, numbers)
    await asyncio.wait({flooding}, timeout=0.1)
    flooding.cancel()
    for one in clients:
        one.close()
    return others, flood


def measure(tree: Tree, quick: bool) -> Figures:
    """Without, with a flood of light requests, of heavy ones, and from their own address."""
    seconds = 3.0 if quick else 15.0
    figures = Figures("flooder")
    apart = addresses(OTHERS)
    with serving(tree) as served:
        ask_once(served.port)
        numbers = count()
        alone = uvloop.run(_ordinary(served.port, apart, seconds, numbers))
        figures.add("without: p50", 1e3 * alone.seconds(0.5), "ms")
        figures.add("without: p99", 1e3 * alone.seconds(0.99), "ms")
        for name, homes, flooder, bodies in (
            ("light flood", apart, FLOODER, light),
            ("heavy flood", apart, FLOODER, heavy),
            ("light flood, same address", [FLOODER] * OTHERS, FLOODER, light),
        ):
            with probing(served.port) as health:
                shares = Shares(served)
                others, flood = uvloop.run(
                    _flooded(served.port, homes, flooder, bodies, seconds, numbers)
                )
                cores = shares.until_now()
            for share in (0.5, 0.99):
                figures.add(
                    f"{name}: others' p{100 * share:.0f} / without",
                    others.seconds(share) / alone.seconds(share),
                    "",
                    3,
                )
            figures.add(f"{name}: others refused", others.kinds["503"], "", 0)
            figures.add(f"{name}: others' errors", others.failed, "", 0)
            figures.add(f"{name}: health p99", 1e3 * health.all.seconds(0.99), "ms", 50)
            figures.note(
                f"{name}: others {others.told()}; flooder {flood.told()}; "
                f"server {cores.server:.2f}, "
                f"generator {cores.generator:.2f} cores"
            )
    return figures
