"""What a new release of JAX or XLA might break without a word.

jax#40101: since 0.11.1 small writes inside loops on a CPU take time in proportion to the whole
array, so that a walk of twice the steps takes four times as long.
"""

from collections.abc import Callable

import numpy as np

from benchmarks.report import Figure, Skipped, interleaved, ratio
from server import runtime
from server.engine.paths import Walk, walk_paths
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.sweep import sweep_of, swept
from server.engine.walk import CAPACITY
from server.optimizers.adam import Adam
from surfaces.valleys import Rosenbrock

LINEAR = 2.3
"""Twice the steps may take this many times as long."""


def measure(rounds: int) -> list[Figure | Skipped]:
    """Time of 2n steps by time of n, of a walk and of lanes that keep every point."""
    programs = Programs(runtime.configure("cpu"))
    surface, start, adam = Rosenbrock(), np.array([-0.5, 2.6]), Adam(learning_rate=0.02)
    rates = np.geomspace(1e-4, 1e-1, 128)

    def walk(steps: int) -> Callable[[], object]:
        walks = [Walk(adam, start, np.full(steps, 0.02))]
        return lambda: walk_paths(programs, surface, walks, "float64")

    def sweep(steps: int) -> Callable[[], object]:
        run = Run(adam, np.ones(steps))
        program = sweep_of([run])
        return lambda: list(swept(programs, program, surface, run, start, rates, 0))

    figures: list[Figure | Skipped] = []
    for name, make, n in (("walk", walk, CAPACITY // 2), ("lanes", sweep, 2048)):
        times = interleaved({"n": make(n), "2n": make(2 * n)}, max(9, rounds // 10))
        twice = ratio(times, "2n", "n")
        figures.append(Figure("canary", f"{name}: {2 * n} steps / {n}", twice, "", LINEAR))
    return figures
