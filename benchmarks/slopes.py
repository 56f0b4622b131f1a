"""How the cost of a map grows with starts, steps and runs: the slope of its logarithm.

Seconds of the processor of a map of winners, every pixel and step of it, in one process.
"""

import math
from collections.abc import Callable
from time import process_time
from typing import Any

import numpy as np

from benchmarks import under_flags
from benchmarks.report import Figure, Skipped

HERE = "slopes"
SIDE, STEPS, RUNS = 256, 500, 2
LINEAR = (0.9, 1.1)


def measure(rounds: int) -> list[Figure | Skipped]:
    """In a child."""
    return under_flags.asked("benchmarks.slopes", max(2, rounds // 100))


def grown(tries: int) -> list[Figure]:
    """Each of the three four times as large and more, the others kept."""
    from server import runtime
    from server.engine.programs import Programs

    programs = Programs(runtime.configure("cpu"))
    runtime.settle()

    def seconds(side: int, steps: int, runs: int) -> float:
        winner = _winner(side, steps, runs)
        pixels = np.arange(side * side)
        tiles = [pixels[at : at + winner.tile] for at in range(0, len(pixels), winner.tile)]
        winner.compute(programs, tiles[0])
        times: list[float] = []
        for _ in range(tries):
            begun = process_time()
            for tile in tiles:
                winner.compute(programs, tile)
            times.append(process_time() - begun)
        return min(times)

    def figures(what: str, values: list[int], of: Callable[[int], float]) -> list[Figure]:
        times = [of(value) for value in values]
        logs = np.log(values)
        slope = float(np.polyfit(logs, np.log(times), 1)[0])
        # A cost besides: the line through the points themselves, at none of it.
        each, fixed = np.polyfit(values, times, 1, w=1 / np.array(times))
        share = 100 * float(fixed) / (float(each) * values[0] + float(fixed))
        ends = f"{values[0]} … {values[-1]}"
        return [
            Figure(HERE, f"exponent of {what}, {ends}", slope, "", LINEAR),
            Figure(HERE, f"fixed, of the time at {values[0]} {what}", share, "%"),
        ]

    starts = [side * side for side in (64, 128, 256, 512)]
    return [
        *figures("starts", starts, lambda n: seconds(math.isqrt(n), STEPS, RUNS)),
        *figures("steps", [250, 500, 1000, 2000], lambda n: seconds(SIDE // 2, n, RUNS)),
        # The same rule each time: others cost otherwise.
        *figures("runs", [1, 2, 4, 8], lambda n: seconds(SIDE // 2, STEPS, n)),
    ]


def _winner(side: int, steps: int, runs: int) -> Any:
    from server.engine.runs import Run
    from server.maps.winner import Winner
    from server.optimizers.momentum import Momentum
    from surfaces.basins import Himmelblau

    surface = Himmelblau()
    rates = [0.0015 * (1 + 0.1 * number) for number in range(runs)]
    all_runs = tuple(Run(Momentum(learning_rate=rate), np.ones(steps)) for rate in rates)
    return Winner(surface, steps, side, side, surface.domain, exact=True, runs=all_runs)


if __name__ == "__main__":
    under_flags.said(grown)
