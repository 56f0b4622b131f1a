"""What a worker does, in a process of its own or on another machine of a cluster.

Descriptions are sent to it, functions are not. Its XLA has flags of its own, which are read once:
they make maps twice as quick, and pictures of the server half as quick.
"""

import os
import signal
from collections.abc import Generator, Mapping, MutableSequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.queues import SimpleQueue
from threading import Lock, Thread
from typing import Any, cast

from server import runtime
from server.engine import store
from server.engine.identity import source_digest
from server.engine.programs import Programs
from server.engine.token import Token
from server.maps.description import Computed
from server.maps.pixels import Pixels
from server.maps.running import unavailable
from server.maps.running.devices import Devices, Fields
from server.runtime import Device

OPTIONS = "--xla_backend_extra_options"
FLAGS = (
    # A step's operations become one loop over the lanes, and a run's steps native code.
    f"{OPTIONS}=xla_cpu_use_multi_output_fusion=true,"
    "xla_cpu_small_while_loop_byte_threshold=1048576",
    # A worker is a core's worth of work.
    "--xla_cpu_multi_thread_eigen=false",
)
BEGINS, COMPUTES = -1, -2
"""What a worker does that gets no program for a map."""
STEPS_BACK = 5
"""What is added to a worker's niceness: where cores are scarce it has a third of a share."""


@dataclass(frozen=True)
class Where:
    """Where a worker computes, and keeps its compiled programs."""

    device: Device = "auto"
    programs: str | None = None


class _Shared(Token):
    """The token of a map that another process may end: its number is then another."""

    def __init__(self, numbers: "MutableSequence[int]", slot: int, number: int):
        super().__init__()
        self._numbers, self._slot, self._number = numbers, slot, number

    def check(self) -> None:
        if self._numbers[self._slot] != self._number:
            self.cancel()
        super().check()

    @contextmanager
    def paused(self) -> Generator[None]:
        """Whoever waits for the map looks at this."""
        [(seats, own)] = _seat
        seats[own] = self._slot
        try:
            yield
        finally:
            seats[own] = COMPUTES


class _OfTask(Token):
    """The token of a task, of which a worker of Dask knows whether it is still wanted."""

    def __init__(self) -> None:
        from distributed import get_worker

        super().__init__()
        worker = get_worker()
        self._tasks: Mapping[Any, Any] = worker.state.tasks
        self._key = worker.get_current_task()

    def check(self) -> None:
        task = self._tasks.get(self._key)
        if task is None or task.state == "cancelled":
            self.cancel()
        super().check()


_lock = Lock()
_devices: list[Devices] = []
_numbers: "list[MutableSequence[int]]" = []
_seat: "list[tuple[MutableSequence[int], int]]" = []


def _made(where: Where) -> Devices:
    """This process's devices, made at first use."""
    with _lock:
        if not _devices:
            others = os.environ.get("XLA_FLAGS", "").split()
            kept = [one for one in others if not one.startswith(OPTIONS)]
            os.environ["XLA_FLAGS"] = " ".join([*kept, *FLAGS])
            placement = runtime.configure(where.device)
            programs = Programs(placement, 1, store.opened(where.programs))
            _devices.append(Devices(programs))
            runtime.settle()
        return _devices[0]


def begin(
    where: Where,
    numbers: "MutableSequence[int]",
    seats: "MutableSequence[int]",
    free: "SimpleQueue[int]",
) -> None:
    """The first thing that a worker process of a server does.

    Args:
        where: see there.
        numbers: shared with the server: of the map in each slot.
        seats: likewise, of each worker: that it computes, or begins, or the slot of the map for
            which it gets a program.
        free: seats that nobody has.
    """
    _seat.append((seats, free.get()))
    # What interrupts the server ends it, and this follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        # Answers to everything else come first.
        os.nice(STEPS_BACK)
    _numbers.append(numbers)
    _made(where)
    [(_, own)] = _seat
    seats[own] = COMPUTES


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def ready() -> None:
    """Nothing: who answers has begun."""


def compute(description: Computed, pixels: Pixels, slot: int, number: int) -> Fields:
    """A tile of the map that has this number in a slot.

    Raises:
        CancelledError: it has another by now.
    """
    return _devices[0].compute(description, pixels, _Shared(_numbers[0], slot, number))


def compute_anywhere(description: Computed, pixels: Pixels, sources: str) -> Fields:
    """A tile, in a process of a cluster, whose own environment says where programs are kept.

    Args:
        description: of the map.
        pixels: of the tile.
        sources: digest of the files of which the server's programs are made.

    Raises:
        UnavailableError: here they are others.
        CancelledError: the tile is not wanted any more.
    """
    if sources != source_digest():
        raise unavailable.differs()
    device = cast(Device, os.environ.get("STEEPEST_DEVICE", "auto"))
    where = Where(device, os.environ.get("STEEPEST_PROGRAMS"))
    return _made(where).compute(description, pixels, _OfTask())
