"""What arrives on a connection besides good requests, and more connections than there may be."""

import json
import sys

import pytest

from tests.faults.clients import HEALTH, PROBE, answer, connected, posted, refusal, rest, until
from tests.serving import serving

BEGIN = HEALTH[:-2]
UPGRADE = BEGIN + b"Connection: Upgrade\r\nUpgrade: %s\r\n\r\n"
FEW = 16
PROXY = "127.0.0.2"
REFUSED = {
    "a long address": (b"GET /healthz?" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "an address without end": (b"GET /" + b"a" * 300_000, 414),
    "many headers": (BEGIN + b"".join(b"a%d: 1\r\n" % one for one in range(150)) + b"\r\n", 431),
    "a large header": (BEGIN + b"a: " + b"x" * 40_000 + b"\r\n\r\n", 431),
    "a header without end": (BEGIN + b"a: " + b"x" * 500_000, 431),
    "a name without end": (BEGIN + b"x" * 500_000, 431),
    "empty lines without end": (b"\r\n" * 200_000, 431),
    "a length and chunks": (posted("/api/v1/probe", PROBE, "Transfer-Encoding: chunked"), 400),
    "two lengths": (posted("/api/v1/probe", PROBE, "Content-Length: 3"), 400),
    "no method": (b"FOO /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a zero byte in the address": (b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    "a zero byte in a header": (BEGIN + b"a: b\0c\r\n\r\n", 400),
    "a tunnel": (b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    "a chunk without a size": (
        b"POST /api/v1/probe HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
    ),
}  # fmt: skip
ANSWERED = {
    "an absolute address": b"GET http://other/healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    "HTTP/1.0": b"GET /healthz HTTP/1.0\r\n\r\n",
    "a WebSocket": UPGRADE % b"websocket",
    "HTTP/2 asked for": UPGRADE % b"h2c",
}


@pytest.fixture(scope="module")
def few():
    """A server with room for few connections."""
    settings = {
        "STEEPEST_WARM_UP": "false",
        "STEEPEST_CONNECTIONS": str(FEW),
        "STEEPEST_PROXIES": PROXY,
    }
    with serving(ready=False, **settings) as server:
        yield server


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_request_is_refused_in_the_one_shape_and_not_logged(few, what):
    sent, status = REFUSED[what]
    before = len(few.lines)
    assert refusal(rest(connected(few, sent)))[0] == status
    # The connection after it is none the worse.
    assert healthy(few)
    assert not [line for line in few.lines[before:] if " INFO " not in line]


@pytest.mark.parametrize("what", ANSWERED)
def test_what_is_unusual_is_answered_like_any_other(few, what):
    own = connected(few, ANSWERED[what])
    status, headers, body = answer(own)
    own.close()
    assert (status, json.loads(body)) == (200, {"status": "alive"})
    assert "server" not in headers
    assert "date" in headers


@pytest.mark.skipif(sys.platform != "linux", reason="all of 127/8 is this machine on Linux")
@pytest.mark.parametrize(("peer", "taken"), [(PROXY, "203.0.113.7"), ("127.0.0.1", "127.0.0.1")])
def test_only_a_proxy_that_was_named_is_believed_whom_it_speaks_for(few, peer, taken):
    named = f"asked-by-{peer}"
    headers = f"X-Forwarded-For: 203.0.113.7\r\nX-Request-ID: {named}\r\n\r\n".encode()
    own = connected(few, b"GET /docs HTTP/1.1\r\nHost: x\r\n" + headers, own_address=peer)
    assert answer(own)[0] == 200
    own.close()
    until(lambda: any(named in line for line in few.lines))
    [line] = [line for line in few.lines if named in line]
    assert f"client={taken} " in line


def test_requests_sent_ahead_are_answered_in_order_and_then_refused(few):
    """Five hundred at once: those that may wait get their answer, whole, before the refusal."""
    received = rest(connected(few, HEALTH * 500))
    *answers, last = received.split(b"HTTP/1.1 ")[1:]
    assert len(answers) > 30
    assert all(one.startswith(b"200") and one.endswith(b"}") for one in answers[:-1])
    assert b"sent ahead" in received
    assert b'"http_400"' in last


def test_an_answer_under_way_is_not_broken_by_rubbish_behind_it(few):
    own = connected(few, posted("/api/v1/probe", PROBE) + b"\xff\xff\r\n\r\n")
    status, _, body = answer(own)
    assert status == 200
    assert len(json.loads(body)["points"]) == 1
    assert refusal(rest(own))[0] == 400


def test_a_body_is_asked_for_when_its_client_waits_for_that(few):
    own = connected(few, posted("/api/v1/probe", b"", "Expect: 100-continue").replace(
        b"Content-Length: 0", b"Content-Length: %d" % len(PROBE)))  # fmt: skip
    asked = b"HTTP/1.1 100 Continue\r\n\r\n"
    assert own.recv(len(asked)) == asked
    own.sendall(PROBE)
    assert answer(own)[0] == 200
    own.close()


def test_a_refusal_can_be_read_by_who_is_still_sending(few):
    """Closing at once would have the system throw the answer away."""
    own = connected(few, posted("/api/v1/probe", b"").replace(
        b"Content-Length: 0", b"Content-Length: 900000"))  # fmt: skip
    own.sendall(b" " * 900_000)
    status, _, body = answer(own)
    own.close()
    assert status == 413
    assert json.loads(body)["detail"][0]["type"] == "http_413"


def test_idle_connections_make_room_for_newcomers_the_oldest_first(few):
    held = []
    # One after another: only who has been answered is idle, and can make room.
    for _ in range(FEW):
        held.append(connected(few, HEALTH))
        assert answer(held[-1])[0] == 200
    newcomer = connected(few, HEALTH)
    assert answer(newcomer)[0] == 200
    # The first has been hung up on; who is there is served on.
    assert held[0].recv(1) == b""
    newcomer.sendall(HEALTH)
    assert answer(newcomer)[0] == 200
    for own in (*held, newcomer):
        own.close()


@pytest.mark.skipif(sys.platform != "linux", reason="all of 127/8 is this machine on Linux")
def test_who_holds_all_places_loses_some_to_a_newcomer_from_elsewhere(few):
    """Half headers are nobody's work: not at the cost of their own address, but of others."""
    held = [connected(few, BEGIN) for _ in range(2 * FEW)]
    status, detail = refusal(rest(connected(few, HEALTH)))
    assert (status, detail["type"]) == (503, "http_503")
    assert healthy(few, "127.0.0.2")
    for own in held:
        own.close()


def healthy(server, own_address="127.0.0.1"):
    own = connected(server, HEALTH, own_address=own_address)
    status = answer(own)[0]
    own.close()
    return status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="limits and addresses of Linux")
def test_a_system_that_allows_few_files_is_not_asked_for_more():
    """Without files left nothing could be accepted or read; so fewer connections are let in."""
    under = ["sh", "-c", 'ulimit -n 300; exec "$@"', "sh"]
    with serving(ready=False, under=under, STEEPEST_WARM_UP="false") as server:
        assert "44 connections at once instead of 4096" in "".join(server.lines)
        held = [connected(server, BEGIN) for _ in range(250)]
        assert healthy(server, "127.0.0.2")
        page = connected(server, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", own_address="127.0.0.2")
        assert answer(page)[0] == 200
        for own in (*held, page):
            own.close()
        assert "Traceback" not in "".join(server.lines)
