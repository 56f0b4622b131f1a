"""300 phones come to a hall within ten seconds, answer and follow; the lecturer goes on."""

import asyncio
import json
import time
from contextlib import suppress

import uvloop

from benchmarks.load.bodies import PATHS, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.prober import probing
from benchmarks.load.served import Served, Tree, serving
from benchmarks.load.tally import Tally
from benchmarks.load.wire import raw_request

PHONES = 300
WITHIN = 10.0
"""Seconds in which they come."""
SLOW = 300.0
"""Milliseconds that a dragged slider of the lecturer's may take meanwhile."""
HALLS = "/api/v1/halls"


def _raw(path: str, body: object, key: str = "") -> bytes:
    headers = {"Authorization": f"Bearer {key}"}
    return raw_request("POST", HALLS + path, json.dumps(body).encode(), headers)


async def _listen(port: int, hall: str, heard: list[float]) -> None:
    """Follow as a phone does, and note when it hears that the question is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    path = f"{HALLS}/{hall}/events?counts=false"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    with suppress(asyncio.CancelledError):
        while line := await reader.readline():
            if b'"phase":"closed"' in line:
                heard.append(time.perf_counter())
                break
    writer.close()


async def _lecture(
    served: Served, within: float, votes: Tally, dragged: Tally, alone: Tally
) -> tuple[dict[str, object], float]:
    lecturer = Client(served.port)
    await lecturer.send(_raw("", {}), keep_body=True)
    opened = json.loads(bytes(lecturer.answer.body or b"{}"))
    hall, key = opened["hall"], opened["key"]
    asked = {"question": "Who?", "answers": ["a", "b", "c"]}
    await lecturer.send(_raw(f"/{hall}/questions", asked, key))
    heard = list[float]()
    following: list[asyncio.Task[None]] = []

    async def phone(number: int, address: str) -> None:
        await asyncio.sleep(within * number / PHONES)
        client = Client(served.port, address, 2)
        for path in (f"/h/{hall}", f"{HALLS}/{hall}"):
            votes.add(await client.send(raw_request("GET", path)))
        following.append(asyncio.create_task(_listen(served.port, hall, heard)))
        body = {"device": f"phone-{number:04}", "answer": number % 3}
        votes.add(await client.send(_raw(f"/{hall}/answers", body)))
        client.close()

    async def drag(tally: Tally, first: int) -> None:
        for number in range(10 * int(within)):
            tally.add(await lecturer.send(raw_request("POST", PATHS, slider(first + number))))
            await asyncio.sleep(0.1)

    await drag(alone, 80_000)

    phones = addresses(PHONES, network=8)
    await asyncio.gather(drag(dragged, 90_000), *(phone(*one) for one in enumerate(phones)))
    await lecturer.send(_raw(f"/{hall}/close", {}, key))
    closed = time.perf_counter()
    await asyncio.wait(following, timeout=30)
    again = await asyncio.open_connection("127.0.0.1", served.port)
    again[1].write(f"GET {HALLS}/{hall}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    counts: dict[str, object] = {}
    while not counts and (line := await again[0].readline()):
        if line.startswith(b'data: {"round"'):
            counts = json.loads(line.removeprefix(b"data: "))
    again[1].close()
    told = max(heard, default=closed + 30) - closed if len(heard) == PHONES else 30.0
    return counts, told


def measure(tree: Tree, quick: bool) -> Figures:
    """Every answer is counted, and the lecturer's page is answered as if nobody were there."""
    figures, votes, dragged, alone = Figures("hall"), Tally(), Tally(), Tally()
    with serving(tree) as served, probing(served.port) as health:
        within = 5.0 if quick else WITHIN
        counts, told = uvloop.run(_lecture(served, within, votes, dragged, alone))
    figures.add("answers lost", PHONES - int(str(counts.get("count", 0))), "", 0)
    figures.add("requests of phones, p99", 1e3 * votes.seconds(0.99), "ms", SLOW)
    figures.add("the lecturer's slider with nobody there, p99", 1e3 * alone.seconds(0.99), "ms")
    figures.add("the lecturer's slider meanwhile, p99", 1e3 * dragged.seconds(0.99), "ms", SLOW)
    figures.add("until all have heard that it is closed", 1e3 * told, "ms", 1000)
    figures.health(health)
    figures.note(f"phones: {votes.told()}; lecturer: {dragged.told()}; counted {counts}")
    return figures
