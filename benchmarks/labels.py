"""``python -m benchmarks.labels [--pixels 500]``: labels of maps against those of paths.

Random starts of every surface of the catalogue, and of two typed formulas, by the lecture's
optimisers at their default rates: the map's minimum and divergence, early and exact, in float64,
and what ``trajectories`` says of the same starts; and the share that float32 changes. Half an hour.
Exit status 1 where a float64 label differs.
"""

import argparse
import os
import sys
from dataclasses import replace
from typing import Any

import numpy as np

STEPS, SIDE = 500, 301
LECTURE = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
TYPED = {
    "(x^3-3*x*y^2-1)^2+(3*x^2*y-y^3)^2": ((-2.0, 2.0), (-2.0, 2.0)),
    "sqrt(x^2+y^2)+0.3*sin(5*x)*cos(4*y)": ((-4.0, 4.0), (-3.0, 3.0)),
}


def paths(programs: Any, basins: Any, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each start the minimum that its path ends at, and whether it diverged."""
    from server.engine.trajectories import trajectories
    from server.errors import InputError
    from server.maps.ground import ground_of

    ground = ground_of(programs, basins.surface, basins.run.changes)
    basin, gone = np.full(len(starts), -1), np.ones(len(starts), bool)
    for i, start in enumerate(starts):
        try:
            [[path]] = trajectories(
                programs, basins.surface, [basins.run], start[None], tolerance=1e-3
            )
        except InputError:  # A start where f is not finite.
            continue
        gone[i] = path.status == "diverged"
        if not gone[i]:
            basin[i] = ground.basins(path.points[-1:])[0]
    return basin, gone


def rate_of(seen: Any, method: Any) -> float:
    """An optimiser's default on a surface."""
    smaller = min(seen.learning_rate, seen.stride)
    scales = {
        "gradient": seen.learning_rate, "stride": seen.stride, "smaller": smaller, "constant": 1.0
    }  # fmt: skip
    default = method.default_rate
    return seen.rates.get(method.id, scales[default.of] * default.times)


def main() -> int:
    """Compare and print."""
    from server.maps.running.worker import FLAGS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.labels")
    parser.add_argument("--pixels", type=int, default=500)
    parser.add_argument("--surfaces", nargs="*", help="their ids; all if left out")
    parser.add_argument("--optimizers", nargs="*", default=LECTURE)
    asked = parser.parse_args()
    os.environ["XLA_FLAGS"] = " ".join(FLAGS)

    from server import runtime
    from server.engine.programs import Programs
    from server.engine.runs import Run
    from server.engine.views import view
    from server.maps.basins import ENDS, Basins
    from server.optimizers.catalog import OPTIMIZERS
    from surfaces.catalog import SURFACES
    from surfaces.formula import Formula

    programs = Programs(runtime.configure("cpu"))
    surfaces = [declared() for declared in SURFACES]
    surfaces += [Formula(text, domain) for text, domain in TYPED.items()]
    wrong = 0
    for surface in surfaces:
        if asked.surfaces and surface.id not in asked.surfaces:
            continue
        seen = view(programs, surface)
        pixels = np.random.default_rng(5).choice(SIDE * SIDE, asked.pixels, replace=False)
        x, y = (np.linspace(*ends, SIDE) for ends in seen.domain)
        starts = np.stack([x[pixels % SIDE], y[pixels // SIDE]], axis=1)
        for method in OPTIMIZERS:
            if method.id not in asked.optimizers:
                continue
            made: Any = method
            run = Run(made(learning_rate=rate_of(seen, method)), np.ones(STEPS))
            early = Basins(surface, run, STEPS, SIDE, SIDE, seen.domain, "float64")
            basin, gone = paths(programs, early, starts)
            parts: list[str] = []
            for name, one in (
                ("early", early),
                ("exact", replace(early, exact=True)),
                ("float32", replace(early, precision="float32")),
            ):
                found = one.compute(programs, pixels)
                diverged = found["outcome"] == ENDS.index("not_finite")
                unlike = int(((found["basin"] != basin) | (diverged != gone)).sum())
                wrong += unlike * (name != "float32")
                parts.append(f"{name} {unlike}")
            print(f"{surface.id:20} {method.id:14} differ: {', '.join(parts)}", flush=True)
    print(f"{wrong} labels of float64 differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
