"""Maps on the chosen device against those of one core: labels that differ, and the ratio of times.

A part of ``python -m benchmarks.gpu``.
"""

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any

import jax
import numpy as np
from jax import Array, lax

from benchmarks.trainability import SMALL, plane
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.token import Token
from server.maps.basins import Basins
from server.maps.description import MapDescription
from server.maps.running import Maps
from server.maps.running.workers import InProcess
from server.optimizers.adam import Adam
from server.optimizers.optimizer import Optimizer
from server.optimizers.sgd import Sgd
from server.results import Precision
from surfaces.basins import Himmelblau
from surfaces.ripples import Rastrigin
from surfaces.surface import Surface

STEPS = 1000
ROUNDS = 3
PAIRS: Sequence[tuple[Surface, Optimizer, bool]] = (
    (Himmelblau(), Sgd(learning_rate=0.01), True),
    (Himmelblau(), Adam(learning_rate=0.05), True),
    (Rastrigin(), Sgd(learning_rate=0.002), True),
    (Rastrigin(), Adam(learning_rate=0.05), False),
)
"""What is mapped, and whether labels have to agree: Adam hops over ripples by a hair."""
APART: dict[Precision, float] = {"float64": 1e-3, "float32": 1e-2}
"""Share of labels that may differ: those of starts on a border."""
UNROLLED = (1, 8, 16, 32)


def basins(
    surface: Surface, rule: Optimizer, side: int, precision: Precision, *, exact: bool
) -> Basins:
    """A map of a surface's own domain."""
    run = Run(rule, np.ones(STEPS))
    return Basins(surface, STEPS, side, side, surface.domain, precision, exact=exact, run=run)


def _whole(maps: Maps, description: MapDescription) -> tuple[float, dict[str, np.ndarray]]:
    """Seconds of a map whose programs are compiled, the median; and the map."""
    maps.run(description, Token(), lambda _: None)
    took: list[float] = []
    fields: dict[str, np.ndarray] = {}
    for _ in range(ROUNDS):
        begun = perf_counter()
        fields = dict(maps.run(description, Token(), lambda _: None).fields)
        took.append(perf_counter() - begun)
    return statistics.median(took), fields


def compared(there: Programs, here: Programs, side: int) -> bool:
    """Print what differs and the ratio of times; whether all that has to agree does."""
    on_device, on_core = Maps(InProcess(there)), Maps(InProcess(here))
    good = True

    def line(what: str, description: MapDescription, label: str, most: float | None) -> None:
        nonlocal good
        seconds, fields = _whole(on_device, description)
        others, expected = _whole(on_core, description)
        share = float((fields[label] != expected[label]).mean())
        fails = most is not None and share > most
        good &= not fails
        verdict = "DIFFERS" if fails else "equal" if most is not None else ""
        times = f"{1e3 * seconds:9.1f} ms, a core {others / seconds:6.1f} times as long"
        print(f"  {verdict:<8} {what:<46} {times}, {share:.1e} of labels differ", flush=True)

    for surface, rule, agree in PAIRS:
        for precision, exact in (("float32", True), ("float32", False), ("float64", True)):
            # In double precision a core would take minutes.
            n = side if precision == "float32" else side // 2
            line(
                f"{surface.id}, {rule.id}, {n}² x {STEPS}, {precision}{'' if exact else ', early'}",
                basins(surface, rule, n, precision, exact=exact),
                "basin",
                APART[precision] if agree else None,
            )
    n = side // 4
    for precision in APART:
        line(
            f"a network 8/16, {n}² x 100, {precision}",
            plane(SMALL, n, 100, precision, exact=True),
            "diverged",
            None,  # A fractal: as many differ as lie on it.
        )
    return good


def _descent(unroll: int, x: Array, y: Array) -> tuple[Array, Array]:
    """Gradient descent on Himmelblau's function, in one loop of so many steps a pass."""

    def step(_: Any, at: tuple[Array, Array]) -> tuple[Array, Array]:
        x, y = at
        a, b = x * x + y - 11, x + y * y - 7
        return x - 0.01 * (4 * a * x + 2 * b), y - 0.01 * (2 * a + 4 * b * y)

    return lax.fori_loop(0, STEPS, step, (x, y), unroll=unroll)


def unrolled(device: jax.Device, side: int) -> None:
    """What a kernel of fixed length would gain: that of maps looks how lanes fare, and has none."""
    ends = np.linspace(-5, 5, side, dtype=np.float32)
    x, y = (jax.device_put(one, device) for one in np.meshgrid(ends, ends))
    for unroll in UNROLLED:
        walk: Callable[..., Any] = jax.jit(partial(_descent, unroll))
        begun = perf_counter()
        jax.block_until_ready(walk(x, y))
        first, took = perf_counter() - begun, list[float]()
        for _ in range(ROUNDS):
            begun = perf_counter()
            jax.block_until_ready(walk(x, y))
            took.append(perf_counter() - begun)
        what, median = f"a bare loop, {side}² x {STEPS}, unrolled {unroll}", statistics.median(took)
        print(f"  {what:<52} {1e3 * median:9.1f} ms  (first {first:.1f} s)", flush=True)
