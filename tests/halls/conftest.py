"""Halls on everything that may keep them; a Redis of its own where one is installed."""

import contextlib
import shutil
import socket
import subprocess
import time

import pytest
from redis import Redis, RedisError

from server.halls.opening import opened

REDIS = shutil.which("redis-server") or shutil.which("valkey-server")


class Clock:
    """Time that stands until it is told to go on."""

    def __init__(self, now=1_000_000.0):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    """The URL of a real server; it ends with the tests."""
    if REDIS is None:
        pytest.skip("needs redis-server or valkey-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            with Redis.from_url(url) as one:
                one.ping()
            break
        except RedisError:
            assert time.monotonic() < deadline
        with contextlib.suppress(subprocess.TimeoutExpired):
            raise RuntimeError(f"redis ended: {process.wait(0.02)}")
    yield url
    process.terminate()
    process.wait(30)


@pytest.fixture(params=["file", "memory", "redis"])
def keeping(request, tmp_path):
    match request.param:
        case "file":
            made = opened(str(tmp_path))
        case "memory":
            made = opened("memory")
        case "redis":
            url = request.getfixturevalue("redis")
            with Redis.from_url(url) as one:
                one.flushall()
            made = opened(url)
    yield made
    made.close()
