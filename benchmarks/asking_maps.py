"""A server that is asked for maps, as the page asks: streamed, typed, none kept."""

import http.client
import json
import time
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

from benchmarks.server import process, wait_until_alive

NEVER = "86400"
OPEN = {
    "STEEPEST_MAPS": "off",
    "STEEPEST_ANSWERS_MB": "0",
    "STEEPEST_WARM_UP": "off",
    "STEEPEST_MAP_SECONDS": NEVER,
    "STEEPEST_DEADLINE_SECONDS": NEVER,
}
"""Settings of a server that refuses nothing and keeps nothing."""


class Told(NamedTuple):
    """An event, and seconds from the request on."""

    seconds: float
    name: str
    content: Mapping[str, Any]


class Asking:
    """Requests to one server.

    Attributes:
        pid: of its process.
    """

    def __init__(self, port: int, pid: int):
        self.pid = pid
        self._port = port

    def stream(self, kind: str, body: Mapping[str, Any]) -> Generator[Told]:
        """Every event of a map as it comes; who takes no more of them leaves."""
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        url = f"/api/v1/maps/{kind}?encoding=typed"
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=3600)
        with closing(connection):
            connection.connect()
            begun = time.perf_counter()
            connection.request("POST", url, json.dumps(body), headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise RuntimeError(answer.read()[:500])
            name = ""
            for line in answer:
                if line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: "):
                    seconds = time.perf_counter() - begun
                    yield Told(seconds, name, json.loads(line[6:]))

    def whole(self, kind: str, body: Mapping[str, Any]) -> list[Told]:
        """All events but what tiles carry."""
        return [
            told._replace(content={}) if told.name in ("tile", "result") else told
            for told in self.stream(kind, body)
        ]


@contextmanager
def asking(**environment: str) -> Generator[Asking]:
    """A server process of its own, with workers for maps; nothing is compiled beforehand."""
    with process("server", **OPEN, **environment) as (port, _, pid):
        wait_until_alive(port)
        yield Asking(port, pid)
