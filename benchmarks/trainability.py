"""Trainability: a step of a network, the first sight, a whole map and a refined one."""

import statistics

import numpy as np

from benchmarks.report import Figure, Skipped, interleaved
from server import runtime
from server.engine.programs import Programs
from server.engine.token import Token
from server.maps.description import Axis
from server.maps.kernels.network import STEPS, Network, chunk
from server.maps.running import Maps
from server.maps.running.workers import InProcess
from server.maps.trainability import Trainability
from server.results import Precision

SMALL, PAPER = Network(8, 16), Network(16, 272)


def plane(
    network: Network, count: int, steps: int, precision: Precision = "float32", exact: bool = False
) -> Trainability:
    """The paper's whole picture."""
    x, y = (
        Axis(f"learning_rate.{layer}", 1e-3, 1e6, count, "log") for layer in ("input", "output")
    )
    return Trainability(network, x, y, steps=steps, precision=precision, exact=exact)


def measure(rounds: int) -> list[Figure | Skipped]:
    """In one process and one thread, programs compiled."""
    programs = Programs(runtime.configure("cpu"))
    maps = Maps(InProcess(programs))

    def steps(network: Network, dtype: np.dtype) -> tuple[str, float]:
        n, lanes = network.width, network.lanes
        arrays = (
            np.ones((n, n, lanes), dtype),
            np.ones((n, lanes), dtype),
            *np.full((2, lanes), 0.1, dtype),
            np.ones((network.points, n), dtype),
            np.ones(network.points, dtype),
            np.zeros((STEPS, 0), int),
        )
        program = chunk(programs, network, dtype, STEPS)
        work = {"": lambda: program(network.activation, *arrays)}
        [taken] = interleaved(work, max(10, rounds // 10)).values()
        name = f"a step, width {n}, {network.points} points, {dtype}"
        return name, statistics.median(taken) * 1e6 / STEPS / lanes

    def whole(description: Trainability) -> object:
        return maps.run(description, Token(), lambda _: None)

    each = [
        steps(network, np.dtype(dtype))
        for network in (SMALL, PAPER)
        for dtype in (np.float32, np.float64)
    ]
    first = interleaved(
        {"65² × 100 steps, 8/16": lambda: whole(plane(SMALL, 65, 100))}, max(3, rounds // 40)
    )
    both = interleaved(
        {
            "257² × 200 steps, 8/16, exact": lambda: whole(plane(SMALL, 257, 200, exact=True)),
            "the same refined": lambda: whole(plane(SMALL, 257, 200)),
        },
        max(1, rounds // 200),
    )
    exact, refined, double = (
        maps.run(description, Token(), lambda _: None)
        for description in (
            plane(SMALL, 257, 200, exact=True),
            plane(SMALL, 257, 200),
            plane(SMALL, 257, 200, "float64", exact=True),
        )
    )
    labels = exact.fields["diverged"]
    return [
        *(Figure("trained", name, value, "ns") for name, value in each),
        *(Figure("trained", n, statistics.median(t), "ms", 200) for n, t in first.items()),
        *(Figure("trained", n, statistics.median(t) / 1e3, "s") for n, t in both.items()),
        Figure("trained", "computed of the refined", 100 * refined.computed / labels.size, "%"),
        Figure(
            "trained",
            "wrong of the refined",
            100 * float(np.mean(refined.fields["diverged"] != labels)),
            "%",
            0.1,
        ),
        Figure(
            "trained",
            "float32 labelled otherwise than float64",
            100 * float(np.mean(double.fields["diverged"] != labels)),
            "%",
        ),
    ]
