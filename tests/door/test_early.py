"""Refusals in bytes, by a real server whose admission is made to be crowded; HTTP is the oracle."""

import asyncio
import http.client
import threading
from asyncio import FIRST_COMPLETED
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import uvicorn

from server.admission import Admission, AtCapacityError, Client
from server.connections.listening import bound
from server.connections.protocol import Connection
from server.connections.register import CONNECTIONS, EARLY, Bounds, Connections
from server.door.early import Early

FIXED = [(b"x-content-type-options", b"nosniff")]


class Crowded:
    """An application at whose gate many wait, each from an address of its own."""

    def __init__(self):
        self.asked = []
        self.bodies = []

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await receive()
            admission = await self.crowd()
            early = Early(admission, "/api/", FIXED)
            scope["state"].update({CONNECTIONS: Connections(Bounds()), EARLY: early})
            await send({"type": "lifespan.startup.complete"})
            await receive()
            for one in self.waiting:
                one.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return
        self.asked.append((scope["method"], scope["path"]))
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.bodies.append(body)
        await send({"type": "http.response.start", "status": 200, "headers": [
            (b"content-length", b"2")]})  # fmt: skip
        await send({"type": "http.response.body", "body": b"ok"})

    async def crowd(self):
        admission = Admission(1, 1000)
        # Those before it have taken a second each.
        admission.gate._each = 1.0
        places = [admission.places.take(Client(f"10.0.0.{i}", i)) for i in range(30)]
        self.waiting = [asyncio.ensure_future(admission.gate.enter(one)) for one in places]
        await asyncio.sleep(0)
        assert admission.gate.full
        # 127.0.0.1 has had its share: whoever waits comes before it.
        admission.gate.charge(Client("127.0.0.1", 0), 0.1)
        self.admission = admission
        return admission


@contextmanager
def crowded():
    app = Crowded()
    listening = bound("127.0.0.1", 0)
    config = uvicorn.Config(app, http=Connection, ws="none", lifespan="on", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        yield app, listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(60)
        assert not thread.is_alive()


def ask(connection, method, path, body=None, **headers):
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


def test_a_crowded_door_refuses_in_bytes_and_keeps_the_connection():
    with crowded() as (app, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for size in (0, 10, 200_000):
            answer, content = ask(connection, "POST", "/api/paths", b"x" * size)
            assert answer.status == 503
            assert b'"type":"at_capacity"' in content
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Content-Type"] == "application/json"
            assert parsedate_to_datetime(answer.headers["Date"])
        assert app.asked == []
        assert app.admission.refused["door"] == 3
        # What is asked by GET may be kept already; other addresses are not of the API.
        for method, path in (("GET", "/api/paths"), ("POST", "/elsewhere"), ("GET", "/healthz")):
            answer, content = ask(connection, method, path)
            assert (answer.status, content) == (200, b"ok")
        assert app.asked == [("GET", "/api/paths"), ("POST", "/elsewhere"), ("GET", "/healthz")]
        connection.close()


def test_who_asks_for_the_end_of_the_connection_gets_it():
    with crowded() as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        answer, _ = ask(connection, "POST", "/api/paths", b"{}", Connection="close")
        assert answer.status == 503
        assert answer.headers["Connection"] == "close"
        assert connection.sock is None
        connection.close()


def test_bodies_of_the_refused_are_not_taken_for_requests_after_them():
    """A body that is itself a request, and one after it on the same connection."""
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    with crowded() as (app, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        assert ask(connection, "POST", "/api/paths", smuggled)[0].status == 503
        assert ask(connection, "POST", "/elsewhere", b"whole")[0].status == 200
        assert app.asked == [("POST", "/elsewhere")]
        assert app.bodies == [b"whole"]
        connection.close()


def test_who_has_had_nothing_is_let_in_by_the_same_door():
    async def come():
        app = Crowded()
        admission = await app.crowd()
        assert admission.crowded(Client("127.0.0.1", 7)) >= 1
        # One who waits twice stands behind a newcomer, who is therefore not refused.
        twice = admission.places.take(Client("10.0.0.29", 99))
        app.waiting.append(asyncio.ensure_future(admission.gate.enter(twice)))
        await asyncio.sleep(0)
        assert admission.crowded(Client("192.0.2.1", 1)) == 0
        place = admission.enter(Client("192.0.2.1", 1))
        assert place.client.address == "192.0.2.1"
        done, _ = await asyncio.wait(app.waiting[-2:], timeout=60, return_when=FIRST_COMPLETED)
        assert [type(one.exception()) for one in done] == [AtCapacityError]
        for one in app.waiting:
            one.cancel()

    asyncio.run(come())
