"""A client as a browser is one: few connections, kept; a cache; patience that ends."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.load.tally import Outcome
from benchmarks.load.wire import Answer, Connection, Lost, connect, raw_request

CONNECTIONS = 6
"""That a browser opens to one host."""
PATIENCE = 30.0
"""Seconds after which a request is given up."""


@dataclass
class Kept:
    """What a browser keeps of an answer to a GET."""

    until: float
    etag: str


def fresh_for(headers: Mapping[str, str]) -> float:
    """Seconds that an answer may be used again unasked; 0: ask each time."""
    said = [one.strip() for one in headers.get("cache-control", "").split(",")]
    if "no-cache" in said or "no-store" in said:
        return 0.0
    ages = [one for one in said if one.startswith("max-age=")]
    return float(ages[0].removeprefix("max-age=")) if ages else 0.0


class Client:
    """One browser at one address.

    Args:
        port: of the server.
        address: its own.
        connections: that it opens at most.
        patience: seconds that it waits for an answer.
    """

    def __init__(
        self,
        port: int,
        address: str = "127.0.0.1",
        connections: int = CONNECTIONS,
        patience: float = PATIENCE,
    ):
        self._port, self.address, self._patience = port, address, patience
        self._free = connections
        self._idle: deque[Connection] = deque()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._kept: dict[str, Kept] = {}
        self.retry_after = 0.0
        self.answer = Answer()

    async def get(self, path: str, scheduled: float | None = None) -> Outcome:
        """A GET as a browser asks it: from its cache, asked after, or anew."""
        kept = self._kept.get(path)
        if kept is not None and time.perf_counter() < kept.until:
            now = time.perf_counter()
            return Outcome(scheduled or now, now, "cached")
        headers = {"If-None-Match": kept.etag} if kept is not None and kept.etag else {}
        outcome = await self.send(raw_request("GET", path, headers=headers), scheduled)
        if outcome.kind in ("200", "304"):
            etag, until = self.answer_headers.get("etag", ""), fresh_for(self.answer_headers)
            if etag or until:
                self._kept[path] = Kept(time.perf_counter() + until, etag)
        return outcome

    async def send(
        self, raw: bytes, scheduled: float | None = None, keep_body: bool = False
    ) -> Outcome:
        """Send a request over the next free connection; how it went, never an error."""
        scheduled = time.perf_counter() if scheduled is None else scheduled
        size = 0
        try:
            async with asyncio.timeout(max(0.0, scheduled + self._patience - time.perf_counter())):
                answer = await self._over_a_connection(raw, keep_body)
            kind, size = str(answer.status), answer.size
            self.answer, self.answer_headers = answer, answer.headers
            if answer.status == 503:
                self.retry_after = float(answer.headers.get("retry-after", "0") or 0)
                if "retry-after" not in answer.headers:
                    kind = "503 without Retry-After"
        except TimeoutError:
            kind = "timeout"
        except Lost as error:
            kind = str(error)
        except OSError as error:
            kind = f"not connected ({type(error).__name__})"
        return Outcome(scheduled, time.perf_counter(), kind, size)

    answer_headers: Mapping[str, str] = {}

    async def _over_a_connection(self, raw: bytes, keep_body: bool) -> Answer:
        await self._take()
        connection = None
        try:
            while True:
                connection = self._idle.pop() if self._idle else None
                if connection is not None and connection.closing:
                    continue
                if connection is None:
                    connection = await connect(self._port, self.address)
                try:
                    return await connection.ask(raw, keep_body)
                except Lost as error:
                    # As browsers do: a kept connection that ended meanwhile is no failure.
                    if error.begun or connection.used == 0:
                        raise
        except BaseException:
            if connection is not None:
                connection.close()
            raise
        finally:
            if connection is not None and not connection.closing:
                self._idle.append(connection)
            self._give()

    async def _take(self) -> None:
        if self._free > 0:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give()
            raise

    def _give(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def close(self) -> None:
        """Leave."""
        while self._idle:
            self._idle.pop().close()


def addresses(count: int, network: int = 1) -> list[str]:
    """As many addresses of the loopback, none of them the server's own."""
    return [f"127.{network}.{1 + one // 250}.{1 + one % 250}" for one in range(count)]
