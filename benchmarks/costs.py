"""``python -m benchmarks.costs``: what ``server/engine/costs.py`` says, beside this machine.

Each constant is measured by seconds of the processor, the least of some tries, so that what else
runs on the machine matters little. A column of ratios that is the same everywhere is the
machine's; one that stands out is a constant to correct.
"""

import os
from collections.abc import Callable, Iterator
from time import process_time
from typing import NamedTuple

import numpy as np

from server import runtime

TRIES = 5
STEPS = 500
"""Of a path that is measured."""
LONG = 100
"""The same of methods that ask for more than one gradient."""


class Measured(NamedTuple):
    """A constant: its name, and seconds by ``costs`` and here."""

    name: str
    said: float
    here: float


def least(work: Callable[[], object], tries: int = TRIES) -> float:
    """Seconds of the processor, at best; the first run compiles."""
    work()
    times: list[float] = []
    for _ in range(tries):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return min(times)


def evaluations() -> Iterator[Measured]:
    """Of one point of each kind of surface, and of a method's step."""
    from server.declarations import BY_ID
    from server.engine import costs, price, store
    from server.engine.evaluation import BLOCK, CURVATURES, FEW, LOSSES_AND_GRADIENTS
    from server.engine.executors import execute
    from server.engine.families import as_member
    from server.engine.paths import Walk
    from server.engine.programs import Programs
    from server.engine.surface_costs import of_surface
    from server.settings import Settings
    from surfaces.formula import Formula
    from surfaces.surface import Surface

    programs = Programs(runtime.configure("cpu"), store=store.opened(Settings().programs))
    surfaces, optimizers = BY_ID.surfaces, BY_ID.optimizers
    points = np.random.default_rng(0).uniform(0.1, 1, (BLOCK, 2))

    def walk(surface: Surface, optimizer_id: str, steps: int) -> float:
        optimizer = optimizers[optimizer_id](learning_rate=1e-6)
        asked = Walk(optimizer, np.array([0.5, 0.4]), np.full(steps, 1e-6))
        return least(lambda: execute(programs, surface, [asked], "float64", 1)) / steps

    def of(surface: Surface) -> costs.Evaluation:
        member = as_member(surface, np.dtype(np.float64))
        slopes, curvatures = (
            programs.get(LOSSES_AND_GRADIENTS, member),
            programs.get(CURVATURES, member),
        )
        return costs.Evaluation(
            walk(surface, "adam", STEPS),
            least(lambda: slopes(member, points)) / BLOCK,
            least(lambda: curvatures(member, points[:FEW])) / FEW,
        )

    chosen = {
        "plain": surfaces["ackley"](),
        "loop": surfaces["recurrent_unit"](),
        "quick formula": Formula("+".join(["x*y"] * 40)),
        "slow formula": Formula("+".join(["sin(x)"] * 40)),
        "power formula": Formula("+".join(["x^63"] * 40)),
        "1000 points, neuron": surfaces["neuron"](size=1000),
        "1000 points, linear": surfaces["linear_regression"](size=1000),
        "1000 points, logistic": surfaces["logistic_regression"](size=1000),
        "network": surfaces["network_slice"](),
    }
    for name, surface in chosen.items():
        said = of_surface(surface)
        for kind, one, here in zip(said._fields, said, of(surface), strict=True):
            yield Measured(f"{name}: {kind}", one, here)
    for name in ("plain", "slow formula", "1000 points, logistic", "network"):
        surface = chosen[name]
        for optimizer_id in costs.METHODS:
            said = price.step(of_surface(surface), optimizer_id)
            yield Measured(f"{name}: {optimizer_id}", said, walk(surface, optimizer_id, LONG))


def main() -> None:
    """Print the table."""
    # Of one core: linear algebra of NumPy's would use all there are.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    print(f"{'constant':<44} {'said, µs':>10} {'here, µs':>10} {'said/here':>10}")
    for name, said, here in evaluations():
        print(
            f"{name:<44} {1e6 * said:>10.3f} {1e6 * here:>10.3f} {said / here:>10.2f}", flush=True
        )


if __name__ == "__main__":
    main()
