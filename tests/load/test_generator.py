"""The load generator against servers that misbehave in ways known beforehand."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from benchmarks.load.arrivals import open_model
from benchmarks.load.client import Client
from benchmarks.load.tally import Tally, percentile
from benchmarks.load.wire import raw_request

Answers = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def against(serve: Answers, ask: Callable[[int], Awaitable[None]]) -> None:
    """Run a client against a server that does this with each connection."""

    async def both() -> None:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await serve(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        async with server:
            await ask(server.sockets[0].getsockname()[1])

    asyncio.run(both())


async def head(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


def test_a_server_that_stalls_shows_in_the_latency_of_all_who_were_to_ask_meanwhile():
    stall, tally = 0.6, Tally()

    async def serve(reader, writer):
        await head(reader)
        # Everybody, and whoever asks for a connection, waits for this.
        time.sleep(stall if not tally.outcomes and not stalled else 0)
        stalled.append(True)
        writer.write(OK)
        while True:
            await head(reader)
            writer.write(OK)

    stalled: list[bool] = []

    async def ask(port):
        client = Client(port)

        async def one(_, scheduled):
            tally.add(await client.send(raw_request("GET", "/"), scheduled))

        # The generator shares this thread, and so stalls too: a closed one would not notice.
        await open_model(100, 1.0, one)
        client.close()

    against(serve, ask)
    first = min(one.ended for one in tally.outcomes)
    begun = min(one.scheduled for one in tally.outcomes)
    during = [one for one in tally.outcomes if one.scheduled < begun + stall]
    assert len(during) > 20
    assert all(one.seconds >= first - one.scheduled for one in during)
    assert percentile((one.seconds for one in tally.outcomes), 0.99) > stall / 2


def test_a_client_opens_no_more_connections_than_a_browser_and_keeps_them():
    opened, open_now, most = 0, 0, 0

    async def serve(reader, writer):
        nonlocal opened, open_now, most
        opened, open_now = opened + 1, open_now + 1
        most = max(most, open_now)
        try:
            while True:
                await head(reader)
                await asyncio.sleep(0)
                writer.write(OK)
        finally:
            open_now -= 1

    async def ask(port):
        client = Client(port)
        outcomes = await asyncio.gather(*(client.send(raw_request("GET", "/")) for _ in range(60)))
        client.close()
        assert {one.kind for one in outcomes} == {"200"}

    against(serve, ask)
    assert opened == most == 6


def test_a_warm_visit_asks_only_for_what_a_browser_would_ask_for():
    asked: list[tuple[bytes, bool]] = []
    said = {
        b"/app.a1b2.js": b'Cache-Control: public, max-age=31536000, immutable\r\nETag: "1"\r\n',
        b"/": b'Cache-Control: no-cache\r\nETag: "2"\r\n',
        b"/plain": b"",
    }

    async def serve(reader, writer):
        while True:
            request = await head(reader)
            path = request.split()[1]
            known = b"If-None-Match" in request
            asked.append((path, known))
            if known:
                writer.write(b"HTTP/1.1 304 Not Modified\r\n" + said[path] + b"\r\n")
            else:
                fields = said[path] + b"Content-Length: 2\r\n\r\nok"
                writer.write(b"HTTP/1.1 200 OK\r\n" + fields)

    kinds: list[str] = []

    async def ask(port):
        client = Client(port)
        for _ in range(2):
            for path in said:
                kinds.append((await client.get(path.decode())).kind)
        client.close()

    against(serve, ask)
    assert kinds == ["200", "200", "200", "cached", "304", "200"]
    assert asked[3:] == [(b"/", True), (b"/plain", False)]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"", "reset"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "truncated"),
        (b"HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n", "503"),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "503 without Retry-After"),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", "500"),
        (None, "timeout"),
    ],
)
def test_failures_are_told_apart(answer, kind):
    async def serve(reader, writer):
        await head(reader)
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)

    async def ask(port):
        client = Client(port, patience=0.3 if answer is None else 30)
        outcome = await client.send(raw_request("GET", "/"))
        client.close()
        assert outcome.kind == kind
        assert not outcome.good

    against(serve, ask)


def test_a_kept_connection_that_ended_meanwhile_is_opened_anew():
    async def serve(reader, writer):
        await head(reader)
        writer.write(OK)
        await head(reader)

    async def ask(port):
        client = Client(port, connections=1)
        for _ in range(3):
            assert (await client.send(raw_request("GET", "/"))).kind == "200"
        client.close()

    against(serve, ask)
