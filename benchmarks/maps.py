"""Maps of 256 x 256 starts, 500 steps, float32: ours, with and without early exit, and C.

In a process of its own, under the flags that the workers of maps have. Each side has two threads;
what is compared is processor time, within one round.
"""

import ctypes
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import under_flags
from benchmarks.native import build, pointer
from benchmarks.report import Figure, Skipped, interleaved, ratio

SIDE, STEPS, FIRST = 256, 500, 64
LOOPS = Path(__file__).parent / "loops.c"
HERE = "maps"


@dataclass(frozen=True)
class Case:
    """A map, the loop of ``loops.c`` that does the same, and what is aimed at.

    Attributes:
        loop: its name.
        basins: the map, exact.
        full: how many times the loop's time all steps may take.
        early: the same of a map that stops early, against all steps.
        settles: whether lanes settle, so that stopping must pay against C too.
    """

    loop: str
    basins: Any
    full: float
    early: float | None
    settles: bool


def measure(rounds: int) -> list[Figure | Skipped]:
    """In a child: flags of XLA hold for a process."""
    return under_flags.asked("benchmarks.maps", max(5, rounds // 20))


def cases() -> list[Case]:
    """Those of the catalogue at their own rates, but where nothing is to settle."""
    from server.engine.runs import Run
    from server.maps.basins import Basins
    from server.optimizers.adam import Adam
    from server.optimizers.momentum import Momentum
    from server.optimizers.sgd import Sgd
    from surfaces.basins import Himmelblau, SixHumpCamel
    from surfaces.ripples import Rastrigin
    from surfaces.valleys import Rosenbrock

    def basins(surface: Any, rule: Any) -> Any:
        run = Run(rule, np.ones(STEPS))
        return Basins(surface, STEPS, SIDE, SIDE, surface.domain, "float32", exact=True, run=run)

    return [
        Case("adam_rosenbrock", basins(Rosenbrock(), Adam(learning_rate=0.02)), 1.7, 1.25, False),
        Case("sgd_six_hump", basins(SixHumpCamel(), Sgd(learning_rate=0.01)), 2.5, None, True),
        Case("sgd_himmelblau", basins(Himmelblau(), Sgd(learning_rate=0.005)), 2.5, 0.6, True),
        Case("momentum_himmelblau", basins(Himmelblau(), Momentum(learning_rate=0.0015)), 2.5,
             None, True),
        Case("sgd_rastrigin", basins(Rastrigin(), Sgd(learning_rate=0.002)), 1.2, 0.25, True),
    ]  # fmt: skip


def compared(rounds: int) -> list[Figure | Skipped]:
    """Every case against its loop."""
    from server import runtime
    from server.engine.programs import Programs

    programs = Programs(runtime.configure("cpu"))
    native = build("-fopenmp", "-ffast-math", source=LOOPS)
    found: list[Figure | Skipped] = []
    if native is None:
        found.append(Skipped(HERE, "no C compiler, so no C loops"))
    for case in cases():
        found += labels(programs, case)
        full, early = (kernel(programs, case, exact) for exact in (True, False))
        work: dict[str, Callable[[], object]] = {"full": full, "early": early}
        if native is not None:
            work["C"] = lambda case=case: loop_in_c(native, case)
        times = worked(work, rounds)

        def figure(sides: str, most: float | None, times: Any = times, case: Any = case) -> Figure:
            one, other = sides.split(" / ")
            return Figure(HERE, f"{case.loop}: {sides}", ratio(times, one, other), "", most)

        each = statistics.median(times["full"]) / (SIDE * SIDE * STEPS) * 1e6
        found.append(Figure(HERE, f"{case.loop}: a lane-step", each, "ns"))
        found.append(figure("early / full", case.early))
        if native is not None:
            found.append(figure("full / C", case.full))
            found.append(figure("early / C", 1.2 if case.settles else None))
    one = replace(cases()[2].basins, exact=False)
    pixels = np.arange(FIRST * FIRST) * (SIDE // FIRST) ** 2
    first = interleaved({"first": lambda: one.compute(programs, pixels)}, rounds)["first"]
    found.append(Figure(HERE, "the first 64² in the process", statistics.median(first), "ms", 30))
    return found


def labels(programs: Any, case: Case) -> list[Figure | Skipped]:
    """Whether stopping early changes a label, and how many float32 does."""
    pixels = np.arange(SIDE * SIDE)
    exact, early = case.basins, replace(case.basins, exact=False)
    double = replace(early, precision="float64")
    full, stopped, finer = (
        one.compute(programs, pixels)["basin"] for one in (exact, early, double)
    )
    changed, unlike = float((full != stopped).mean()), float((stopped != finer).mean())
    return [
        Figure(HERE, f"{case.loop}: labels that stopping changes", changed, "", 0.0),
        Figure(HERE, f"{case.loop}: float32 labels unlike float64's", unlike, ""),
    ]


def kernel(programs: Any, case: Case, exact: bool) -> Callable[[], object]:
    """All calls of a map's kernel, on two threads as on two workers."""
    from server.maps.basins import settling
    from server.maps.ground import ground_of, lattice
    from server.maps.kernels.lanes import Numbers
    from server.maps.kernels.walking import planned

    basins = case.basins
    ground = ground_of(programs, basins.surface, basins.run.changes)
    stops = settling(ground, basins.run, exact=exact)
    numbers = Numbers.of(basins.run)
    plan, given, lanes = planned(
        programs, basins.surface, basins.run, numbers, stops, precision="float32"
    )
    starts = lattice(basins.domain, SIDE)
    calls = [
        plan.begun(starts[at : at + lanes], given)._replace(last=np.int32(STEPS))
        for at in range(0, len(starts), lanes)
    ]
    threads = ThreadPoolExecutor(2)

    def one(call: Any) -> object:
        return plan.called(call)[1].x

    return lambda: list(threads.map(one, calls))


def worked(work: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of processor time, all threads together, taken in turn."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds + 1):
        for name, run in work.items():
            begun = time.process_time()
            run()
            if number:
                times[name].append(1e3 * (time.process_time() - begun))
    return times


def loop_in_c(native: ctypes.CDLL, case: Case) -> np.ndarray:
    """Where the loop ends."""
    basins = case.basins
    x, y = np.meshgrid(*(np.linspace(*ends, SIDE, dtype=np.float32) for ends in basins.domain))
    xs, ys = x.ravel().copy(), y.ravel().copy()
    rate = ctypes.c_float(basins.run.optimizer.learning_rate)
    getattr(native, case.loop)(pointer(xs), pointer(ys), SIDE * SIDE, STEPS, rate)
    return np.stack([xs, ys], axis=1)


if __name__ == "__main__":
    # A thread of the C loop that has nothing to do waits, and does not count as work.
    os.environ.update({"OMP_NUM_THREADS": "2", "OMP_WAIT_POLICY": "passive"})
    under_flags.said(compared)
