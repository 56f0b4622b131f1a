"""Compiled programs: each is built once per installation, and every number after that is data.

XLA's programs are compiled ahead of time for fixed shapes, so that nothing is left to
compile when a request comes; whatever varies in length is cut into calls of one shape.
"""

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from cachetools import LRUCache
from cachetools.keys import hashkey

from server.engine import identity
from server.engine.families import AnySurface
from server.engine.giving_back import GiveBack
from server.engine.program import Options, Program, Wanted, shapes
from server.engine.store import Store
from server.engine.token import ENDLESS, Token
from server.runtime import Placement

logger = logging.getLogger("steepest")

Item = TypeVar("Item")
Result = TypeVar("Result")

# Small loops compile in a third of the time with these, and run as fast.
QUICK: Options = {"xla_backend_optimization_level": "1", "xla_cpu_use_fusion_emitters": False}

# Many small products of matrices: threads of XLA's own would wait for each other at every one.
ONE_THREAD: Options = {"xla_cpu_multi_thread_eigen": False}

MOST = 96
"""Programs held in memory, each with a hundred memory mappings; the large ones are fewer."""
ROOM = 400 * 10**6
"""Bytes that they may take: 4 to 20 MB each, a line search on one surface 65."""


@dataclass(frozen=True)
class Figures:
    """What is held, and what was done to get it.

    Attributes:
        held, bytes: programs in memory, and what they take as reckoned.
        compiling: compiled now because somebody waits.
        made, loaded: compiled, and loaded from the store, since the process began.
    """

    held: int
    bytes: int
    compiling: int
    made: int
    loaded: int


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
        key: all that the function's code depends on: declared functions and classes, numbers,
            names. It may be left out for a function that is declared itself; one made inside
            another is then known to this process only.
    """

    name: str
    function: Callable[..., Any]
    arguments: Callable[[np.dtype[Any], int], tuple[Any, ...]]
    options: Options = field(default_factory=lambda: QUICK)
    wide: bool = False
    key: tuple[Any, ...] = ()

    @property
    def identity(self) -> tuple[Any, ...]:
        """What it is known by among kernels."""
        return self.key or (self.function,)


class Programs:
    """All compiled programs of a process.

    Safe to use from several threads: callers who need the same program wait for one compile.

    Args:
        placement: what is computed where.
        threads: as many as compute at once.
        store: where programs are kept between processes, if they are.
        most: programs held in memory at a time.
    """

    def __init__(
        self,
        placement: Placement,
        threads: int = 2,
        store: Store | None = None,
        most: int = MOST,
    ):
        self.placement = placement
        self.token = ENDLESS
        self.store = store
        self._threads = threads
        self._lock, self._count_lock = Lock(), Lock()
        # Where each takes its share at the least, there are no more than ``most``.
        self._held: LRUCache[Any, Program] = LRUCache(
            ROOM, lambda program: min(ROOM, max(program.resident, ROOM // most))
        )
        self._give_back = GiveBack()
        self._made: dict[Any, Future[Program]] = {}
        self._compiling: dict[Any, str] = {}
        self._counts = Counter[str]()
        self._ahead: set[str] | None = None

    def under(self, token: Token) -> "Programs":
        """The same programs for one piece of work: each call first asks its token."""
        mine = copy(self)
        mine.token = token
        return mine

    def ahead(self, noted: set[str]) -> "Programs":
        """The same programs for whoever only prepares them.

        With a store, asking for a program makes sure that the store has it, and it is held in
        memory only once it is called; without one it is compiled and held.

        Args:
            noted: gets the name of each entry that was asked for.
        """
        mine = copy(self)
        mine._ahead = noted
        return mine

    @property
    def held(self) -> list[str]:
        """Names of the programs in memory."""
        with self._lock:
            return sorted(program.name for program in self._held.values())

    def figures(self) -> Figures:
        """For whoever watches: at once, no lock is waited for."""
        counts, held = self._counts, self._held
        compiling = len(self._compiling)
        return Figures(len(held), round(held.currsize), compiling, counts["made"], counts["loaded"])

    @property
    def preparing(self) -> list[str]:
        """Names of programs that are compiled now because somebody waits for them."""
        with self._lock:
            return sorted(set(self._compiling.values()))

    def get(self, kernel: Kernel, surface: AnySurface) -> Callable[..., Any]:
        """The compiled program for surfaces like this one, built now if nobody has yet."""
        dtype, rows = surface.numbers.dtype, surface.rows
        # It knows its hash: a family's takes longer than the look-up.
        key = hashkey(*kernel.identity, surface.family, dtype, shapes(surface.arrays))

        def wanted() -> Wanted:
            return Wanted(
                name=kernel.name,
                key=(kernel.identity, kernel.function.__module__, surface.family),
                function=kernel.function,
                call=(surface, *kernel.arguments(dtype, rows)),
                device=self.placement.wide if kernel.wide else self.placement.sequential,
                options=kernel.options,
            )

        return self._asked(key, wanted)

    def compiled(
        self,
        key: tuple[Any, ...],
        function: Callable[..., Any],
        call: Sequence[Any],
        *,
        written_over: tuple[int, ...] = (),
    ) -> Callable[..., Any]:
        """A compiled function of arrays like those of a call, built now if nobody has yet.

        It is placed on the device for wide work, and each computes in one thread.

        Args:
            key: its name, and all that its code depends on besides the shapes of its arguments:
                declared classes and functions, numbers, names.
            function: of arrays.
            call: its arguments, any of the right shapes and dtypes.
            written_over: places of arguments whose memory the answer may take.
        """

        def wanted() -> Wanted:
            return Wanted(
                name=str(key[0]),
                key=(key, function.__module__),
                function=function,
                call=tuple(call),
                device=self.placement.wide,
                options=ONE_THREAD,
                written_over=written_over,
            )

        return self._asked((key, shapes(call)), wanted)

    def side_by_side(
        self, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> list[Result]:
        """The function of each item, as many at once as there are compute threads."""
        if len(items) == 1:
            return [function(items[0])]
        with ThreadPoolExecutor(self._threads, thread_name_prefix="beside") as threads:
            return list(threads.map(function, items))

    def _asked(self, key: Any, wanted: Callable[[], Wanted]) -> Callable[..., Any]:
        """A program that asks the token before each call."""
        if self._ahead is not None and self.store is not None:
            one = wanted()
            text = one.text()
            if text is not None:
                with self.store.turn(text):
                    if not self.store.has(text):
                        self._keep(text, one.build())
                        self._count("made")
                self._ahead.add(identity.digest(text))
                return lambda *arguments: self._once(key, wanted)(*arguments)
        with self.token.paused():
            program = self._once(key, wanted)

        def call(*arguments: Any) -> Any:
            self.token.check()
            return program(*arguments) if program.tried else self._first(key, wanted, arguments)

        return call

    def _first(self, key: Any, wanted: Callable[[], Wanted], arguments: tuple[Any, ...]) -> Any:
        """The first call of a program that was loaded: what fails was damaged, and is replaced."""
        program = self._once(key, wanted)
        try:
            answer = program(*arguments)
        except Exception:
            if program.tried:
                raise
            logger.exception("the program %r does not run: compiled anew", program.name)
        else:
            program.tried = True
            return answer
        with self._lock:
            if self._held.get(key) is program:
                del self._held[key]
        with self.token.paused():
            program = self._once(key, wanted, stored=False)
        return program(*arguments)

    def _once(self, key: Any, wanted: Callable[[], Wanted], *, stored: bool = True) -> Program:
        """The program held under a key, made by the first who asks for it.

        Args:
            key: see above.
            wanted: what it is made of.
            stored: whether it may be loaded from the store; else it is compiled.
        """
        with self._lock:
            with suppress(KeyError):
                return self._held[key]
            future = self._made.get(key)
            first = future is None
            if future is None:
                future = self._made[key] = Future()
        if not first:
            return future.result()
        try:
            program = self._make(key, wanted(), stored)
        except BaseException as error:
            with self._lock:
                del self._made[key]
            future.set_exception(error)
            raise
        with self._lock:
            before = len(self._held)
            self._held[key] = program
            dropped = len(self._held) <= before
            del self._made[key]
        future.set_result(program)
        if dropped:
            self._give_back()
        return program

    def _make(self, key: Any, wanted: Wanted, stored: bool) -> Program:
        text = wanted.text() if self.store is not None else None
        if self.store is None or text is None:
            return self._built(key, wanted)
        there = stored and self.store.has(text)
        program = self._loaded(wanted, text) if there else None
        if program is not None:
            return program
        with self.store.turn(text):
            # Another process may have made it meanwhile; what was there is damaged.
            program = self._loaded(wanted, text) if stored and not there else None
            if program is None:
                program = self._built(key, wanted)
                self._keep(text, program)
            return program

    def _loaded(self, wanted: Wanted, text: str) -> Program | None:
        payload = None if self.store is None else self.store.load(text)
        if payload is None:
            return None
        try:
            program = Program.load(wanted.name, payload, wanted.device)
        except Exception:
            logger.exception("the program %r does not load: compiled anew", wanted.name)
            return None
        self._count("loaded")
        return program

    def _built(self, key: Any, wanted: Wanted) -> Program:
        with self._lock:
            self._compiling[key] = wanted.name
        try:
            program = wanted.build()
            self._count("made")
        finally:
            with self._lock:
                del self._compiling[key]
        return program

    def _count(self, what: str) -> None:
        # Threads that load or compile at the same time.
        with self._count_lock:
            self._counts[what] += 1

    def _keep(self, text: str, program: Program) -> None:
        try:
            dumped = program.dump()
        except Exception:
            logger.exception("the program %r cannot be kept", program.name)
            return
        if self.store is not None:
            self.store.save(text, dumped)
