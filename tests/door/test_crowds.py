"""More than a server can do: real servers with few places, and clients from several addresses."""

import asyncio
import json
import select
import socket
import threading
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from anyio.from_thread import start_blocking_portal

from server.admission import Admission
from server.errors import DeadlineError
from tests.api.heavy import ENDS, HEAVY, OTHER, let_in, status, until
from tests.door.asking import BODY, ask, connect, reading, received
from tests.serving import serving

FLOOD, CLASS = "127.0.0.2", "127.0.0.3"
LIGHT = {"targets": [0, 1], "predictions": [0.5, 0.25]}
WAITING = 2
PLACES = 2 + WAITING
"""Of a server with one thread a lane."""


@pytest.fixture(scope="module")
def narrow():
    settings = {"COMPUTE_THREADS": "1", "WAITING": str(WAITING), "WORK_SECONDS": "1e4"}
    named = {f"STEEPEST_{name}": value for name, value in settings.items()}
    with serving(
        ready=False, STEEPEST_WARM_UP="false", STEEPEST_DEADLINE_SECONDS="1e4", **named
    ) as server:
        # Its program is compiled, or loaded, before anybody waits.
        assert ask(server, "POST", "/api/v1/losses/values", LIGHT).status == 200
        yield server


def half(server, source):
    """A connection that has sent a head and half of a body."""
    connection = connect(server, source)
    connection.putrequest("POST", "/api/v1/losses/values")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", "1000")
    connection.endheaders(b"{")
    return connection


def asked(server, source, body=LIGHT, path="losses/values"):
    connection = connect(server, source)
    content = json.dumps(body)
    connection.request("POST", f"/api/v1/{path}", content, {"Content-Type": "application/json"})
    return connection


def answered(server, source, body=LIGHT):
    connection = asked(server, source, body)
    try:
        return received(connection)
    finally:
        connection.close()


def readable(connections):
    """Those that were answered already."""
    found = []
    for one in connections:
        one.sock.setblocking(False)
        try:
            if one.sock.recv(1, socket.MSG_PEEK):
                found.append(one)
        except BlockingIOError:
            pass
        finally:
            one.sock.settimeout(ENDS)
    return found


def full(server, source, leaving):
    """Connections that hold all places, from one address."""
    holding = []
    deadline = time.monotonic() + ENDS
    while len(holding) < PLACES or answered(server, source).status != 503:
        assert time.monotonic() < deadline
        if len(holding) < PLACES:
            holding.append(half(server, source))
            leaving.callback(holding[-1].close)
        # Who was refused, for somebody who was still leaving, has been told by now.
        ask(server, "GET", "/healthz")
        refused = readable(holding)
        holding = [one for one in holding if one not in refused]
    return holding


def test_at_capacity_it_is_said_before_a_body_is_read(narrow):
    with ExitStack() as leaving:
        full(narrow, FLOOD, leaving)
        late = connect(narrow, FLOOD)
        leaving.callback(late.close)
        late.putrequest("POST", "/api/v1/losses/values")
        late.putheader("Content-Type", "application/json")
        late.putheader("Content-Length", "100000")
        late.endheaders()
        answer = received(late)
        assert answer.status == 503
        assert answer.detail()[0]["type"] == "at_capacity"
        assert int(answer.headers["retry-after"]) >= 1
        # The next question on the same connection is understood.
        late.send(b"x" * 100_000)
        late.request("GET", "/healthz")
        assert received(late).status == 200


def test_who_has_fewer_places_gets_one_from_who_has_most(narrow):
    with ExitStack() as leaving:
        holding = full(narrow, FLOOD, leaving)
        assert answered(narrow, CLASS).status == 200
        # Who gave it up is told so, perhaps only after the other was answered.
        select.select([one.sock for one in holding], [], [], ENDS)
        gone = readable(holding)
        assert len(gone) == 1
        assert received(gone[0]).status == 503
        # What nobody needs any more is given back.
        assert answered(narrow, FLOOD).status == 200


def test_half_a_body_whose_client_left_holds_no_place(narrow):
    with ExitStack() as leaving:
        for one in full(narrow, FLOOD, leaving):
            one.close()
        deadline = time.monotonic() + ENDS
        while answered(narrow, FLOOD).status != 200:
            assert time.monotonic() < deadline


def test_what_waits_is_dropped_when_its_client_leaves(narrow):
    """A lane of one that works and two that wait is full, until those who wait leave."""
    heavy = [let_in(narrow, {**HEAVY, "seed": 100 + i}) for i in range(1 + WAITING)]
    assert status(narrow, OTHER) == 503
    for one in heavy[1:]:
        one.close()
    until(lambda: status(narrow, OTHER), None)
    heavy[0].close()


def test_the_same_question_of_many_is_computed_once(narrow):
    """More than there are places: they would be refused, if each were computed."""
    body = {**BODY, "steps": 10_000, "seed": 5, "starts": [[0.1 * i, 1] for i in range(30)]}
    answers, url = [], reading("trajectories", body)

    def one():
        connection = connect(narrow, FLOOD)
        connection.request("GET", url)
        answers.append(received(connection))
        connection.close()

    crowd = [threading.Thread(target=one) for _ in range(5 * PLACES)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    assert [one.status for one in answers] == [200] * len(crowd)
    assert len({one.content for one in answers}) == 1


def test_time_in_the_queue_counts():
    """What cannot begin before its deadline ends there, while the only thread is still busy."""

    async def crowd():
        admission = Admission(threads=1, waiting=4, deadline=0.2)
        release = threading.Event()
        with (
            admission.joined(None, 0.1, lambda token, tell: bytes(release.wait(60))),
            admission.joined(None, 0.1, lambda token, tell: b"never") as late,
        ):
            await asyncio.wait({late.answer}, timeout=60)
            assert not release.is_set()
            with pytest.raises(DeadlineError):
                late.answer.result()
            assert admission.queued == 0
        release.set()
        admission.close()

    with start_blocking_portal() as portal:
        portal.call(crowd)


def resident(server):
    """Megabytes of memory, as the operating system counts them."""
    with open(f"/proc/{server.process.pid}/status") as file:
        [line] = [line for line in file if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1000


def test_readers_that_stop_hold_one_answer_together(server):
    """Thirty of one answer of some 20 MB: a copy each would be 600 MB."""
    body = {**BODY, "steps": 10_000, "starts": [[0.05 * i, 1] for i in range(25)]}
    whole = ask(server, "POST", "/api/v1/trajectories", body)
    assert whole.status == 200
    size = len(whole.content) / 1e6
    assert size > 10
    before = resident(server)
    with ExitStack() as leaving:
        stopped = []
        for _ in range(30):
            raw = socket.socket()
            leaving.callback(raw.close)
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            raw.connect((urlsplit(server.address).hostname, urlsplit(server.address).port))
            content = json.dumps(body).encode()
            raw.sendall(
                b"POST /api/v1/trajectories HTTP/1.1\r\nHost: x\r\nContent-Type: application/json"
                b"\r\nContent-Length: %d\r\n\r\n%b" % (len(content), content)
            )
            stopped.append(raw)
        for raw in stopped:
            raw.settimeout(ENDS)
            assert raw.recv(9) == b"HTTP/1.1 "
        assert resident(server) - before < 10 * size
        assert ask(server, "GET", "/healthz").status == 200
