"""128 learning rates x 8 runs x 500 steps: the compute of one search."""

import statistics
from collections.abc import Callable

import numpy as np

from benchmarks.report import Figure, Skipped, interleaved
from server import runtime
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.search import search
from server.optimizers.catalog import OPTIMIZERS
from surfaces.data import LinearRegression
from surfaces.surface import Surface
from surfaces.valleys import Rosenbrock

STEPS = 500
RATES = np.geomspace(1e-5, 10, 128)
TARGET = 100.0


def measure(rounds: int) -> list[Figure | Skipped]:
    """On a formula's worth of arithmetic, and on fifty points."""
    programs = Programs(runtime.configure("cpu"))
    runs = [Run(optimizer(), np.ones(STEPS)) for optimizer in OPTIMIZERS[:8]]

    def on(surface: Surface) -> Callable[[], object]:
        start = np.array(surface.start)
        return lambda: search(programs, surface, runs, start, RATES, tolerance=1e-3)

    work = {
        "Rosenbrock": on(Rosenbrock()),
        "linear regression, 50 points": on(LinearRegression()),
    }
    times = interleaved(work, max(5, rounds // 20))
    return [
        Figure("search", f"128 x 8 x {STEPS}, {name}", statistics.median(taken), "ms", TARGET)
        for name, taken in times.items()
    ]
