"""One request of six runs x 500 steps over HTTP, and how soon a process answers at all."""

import http.client
import itertools
import json
import statistics

from benchmarks.report import Figure, Skipped, interleaved, ratio
from benchmarks.server import process, wait_until_ready

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
    with process("benchmarks.http_app") as (port, *_):
        wait_until_ready(port, afterwards=True)
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
        Figure("http", "p50 ratio", medians["trajectories"] / medians["ready-made bytes"], "", 3),
        Figure("http", "median of paired ratios", ratio(times, *times), ""),
    ]


def measure_formulas(rounds: int) -> list[Figure | Skipped]:
    """Formulas never seen before against a built-in surface: paths, and the picture."""
    counter = itertools.count(1)

    def typed(number: int) -> dict[str, object]:
        # The same function each time, in a text that the server has not met.
        text = f"(1-x)^2 + {100 + number * 1e-9:.9f}*(y-x^2)^2"
        return {"formula": text, "domain": [[-2, 2], [-1, 3]]}

    runs = json.loads(BODY)["runs"]
    with process("server") as (port, *_):
        wait_until_ready(port, afterwards=True)
        connection = http.client.HTTPConnection("127.0.0.1", port)

        def post(path: str, surface: dict[str, object], **more: object) -> bytes:
            body = json.dumps({"surface": surface, **more})
            url = f"/api/v1/{path}?encoding=typed"
            connection.request("POST", url, body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == 200, content[:300]
            return content

        known: dict[str, object] = {"id": "rosenbrock"}
        size = {"nx": 180, "ny": 135}
        start = [[-0.5, 2.6]]
        times = interleaved(
            {
                "paths": lambda: post("trajectories", known, runs=runs, starts=start),
                "paths of a new formula": lambda: post(
                    "trajectories", typed(next(counter)), runs=runs, starts=start
                ),
                "grid": lambda: post("grid", known, **size),
                "grid of a new formula": lambda: post("grid", typed(next(counter)), **size),
            },
            max(30, rounds // 2),
        )
        connection.close()
    return [
        Figure("formula", f"p50 over HTTP: {name}", statistics.median(taken), "ms")
        for name, taken in times.items()
    ] + [
        Figure(
            "formula",
            f"{name}: new formula / built-in",
            ratio(times, f"{name} of a new formula", name),
            "",
            3,
        )
        for name in ("paths", "grid")
    ]
