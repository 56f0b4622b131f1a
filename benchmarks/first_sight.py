"""How soon the first tiles of a map are with whoever asked over HTTP, and on the pages."""

import itertools
import statistics
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from benchmarks import sight_on_pages
from benchmarks.asking_maps import Asking, asking
from benchmarks.report import Figure, Skipped

HERE = "sight"


def measure(rounds: int) -> list[Figure | Skipped]:
    """From the request to the last tile of the coarsest level; maps that nobody asked for yet."""
    few = max(5, rounds // 20)
    counter = itertools.count(1)

    def basins() -> Mapping[str, Any]:
        # Another rectangle each time, so that nothing is known of it.
        return {
            "surface": {"id": "himmelblau"},
            "run": {"optimizer": {"id": "sgd", "learning_rate": 0.005}},
            "nx": 512, "ny": 512, "x_min": -5, "x_max": 5 + next(counter) * 1e-3,
        }  # fmt: skip

    def network() -> Mapping[str, Any]:
        low = 1e-3 * (1 + next(counter) * 1e-3)
        sides = {
            axis: {"name": f"learning_rate.{name}", "from": low, "to": 1e6, "count": 257}
            for axis, name in (("x", "input"), ("y", "output"))
        }
        return {"network": {"width": 8, "points": 16}, "steps": 100, **sides}

    with asking() as server:
        starts = _median(server, "basins", basins, few)
        networks = _median(server, "trainability", network, few)
    return [
        Figure(HERE, "first 64² of basins, 512², over HTTP", starts, "ms", 100),
        Figure(HERE, "first 65² of a network, 8/16 × 100, over HTTP", networks, "ms", 200),
        *sight_on_pages.measure(rounds),
    ]


def _median(server: Asking, kind: str, body: Callable[[], Mapping[str, Any]], rounds: int) -> float:
    times: list[float] = []
    # Some that begin and warm both workers.
    for _ in range(rounds + 4):
        stride, last = 0, 0.0
        with closing(server.stream(kind, body())) as events:
            for told in events:
                if told.name == "tile":
                    stride = stride or told.content["stride"]
                    if told.content["stride"] != stride:
                        break
                    last = told.seconds
        times.append(1e3 * last)
    return statistics.median(times[4:])
