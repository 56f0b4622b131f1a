"""Compiling every built-in program at start-up, the default surface first."""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from server.engine.evaluation import CURVATURES, SLOPES
from server.engine.paths import WALK
from server.engine.programs import Kernel, Programs
from server.results import Precision
from surfaces.surface import Surface

logger = logging.getLogger("steepest")

BUILT_IN: tuple[tuple[Kernel, Precision], ...] = (
    (WALK, "float64"),
    (SLOPES, "float64"),
    (CURVATURES, "float64"),
    (WALK, "float32"),
    (SLOPES, "float32"),
)


@dataclass(frozen=True)
class Progress:
    """How many of the built-in programs are compiled."""

    done: int
    total: int
    status: Literal["warming", "ready", "failed"]


class WarmUp:
    """Compiles in threads of its own: XLA lets go of the interpreter while it compiles."""

    def __init__(self, programs: Programs, surfaces: Sequence[type[Surface]], threads: int = 2):
        self._programs = programs
        # The first surface is the page's first picture; then what every surface needs comes
        # before what few ask for.
        self._work: list[tuple[Kernel, type[Surface], Precision]] = [
            (kernel, surface, precision)
            for some in (surfaces[:1], surfaces[1:])
            for kernel, precision in BUILT_IN
            for surface in some
        ]
        self._threads = threads
        self._lock = threading.Lock()
        self._done = 0
        self._failed = False
        self._executor: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="warm-up")
        for kernel, surface, precision in self._work:
            self._executor.submit(self._compile, kernel, surface, precision)

    def stop(self) -> None:
        """Drop what is not begun."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            done, failed = self._done, self._failed
        total = len(self._work)
        status = "failed" if failed else "ready" if done == total else "warming"
        return Progress(done, total, status)

    def _compile(self, kernel: Kernel, surface: type[Surface], precision: Precision) -> None:
        try:
            self._programs.get(kernel, surface, precision)
        except Exception:
            logger.exception("%s of %s in %s does not compile", kernel.name, surface.id, precision)
            with self._lock:
                self._failed = True
        with self._lock:
            self._done += 1
