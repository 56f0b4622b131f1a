"""Compiling every built-in program at start-up, what the page asks first before the rest."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

import numpy as np

from server.engine.evaluation import CURVATURES, LOSSES_AND_GRADIENTS
from server.engine.families import as_member
from server.engine.flowing import flowing
from server.engine.functions import warm
from server.engine.networks.network import Network, accepted_losses
from server.engine.networks.record import Plan
from server.engine.networks.signal import signal
from server.engine.networks.training import train
from server.engine.paths import walkers
from server.engine.programs import Kernel, Programs
from server.networks.datasets import DATASETS
from server.networks.initializers import INITIALIZERS
from server.optimizers.adam import Adam
from server.optimizers.catalog import WHOLE_PATHS
from server.optimizers.optimizer import Optimizer
from server.results import Precision
from surfaces.activations.smooth import Tanh
from surfaces.catalog import SURFACES
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.pasted.sheets import MOST_ROWS
from surfaces.points import BUCKETS
from surfaces.surface import Family, Surface

logger = logging.getLogger("steepest")


class Work(NamedTuple):
    """Something to compile.

    Attributes:
        name: what it is called in logs.
        do: compiles it; what that takes is computed when its turn comes.
    """

    name: str
    do: Callable[[Programs], Any]


def _kernel(
    kernel: Kernel, surface: Surface, precision: Precision = "float64", *, alone: bool = False
) -> Work:
    """A program for the family of a surface, or for this surface only."""

    def do(programs: Programs) -> None:
        programs.get(kernel, as_member(surface, np.dtype(precision), alone=alone))

    return Work(kernel.name, do)


def _signal(width: int) -> Work:
    """Networks of a width at initialisation."""
    return Work("signal", partial(signal, network=_network(width), seeds=range(1)))


def _training(width: int, optimizer: Optimizer) -> Work:
    """A network's training by an optimiser, and the pictures that are kept of it."""
    plan = Plan(optimizer, np.ones(1), with_histograms=True)
    return Work("network training", partial(train, network=_network(width), plan=plan))


def _network(width: int) -> Network:
    dataset = DATASETS[0]()
    loss = accepted_losses(dataset)[0]()
    initializer = next(one for one in INITIALIZERS if one.id == "xavier")()
    return Network(1, width, Tanh(), initializer, False, "none", loss, dataset)


def _of_points(size: int) -> Surface:
    of_points: Any = next(one for one in SURFACES if issubclass(one, DataSurface))
    return of_points(size=size)


def _of_family(family: Family) -> Surface:
    return next(one for one in SURFACES if one.family == family)()


def built_in() -> list[Work]:
    """What has to be compiled before the server is ready, what the page asks first in front.

    One surface stands for each family: of formulas, of a few points, of no points.
    """
    lecture, every, *_ = walkers()
    first = (LOSSES_AND_GRADIENTS, lecture.kernel, CURVATURES)
    then = (every.kernel,)
    surfaces = (_of_family("plain"), Formula("x"), _of_points(BUCKETS[0]))
    return _each(first, surfaces) + _each(then, surfaces)


def afterwards() -> list[Work]:
    """What is asked less often: other pages, deep surfaces, references on formulas, more points.

    On any other surface a reference is compiled when first asked for, in a few tenths of a
    second; so is a network's training by another optimiser.
    """
    lecture, every, *references = walkers()
    first = (LOSSES_AND_GRADIENTS, lecture.kernel)
    kernels = (*first, CURVATURES, every.kernel)
    deep = [_of_family("loops"), *(one() for one in SURFACES if one.family is None)]
    sizes = [_of_points(min(bucket, MOST_ROWS)) for bucket in BUCKETS[1:]]
    single = [_kernel(kernel, _of_family("plain"), "float32") for kernel in first]
    typed = (*(one.kernel for one in references), *map(flowing, WHOLE_PATHS))
    asking = [_kernel(kernel, Formula("x"), alone=True) for kernel in typed]
    pages = [
        Work("functions", warm),
        _signal(64),
        _training(64, Adam(convention="pytorch")),
        *map(_signal, (128, 16)),
    ]
    return pages + _each(kernels, deep) + asking + _each(kernels, sizes) + single


def _each(kernels: Sequence[Kernel], surfaces: Sequence[Surface]) -> list[Work]:
    return [_kernel(kernel, surface) for surface in surfaces for kernel in kernels]


@dataclass(frozen=True)
class Progress:
    """How many of the built-in programs are compiled, and how many others are not yet.

    Attributes:
        done, total: built-in programs that are compiled, and all of them.
        afterwards: programs that are seldom asked for and not compiled yet.
        failed: of those, the ones that do not compile; each will be tried again when asked for.
        status: "failed" only where a built-in program is missing.
    """

    done: int
    total: int
    afterwards: int
    failed: int
    status: Literal["warming", "ready", "failed"]


class WarmUp:
    """Compiles in threads of its own: XLA lets go of the interpreter while it compiles."""

    def __init__(
        self,
        programs: Programs,
        first: Sequence[Work] | None = None,
        then: Sequence[Work] | None = None,
        threads: int = 2,
        watch: Callable[["Progress"], None] = lambda _: None,
    ):
        self._watch = watch
        self.noted: set[str] = set()
        self._programs = programs.ahead(self.noted)
        self._work = built_in() if first is None else first
        self._afterwards = afterwards() if then is None else then
        self._threads = threads
        self._lock = threading.Lock()
        self._done = 0
        self._left = len(self._afterwards)
        self._failed = 0
        self._failed_afterwards = 0
        self._executor: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Begin; returns at once."""
        self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="warm-up")
        for work in self._work:
            self._executor.submit(self._compile, work, True)
        for work in self._afterwards:
            self._executor.submit(self._compile, work, False)

    def finish(self) -> None:
        """Wait until all is done."""
        if self._executor is not None:
            self._executor.shutdown()

    def stop(self) -> None:
        """Drop what is not begun; what compiles is not waited for, since nothing can stop it."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)

    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            done, afterwards = self._done, self._left
            failed, failed_afterwards = self._failed, self._failed_afterwards
        total = len(self._work)
        status = "failed" if failed else "ready" if done == total else "warming"
        return Progress(done, total, afterwards, failed_afterwards, status)

    def _compile(self, work: Work, built_in: bool) -> None:
        failed = False
        try:
            work.do(self._programs)
        except Exception:
            failed = True
            logger.exception("the program %r does not compile", work.name)
        with self._lock:
            self._done += built_in
            self._failed += built_in and failed
            self._left -= not built_in
            self._failed_afterwards += failed and not built_in
        self._watch(self.progress())
