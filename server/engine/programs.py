"""Compiled programs: each is built once, and every number after that is data.

XLA's programs are compiled ahead of time for fixed shapes, so that nothing is left to
compile when a request comes; whatever varies in length is cut into calls of one shape.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import jax
import numpy as np
from jax.sharding import SingleDeviceSharding

from server.engine.families import AnySurface
from server.engine.token import ENDLESS, Token
from server.runtime import Placement

Item = TypeVar("Item")
Result = TypeVar("Result")
Options = Mapping[str, str | bool]

# Small loops compile in a third of the time with these, and run as fast.
QUICK: Options = {"xla_backend_optimization_level": "1", "xla_cpu_use_fusion_emitters": False}

# Many small products of matrices: threads of XLA's own would wait for each other at every one.
ONE_THREAD: Options = {"xla_cpu_multi_thread_eigen": False}

RARE = 32
"""Rare programs that are kept: each holds some megabytes and dozens of memory mappings."""


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

    def __init__(self, placement: Placement, threads: int = 2):
        self.placement = placement
        self.token = ENDLESS
        self._threads = threads
        self._lock = Lock()
        self._compiled: dict[Any, Future[Any]] = {}
        self._rare: dict[Any, None] = {}

    def under(self, token: Token) -> "Programs":
        """The same programs for one piece of work: each call first asks its token."""
        mine = copy(self)
        mine.token = token
        return mine

    def get(self, kernel: Kernel, surface: AnySurface) -> Any:
        """The compiled program for surfaces like this one, built now if nobody has yet."""
        shapes = tuple(array.shape for array in surface.arrays)
        key = (kernel.name, surface.family, surface.numbers.dtype, shapes)
        return self._checked(self._once(key, lambda: self._compile(kernel, surface)))

    def compiled(
        self,
        key: tuple[Any, ...],
        function: Callable[..., Any],
        call: Sequence[Any],
        *,
        rare: bool = False,
        written_over: tuple[int, ...] = (),
    ) -> Any:
        """A compiled function of arrays like those of a call, built now if nobody has yet.

        It is placed on the device for wide work, and each computes in one thread.

        Args:
            key: its name, and all that its code depends on besides its arguments.
            function: of arrays.
            call: its arguments, any of the right shapes and dtypes.
            rare: whether there are so many of its kind that only the last ``RARE`` are kept.
            written_over: places of arguments whose memory the answer may take.
        """

        def build() -> Any:
            sharding = SingleDeviceSharding(self.placement.wide)
            jitted = jax.jit(
                function,
                in_shardings=sharding,
                out_shardings=sharding,
                donate_argnums=written_over,
            )
            return jitted.lower(*call).compile(dict(ONE_THREAD))

        program = self._once(key, build)
        if rare:
            self._keep(key)
        return self._checked(program)

    def _checked(self, program: Callable[..., Any]) -> Callable[..., Any]:
        """A program that asks the token before each call."""
        if self.token is ENDLESS:
            return program

        def call(*arguments: Any) -> Any:
            self.token.check()
            return program(*arguments)

        return call

    def _keep(self, key: Any) -> None:
        """Note that a rare program was used, and drop the one that was not for longest."""
        with self._lock:
            self._rare.pop(key, None)
            self._rare[key] = None
            if len(self._rare) > RARE:
                oldest = next(iter(self._rare))
                del self._rare[oldest]
                self._compiled.pop(oldest, None)

    def side_by_side(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> list[Result]:
        """The function of each item, as many at once as there are compute threads."""
        if len(items) == 1:
            return [function(items[0])]
        with ThreadPoolExecutor(self._threads, thread_name_prefix="beside") as threads:
            return list(threads.map(function, items))

    def _once(self, key: Any, build: Callable[[], Any]) -> Any:
        with self._lock:
            future = self._compiled.get(key)
            first = future is None
            if future is None:
                future = self._compiled[key] = Future()
        if first:
            try:
                future.set_result(build())
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
