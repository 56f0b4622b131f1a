"""Preparing the store: by a process of its own, so that neither answers nor memory feel it.

Tracing holds Python's lock for many seconds and compiling takes a gigabyte. A process beside the
server does both, at a low priority, and ends; the server loads what it needs when it needs it.
"""

import json
import logging

# For one command of our own, see below.
import subprocess  # nosec B404
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from threading import Event, Thread
from typing import IO

from server.engine.attachment import ATTACHED
from server.engine.folder import Folder
from server.engine.identity import environment
from server.engine.programs import Programs
from server.engine.store import Store
from server.engine.warmup import Progress, WarmUp, Work, afterwards, built_in

logger = logging.getLogger("steepest")

COMMAND = (sys.executable, "-m", "server.prepare", ATTACHED)
NOT_KEPT = 3
"""The status of a process whose folder took no more: its disk is full, or was made read-only."""
AGAIN = 0.5
"""Seconds after which to look whether another process has prepared the store."""


class Preparation:
    """Has the store filled if it is not, and says how far that is.

    Args:
        programs: what the store is filled for.
        store: the store.
        folder: that is written to; ``None`` where nothing is missing.
        command: begins the process, which reports a line each time it got further.
        further: under what the store notes what the process makes last, which nobody waits for:
            maps' programs. ``None`` if there is nothing of the kind.
    """

    def __init__(
        self,
        programs: Programs,
        store: Store,
        folder: Folder | None,
        command: Sequence[str] = COMMAND,
        further: Mapping[str, str] | None = None,
    ):
        self._programs, self._store, self._folder = programs, store, folder
        self._command, self._further = command, further
        self._instead: WarmUp | None = None
        self._around = environment(programs.placement.sequential)
        self._progress = Progress(0, 0, 0, 0, "warming")
        self._stopped = Event()
        self._thread = Thread(target=self._prepare, name="preparation", daemon=True)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Begin; returns at once, and ready if there is all that is waited for."""
        total = len(built_in())
        self._progress = Progress(0, total, len(afterwards()), 0, "warming")
        if not self._is_done() or not self._is_whole():
            self._thread.start()

    def stop(self) -> None:
        """End the process, if it still works."""
        self._stopped.set()
        if self._process is not None:
            self._process.terminate()
        if self._thread.is_alive():
            self._thread.join(5)
        if self._instead is not None:
            self._instead.stop()

    def progress(self) -> Progress:
        """How far it is."""
        return self._progress if self._instead is None else self._instead.progress()

    def _is_done(self) -> bool:
        if not self._store.is_prepared(self._around):
            return False
        total = self._progress.total
        self._progress = Progress(total, total, 0, 0, "ready")
        return True

    def _is_whole(self) -> bool:
        return self._further is None or bool(self._store.noted(self._further))

    def _prepare(self) -> None:
        try:
            self._take_turns()
        except (OSError, ValueError) as error:
            logger.warning("programs are compiled in this process: %s", error)
            self._instead = WarmUp(self._programs)
            self._instead.start()

    def _take_turns(self) -> None:
        while not self._stopped.is_set():
            # One worker of several sees to it; the others wait for what it makes.
            if self._folder is None:
                return
            with self._folder.locked() as mine:
                ready = self._is_done()
                if mine and not (ready and self._is_whole()):
                    self._watch(self._folder)
                    return
                if ready:
                    return
            self._stopped.wait(AGAIN)

    def _repeat(self, log: IO[str]) -> None:
        """What the process says beside its reports, in this log."""
        for line in log:
            if not self._stopped.is_set():
                logger.warning("preparing programs: %s", line.rstrip())

    def _watch(self, folder: Folder) -> None:
        """Begin the process, and repeat what it reports."""
        command = [*self._command, str(folder.path)]
        # A session and pipes of its own: a key that interrupts the server is not for it too, and
        # nobody who reads the server's log waits for the end of this one.
        pipe = subprocess.PIPE
        # Nothing of a request is in the command, and no shell reads it.
        self._process = subprocess.Popen(  # nosec B603
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )
        with self._process as process:
            if self._stopped.is_set():
                process.terminate()
            log = Thread(target=self._repeat, args=(process.stderr,), daemon=True)
            log.start()
            for line in process.stdout or ():
                self._progress = Progress(**json.loads(line))
            log.join()
        if process.returncode == NOT_KEPT:
            raise OSError(f"{folder.path} takes no more of them")
        # Its threads report each for itself: the last line need not be the last state.
        if process.returncode == 0:
            self._is_done()
        if process.returncode and not self._stopped.is_set():
            logger.error(
                "preparing programs ended with status %d: the rest is compiled when asked for",
                process.returncode,
            )
            now = self._progress
            failed = "ready" if now.status == "ready" else "failed"
            self._progress = Progress(now.done, now.total, 0, now.failed + now.afterwards, failed)


def report(progress: Progress) -> None:
    """One line for ``Preparation``."""
    # In one piece: threads report side by side.
    sys.stdout.write(json.dumps(asdict(progress)) + "\n")
    sys.stdout.flush()


def fill(
    programs: Programs,
    store: Store,
    tell: Callable[[Progress], None],
    further: Callable[[], None],
    first: Sequence[Work] | None = None,
    then: Sequence[Work] | None = None,
) -> int:
    """What the process does: compile what is waited for, note that, and only then what is not.

    Args:
        programs: of this process, which have the store.
        store: to fill.
        tell: is told how far what is waited for is; nothing if it is all there.
        further: compiles the rest, as far as that goes; the log says what does not.
        first: before the store can be called prepared, ``built_in()`` if left out.
        then: likewise, ``afterwards()`` if left out.

    Returns:
        The status of the process: of what is waited for alone.
    """
    around = environment(programs.placement.sequential)
    if not store.is_prepared(around):
        warm_up = WarmUp(programs, first, then, watch=tell)
        warm_up.start()
        warm_up.finish()
        progress = warm_up.progress()
        # Of its threads the one that reported last need not have known most.
        tell(progress)
        if progress.status != "ready" or progress.failed:
            return 1
        store.note_prepared(around, warm_up.noted)
        if not store.keeps:
            return NOT_KEPT
    try:
        further()
    except Exception:
        logger.exception("the programs of maps are not compiled ahead")
    return 0


def warm_up(programs: Programs, further: Mapping[str, str] | None = None) -> Preparation | WarmUp:
    """What makes these programs ready: a process beside this one, if there is a store to fill.

    A GPU's memory is not shared with such a process; there, and without a store, threads of this
    one compile.

    Args:
        programs: of this process.
        further: see ``Preparation``.
    """
    store, on_cpu = programs.store, programs.placement.wide.platform == "cpu"
    if store is None or not on_cpu:
        return WarmUp(programs)
    # A store that cannot be written to serves where all that it needs was shipped.
    if store.own is None and not store.is_prepared(environment(programs.placement.sequential)):
        return WarmUp(programs)
    return Preparation(programs, store, store.own, further=further)
