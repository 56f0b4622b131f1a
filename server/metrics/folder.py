"""Where several workers keep their metrics: a private folder of memory-mapped files.

Each worker has a number of its own, the lowest that no living worker holds, and files named by it.
One that takes a dead worker's place goes on counting where that one stopped, so there are never
more files than there were workers at a time, however often they die.
"""

import glob
import logging
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Elsewhere than on Unix; there ``shared`` makes no folder.
    fcntl = None

logger = logging.getLogger("steepest")

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client looks for the folder's name; children inherit it."""
MOST_WORKERS = 1024


@contextmanager
def shared(workers: int) -> Generator[None]:
    """A new folder for all workers, gone at the end; one worker alone needs none.

    Where none can be made each worker counts for itself, and the log says so.
    """
    os.environ.pop(VARIABLE, None)
    if workers == 1:
        yield
        return
    try:
        if fcntl is None:
            raise OSError("this system has no locks for files")
        folder = tempfile.mkdtemp(prefix="steepest-metrics-")
    except OSError as error:
        logger.warning("/metrics are those of the one worker that answers: %s", error)
        yield
        return
    os.environ[VARIABLE] = folder
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Place:
    """This worker's number in the folder, held until the process ends."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.number, self._lock = _taken(folder)

    def dead(self) -> list[int]:
        """Numbers of workers that have ended and that nobody took over."""
        gone: list[int] = []
        for path in glob.glob(f"{self.folder}/*.lock"):
            with suppress(OSError), open(path) as lock:
                if _locked(lock):
                    gone.append(int(Path(path).stem))
        return gone


def place() -> Place | None:
    """This worker's, if the workers share a folder and it can be written to."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return None
    try:
        return Place(Path(folder))
    except OSError as error:
        logger.warning("/metrics are those of the one worker that answers: %s", error)
        return None


def _taken(folder: Path) -> tuple[int, IO[str]]:
    for number in range(MOST_WORKERS):
        lock = open(folder / f"{number}.lock", "a")  # noqa: SIM115 - held as long as the process
        if _locked(lock):
            return number, lock
        lock.close()
    raise OSError(f"{folder} has no place for more than {MOST_WORKERS} workers")


def _locked(file: IO[str]) -> bool:
    """Whether this handle holds the file's lock now, which no other does."""
    assert fcntl is not None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
