"""Prices of maps beside what they cost: pairs of surface and rule, both precisions, networks."""

from collections.abc import Iterator
from time import process_time
from typing import Any

import numpy as np

from benchmarks import under_flags
from benchmarks.report import Figure, Skipped

HERE = "prices"
SIDE = 256
WITHIN = (1 / 1.3, 1.3)
TYPED = "(x^3-3*x*y^2-1)^2+(3*x^2*y-y^3)^2"


def measure(rounds: int) -> list[Figure | Skipped]:
    """In a child."""
    return under_flags.asked("benchmarks.map_prices", max(2, rounds // 100))


def basins(surface: Any, rule: Any, steps: int, precision: Any, exact: bool = True) -> Any:
    """From starts all over the surface's own domain."""
    from server.engine.runs import Run
    from server.maps.basins import Basins

    run = Run(rule, np.ones(steps))
    return Basins(surface, steps, SIDE, SIDE, surface.domain, precision, exact=exact, run=run)


def cases() -> Iterator[tuple[str, Any]]:
    """Maps, and what they are called; what is early is so by its name."""
    from server.engine.runs import Run
    from server.maps.description import Axis
    from server.maps.kernels.network import Network
    from server.maps.stability import Stability
    from server.maps.trainability import Trainability
    from server.maps.winner import Winner
    from server.optimizers.adam import Adam
    from server.optimizers.lbfgs import Lbfgs
    from server.optimizers.momentum import Momentum
    from server.optimizers.newton import Newton
    from server.optimizers.rmsprop import RMSProp
    from server.optimizers.sgd import Sgd
    from surfaces.basins import Branin, Himmelblau
    from surfaces.data import LogisticRegression
    from surfaces.formula import Formula
    from surfaces.ripples import Ackley, Rastrigin
    from surfaces.valleys import Rosenbrock

    def on(surface: Any, rule: Any, rate: float, steps: int, precision: Any, **more: Any) -> Any:
        told = f"{rule.id} {surface.id} {precision}{', early' if more else ''}"
        return told, basins(surface, rule(learning_rate=rate), steps, precision, **more)

    singles = "float32", "float64"
    for precision in singles:
        yield on(Himmelblau(), Sgd, 0.005, 500, precision)
        yield on(Rosenbrock(), Adam, 0.02, 500, precision)
        yield on(Rastrigin(), Momentum, 0.001, 500, precision)
        yield on(Ackley(), Adam, 0.05, 500, precision)
    yield on(Branin(), RMSProp, 0.02, 2000, "float32")
    yield on(Himmelblau(), Newton, 1.0, 100, "float64")
    yield on(Himmelblau(), Lbfgs, 1.0, 20, "float32")
    yield on(Formula(TYPED, ((-2.0, 2.0), (-2.0, 2.0))), Sgd, 0.02, 500, "float32")
    yield on(LogisticRegression(), Sgd, 0.1, 40, "float32")
    yield on(Himmelblau(), Sgd, 0.005, 500, "float32", exact=False)
    yield on(Rastrigin(), Momentum, 0.001, 500, "float32", exact=False)
    surface = Himmelblau()
    sides = (SIDE, SIDE, surface.domain)
    runs = tuple(Run(rule(learning_rate=0.005), np.ones(500)) for rule in (Sgd, Adam, Momentum))
    yield "winner of 3, himmelblau float32", Winner(surface, 500, *sides, exact=True, runs=runs)
    rates = Axis("learning_rate", 1e-4, 0.1, SIDE, "log"), Axis("momentum", 0.0, 0.99, SIDE)
    one = Run(Momentum(learning_rate=0.01), np.ones(500))
    yield "stability momentum himmelblau float64", Stability(surface, one, 500, *rates, (1.0, 1.0))
    x, y = (Axis(f"learning_rate.{one}", 1e-3, 1e6, 65, "log") for one in ("input", "output"))
    for width, points, steps in ((8, 16, 200), (8, 272, 100), (32, 16, 100), (64, 72, 100)):
        for precision in singles:
            network = Trainability(Network(width, points), x, y, 1.0, steps, precision, exact=True)
            yield f"network {width}/{points} {precision}", network


def compared(tries: int) -> list[Figure]:
    """Said divided by measured, of some tiles."""
    from server import runtime
    from server.engine.programs import Programs

    programs = Programs(runtime.configure("cpu"))
    runtime.settle()
    found: list[Figure] = []
    for name, description in cases():
        total = description.nx * description.ny
        pixels = np.random.default_rng(0).permutation(total)[: 2 * description.tile]
        halves = np.array_split(np.sort(pixels), 2)
        times: list[float] = []
        for _ in range(1 + tries):
            begun = process_time()
            for half in halves:
                description.compute(programs, half)
            times.append(process_time() - begun)
        here = min(times[1:]) * total / len(pixels)
        target = None if "early" in name else WITHIN
        found.append(Figure(HERE, name, description.seconds() / here, "", target))
    return found


if __name__ == "__main__":
    under_flags.said(compared)
