"""``python -m benchmarks.gpu [--device gpu|cpu] [--side 1024]``: five minutes on a GPU.

Whether the chosen device computes what the CPU does, and how fast maps and grids are there. Exit
status 1 if something differs, 2 if there is no such device.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from time import perf_counter

import jax
import numpy as np
from jaxtyping import Float

from benchmarks import gpu_maps
from benchmarks.arguments import count
from server.engine.evaluation import loss_and_gradient
from server.engine.final_points import final_points
from server.engine.grid import sample
from server.engine.programs import Programs
from server.optimizers.adam import Adam
from server.optimizers.momentum import Momentum
from server.optimizers.optimizer import GradientRule
from server.optimizers.rmsprop import RMSProp
from server.optimizers.sgd import Sgd
from server.results import Precision
from server.runtime import DeviceUnavailableError, Placement, configure
from surfaces.data import LinearRegression
from surfaces.formula import Formula
from surfaces.surface import Surface
from surfaces.valleys import Rosenbrock

STEPS = 500
SURFACES: dict[str, Surface] = {
    "Rosenbrock": Rosenbrock(),
    "50 points": LinearRegression(),
    "a typed formula": Formula("sin(x)*cos(y) + 0.1*x^2 + 0.3*y^2"),
}
RULES: Sequence[GradientRule] = (
    Sgd(learning_rate=5e-4),
    Momentum(learning_rate=2e-4),
    RMSProp(learning_rate=5e-4),
    Adam(learning_rate=0.02),
)
COMPARED = 50
"""Steps after which final points are compared: later, rounding grows where a rule bounces."""
ROUNDS = 3


def starts(side: int) -> Float[np.ndarray, "side*side 2"]:
    """A square of starts round the valley."""
    x, y = np.meshgrid(np.linspace(-2, 2, side), np.linspace(-1, 3, side))
    return np.stack([x.ravel(), y.ravel()], axis=1)


def apart(one: np.ndarray, other: np.ndarray) -> float:
    """The largest difference, as a share of the larger value where that is over 1."""
    if not (np.isfinite(one) == np.isfinite(other)).all():
        return float("inf")
    with np.errstate(invalid="ignore"):
        return float(np.nanmax(np.abs(one - other) / np.maximum(1, np.abs(other)), initial=0.0))


def differences(there: Programs, here: Programs, side: int) -> bool:
    """Compare both; whether all agree."""
    good = True

    def line(what: str, difference: float, most: float) -> None:
        nonlocal good
        good &= difference <= most
        verdict = "equal" if difference <= most else "DIFFERS"
        print(f"  {verdict:<8} {what:<52} {difference:.1e} (at most {most:.0e})", flush=True)

    points = starts(min(side, 256))
    for name, surface in SURFACES.items():
        try:
            one, other = (
                loss_and_gradient(on, surface.ready(), points, "float64", many=True)
                for on in (there, here)
            )
            most = max(map(apart, one, other))
        except Exception as error:
            print(f"           {name}: {type(error).__name__}: {error}")
            most = float("inf")
        line(f"grid of losses and gradients, {name}", most, 1e-10)
    for rule in RULES:
        within: dict[Precision, float] = {"float64": 1e-6, "float32": 1e-2}
        for precision, most in within.items():
            ends = [
                final_points(on, SURFACES["Rosenbrock"], rule, points, COMPARED, precision)
                for on in (there, here)
            ]
            # A few starts sit where a hair decides on which side a rule lands.
            distance = np.abs(ends[0].astype(float) - ends[1]).max(axis=1)
            finite = bool((np.isfinite(ends[0]) == np.isfinite(ends[1])).all())
            share = float(np.nanquantile(distance, 0.99)) if finite else float("inf")
            line(f"final points of {rule.id}, {precision}, 99 of 100", share, most)
    return good


def timed(what: str, run: Callable[[], object], evaluations: int) -> None:
    """Print the first call and the median of the next ones."""
    begun = perf_counter()
    run()
    first = perf_counter() - begun
    took: list[float] = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        run()
        took.append(perf_counter() - begun)
    median = statistics.median(took)
    each = 1e9 * median / evaluations
    print(f"  {what:<52} {1e3 * median:9.1f} ms  {each:7.3f} ns each  (first {first:.1f} s)",
          flush=True)  # fmt: skip


def figures(there: Programs, side: int) -> None:
    """How fast maps of side x side starts, and a picture of them, are on the device."""
    square = starts(side)
    for name, surface in SURFACES.items():
        timed(
            f"Adam, {side}² starts x {STEPS} steps, float32, {name}",
            lambda surface=surface: final_points(there, surface, RULES[-1], square, STEPS),
            side * side * STEPS,
        )
    for rule in RULES[:-1]:
        timed(
            f"{rule.id}, {side}² starts x {STEPS} steps, float32, Rosenbrock",
            lambda rule=rule: final_points(there, SURFACES["Rosenbrock"], rule, square, STEPS),
            side * side * STEPS,
        )
    rates = np.geomspace(1e-4, 1, side * side)
    betas = np.tile(np.linspace(0, 0.99, side), side)
    pairs = Adam(learning_rate=rates, beta1=betas)  # pyright: ignore[reportArgumentType]
    timed(
        f"Adam, {side}² pairs of rate and β₁ x {STEPS} steps",
        lambda: final_points(there, SURFACES["Rosenbrock"], pairs, square, STEPS),
        side * side * STEPS,
    )
    timed(
        f"loss and gradient at {side}² points, float64",
        lambda: loss_and_gradient(there, SURFACES["Rosenbrock"], square, "float64", many=True),
        side * side,
    )
    picture = min(side, 512)
    timed(
        f"a picture of {picture}² samples",
        lambda: sample(there, SURFACES["Rosenbrock"], (-2, 2), (-1, 3), picture, picture),
        picture * picture,
    )


def main() -> int:
    """Compare, then measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gpu")
    parser.add_argument("--device", choices=("gpu", "cpu"), default="gpu")
    parser.add_argument("--side", type=count, default=1024, help="of the square of starts")
    asked = parser.parse_args()
    if asked.device == "cpu":
        # A second CPU stands for the GPU, so that all goes the way that it goes there.
        flags = os.environ.get("XLA_FLAGS", "")
        os.environ["XLA_FLAGS"] = f"{flags} --xla_force_host_platform_device_count=2"
    try:
        placement = configure(asked.device)
    except DeviceUnavailableError as error:
        print(error)
        return 2
    if asked.device == "cpu":
        placement = Placement(placement.sequential, jax.devices("cpu")[1])
    there = Programs(placement)
    here = Programs(Placement(placement.sequential, placement.sequential))
    print(f"{placement.wide.device_kind} against {placement.sequential.device_kind}")
    good = differences(there, here, asked.side)
    figures(there, asked.side)
    good &= gpu_maps.compared(there, here, asked.side)
    gpu_maps.unrolled(placement.wide, asked.side)
    print("all equal" if good else "NOT equal: see above")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
