"""What a server holds: after all pages, after many networks, pairs and formulas, beside another."""

import http.client
import itertools
import json
import random
from contextlib import ExitStack
from typing import Any

from benchmarks.formulas import formula
from benchmarks.report import Figure, Skipped
from benchmarks.server import process, wait_until_ready

MEGABYTE = 1e6


def resident(pid: int) -> float:
    """Megabytes of a process in memory, those that it shares with others counted in part."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        [kilobytes] = (int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    return 1024 * kilobytes / MEGABYTE


class Asking:
    """Requests to one server."""

    def __init__(self, port: int):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)

    def get(self, path: str) -> Any:
        self._connection.request("GET", path)
        return json.loads(self._connection.getresponse().read())

    def post(self, path: str, body: dict[str, object]) -> int:
        raw = json.dumps(body)
        headers = {"Content-Type": "application/json"}
        self._connection.request("POST", f"/api/v1/{path}", raw, headers)
        answer = self._connection.getresponse()
        answer.read()
        assert answer.status in (200, 422), (answer.status, path, body)
        return answer.status


def pages(asking: Asking) -> None:
    """What the three pages ask for as they open, and their buttons."""
    catalog = asking.get("/api/v1/catalog")
    lecture = [one["id"] for one in catalog["optimizers"] if one["kind"] == "lecture"]
    runs = [{"optimizer": {"id": one}} for one in lecture]
    for surface in catalog["surfaces"]:
        asked = {"surface": {"id": surface["id"]}}
        asking.post("trajectories", {**asked, "runs": runs, "steps": 500})
        asking.post("grid", asked)
    asked = {"surface": {"id": "rosenbrock"}, "runs": runs, "steps": 200}
    asking.post("learning-rate-search", asked)
    asking.post("probe", {"surface": asked["surface"], "at": [[1, 1]]})
    asking.get("/api/v1/activations/relu/values")
    asking.post("losses/values", {"targets": [1], "predictions": [0.5]})
    asking.post("networks/signal", {})
    asking.post("networks/training", {"steps": 32})


def networks(asking: Asking, count: int) -> None:
    """Shapes, no two alike."""
    shapes = list(itertools.product(range(1, 65), range(2, 257)))
    for depth, width in random.Random(0).sample(shapes, count):
        asking.post("networks/signal", {"depth": depth, "width": width, "seeds": 1})


def pairs(asking: Asking, most: int) -> None:
    """Every surface by every optimiser."""
    catalog = asking.get("/api/v1/catalog")
    every = list(itertools.product(catalog["surfaces"], catalog["optimizers"]))
    for surface, optimizer in every[:: max(1, len(every) // most)]:
        runs = [{"optimizer": {"id": optimizer["id"]}}]
        asking.post("trajectories", {"surface": {"id": surface["id"]}, "runs": runs, "steps": 20})


def formulas(asking: Asking, count: int) -> None:
    """Formulas, no two alike."""
    chance = random.Random(0)
    for _ in range(count):
        asked: dict[str, object] = {"surface": {"formula": formula(chance)}}
        asking.post("trajectories", {**asked, "runs": [{"optimizer": {"id": "adam"}}], "steps": 50})


def measure(rounds: int) -> list[Figure | Skipped]:
    """Megabytes; ``rounds`` under 100 asks for a tenth of everything."""
    part = 1 if rounds >= 100 else 10
    with ExitStack() as stack:
        port, _, pid = stack.enter_context(process("server"))
        wait_until_ready(port, 600, afterwards=True)
        asking = Asking(port)
        pages(asking)
        served = resident(pid)
        networks(asking, 500 // part)
        pairs(asking, 1000 // part)
        formulas(asking, 2500 // part)
        half = resident(pid)
        formulas(asking, 2500 // part)
        full = resident(pid)
        other, _, second = stack.enter_context(process("server"))
        wait_until_ready(other, 600, afterwards=True)
        pages(Asking(other))
        both = resident(pid) + resident(second)
    return [
        Figure("memory", "a worker after serving all pages", served, "MB", 500),
        Figure("memory", "after 500 networks, all pairs, 5000 formulas", full, "MB", 900),
        Figure("memory", "the last 2500 formulas added", full - half, "MB", 20),
        Figure("memory", "a second worker adds", both - full, "MB", 350),
    ]
