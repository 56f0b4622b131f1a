"""One HTTP/1.1 connection, read by httptools: no more work than a load generator can afford."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import httptools


class Lost(Exception):
    """The connection ended before the answer did.

    Attributes:
        begun: whether part of the answer had come.
    """

    def __init__(self, begun: bool):
        super().__init__("truncated" if begun else "reset")
        self.begun = begun


@dataclass
class Answer:
    """An answer as it came over the wire, compressed if it was.

    Attributes:
        status: its number.
        headers: by lower-case name; of repeated ones the last.
        size: bytes of the body as sent.
        body: kept only when asked for.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict[str, str])
    size: int = 0
    body: bytearray | None = None


class Connection(asyncio.Protocol):
    """Asks one thing at a time.

    Attributes:
        used: how many answers came over it.
        closing: it cannot be used again.
    """

    def __init__(self) -> None:
        self.used = 0
        self.closing = False
        self.transport: asyncio.Transport | None = None
        self._answer = Answer()
        self._done: asyncio.Future[Answer] | None = None
        self._parser = httptools.HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's is one by what it does, not by its class.
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closing = True
        if self._done is not None and not self._done.done():
            self._done.set_exception(Lost(self._answer.status > 0))

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self._answer.size += len(body)
        if self._answer.body is not None:
            self._answer.body += body

    def on_message_complete(self) -> None:
        if self._answer.status < 200 or self._done is None:
            return
        self.used += 1
        if not self._parser.should_keep_alive():
            self.close()
        if not self._done.done():
            self._done.set_result(self._answer)

    def ask(self, raw: bytes, keep_body: bool = False) -> "asyncio.Future[Answer]":
        """Send a request; the answer to come.

        Raises:
            Lost: by the future, the connection ended before.
        """
        self._done = asyncio.get_running_loop().create_future()
        self._answer = Answer(body=bytearray() if keep_body else None)
        if self.closing or self.transport is None or self.transport.is_closing():
            self._done.set_exception(Lost(False))
        else:
            self.transport.write(raw)
        return self._done

    def close(self) -> None:
        """End it at once."""
        self.closing = True
        if self.transport is not None:
            self.transport.abort()


def raw_request(
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    host: str = "127.0.0.1",
) -> bytes:
    """A request's bytes, as a browser on this machine would send it."""
    lines = {
        "Host": host,
        "User-Agent": "steepest-load",
        "Accept": "*/*",
        "Accept-Encoding": "gzip",
        **(headers or {}),
    }
    if body or method == "POST":
        lines = {"Content-Type": "application/json", **lines, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


async def connect(port: int, address: str = "127.0.0.1") -> Connection:
    """A connection from one of the loopback's addresses to the server."""
    loop = asyncio.get_running_loop()
    local = None if address == "127.0.0.1" else (address, 0)
    _, connection = await loop.create_connection(Connection, "127.0.0.1", port, local_addr=local)
    return connection
