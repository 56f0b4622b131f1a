"""What is known of each request: when it came, what it was answered, and how long that took."""

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.errors import CLIENT_LEFT
from server.logs import FIELDS, REQUEST_ID, one_line

logger = logging.getLogger("steepest.request")

EXCHANGE = "steepest.exchange"
"""Key of a scope: the exchange that it belongs to."""
HEADER = b"x-request-id"
SANE_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}", re.ASCII)
UNLIKELY = re.compile(r"[^0-9A-Za-z.:%_-]", re.ASCII)
"""What no address has; a proxy may have handed on anything."""
LONGEST_PATH = 256
"""Characters of a path that are logged."""
QUIET = {"/healthz", "/readyz", "/metrics"}
"""Asked every few seconds, by machines: logged at debug only."""


@dataclass(slots=True)
class Exchange:
    """One request and what became of it.

    Attributes:
        method: as sent.
        path: decoded, without the query.
        begun: when it came, by ``perf_counter``.
        status: of the answer; 0 before there is one.
        sent: bytes of the answer's body.
        seconds: from its head to the last byte handed on.
        reason: why it was refused, a word; empty if it was not.
    """

    method: str
    path: str
    begun: float
    status: int = 0
    sent: int = 0
    seconds: float = 0.0
    reason: str = ""


def note_reason(scope: Scope, reason: str) -> None:
    """Say why a request is refused, for the log and the metrics."""
    exchange = scope.get(EXCHANGE)
    if isinstance(exchange, Exchange):
        exchange.reason = reason


class Observer(Protocol):
    """Who is told of every request."""

    def begun(self) -> None:
        """One came."""
        ...

    def finished(self, exchange: Exchange) -> None:
        """It was answered, or its client left; called once for each that came."""
        ...


class Requests:
    """The outermost: gives each request an id, logs it, and tells an observer.

    An id that the proxy or the client gave is kept if it is sane; the answer carries it.

    Args:
        app: answers.
        observer: is told of each request.
        clock: seconds.
    """

    def __init__(self, app: ASGIApp, observer: Observer, clock: Callable[[], float] = perf_counter):
        self.app, self._observer, self._clock = app, observer, clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = scope[EXCHANGE] = Exchange(scope["method"], scope["path"], self._clock())
        request_id = _request_id(scope)
        REQUEST_ID.set(request_id.decode())
        done = left = False

        async def listen() -> Message:
            nonlocal left
            message = await receive()
            if message["type"] == "http.disconnect" and not done:
                left = True
            return message

        async def tell(message: Message) -> None:
            nonlocal done
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, request_id)]
            elif message["type"] == "http.response.body":
                exchange.sent += len(message.get("body", b""))
                done = not message.get("more_body", False)
            await send(message)

        self._observer.begun()
        try:
            await self.app(scope, listen, tell)
        except BaseException:
            # Cancelled where the connection was closed under it; else a defect, which is logged.
            exchange.status = exchange.status or 500
            raise
        finally:
            if left or not exchange.status:
                exchange.status = CLIENT_LEFT
            exchange.seconds = self._clock() - exchange.begun
            self._observer.finished(exchange)
            _log(exchange, scope, request_id.decode())


def _request_id(scope: Scope) -> bytes:
    for name, value in scope["headers"]:
        if name == HEADER and SANE_ID.fullmatch(value):
            return value
    return os.urandom(8).hex().encode()


def _log(exchange: Exchange, scope: Scope, request_id: str) -> None:
    level = logging.DEBUG if exchange.path in QUIET else logging.INFO
    if not logger.isEnabledFor(level):
        return
    # As it was sent: in a decoded path a line end would be one.
    raw: bytes = scope.get("raw_path") or exchange.path.encode("utf-8", "backslashreplace")
    path = one_line(raw[:LONGEST_PATH].decode("latin-1"))
    method = one_line(exchange.method[:16])
    client = scope.get("client")
    named: dict[str, object] = {
        "method": method,
        "path": path,
        "status": exchange.status,
        "bytes": exchange.sent,
        "duration_ms": round(1e3 * exchange.seconds, 2),
        "client": UNLIKELY.sub("?", str(client[0])[:64]) if client else "",
        "request_id": request_id,
    }
    if exchange.reason:
        named["reason"] = exchange.reason
    # Where in the code it is logged need not be found out for each.
    record = logging.LogRecord(logger.name, level, "", 0, "request", None, None)
    setattr(record, FIELDS, named)
    logger.handle(record)
