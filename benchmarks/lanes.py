"""``python -m benchmarks.lanes [WORD …]``: a lane's step by ``server/maps/costs.py``, and here.

A step is a surface's and a rule's together: ``sgd`` says the surface's alone, another rule's own
is the rest. Only pairs whose name has a word, if one is given. Seconds are the processor's, the
least of some tries, under the flags of a worker; a long run less a short one, so that neither how
it begins nor how it ends counts.
"""

import argparse
import os
from collections.abc import Iterator
from time import process_time
from typing import Any, NamedTuple

import numpy as np

from benchmarks import arguments

TRIES = 3
PIXELS, SIDE = 4096, 301
LONG, DEAR = (500, 2000), (20, 60)
"""Steps of both runs, and of those that ask for much."""
ASKING = ("lbfgs", "exact_line_search", "newton", "sophia", "gradient_flow")
QUICK = "+".join(f"{n}*x*y^2" for n in range(1, 11))
SLOW = "+".join(f"sin({n}*x+y)" for n in range(1, 7))


class Measured(NamedTuple):
    """Nanoseconds of a lane's step, by ``costs`` and here."""

    name: str
    precision: Any
    said: float
    here: float


def measured(parser: argparse.ArgumentParser, words: list[str]) -> Iterator[Measured]:
    """Every surface by gradient descent, every rule on one surface or three."""
    from benchmarks.labels import rate_of
    from server import runtime
    from server.engine import store
    from server.engine.programs import Programs
    from server.engine.runs import Run
    from server.engine.views import view
    from server.maps.basins import Basins
    from server.maps.pricing import lane_step, of_surface
    from server.optimizers.catalog import OPTIMIZERS
    from server.settings import Settings
    from surfaces.catalog import SURFACES
    from surfaces.formula import Formula

    programs = Programs(runtime.configure("cpu"), 1, store.opened(Settings().programs))
    runtime.settle()
    methods: dict[str, Any] = {one.id: one for one in OPTIMIZERS}
    surfaces: dict[str, Any] = {one.id: one() for one in SURFACES}
    square = ((0.1, 1.0), (0.1, 1.0))
    surfaces |= {"quick formula": Formula(QUICK, square), "slow formula": Formula(SLOW, square)}
    pixels = np.sort(np.random.default_rng(0).choice(SIDE * SIDE, PIXELS, replace=False))

    def least(surface: Any, method: Any, steps: int, precision: Any) -> float:
        seen = view(programs, surface)
        run = Run(method(learning_rate=rate_of(seen, method)), np.ones(steps))
        basins = Basins(surface, steps, SIDE, SIDE, seen.domain, precision, exact=True, run=run)
        times: list[float] = []
        for _ in range(1 + TRIES):
            begun = process_time()
            basins.compute(programs, pixels)
            times.append(process_time() - begun)
        return min(times[1:])

    def pairs() -> Iterator[tuple[str, str]]:
        yield from ((name, "sgd") for name in surfaces)
        for name in methods:
            rest = ("rosenbrock", "himmelblau", "rastrigin") if name in ASKING else ("rosenbrock",)
            yield from ((one, name) for one in rest)

    called = {f"{name}: {method}": (name, method) for name, method in pairs()}
    for one in arguments.with_words(parser, words, list(called)):
        name, method = called[one]
        surface = surfaces[name]
        dear = method in ASKING or surface.family != "plain"
        few, many = DEAR if dear else LONG
        for precision in ("float32", "float64"):
            times = [least(surface, methods[method], n, precision) for n in (few, many)]
            here = (times[1] - times[0]) / (many - few) / PIXELS
            said = lane_step(of_surface(surface), [method], precision)
            yield Measured(one, precision, 1e9 * said, 1e9 * here)


def main() -> None:
    """Print the table."""
    from server.maps.running.worker import FLAGS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.lanes")
    parser.add_argument("words", nargs="*", metavar="WORD", help="in the names of pairs")
    words = parser.parse_args().words
    os.environ["XLA_FLAGS"] = " ".join(FLAGS)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for number, (name, precision, said, here) in enumerate(measured(parser, words)):
        if number == 0:
            print(f"{'constant':<36} {'precision':<9}", end=" ")
            print(f"{'said, ns':>10} {'here, ns':>10} {'said/here':>10}")
        ratio = said / max(here, 1e-3)
        print(f"{name:<36} {precision} {said:>10.3f} {here:>10.3f} {ratio:>10.2f}", flush=True)


if __name__ == "__main__":
    main()
