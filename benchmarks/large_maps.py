"""1024² starts x 1,000 steps x 6 runs: time against what was said first, and memory.

Time is of the processor, the server's and its workers' together: that is what a price is in.
"""

from collections.abc import Mapping
from typing import Any

from benchmarks import processes
from benchmarks.asking_maps import Asking, asking
from benchmarks.report import Figure, Skipped

HERE = "large"
RUNS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "lion", "rprop")
SURFACE = {"id": "himmelblau"}


def winner(side: int, steps: int, runs: int, **more: Any) -> Mapping[str, Any]:
    """Which of some runs is first."""
    asked = [{"optimizer": {"id": one}} for one in RUNS[:runs]]
    return {"surface": SURFACE, "runs": asked, "nx": side, "ny": side, "steps": steps, **more}


def measure(rounds: int) -> list[Figure | Skipped]:
    """All pixels, then refined; small where there is little time."""
    side, steps = (1024, 1000) if rounds >= 100 else (512, 300)
    with asking() as server:
        for runs in (6, 8):
            # Large enough to be checked in float64 by the programs that check the others.
            server.whole("winner", winner(128, 40, runs))
        return [
            *_measured(server, f"{side}² × {steps} × 6", winner(side, steps, 6, exact=True)),
            *_measured(server, f"{side}² × {steps} × 6 refined", winner(side, steps, 6)),
            *_measured(server, f"{side}² × {steps} × 8", winner(side, steps, 8, exact=True)),
        ]


def _measured(server: Asking, name: str, body: Mapping[str, Any]) -> list[Figure | Skipped]:
    begun = processes.worked(server.pid)
    said, at_most, known, since, after = 0.0, 0.0, 0.0, 0.0, 0.0
    with processes.watched(server.pid) as peak:
        for told in server.whole("winner", body):
            if told.name == "progress":
                if "price_seconds" in told.content:
                    said = told.content["price_seconds"]
                    at_most = told.content["price_seconds_at_most"]
                elif not known and told.content["done"] * 16 > told.content["total"]:
                    known = told.content["seconds_left"]
                    since = told.seconds
            after = told.seconds
    spent = processes.worked(server.pid) - begun
    left = max(after - since, 1e-9)
    return [
        Figure(HERE, f"{name}: of processor", spent, "s"),
        # One number where all is computed anyhow, else a range in which it must be.
        Figure(
            HERE,
            f"{name}: what was said first / it",
            said / spent,
            "",
            (1 / 1.3, 1.3) if said == at_most else 1.3,
        ),
        Figure(
            HERE, f"{name}: what was said to be the most / it", at_most / spent, "", (1 / 1.3, 1e3)
        ),
        Figure(HERE, f"{name}: said after a sixteenth / it", known / left, "", (1 / 1.3, 1.3)),
        Figure(HERE, f"{name}: memory of all processes", peak.megabytes, "MB", 1024**3 / 1e6),
    ]
