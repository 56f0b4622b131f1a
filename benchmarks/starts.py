"""Adam from 256 x 256 starts, 500 steps, float32: ours, C with OpenMP, NumPy."""

import statistics
from collections.abc import Callable

import numpy as np

from benchmarks.native import build, pointer
from benchmarks.report import Figure, Skipped, interleaved, ratio
from server import runtime
from server.engine.final_points import final_points
from server.engine.programs import Programs
from server.optimizers.adam import Adam
from surfaces.valleys import Rosenbrock

SIDE, STEPS, RATE = 256, 500, 0.02


def measure(rounds: int) -> list[Figure | Skipped]:
    """Ours against C in turn; both must end in the same places."""
    programs = Programs(runtime.configure("cpu"))
    x, y = np.meshgrid(np.linspace(-2, 2, SIDE), np.linspace(-1, 3, SIDE))
    starts = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    adam, surface = Adam(learning_rate=RATE), Rosenbrock()

    def ours() -> np.ndarray:
        return final_points(programs, surface, adam, starts, STEPS)

    work: dict[str, Callable[[], object]] = {"ours": ours}
    native = build("-fopenmp", "-ffast-math")
    results: list[Figure | Skipped] = []
    if native is None:
        results.append(Skipped("starts", "no C compiler, so no C loop"))
    else:

        def loop_in_c() -> np.ndarray:
            xs, ys = starts[:, 0].copy(), starts[:, 1].copy()
            count, rate = len(starts), np.float32(RATE)
            native.adam_from_everywhere(
                pointer(xs), pointer(ys), count, STEPS, _as_c_float(float(rate))
            )
            return np.stack([xs, ys], axis=1)

        apart = np.abs(loop_in_c() - ours()).max(axis=1)
        assert np.quantile(apart, 0.95) < 0.01, "C and ours end in different places"
        work["C, OpenMP, -ffast-math"] = loop_in_c
    times = interleaved(work, max(5, rounds // 20))
    results += [
        Figure("starts", f"256² x 500 Adam steps: {name}", statistics.median(taken), "ms")
        for name, taken in times.items()
    ]
    if native is not None:
        name = "C, OpenMP, -ffast-math"
        results.append(Figure("starts", "ours / C", ratio(times, "ours", name), "", 2))
    return results


def _as_c_float(value: float) -> object:
    import ctypes

    return ctypes.c_float(value)
