"""A server of a tree, and what it uses of the machine, read from the system (Linux)."""

import os
import resource
import shlex
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.server import free_port, wait_until_ready

HERE = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
TO_END = 60


@dataclass(frozen=True)
class Tree:
    """Where a server comes from.

    Attributes:
        path: of the tree; it is started there.
        command: of the server, with ``{port}``; the usual one if empty.
    """

    path: Path = HERE
    command: str = ""

    def line(self, port: int) -> list[str]:
        """The command that starts it."""
        if self.command:
            return shlex.split(self.command.format(port=port))
        return [sys.executable, "-m", "server", "--device", "cpu", "--port", str(port)]


@dataclass(frozen=True)
class Served:
    """A server that is ready.

    Attributes:
        port: where it listens.
        process: what was started.
    """

    port: int
    process: "subprocess.Popen[bytes]"

    def pids(self) -> list[int]:
        """Its process and all that it started."""
        found = [self.process.pid]
        for pid in found:
            for thread in Path(f"/proc/{pid}/task").glob("*"):
                found += [int(child) for child in (thread / "children").read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds of a core used so far."""
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def loop_cpu(self) -> float:
        """Seconds of a core that its first thread has used, to the microsecond."""
        pid = self.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9

    def megabytes(self) -> float:
        """In memory now, shared pages counted once for each process."""
        return sum(_status(pid, "VmRSS") for pid in self.pids()) / 1e3

    def peak_megabytes(self) -> float:
        """The most that was in memory since ``forget_peak``."""
        return sum(_status(pid, "VmHWM") for pid in self.pids()) / 1e3

    def forget_peak(self) -> None:
        """Count the peak anew."""
        for pid in self.pids():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def descriptors(self) -> int:
        """Open files and sockets."""
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in self.pids())

    def threads(self) -> int:
        return sum(len(os.listdir(f"/proc/{pid}/task")) for pid in self.pids())

    def mappings(self) -> int:
        return sum(Path(f"/proc/{pid}/maps").read_bytes().count(b"\n") for pid in self.pids())


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


@contextmanager
def serving(tree: Tree, **environment: str) -> Generator[Served]:
    """A server of this tree, ready, with nothing left to compile; it ends with the block."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    port = free_port()
    process = subprocess.Popen(
        tree.line(port),
        cwd=tree.path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        wait_until_ready(port, 600, afterwards=True)
        yield Served(port, process)
    finally:
        process.terminate()
        try:
            process.wait(TO_END)
        finally:
            process.kill()
            process.wait()


@dataclass(frozen=True)
class Cores:
    """That were in use, on average: of the server, of its loop's thread, of this process."""

    server: float = 0.0
    loop: float = 0.0
    generator: float = 0.0


class Shares:
    """How much of the machine server and generator used since it was made."""

    def __init__(self, served: Served):
        self._served, self._begun = served, time.perf_counter()
        self._before = self._used()

    def _used(self) -> tuple[float, float, float]:
        return self._served.cpu(), self._served.loop_cpu(), own_cpu()

    def until_now(self) -> Cores:
        seconds = time.perf_counter() - self._begun
        used = zip(self._used(), self._before, strict=True)
        return Cores(*((now - before) / seconds for now, before in used))


def own_cpu() -> float:
    """Seconds of a core that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
