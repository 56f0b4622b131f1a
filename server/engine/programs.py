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

from server.results import Precision
from server.runtime import Placement
from surfaces.surface import Surface

Options = Mapping[str, str | bool]

# Small loops compile in a third of the time with these, and run as fast.
QUICK: Options = {"xla_backend_optimization_level": "1", "xla_cpu_use_fusion_emitters": False}


@dataclass(frozen=True)
class Kernel:
    """A function to compile for each surface.

    Attributes:
        name: what it is called in logs.
        function: takes a surface first, then arrays.
        arguments: the shapes and dtypes of those arrays for a float dtype.
        options: XLA's, where the usual ones do not fit.
        wide: whether its work is wide enough for the chosen device; else it stays on the CPU.
    """

    name: str
    function: Callable[..., Any]
    arguments: Callable[[np.dtype[Any]], tuple[Any, ...]]
    options: Options = field(default_factory=lambda: QUICK)
    wide: bool = False


def as_leaves(surface: Surface, dtype: np.dtype[Any]) -> Surface:
    """The same surface with its numbers as NumPy scalars of ``dtype``."""

    def as_number(number: float) -> Any:
        return np.asarray(number, dtype)

    return jax.tree.map(as_number, surface)


class Programs:
    """All compiled programs of a process.

    Safe to use from several threads: callers who need the same program wait for one compile.
    """

    def __init__(self, placement: Placement):
        self.placement = placement
        self._lock = Lock()
        self._compiled: dict[tuple[str, type[Surface], Precision], Future[Any]] = {}

    def get(self, kernel: Kernel, surface: type[Surface], precision: Precision) -> Any:
        """The compiled program, built now if nobody has built it yet."""
        key = (kernel.name, surface, precision)
        with self._lock:
            future = self._compiled.get(key)
            first = future is None
            if future is None:
                future = self._compiled[key] = Future()
        if first:
            try:
                future.set_result(self._compile(kernel, surface, precision))
            except BaseException as error:
                future.set_exception(error)
                with self._lock:
                    del self._compiled[key]
        return future.result()

    def _compile(self, kernel: Kernel, surface: type[Surface], precision: Precision) -> Any:
        dtype = np.dtype(precision)
        device = self.placement.wide if kernel.wide else self.placement.sequential
        sharding = SingleDeviceSharding(device)
        arguments = (as_leaves(surface(), dtype), *kernel.arguments(dtype))
        jitted = jax.jit(kernel.function, in_shardings=sharding, out_shardings=sharding)
        return jitted.lower(*arguments).compile(dict(kernel.options))
