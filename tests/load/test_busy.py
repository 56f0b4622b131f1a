"""A real server that is asked for more than it can do: counts, not times."""

import asyncio
import json
from collections import Counter
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.load.arrivals import closed
from benchmarks.load.bodies import PATHS, ask_once, heavy, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.tally import Tally
from benchmarks.load.wire import raw_request
from tests.serving import serving

PATIENCE = 300
"""Seconds; a server that answers nobody fails the tests, however slow the machine is."""
STAYS = 75
"""Megabytes that may be held afterwards: three of the largest answers."""
NUMBERS = count()
"""No two of these tests ask the same."""


@pytest.fixture(scope="module")
def server():
    """With one thread for light work and few places to wait."""
    with serving(STEEPEST_COMPUTE_THREADS="1", STEEPEST_WAITING="16") as server:
        yield server


@pytest.fixture(scope="module")
def port(server):
    port = urlsplit(server.address).port
    ask_once(port)
    return port


def light():
    return raw_request("POST", PATHS, slider(next(NUMBERS)))


async def ask(clients, raws):
    """Each client asks one thing at once with all others."""
    tally = Tally()

    async def one(client, raw):
        tally.add(await client.send(raw))

    await asyncio.gather(*(one(*pair) for pair in zip(clients, raws, strict=True)))
    return tally


def test_300_at_once_are_answered_or_told_when_to_come_back(port):
    async def run():
        clients = [Client(port, one, 1, PATIENCE) for one in addresses(300, network=7)]
        tally = await ask(clients, [light() for _ in clients])
        probe = Client(port, patience=PATIENCE)
        health = [await probe.send(raw_request("GET", path)) for path in ("/healthz", "/readyz")]
        again = await probe.send(light())
        for one in (*clients, probe):
            one.close()
        return tally, health, again

    tally, health, again = asyncio.run(run())
    assert set(tally.kinds) == {"200", "503"}, tally.told()
    # All places were taken at least once.
    assert tally.good >= 17
    assert [one.kind for one in health] == ["200", "200"]
    assert again.kind == "200"


def test_those_told_to_come_back_are_all_served_if_they_do(port):
    async def run():
        refused: Counter[str] = Counter()

        async def comes_back(client):
            raw = light()
            while (outcome := await client.send(raw)).kind == "503":
                refused[client.address] += 1
                assert 1 <= client.retry_after <= 60
                await asyncio.sleep(client.retry_after)
            return outcome.kind

        clients = [Client(port, one, 1, PATIENCE) for one in addresses(60, network=8)]
        kinds = await asyncio.wait_for(asyncio.gather(*map(comes_back, clients)), PATIENCE)
        for one in clients:
            one.close()
        return kinds, refused

    kinds, refused = asyncio.run(run())
    assert set(kinds) == {"200"}
    assert refused.total() > 0


@pytest.mark.parametrize("kind", ["light", "heavy"])
def test_a_flooder_is_refused_and_others_are_served(port, kind):
    async def run():
        flood, others = Tally(), Tally()
        clients = [Client(port, "127.0.0.2", 1, PATIENCE) for _ in range(60)]

        async def flooding(number, _):
            raw = light() if kind == "light" else raw_request("POST", *heavy(next(NUMBERS)))
            flood.add(await clients[number % len(clients)].send(raw))
            # A flooder does not wait, but it lets the others of this process ask.
            await asyncio.sleep(0)

        flooder = asyncio.create_task(closed(len(clients), PATIENCE, flooding))
        while not flood.kinds["503"]:
            await asyncio.sleep(0.01)
            assert not flooder.done(), f"nothing of the flood was refused: {flood.told()}"
        ordinary = [Client(port, one, 1, PATIENCE) for one in addresses(5, network=9)]
        for _ in range(4):
            for client in ordinary:
                others.add(await client.send(light()))
        flooder.cancel()
        for one in (*clients, *ordinary):
            one.close()
        return flood, others

    flood, others = asyncio.run(run())
    # In a bad moment nobody can be sent away for them; most often the flooder can.
    assert others.good >= 16 and set(others.kinds) <= {"200", "503"}, others.told()
    # Heavy work may take longer than all the others did.
    assert set(flood.kinds) <= {"200", "503"} and flood.kinds["503"], flood.told()
    assert flood.kinds["503"] > flood.good


def resident(pid, name):
    """Megabytes in memory: now (``VmRSS``), or at most since the process began (``VmHWM``)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    [kilobytes] = (int(line.split()[1]) for line in lines if line.startswith(name))
    return kilobytes / 1e3


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux")
def test_large_answers_at_once_keep_memory_within_what_is_stated_and_give_it_back(server, port):
    pid = server.process.pid

    def largest(number):
        body = {
            "surface": {"id": "himmelblau"},
            "starts": [[0.01 * one, number * 1e-9] for one in range(64)],
            "steps": 380,
            "include": ["gradient", "state"],
            "runs": [{"optimizer": {"id": "adam"}}] * 16,
        }
        return raw_request("POST", "/api/v1/trajectories", json.dumps(body).encode())

    async def run():
        clients = [Client(port, one, 1, PATIENCE) for one in addresses(6, network=10)]
        probe = Client(port, patience=PATIENCE)
        try:
            # What is needed for these answers at all, such as their program, stays.
            await clients[0].send(largest(0))
            before = resident(pid, "VmRSS")
            tally = await ask(clients, [largest(number) for number in range(1, 7)])
            over = asyncio.get_running_loop().time() + PATIENCE / 5
            while (now := resident(pid, "VmRSS")) > before + STAYS:
                assert asyncio.get_running_loop().time() < over, f"{before} MB before, {now} after"
                await probe.send(raw_request("GET", "/healthz"))
                await asyncio.sleep(0.1)
        finally:
            for one in (*clients, probe):
                one.close()
        return tally

    tally = asyncio.run(run())
    assert set(tally.kinds) <= {"200", "503"} and tally.good > 0, tally.told()
    assert max(one.size for one in tally.outcomes) > 1e6
    assert resident(pid, "VmHWM") < 1800
