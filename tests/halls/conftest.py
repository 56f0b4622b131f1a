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


@contextlib.contextmanager
def running(folder, *more):
    """The URL of a real server; it ends with the tests."""
    if REDIS is None:
        pytest.skip("needs redis-server or valkey-server")
    # A cluster's second port is 10000 above.
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        if port < 50_000:
            break
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen([*command, *more], stdout=subprocess.DEVNULL)
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


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    with running(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """Of one server, which refuses as any does what touches two slots at once."""
    with running(tmp_path_factory.mktemp("cluster"), "--cluster-enabled", "yes") as url:
        with Redis.from_url(url) as one:
            one.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16383)
            while one.execute_command("CLUSTER INFO")["cluster_state"] != "ok":
                pass
        yield url


@pytest.fixture(params=["file", "memory", "redis", "cluster"])
def keeping(request, tmp_path):
    match request.param:
        case "file":
            made = opened(str(tmp_path))
        case "memory":
            made = opened("memory")
        case where:
            url = request.getfixturevalue(where)
            with Redis.from_url(url) as one:
                one.flushall()
            made = opened(url)
    yield made
    made.close()
