"""The most memory that permitted requests can make a server hold, many of them at once."""

import asyncio
import json
import os
from collections.abc import Callable
from itertools import count
from random import Random
from typing import Any

import uvloop

from benchmarks.formulas import formula
from benchmarks.load.bodies import LECTURE, run
from benchmarks.load.client import Client, addresses
from benchmarks.load.figures import Figures
from benchmarks.load.served import Tree, serving
from benchmarks.load.tally import Tally
from benchmarks.load.wire import raw_request

LIMIT = 1800.0
"""Megabytes that the README states; below ``mem_limit`` of compose.yaml."""
Ask = Callable[[int], tuple[str, dict[str, Any], str]]
"""Path, body and accepted type of the request of this number."""

JSON = "application/json"


def _paths(number: int) -> tuple[str, dict[str, Any], str]:
    body = {
        "surface": {"id": "rosenbrock"},
        "starts": [[-1.2, 1 + number * 1e-9]],
        "steps": 10_000,
        "include": ["gradient", "state", "hessian"],
        "runs": [run(one) for one in LECTURE * 3][:16],
    }
    accepted = (JSON, "text/csv", "application/x-npz")[number % 3]
    return "trajectories", body, accepted


def _starts(number: int) -> tuple[str, dict[str, Any], str]:
    body = {
        "surface": {"id": "himmelblau"},
        "starts": [[0.01 * one, number * 1e-9] for one in range(64)],
        "steps": 380,
        "include": ["gradient", "state", "outcomes"],
        "runs": [run(one) for one in LECTURE * 3][:16],
    }
    return "trajectories", body, (JSON, "text/csv", "application/x-npz")[number % 3]


def _grid(number: int) -> tuple[str, dict[str, Any], str]:
    body = {
        "surface": {"id": "rosenbrock"},
        "nx": 512,
        "ny": 512,
        "x_min": -2 - number * 1e-9,
        "x_max": 2,
        "y_min": -1,
        "y_max": 3,
        "include": ["gradient", "hessian", "lines"],
    }
    return "grid", body, JSON


def _network(number: int) -> tuple[str, dict[str, Any], str]:
    body = {"depth": 64 - number % 32, "width": 256, "seed": number, "include": ["histograms"]}
    return "networks/signal", {**body, "precision": "float64", "seeds": 4}, JSON


def _training(number: int) -> tuple[str, dict[str, Any], str]:
    body = {"depth": 64, "width": 256, "precision": "float64", "steps": 8, "frames": 2}
    return "networks/training", {**body, "seed": number, "include": ["histograms"]}, JSON


def _points(number: int) -> tuple[str, dict[str, Any], str]:
    chance = Random(number)
    rows = "\n".join(f"{chance.random():.6f},{chance.random():.6f}" for _ in range(1000))
    surface = {"id": "linear_regression", "points": f"x,y\n{rows}"}
    return "trajectories", {"surface": surface, "steps": 2000, "runs": [run("adam")] * 8}, JSON


def _formula(number: int) -> tuple[str, dict[str, Any], str]:
    body = {"surface": {"formula": formula(Random(number))}, "nx": 256, "ny": 256}
    return "grid", {**body, "include": ["lines"]}, JSON


def _search(number: int) -> tuple[str, dict[str, Any], str]:
    body = {"surface": {"id": "rosenbrock"}, "steps": 900 + number % 32, "seed": number}
    runs = [run(one) for one in LECTURE]
    return "learning-rate-search", {**body, "runs": runs, "search": {"count": 256}}, JSON


MIXES: dict[str, tuple[Ask, ...]] = {
    "longest paths": (_paths,),
    "most starts": (_starts,),
    "largest grids": (_grid,),
    "networks": (_network, _training),
    "points and formulas": (_points, _formula),
    "searches": (_search,),
    "all of them": (_paths, _starts, _grid, _network, _training, _points, _formula, _search),
}
AT_ONCE = 64


async def _mix(port: int, asks: tuple[Ask, ...], requests: int, numbers: Any) -> Tally:
    tally = Tally()
    clients = [Client(port, one, patience=100) for one in addresses(16, network=6)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        path, body, accepted = asks[number % len(asks)](number)
        raw = raw_request(
            "POST", f"/api/v1/{path}", json.dumps(body).encode(), {"Accept": accepted}
        )
        async with gate:
            client = clients[number % len(clients)]
            while (outcome := await client.send(raw)).kind == "503":
                await asyncio.sleep(client.retry_after)
            tally.add(outcome)

    await asyncio.gather(*(one(next(numbers)) for _ in range(requests)))
    for client in clients:
        client.close()
    return tally


def measure(tree: Tree, quick: bool) -> Figures:
    """One mix after another on one server, 64 requests at once."""
    figures = Figures("memory")
    numbers = count()
    limit = float(os.environ.get("STEEPEST_STATED_MB", LIMIT))
    with serving(tree) as served:
        figures.add("ready", served.megabytes(), "MB")
        for name, asks in MIXES.items():
            served.forget_peak()
            requests = 4 * len(asks) if quick else max(64, 16 * len(asks))
            tally = uvloop.run(_mix(served.port, asks, requests, numbers))
            figures.add(f"{name}: peak", served.peak_megabytes(), "MB", limit)
            figures.note(f"{name}: {tally.told()}; {tally.worst:.1f} s the longest")
        figures.add("left afterwards", served.megabytes(), "MB")
    return figures
