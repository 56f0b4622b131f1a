"""200 laptops whose owners drag a slider: each asks twice a second, as the page does.

The page has one question under way and keeps the newest wish; what is refused is asked again when
the server says. A wish waits until the answer to it or to a later one has come.
"""

import asyncio
import random
import time
from dataclasses import dataclass, field

import uvloop

from benchmarks.load.bodies import PATHS, ask_once, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.prober import probing
from benchmarks.load.served import Shares, Tree, serving
from benchmarks.load.tally import Tally, percentile
from benchmarks.load.wire import raw_request

EVERY = 0.5
"""Seconds between two positions of a slider."""


@dataclass
class Dragged:
    """What all clients saw.

    Attributes:
        requests: all that reached the server.
        waits: seconds from a position to its answer or a later one's; for each position.
    """

    requests: Tally = field(default_factory=Tally)
    waits: list[float] = field(default_factory=list[float])


async def _drag(client: Client, numbers: list[int], begins: float, seen: Dragged) -> None:
    """Move the slider through these positions, one every half second."""
    wishes: list[tuple[float, int]] = []
    moved = asyncio.Event()

    async def move() -> None:
        for count, number in enumerate(numbers):
            moment = begins + count * EVERY
            await asyncio.sleep(moment - time.perf_counter())
            wishes.append((moment, number))
            moved.set()

    moving = asyncio.create_task(move())
    while wishes or not moving.done():
        if not wishes:
            moved.clear()
            await asyncio.wait(
                {moving, arrived := asyncio.ensure_future(moved.wait())},
                return_when=asyncio.FIRST_COMPLETED,
            )
            arrived.cancel()
            continue
        moment, number = wishes[-1]
        outcome = await client.send(raw_request("POST", PATHS, slider(number)))
        seen.requests.add(outcome)
        if outcome.kind == "503":
            await asyncio.sleep(client.retry_after)
            continue
        now = time.perf_counter()
        answered = [one for one in wishes if one[0] <= moment]
        seen.waits += [now - begun for begun, _ in answered]
        del wishes[: len(answered)]


async def _all(port: int, laptops: int, seconds: float) -> Dragged:
    seen = Dragged()
    chance = random.Random(0)
    each = round(seconds / EVERY)
    clients = [Client(port, one) for one in addresses(laptops)]
    begins = time.perf_counter() + 0.2
    await asyncio.gather(
        *(
            _drag(
                client,
                list(range(index * each, (index + 1) * each)),
                begins + chance.uniform(0, EVERY),
                seen,
            )
            for index, client in enumerate(clients)
        )
    )
    for one in clients:
        one.close()
    return seen


def measure(tree: Tree, quick: bool) -> Figures:
    """For 20 seconds, and until the last wish is answered."""
    laptops, seconds = (50, 5.0) if quick else (200, 20.0)
    figures = Figures("sliders")
    with serving(tree) as served, probing(served.port) as health:
        ask_once(served.port)
        begun = time.perf_counter()
        shares = Shares(served)
        seen = uvloop.run(_all(served.port, laptops, seconds))
        took = time.perf_counter() - begun
        cores = shares.until_now()
    requests = seen.requests
    figures.add("positions", laptops * seconds / EVERY / seconds, "1/s")
    figures.add("answers", requests.good / took, "1/s")
    figures.add("wait for a picture p50", percentile(seen.waits, 0.5), "s")
    figures.add("wait for a picture, longest", percentile(seen.waits, 1), "s", 2)
    figures.add("admitted p50", 1e3 * requests.seconds(0.5), "ms")
    figures.add("admitted p99", 1e3 * requests.seconds(0.99), "ms", 500)
    figures.add("refused", requests.kinds["503"] / len(requests.outcomes), "")
    figures.add("errors but 503 with Retry-After", requests.failed, "", 0)
    figures.health(health)
    figures.cores(cores, health)
    figures.note(requests.told())
    return figures
