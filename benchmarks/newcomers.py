"""How long newcomers wait for their first answer, and others meanwhile.

``python -m benchmarks.newcomers``

A thousand connections arrive within a tenth of a second while some old ones ask for paths without
a pause. Their first answer (a health check, which waits for no computation) is timed from before
the connection is asked for; beside it the same question on connections that are there already.
"""

import argparse
import asyncio
import json
import resource
from time import perf_counter
from urllib.parse import urlsplit

from tests.serving import serving

NEWCOMERS = 1000
WITHIN = 0.1
OLD = 16
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
BODY = json.dumps(
    {"surface": {"id": "rosenbrock"}, "steps": 300, "runs": [{"optimizer": {"id": "adam"}}] * 6}
).encode()
PATHS = (
    b"POST /api/v1/trajectories HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes) -> None:
    writer.write(asked)
    head = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in head.partition(b"\r\n")[0], head
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length"):
            await reader.readexactly(int(line.partition(b":")[2]))


def shown(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p50, p99 = (1e3 * ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.99))
    print(f"{name}: {len(ordered)}, p50 {p50:.0f} ms, p99 {p99:.0f} ms", flush=True)


async def measure(host: str, port: int) -> None:
    done = asyncio.Event()
    first, beside, paths = [], [], []

    async def ask(asked: bytes, times: list[float], pause: float) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        while not done.is_set():
            before = perf_counter()
            await answer(reader, writer, asked)
            times.append(perf_counter() - before)
            await asyncio.sleep(pause)
        writer.close()

    async def arrive(place: int) -> None:
        await asyncio.sleep(place * WITHIN / NEWCOMERS)
        before = perf_counter()
        reader, writer = await asyncio.open_connection(host, port)
        await answer(reader, writer, HEALTH)
        first.append(perf_counter() - before)
        writer.close()

    old = [asyncio.create_task(ask(PATHS, paths, 0)) for _ in range(OLD)]
    old += [asyncio.create_task(ask(HEALTH, beside, 0.005)) for _ in range(OLD)]
    await asyncio.sleep(2)
    beside.clear()
    await asyncio.gather(*(arrive(place) for place in range(NEWCOMERS)))
    done.set()
    await asyncio.gather(*old)
    shown("first answers of newcomers", first)
    shown("the same of others meanwhile", beside)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newcomers", description=__doc__)
    parser.add_argument("--address", help="of a server that runs; one is started if left out")
    arguments = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if arguments.address:
        where = urlsplit(arguments.address)
        asyncio.run(measure(where.hostname or "127.0.0.1", where.port or 80))
        return
    with serving() as server:
        where = urlsplit(server.address)
        asyncio.run(measure(where.hostname or "127.0.0.1", where.port or 80))


if __name__ == "__main__":
    main()
