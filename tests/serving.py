"""A real server in a process of its own on a free port: ``python -m server`` as people start it."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

LISTENS = re.compile(r"running on (http://\S+)")
TO_END = 30
"""Seconds after which a server that was asked to end is killed, and the test fails."""


@dataclass
class Server:
    """A server that listens.

    Attributes:
        process: to signal, to wait for, to ask for its memory.
        lines: what it has logged so far.
        address: without a slash at the end.
    """

    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)
    address: str = ""


@contextmanager
def serving(
    *arguments: str, ready: bool = True, under: Sequence[str] = (), **environment: str
) -> Iterator[Server]:
    """A server with more arguments and environment variables than usual; it ends with the block.

    Args:
        arguments: of the command line, besides device and port.
        ready: whether to wait until ``/readyz`` says so, or only until it listens.
        under: a command that runs the server as its own last words, such as a shell with limits.
        environment: variables such as ``STEEPEST_COMPUTE_THREADS="1"``.
    """
    command = [*under, sys.executable, "-m", "server", "--device", "cpu", "--port", "0", *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    server = Server(process)
    reader = Thread(target=_read, args=(server,), daemon=True)
    try:
        _listening(server)
        reader.start()
        if ready:
            _ready(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(TO_END)
        finally:
            process.kill()
            process.wait()
            if reader.ident is not None:
                reader.join()
            if process.stderr is not None:
                process.stderr.close()


def _listening(server: Server) -> None:
    """Read the log until it names the port that the system chose."""
    log = server.process.stderr
    assert log is not None
    for line in log:
        server.lines.append(line)
        if found := LISTENS.search(line):
            server.address = found[1]
            return
    raise RuntimeError(f"the server ended:\n{''.join(server.lines)}")


def _read(server: Server) -> None:
    """Keep what is logged, so that the pipe never fills; ends with the process."""
    assert server.process.stderr is not None
    server.lines.extend(server.process.stderr)


def _ready(server: Server) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.address}/readyz", timeout=30) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            error.close()
        except urllib.error.URLError:
            pass  # Several workers: the port is bound before the first of them listens.
        try:
            server.process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"the server ended:\n{''.join(server.lines)}")
    raise TimeoutError(f"the server did not become ready:\n{''.join(server.lines)}")
