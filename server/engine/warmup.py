"""Compiling every built-in program at start-up, what the page asks first before the rest."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from server.engine.evaluation import CURVATURES, SLOPES
from server.engine.families import AnySurface, as_member
from server.engine.flow import SLOPE
from server.engine.paths import walkers
from server.engine.programs import Kernel, Programs
from server.engine.sweep import sweeper
from server.results import Precision
from server.schedules.catalog import SCHEDULES
from surfaces.catalog import SURFACES
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.points import BUCKETS, MOST_ROWS
from surfaces.surface import Surface

logger = logging.getLogger("steepest")


def _of_points(size: int) -> Surface:
    of_points: Any = next(one for one in SURFACES if issubclass(one, DataSurface))
    return of_points(size=size)


def built_in() -> list[tuple[Kernel, AnySurface]]:
    """What has to be compiled before the server is ready, what the page asks first in front.

    One surface stands for each family: of formulas, of a few points, of no points.
    """
    analytic = next(one for one in SURFACES if not issubclass(one, DataSurface))
    lecture, every, *_ = walkers()
    first = (SLOPES, lecture.kernel)
    then = (CURVATURES, every.kernel, sweeper().kernel)
    surfaces = (analytic(), Formula("x"), _of_points(BUCKETS[0]))
    return _each(first, surfaces, "float64") + _each(then, surfaces, "float64")


def afterwards() -> list[tuple[Kernel, AnySurface]]:
    """What is asked less often: references on formulas, more points, and float32.

    On any other surface a reference is compiled when first asked for, in a few tenths of a
    second.
    """
    analytic = next(one for one in SURFACES if not issubclass(one, DataSurface))
    lecture, every, *references = walkers()
    sizes = [_of_points(min(bucket, MOST_ROWS)) for bucket in BUCKETS[1:]]
    kernels = (SLOPES, lecture.kernel, CURVATURES, every.kernel, sweeper().kernel)
    single = _each((SLOPES, lecture.kernel), [analytic()], "float32")
    typed = as_member(Formula("x"), np.dtype("float64"), alone=True)
    asking = [(kernel, typed) for kernel in (*(one.kernel for one in references), SLOPE)]
    return asking + _each(kernels, sizes, "float64") + single


def _each(
    kernels: Sequence[Kernel], surfaces: Sequence[Surface], precision: Precision
) -> list[tuple[Kernel, AnySurface]]:
    return [
        (kernel, as_member(surface, np.dtype(precision)))
        for surface in surfaces
        for kernel in kernels
    ]


@dataclass(frozen=True)
class Progress:
    """How many of the built-in programs are compiled, and how many others are not yet."""

    done: int
    total: int
    afterwards: int
    status: Literal["warming", "ready", "failed"]


class WarmUp:
    """Compiles in threads of its own: XLA lets go of the interpreter while it compiles."""

    def __init__(self, programs: Programs, threads: int = 2):
        self._programs = programs
        self._work = built_in()
        self._afterwards = afterwards()
        self._threads = threads
        self._lock = threading.Lock()
        self._done = 0
        self._left = len(self._afterwards) + len(SCHEDULES)
        self._failed = False
        self._executor: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="warm-up")
        for kernel, surface in self._work:
            self._executor.submit(self._compile, kernel, surface, True)
        for schedule in SCHEDULES:
            self._executor.submit(self._evaluate, schedule)
        for kernel, surface in self._afterwards:
            self._executor.submit(self._compile, kernel, surface, False)

    def stop(self) -> None:
        """Drop what is not begun."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            done, failed, afterwards = self._done, self._failed, self._left
        total = len(self._work)
        status = "failed" if failed else "ready" if done == total else "warming"
        return Progress(done, total, afterwards, status)

    def _compile(self, kernel: Kernel, surface: AnySurface, counted: bool) -> None:
        try:
            self._programs.get(kernel, surface)
        except Exception:
            logger.exception("the program %r does not compile", kernel.name)
            with self._lock:
                self._failed = True
        with self._lock:
            self._done += counted
            self._left -= not counted

    def _evaluate(self, schedule: Any) -> None:
        """Optax's schedules compile operation by operation when first evaluated."""
        schedule(warmup_steps=1).factors(2)
        with self._lock:
            self._left -= 1
