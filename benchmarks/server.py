"""A server process of its own on a free loopback port, for measurements over HTTP."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(port: int, path: str) -> int:
    """The status of a GET; 0 while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@contextmanager
def process(module: str, **environment: str) -> Iterator[tuple[int, float, int]]:
    """``python -m <module> --port N``: the port, when it was started, and its process id.

    Args:
        module: what is started.
        **environment: variables besides those of this process.
    """
    port = free_port()
    begun = time.perf_counter()
    started = subprocess.Popen(
        [sys.executable, "-m", module, "--port", str(port), "--device", "cpu"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    try:
        yield port, begun, started.pid
    finally:
        started.terminate()
        started.wait(60)


def compiling(port: int) -> int:
    """How many programs are still compiled in the background; many while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/readyz")
        return json.loads(connection.getresponse().read())["afterwards"]
    except OSError:
        return sys.maxsize
    finally:
        connection.close()


def wait_until_alive(port: int, limit: float = 240) -> None:
    """Poll ``/healthz``: who compiles nothing beforehand answers, and is never ready.

    Raises:
        TimeoutError: it did not answer in time.
    """
    deadline = time.perf_counter() + limit
    while status_of(port, "/healthz") != 200:
        if time.perf_counter() > deadline:
            raise TimeoutError("the server did not begin to answer")
        time.sleep(0.05)


def wait_until_ready(port: int, limit: float = 240, *, afterwards: bool = False) -> None:
    """Poll ``/readyz``, if asked until nothing is left to compile at all.

    Raises:
        TimeoutError: it did not become ready in time.
    """
    deadline = time.perf_counter() + limit
    while status_of(port, "/readyz") != 200 or (afterwards and compiling(port) > 0):
        if time.perf_counter() > deadline:
            raise TimeoutError("the server did not become ready")
        time.sleep(0.05)
