"""Compiled programs: each is built once, and every number after that is data.

XLA's programs are compiled ahead of time for fixed shapes, so that nothing is left to
compile when a request comes; whatever varies in length is cut into calls of one shape.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import jax
import numpy as np
from jax.sharding import SingleDeviceSharding

from server.engine.families import AnySurface
from server.runtime import Placement

Options = Mapping[str, str | bool]

# Small loops compile in a third of the time with these, and run as fast.
QUICK: Options = {"xla_backend_optimization_level": "1", "xla_cpu_use_fusion_emitters": False}


@dataclass(frozen=True)
class Kernel:
    """A function to compile for each family of surfaces.

    Attributes:
        name: what it is called in logs.
        function: takes a surface of a family first, then arrays.
        arguments: those arrays, of the right shapes and dtypes, for a float dtype and a
            number of points.
        options: XLA's, where the usual ones do not fit.
        wide: whether its work is wide enough for the chosen device; else it stays on the CPU.
    """

    name: str
    function: Callable[..., Any]
    arguments: Callable[[np.dtype[Any], int], tuple[Any, ...]]
    options: Options = field(default_factory=lambda: QUICK)
    wide: bool = False


class Programs:
    """All compiled programs of a process.

    Safe to use from several threads: callers who need the same program wait for one compile.
    """

    def __init__(self, placement: Placement):
        self.placement = placement
        self._lock = Lock()
        self._compiled: dict[Any, Future[Any]] = {}

    def get(self, kernel: Kernel, surface: AnySurface) -> Any:
        """The compiled program for surfaces like this one, built now if nobody has yet."""
        shapes = tuple(array.shape for array in surface.arrays)
        key = (kernel.name, surface.family, surface.numbers.dtype, shapes)
        with self._lock:
            future = self._compiled.get(key)
            first = future is None
            if future is None:
                future = self._compiled[key] = Future()
        if first:
            try:
                future.set_result(self._compile(kernel, surface))
            except BaseException as error:
                future.set_exception(error)
                with self._lock:
                    del self._compiled[key]
        return future.result()

    def _compile(self, kernel: Kernel, surface: AnySurface) -> Any:
        device = self.placement.wide if kernel.wide else self.placement.sequential
        sharding = SingleDeviceSharding(device)
        arguments = (surface, *kernel.arguments(surface.numbers.dtype, surface.rows))
        jitted = jax.jit(kernel.function, in_shardings=sharding, out_shardings=sharding)
        return jitted.lower(*arguments).compile(dict(kernel.options))
