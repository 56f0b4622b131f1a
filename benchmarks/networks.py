"""Networks over HTTP, warm: a signal answer at its largest, and a training run."""

import http.client
import json
import statistics

from benchmarks.report import Figure, Skipped, interleaved
from benchmarks.server import process, wait_until_ready

SIGNAL = {"depth": 64, "width": 128, "activation": "relu", "initializer": "he"}
TRAINING = {"depth": 10, "width": 64, "batch_size": 128, "steps": 300}


def measure(rounds: int) -> list[Figure | Skipped]:
    """Batch 256, the default four seeds; and 300 steps of Adam with fifty pictures."""
    with process("server") as (port, *_):
        wait_until_ready(port, afterwards=True)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

        def post(path: str, body: dict[str, object]) -> bytes:
            url = f"/api/v1/networks/{path}?encoding=typed"
            connection.request("POST", url, json.dumps(body), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = answer.read()
            assert answer.status == 200, content[:300]
            return content

        signals = interleaved(
            {
                "depth 64, width 128, batch 256": lambda: post("signal", SIGNAL),
                "the same with histograms": lambda: post(
                    "signal", {**SIGNAL, "include": ["histograms"]}
                ),
                "the page's first": lambda: post("signal", {"include": ["histograms"]}),
            },
            max(5, rounds // 20),
        )
        trainings = interleaved(
            {"300 steps, depth 10, width 64, batch 128": lambda: post("training", TRAINING)},
            max(2, rounds // 80),
        )
        connection.close()
    targets = {"depth 64, width 128, batch 256": 150.0}
    return [
        Figure("signal", f"p50: {name}", statistics.median(taken), "ms", targets.get(name))
        for name, taken in signals.items()
    ] + [
        Figure("training", name, statistics.median(taken) / 1e3, "s", 3)
        for name, taken in trainings.items()
    ]
