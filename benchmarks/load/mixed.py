"""Everything that people ask a server for, and everything that they do to it, at random."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from benchmarks.formulas import formula
from benchmarks.load.bodies import LECTURE, PATHS, big, run, slider
from benchmarks.load.client import Client, addresses
from benchmarks.load.tally import Outcome, Tally
from benchmarks.load.wire import Connection, connect, raw_request

CLIENTS = 24
RATE = 12.0
"""Requests a second; two cores are then busy, and sometimes too busy."""
PATIENCE = 60.0
EXPECTED = ("200", "304", "cached", "503", "422", "404", "405", "413", "431", "408", "414")


class Mixed:
    """Clients that ask and misbehave; ``tally`` holds the last minute's good manners.

    Attributes:
        tally: of requests that are to be answered.
        did: how often each kind of thing was done.
        strange: answers that should not be, by kind.
    """

    def __init__(self, port: int, seed: int = 0):
        self._port = port
        self._chance = random.Random(seed)
        self._clients = [Client(port, one, patience=PATIENCE) for one in addresses(CLIENTS)]
        self._number = 0
        self.tally = Tally()
        self.did: Counter[str] = Counter()
        self.strange: Counter[str] = Counter()
        self._kinds: dict[Callable[[Client, int], Awaitable[Outcome | None]], float] = {
            self._page: 4,
            self._slider: 20,
            self._formula: 20,
            self._points: 6,
            self._grid: 4,
            self._small: 12,
            self._network: 3,
            self._search: 2,
            self._table: 2,
            self._refused: 8,
            self._worst: 2,
            self._leaves: 4,
            self._slow: 2,
        }

    async def run(self, seconds: float) -> None:
        """Ask as an open stream for this long; what is under way at the end is waited for."""
        until = time.perf_counter() + seconds
        moment = time.perf_counter()
        tasks: set[asyncio.Task[None]] = set()
        kinds, weights = list(self._kinds), list(self._kinds.values())
        while (moment := moment + self._chance.expovariate(RATE)) < until:
            await asyncio.sleep(moment - time.perf_counter())
            [kind] = self._chance.choices(kinds, weights)
            self._number += 1
            tasks.add(task := asyncio.create_task(self._do(kind, self._number, moment)))
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)

    def close(self) -> None:
        for one in self._clients:
            one.close()

    async def _do(
        self,
        kind: Callable[[Client, int], Awaitable[Outcome | None]],
        number: int,
        scheduled: float,
    ) -> None:
        client = self._chance.choice(self._clients)
        name = kind.__name__.removeprefix("_")
        self.did[name] += 1
        outcome = await kind(client, number)
        if outcome is None:
            return
        self.tally.add(outcome)
        if outcome.kind not in EXPECTED:
            self.strange[f"{name}: {outcome.kind}"] += 1

    async def _post(self, client: Client, path: str, body: Any, accept: str = "*/*") -> Outcome:
        raw = json.dumps(body).encode()
        headers = {"Accept": accept}
        return await client.send(raw_request("POST", f"/api/v1/{path}", raw, headers))

    async def _page(self, client: Client, _: int) -> Outcome:
        for path in ("/", "/api/v1/scenarios", "/functions.html", "/signal.html", "/openapi.json"):
            await client.get(path)
        return await client.get("/api/v1/catalog")

    async def _slider(self, client: Client, number: int) -> Outcome:
        return await client.send(raw_request("POST", PATHS, slider(number % 500)))

    async def _formula(self, client: Client, _: int) -> Outcome:
        surface = {"formula": formula(self._chance)}
        if self._chance.random() < 0.5:
            return await self._post(client, "grid", {"surface": surface, "nx": 40, "ny": 40})
        body = {"surface": surface, "runs": [run("adam")], "steps": 50}
        return await self._post(client, "trajectories", body)

    async def _points(self, client: Client, _: int) -> Outcome:
        rows = (f"{self._chance.random():.5f};{self._chance.random():.5f}" for _ in range(300))
        surface = {"id": "linear_regression", "points": "x;y\n" + "\n".join(rows)}
        return await self._post(client, "trajectories", {"surface": surface, "runs": [run("adam")]})

    async def _grid(self, client: Client, number: int) -> Outcome:
        body = {"surface": {"id": "himmelblau"}, "nx": 512, "ny": 512, "x_min": -4 - number / 1e6}
        return await self._post(client, "grid", {**body, "include": ["gradient", "lines"]})

    async def _small(self, client: Client, _: int) -> Outcome:
        x, y = self._chance.random(), self._chance.random()
        rosenbrock = {"surface": {"id": "rosenbrock"}}
        path, body = self._chance.choice(
            [
                ("probe", {**rosenbrock, "at": [[x, y]]}),
                ("backpropagation", {**rosenbrock, "at": [x, y]}),
                ("losses/values", {"targets": [1], "predictions": [x]}),
            ]
        )
        return await self._post(client, path, body)

    async def _network(self, client: Client, number: int) -> Outcome:
        if self._chance.random() < 0.5:
            depth, width = self._chance.randint(1, 64), self._chance.randint(2, 128)
            return await self._post(client, "networks/signal", {"depth": depth, "width": width})
        return await self._post(client, "networks/training", {"steps": 64, "seed": number})

    async def _search(self, client: Client, number: int) -> Outcome:
        runs = [run(one) for one in LECTURE]
        body = {"surface": {"id": "rosenbrock"}, "runs": runs, "steps": 300, "seed": number % 64}
        return await self._post(client, "learning-rate-search", body)

    async def _table(self, client: Client, number: int) -> Outcome:
        accept = ("text/csv", "application/x-npz")[number % 2]
        body = {"surface": {"id": "himmelblau"}, "runs": [run("adam", 0.01 + number / 1e7)] * 4}
        return await self._post(client, "trajectories", {**body, "steps": 2000}, accept)

    async def _refused(self, client: Client, _: int) -> Outcome:
        path, body = self._chance.choice(
            [
                ("trajectories", {"surface": {"id": "rosenbrok"}, "runs": [run("adm")]}),
                ("grid", {"surface": {"formula": "x +* y"}}),
                ("trajectories", {"surface": {"id": "rosenbrock"}, "runs": [{}] * 40}),
                ("networks/training", {"steps": 10**9}),
                ("nowhere", {}),
                ("trajectories", {"surface": {"id": "a" * 100_000}, "runs": []}),
            ]
        )
        return await self._post(client, path, body)

    async def _worst(self, client: Client, _: int) -> Outcome:
        pairs = ",".join(f'"k{one:x}":0' for one in range(20_000))
        return await client.send(raw_request("POST", "/api/v1/probe", f"{{{pairs}}}".encode()))

    async def _leaves(self, client: Client, number: int) -> None:
        """Asks for a stream or something long, and goes before it has come."""
        body = json.dumps({"steps": 400, "seed": number, "depth": 12}).encode()
        headers = {"Accept": "text/event-stream"}
        raw = raw_request("POST", "/api/v1/networks/training", body, headers)
        await self._abandoned(client.address, raw, self._chance.random())

    async def _slow(self, client: Client, number: int) -> None:
        """Half a header, half a body, or an answer that nobody reads, for some seconds."""
        path, body = big(number % 16)
        raw = raw_request("POST", path, body)
        part = self._chance.choice([raw[:60], raw[: len(raw) // 2], raw])
        await self._abandoned(client.address, part, self._chance.uniform(1, 20), read=False)

    async def _abandoned(self, address: str, raw: bytes, after: float, read: bool = True) -> None:
        connection: Connection | None = None
        with suppress(OSError):
            connection = await connect(self._port, address)
        if connection is None or connection.transport is None:
            return
        asked = connection.ask(raw)
        asked.add_done_callback(lambda done: done.cancelled() or done.exception())
        if not read:
            connection.transport.pause_reading()
        await asyncio.sleep(after)
        connection.close()
