"""One request of six runs x 500 steps over HTTP, and how soon a process answers at all."""

import http.client
import json
import statistics
import time

from benchmarks.report import Figure, Skipped, interleaved, ratio
from benchmarks.server import process, status_of, wait_until_ready

BODY = json.dumps(
    {
        "surface": {"id": "rosenbrock"},
        "steps": 500,
        "runs": [
            {"optimizer": {"id": name}}
            for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
        ],
    }
)


def measure(rounds: int) -> list[Figure | Skipped]:
    """The answer against as many ready-made bytes from the same app, in turn."""
    with process("benchmarks.http_app") as (port, _):
        wait_until_ready(port)
        connection = http.client.HTTPConnection("127.0.0.1", port)

        def post(path: str) -> bytes:
            connection.request("POST", path, BODY, {"Content-Type": "application/json"})
            return connection.getresponse().read()

        answer = post("/api/v1/trajectories?encoding=typed")
        assert b"bdata" in answer, answer[:200]
        times = interleaved(
            {
                "trajectories": lambda: post("/api/v1/trajectories?encoding=typed"),
                "ready-made bytes": lambda: post(f"/benchmark/bytes/{len(answer)}"),
            },
            max(30, rounds),
        )
        connection.close()
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    return [
        Figure("http", f"p50 of 6 x 500 steps, {len(answer) // 1000} kB", value, "ms")
        if name == "trajectories"
        else Figure("http", "p50 of as many ready-made bytes", value, "ms")
        for name, value in medians.items()
    ] + [
        Figure("http", "p50 ratio", medians["trajectories"] / medians["ready-made bytes"], "", 2),
        Figure("http", "median of paired ratios", ratio(times, *times), ""),
    ]


def measure_start(rounds: int) -> list[Figure | Skipped]:
    """Seconds from starting the process to its first answer, and to readiness."""
    path = "/api/v1/trajectories?surface=rosenbrock&optimizer=adam&steps=500"
    firsts: list[float] = []
    readies: list[float] = []
    for _ in range(3 if rounds >= 100 else 1):
        with process("server") as (port, begun):
            while status_of(port, path) != 200:
                time.sleep(0.01)
            firsts.append(time.perf_counter() - begun)
            wait_until_ready(port)
            readies.append(time.perf_counter() - begun)
    return [
        Figure("start", "first answer on the default surface", statistics.median(firsts), "s", 3),
        Figure("start", "cold start to readiness", statistics.median(readies), "s", 20),
    ]
