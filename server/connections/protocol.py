"""HTTP/1.1 as uvicorn speaks it, with clients held to times and sizes.

uvicorn has no time for a header, a body or a reader, and httptools no sizes; both are added here.
"""

import asyncio
from itertools import count
from time import monotonic
from typing import Any, cast

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from server.connections import refusals
from server.connections.acknowledged import acknowledged
from server.connections.refusals import Refusal
from server.connections.register import CONNECTIONS, EARLY, Connections, Early, Standing

CONNECTION = "connection"
"""Where a request's ``scope["state"]`` has its connection's number, unique in this process."""
LEAST_RATE = 1024
"""Bytes a second that the reader of an answer has to take, over ``write_seconds``."""
LINGER = 2.0
"""Seconds that a refused client has to read why, before its connection is closed."""
UNREAD = 1024 * 1024
"""Bytes that a refused client may still send: closing at once would lose the answer on its way."""
LAST_MOMENT = 3.5
"""Seconds after the server was told to end at which a client that still waits is sent away."""
LAST_WORDS = 0.3
"""Seconds that it then has to read why."""
LAST_REQUESTS = 0.05
"""Seconds in which a request that was under way when the server was told to end is still taken."""

numbers = count(1)


BUSY = b"HTTP/1.1 503 Service Unavailable\r\n"


class _Answered:
    """Stands for a request that was answered without a cycle of uvicorn's."""

    response_complete, disconnected, keep_alive = True, False, False
    message_event = asyncio.Event()


ANSWERED = _Answered()


class _Stop(Exception):
    """Ends the parser."""


class Connection(HttpToolsProtocol):
    """One connection of a client."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ):
        super().__init__(config, server_state, app_state, _loop)
        register = app_state[CONNECTIONS]
        assert isinstance(register, Connections)
        self.register = register
        self._early: Early | None = app_state.get(EARLY)
        self.number = next(numbers)
        self.address = ""
        self.since = monotonic()
        self._reading = Standing.HEADER
        self._nothing_yet = True
        self._running: RequestResponseCycle | None = None
        """The request that is being answered; ``cycle`` is the last that has come."""
        self._url_bytes = self._header_bytes = self._dropped = 0
        self._refusal: Refusal | None = None
        self._refused = False
        self._taking: tuple[float, int] | None = None
        """Since when an answer waits to be taken, and how much had been taken of it then."""
        self._last_moment: asyncio.TimerHandle | None = None

    # What the transport tells.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        if not self.register.admit(self) and not transport.is_closing():
            self._send_away(refusals.FULL)

    def connection_lost(self, exc: Exception | None) -> None:
        self.register.forget(self)
        if self._last_moment is not None:
            self._last_moment.cancel()
        self._unset_keepalive_if_required()
        self._leave(self._running)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        parser = self.parser
        if self._refused or parser is None:
            self._drop(len(data))
            return
        self._unset_keepalive_if_required()
        if self._reading is Standing.IDLE:
            self._read(Standing.HEADER)
        self._nothing_yet = False
        before = self.since if self._reading is Standing.HEADER else None
        try:
            parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # Answered as if no other protocol had been asked for; what follows may be of that one.
            self._refused = True
            self.cycle.keep_alive = False
            return
        except httptools.HttpParserError:
            self._refuse(self._refusal or refusals.MALFORMED)
            return
        if self._reading is Standing.HEADER and self.since == before:
            # llhttp keeps a header that does not end, whatever its length.
            self._header_bytes += len(data)
            if self._header_bytes > refusals.HEADER_BYTES:
                self._refuse(refusals.HEADER_SIZE)

    # What the parser tells.

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope.setdefault("state", {})[CONNECTION] = self.number
        self._url_bytes = self._header_bytes = self._dropped = 0
        self._read(Standing.HEADER)

    def on_url(self, url: bytes) -> None:
        self._url_bytes += len(url)
        if self._url_bytes > refusals.URL_BYTES:
            self._stop(refusals.URL)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._reading is Standing.BODY:
            return  # A trailer, of a request that is being answered already.
        self._header_bytes += len(name) + len(value) + 4
        most = self._header_bytes + self._url_bytes > refusals.HEADER_BYTES
        if most or len(self.headers) >= refusals.HEADERS:
            self._stop(refusals.HEADER_SIZE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= refusals.PIPELINED:
            self._stop(refusals.PIPELINE)
        self._read(Standing.BODY)
        if self._early and self._answered() and not self.expect_100_continue:
            # What is asked by GET may be kept already, and cost nothing.
            posted = self.parser is not None and self.parser.get_method() == b"POST"
            if posted and (refusal := self._early(self.url, self.address, self.number)):
                self._say_busy(*refusal)
                return
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self.cycle.response_complete:
            self._drop(len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._read(Standing.IDLE)
        super().on_message_complete()

    def _say_busy(self, headers: bytes, body: bytes) -> None:
        """Answer a request that has become nobody's; its body is read over."""
        kept = self.parser is not None and self.parser.should_keep_alive()
        self.cycle = cast(RequestResponseCycle, ANSWERED)
        date = b"".join(b"%b: %b\r\n" % one for one in self.server_state.default_headers)
        end = b"\r\n" if kept else b"connection: close\r\n\r\n"
        self.transport.write(b"".join([BUSY, date, headers, end, body]))
        if kept:
            self.on_response_complete()
        else:
            self.transport.close()

    # What the answer tells.

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._refusal is not None and self._answered():
            self._send_away(self._refusal)

    # What the register asks.

    def standing(self) -> Standing:
        """What it does."""
        if self._taking is not None:
            return Standing.TAKING
        if not self._answered() and not self._half_sent():
            return Standing.SERVED
        return self._reading

    def look(self, now: float, elapsed: float) -> None:
        """End it if its client has taken too long."""
        bounds = self.register.bounds
        if self._takes_too_long(now):
            self.register.ended["write"] += 1
            self.drop()
        elif self._refused:
            if now - self.since > LINGER and self._answered():
                self.drop()
        elif self.flow.read_paused:
            self.since += elapsed  # It is we who do not read.
        elif self._reading is Standing.HEADER and now - self.since > bounds.header_seconds:
            if self._nothing_yet:
                self.register.ended["silent"] += 1
                self.transport.close()
            else:
                self._refuse(refusals.HEADER_TIME)
        elif self._reading is Standing.BODY and now - self.since > bounds.body_seconds:
            self._refuse(refusals.BODY_TIME)

    def drop(self) -> None:
        """End it without a word."""
        self._refused = True
        self.transport.abort()

    # What the server tells.

    def shutdown(self) -> None:
        """Let what was admitted be answered, and end with it."""
        self._last_moment = self.loop.call_later(LAST_MOMENT, self._end)
        if self._running is not None:  # And so there is a last one.
            self.cycle.keep_alive = False
        if self._answered():
            # What its client sent before it could know is read first.
            self.loop.call_later(LAST_REQUESTS, self._end_if_idle)

    def _end_if_idle(self) -> None:
        if self._answered():
            self.transport.close()
        else:
            self.cycle.keep_alive = False

    def _end(self) -> None:
        if self._answered() or (self._running is not None and self._running.response_started):
            self.register.ended["ending"] += 1
            self._leave(self._running)
            self.drop()
        else:
            self._leave(self._running)
            self._send_away(refusals.ENDING)
            self._last_moment = self.loop.call_later(LAST_WORDS, self.drop)

    # How it is done.

    def _answered(self) -> bool:
        """Whether nothing that was asked waits for its answer."""
        running = self._running
        return running is None or running.response_complete or running.disconnected

    def _half_sent(self) -> bool:
        """Whether the request that is being answered has not come whole."""
        return self._reading is Standing.BODY and self.cycle is self._running

    def _read(self, what: Standing) -> None:
        self._reading, self.since = what, monotonic()

    def _stop(self, refusal: Refusal) -> None:
        self._refusal = refusal
        raise _Stop

    def _drop(self, size: int) -> None:
        """Bytes that nobody reads, so many and no more."""
        self._dropped += size
        if self._dropped > UNREAD:
            if self._answered():
                self.drop()
            else:
                self.flow.pause_reading()

    def _leave(self, cycle: RequestResponseCycle | None) -> None:
        """Tell a request's work that nobody waits for it any more."""
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()

    def _refuse(self, refusal: Refusal) -> None:
        """Refuse the request that is being read; those before it are answered first."""
        self._refused, self._refusal = True, refusal
        if self._answered():
            self._send_away(refusal)
            return
        running = self._running
        assert running is not None
        if self._half_sent():
            if running.response_started:
                running.keep_alive = False
                return
            self._leave(running)
            self._send_away(refusal)
        elif self._reading is Standing.BODY and self.pipeline:
            self.pipeline.popleft()

    def _send_away(self, refusal: Refusal) -> None:
        """Say why, read what is still under way, and end."""
        self._refused, self._refusal = True, None
        self.register.ended[refusal.reason] += 1
        if self.transport.is_closing():
            return
        self._unset_keepalive_if_required()
        self.since = monotonic()
        self.transport.write(refusal.encoded(self.server_state.default_headers))
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.flow.resume_reading()

    def _takes_too_long(self, now: float) -> bool:
        """Whether an answer waits for a client that takes none of it, or next to none."""
        if not self.transport.get_write_buffer_size():
            self._taking = None
        elif self._taking is None:
            self._taking = (now, acknowledged(self.transport))
        else:
            began, before = self._taking
            seconds = now - began
            if seconds > self.register.bounds.write_seconds:
                taken = acknowledged(self.transport)
                self._taking = (now, taken)
                return taken - before < LEAST_RATE * seconds
        return False
