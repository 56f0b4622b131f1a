"""Six optimisers x 500 steps on Rosenbrock in float64, points kept: ours and the others."""

import importlib.util
import statistics
from collections.abc import Callable

import jax
import numpy as np
import optax
from numpy.typing import NDArray

from benchmarks.native import build, pointer
from benchmarks.report import Figure, Skipped, interleaved, ratio
from server import runtime
from server.engine.paths import Walk, walk_paths
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.trajectories import trajectories
from server.optimizers.catalog import OPTIMIZERS
from surfaces.surface import gradient_at
from surfaces.valleys import Rosenbrock

STEPS = 500
START = np.array([-0.5, 2.6])
RATES = np.array([7e-4, 3.5e-4, 3.5e-4, 0.2, 0.01, 0.02])
Points = NDArray[np.float64]


def slope(x: Points) -> Points:
    residual = x[1] - x[0] ** 2
    return np.array([-2 * (1 - x[0]) - 400 * x[0] * residual, 200 * residual])


def numpy_paths() -> Points:
    """The lecture's formulas in a plain loop, gradients by hand."""
    paths = np.empty((6, STEPS + 1, 2))
    paths[:, 0] = START
    sgd, momentum, nesterov, adagrad, rmsprop, adam = RATES
    x = START
    for k in range(STEPS):
        x = x - sgd * slope(x)
        paths[0, k + 1] = x
    for row, rate, ahead in ((1, momentum, 0.0), (2, nesterov, 0.9)):
        x, v = START, np.zeros(2)
        for k in range(STEPS):
            v = 0.9 * v - rate * slope(x + ahead * v)
            x = x + v
            paths[row, k + 1] = x
    x, squares = START, np.zeros(2)
    for k in range(STEPS):
        g = slope(x)
        squares = squares + g * g
        x = x - adagrad / np.sqrt(squares + 1e-8) * g
        paths[3, k + 1] = x
    x, squares = START, np.zeros(2)
    for k in range(STEPS):
        g = slope(x)
        squares = 0.9 * squares + 0.1 * g * g
        x = x - rmsprop / np.sqrt(squares + 1e-8) * g
        paths[4, k + 1] = x
    x, v, squares = START, np.zeros(2), np.zeros(2)
    for k in range(STEPS):
        g = slope(x)
        v = 0.9 * v + 0.1 * g
        squares = 0.999 * squares + 0.001 * g * g
        x = x - adam / np.sqrt(squares + 1e-8) * v
        paths[5, k + 1] = x
    return paths


def optax_paths() -> Callable[[], object]:
    """Optax's own forms, each in a jitted scan."""
    rules = [
        optax.sgd(RATES[0]),
        optax.sgd(RATES[1], momentum=0.9),
        optax.sgd(RATES[2], momentum=0.9, nesterov=True),
        optax.adagrad(RATES[3]),
        optax.rmsprop(RATES[4]),
        optax.adam(RATES[5]),
    ]
    surface = Rosenbrock()

    @jax.jit
    def walk(start: jax.Array) -> list[jax.Array]:
        def one(rule: optax.GradientTransformation) -> jax.Array:
            def step(carry, _):
                x, state = carry
                updates, state = rule.update(gradient_at(surface, x), state, x)
                x = optax.apply_updates(x, updates)
                return (x, state), x

            return jax.lax.scan(step, (start, rule.init(start)), length=STEPS)[1]

        return [one(rule) for rule in rules]

    start = jax.numpy.asarray(START)
    return lambda: jax.block_until_ready(walk(start))


def torch_paths() -> Callable[[], object]:
    """torch.optim with autograd, as a student would write it."""
    import torch

    def walk() -> None:
        for index, rate in enumerate(RATES):
            x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
            rule = [
                lambda p, r: torch.optim.SGD(p, lr=r),
                lambda p, r: torch.optim.SGD(p, lr=r, momentum=0.9),
                lambda p, r: torch.optim.SGD(p, lr=r, momentum=0.9, nesterov=True),
                lambda p, r: torch.optim.Adagrad(p, lr=r),
                lambda p, r: torch.optim.RMSprop(p, lr=r),
                lambda p, r: torch.optim.Adam(p, lr=r),
            ][index]([x], rate)
            path = [x.detach().clone()]
            for _ in range(STEPS):
                rule.zero_grad()
                ((1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2).backward()
                rule.step()
                path.append(x.detach().clone())

    return walk


def agree(paths: Points, reference: Points) -> None:
    """The same first hundred steps; later RMSProp bounces and rounding grows."""
    np.testing.assert_allclose(paths[:, :100], reference[:, :100], rtol=1e-9)


def measure(rounds: int) -> list[Figure | Skipped]:
    """All contenders in turn; ours and C and NumPy must agree first."""
    programs = Programs(runtime.configure("cpu"))
    optimizers = [
        optimizer(learning_rate=float(rate))
        for optimizer, rate in zip(OPTIMIZERS[:6], RATES, strict=True)
    ]
    walks = [Walk(one, START, np.full(STEPS, one.learning_rate)) for one in optimizers]
    runs = [Run(one, np.ones(STEPS)) for one in optimizers]
    surface = Rosenbrock()

    def walk() -> Points:
        return np.stack([one.points for one in walk_paths(programs, surface, walks, "float64")])

    work: dict[str, Callable[[], object]] = {
        "ours": walk,
        "ours, with losses and outcomes": lambda: trajectories(
            programs, surface, runs, START[None], tolerance=1e-3
        ),
        "Optax in a jitted scan": optax_paths(),
    }
    slow: dict[str, Callable[[], object]] = {"NumPy": numpy_paths}
    results: list[Figure | Skipped] = []
    native = build()
    reference = numpy_paths()
    if native is None:
        results.append(Skipped("paths", "no C compiler, so no C loop"))
    else:
        paths = np.empty((6, STEPS + 1, 2))
        paths[:, 0] = START

        def loop_in_c() -> Points:
            native.six_paths(pointer(paths), STEPS, pointer(RATES))
            return paths

        agree(loop_in_c(), reference)
        work["C"] = loop_in_c
    agree(walk(), reference)
    if importlib.util.find_spec("torch"):
        slow["torch.optim"] = torch_paths()
    else:
        results.append(Skipped("paths", "PyTorch is not installed: make torch"))
    times = interleaved(work, rounds)
    times |= interleaved(slow, max(3, rounds // 100))
    results += [
        Figure("paths", f"6 x 500 steps: {name}", statistics.median(taken), "ms")
        for name, taken in times.items()
    ]
    # What is said of paths beside walking them, as a multiple of the walk.
    on_top = ratio(times, "ours, with losses and outcomes", "ours") - 1
    results.append(Figure("paths", "losses and outcomes / walk", on_top, "", 1))
    if native is not None:
        results.append(Figure("paths", "ours / C", ratio(times, "ours", "C"), "", 3))
    return results
