"""What a tile costs besides its computing, by who computes it; a cluster against processes."""

import logging
import statistics
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.report import Figure, Skipped, interleaved, ratio
from server import runtime
from server.engine.programs import Programs
from server.engine.runs import Run
from server.engine.token import Token
from server.maps.basins import Basins
from server.maps.description import MapDescription
from server.maps.running import Cluster, Cores, Maps, Where
from server.maps.running.workers import InProcess, Workers
from server.optimizers.sgd import Sgd
from surfaces.basins import Himmelblau

HERE = "executors"
SIDE, STEPS = 1024, 500
TILES = 64
NAMES = {"threads": "threads of this process", "processes": "processes", "cluster": "Dask"}


@dataclass(frozen=True)
class Nothing:
    """A map whose tiles are there at once: fields of basins, all zero.

    Its price says that tiles are large enough, so that a cluster takes none together.
    """

    nx: int = 4096
    ny: int = TILES

    strides = (1,)
    tile = 4096
    refined_by = ()

    def seconds(self) -> float:
        """As if a tile took a second."""
        return float(self.ny)

    def fields(self) -> dict[str, np.dtype[Any]]:
        """Eleven bytes a pixel."""
        names = {"basin": np.int16, "steps": np.int32, "loss": np.float32, "outcome": np.uint8}
        return {name: np.dtype(one) for name, one in names.items()}

    def compute(self, programs: Programs, pixels: np.ndarray) -> dict[str, np.ndarray]:
        """Zeros."""
        return {name: np.zeros(len(pixels), one) for name, one in self.fields().items()}


@contextmanager
def _cluster(folder: str) -> Generator[Workers]:
    """A scheduler and two worker processes.

    Raises:
        ImportError: there is no Dask.
    """
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
        env={"STEEPEST_DEVICE": "cpu", "STEEPEST_PROGRAMS": folder},
    ) as local:
        cluster = Cluster(local.scheduler_address)
        try:
            yield cluster
        finally:
            cluster.close()


def measure(rounds: int) -> list[Figure | Skipped]:
    """Two workers each; programs compiled and workers begun before."""
    found: list[Figure | Skipped] = []
    few = max(3, rounds // 40)
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        cores = Cores(2, Where("cpu", folder))
        stack.callback(cores.close)
        threads = InProcess(Programs(runtime.configure("cpu")))
        workers: dict[str, Workers] = {"threads": threads, "processes": cores}
        try:
            workers["cluster"] = stack.enter_context(_cluster(folder))
        except ImportError:
            found.append(Skipped(HERE, "no Dask: pip install 'steepest[cluster]'"))
        maps = {name: Maps(one) for name, one in workers.items()}

        def whole(name: str, description: MapDescription) -> object:
            return maps[name].run(description, Token(), lambda _: None)

        nothing = Nothing()
        taken = interleaved({one: lambda one=one: whole(one, nothing) for one in maps}, few)
        for name, times in taken.items():
            each = statistics.median(times) / TILES
            found.append(Figure(HERE, f"a tile of nothing, {NAMES[name]}", each, "ms"))
        one = replace(nothing, ny=1)
        taken = interleaved({name: lambda name=name: whole(name, one) for name in maps}, 4 * few)
        for name, times in taken.items():
            alone = f"a tile of nothing alone, {NAMES[name]}"
            found.append(Figure(HERE, alone, statistics.median(times), "ms"))
        large = basins()
        both = [name for name in maps if name != "threads"]
        taken = interleaved({one: lambda one=one: whole(one, large) for one in both}, few)
        for name, times in taken.items():
            seconds = statistics.median(times) / 1e3
            found.append(Figure(HERE, f"1024² × 500 steps, {NAMES[name]}", seconds, "s"))
        if "cluster" in taken:
            times = ratio(taken, "cluster", "processes")
            found.append(Figure(HERE, "1024²: Dask / processes", times, "", 1.5))
    return found


def basins() -> Basins:
    """Every pixel of a large map, all steps."""
    surface = Himmelblau()
    run = Run(Sgd(learning_rate=0.005), np.ones(STEPS))
    return Basins(surface, STEPS, SIDE, SIDE, surface.domain, exact=True, run=run)
