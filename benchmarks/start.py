"""From starting a process to its answers: the first start of an installation, and the second.

Each figure is the least of several, which is what a quiet machine would do; beside them stands
what Python needs to import JAX and FastAPI and nothing else.
"""

import http.client
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Figure, Skipped
from benchmarks.server import process, status_of, wait_until_ready

DEFAULT = "/api/v1/trajectories?surface=rosenbrock&optimizer=adam&steps=500"
SURFACES = ({"id": "rosenbrock"}, {"formula": "x^2 + 3*y^2"}, {"id": "neuron"})
"""One of each family whose programs are built in."""
OPTIMIZERS = ("adam", "lion")
"""One of the lecture's rules, and one that only the program for every rule knows."""


def measure(rounds: int) -> list[Figure | Skipped]:
    """Seconds."""
    times = 5 if rounds >= 100 else 3
    bare = min(_bare() for _ in range(times))
    with tempfile.TemporaryDirectory() as folder:
        with process("server", STEEPEST_PROGRAMS=folder) as (port, begun, _):
            first_ever = _first_answer(port, begun)
            wait_until_ready(port, 600)
            ready = time.perf_counter() - begun
            wait_until_ready(port, 900, afterwards=True)
        kept = _entries(folder)
        seconds = [_second(folder) for _ in range(times)]
        compiled = len(_entries(folder) - kept)
    first, every = (min(column) for column in zip(*seconds, strict=True))
    return [
        Figure("start", "bare: python -c 'import jax, fastapi'", bare, "s"),
        Figure("start", "first start ever: first answer", first_ever, "s", 6),
        Figure("start", "first start ever: ready", ready, "s"),
        Figure("start", "second start: first answer", first, "s", 2),
        Figure("start", "second start: first answer / bare", first / bare, ""),
        Figure("start", "second start: every built-in program", every, "s", 4),
        Figure("start", "second start: every built-in program / bare", every / bare, ""),
        Figure("start", "second start: programs compiled", compiled, "", 0),
    ]


def _bare() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import jax, fastapi"], check=True)
    return time.perf_counter() - begun


def _first_answer(port: int, begun: float) -> float:
    while status_of(port, DEFAULT) != 200:
        time.sleep(0.01)
    return time.perf_counter() - begun


def _second(folder: str) -> tuple[float, float]:
    """Until the first answer, and until all programs that are built in have answered."""
    with process("server", STEEPEST_PROGRAMS=folder) as (port, begun, _):
        first = _first_answer(port, begun)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for surface in SURFACES:
            runs = [{"optimizer": {"id": one}} for one in OPTIMIZERS]
            for some in ([runs[0]], [runs[1]]):
                body = {"surface": surface, "runs": some, "include": ["hessian"], "steps": 50}
                raw, headers = json.dumps(body), {"Content-Type": "application/json"}
                connection.request("POST", "/api/v1/trajectories", raw, headers)
                answer = connection.getresponse()
                content = answer.read()
                assert answer.status == 200, content[:300]
        return first, time.perf_counter() - begun


def _entries(folder: str) -> set[str]:
    """What is kept: a program that is compiled comes into it."""
    return {one.name for one in Path(folder).iterdir()}
