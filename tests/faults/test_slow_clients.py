"""Clients that do not go on: half a header, half a body, a reader that stops; against a real server
with small times."""

import socket
import sys
import threading

import pytest

from tests.faults.clients import (
    HEALTH,
    PROBE,
    answer,
    connected,
    posted,
    refusal,
    resident,
    rest,
    until,
)
from tests.serving import serving

SECONDS = {
    "STEEPEST_HEADER_SECONDS": "1",
    "STEEPEST_BODY_SECONDS": "1",
    "STEEPEST_WRITE_SECONDS": "1",
}
LARGE = b"GET /vendor/plotly.min.js HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def hasty():
    with serving(ready=False, STEEPEST_WARM_UP="false", **SECONDS) as server:
        yield server


def test_who_says_nothing_is_hung_up_on(hasty):
    assert rest(connected(hasty)) == b""


@pytest.mark.parametrize("sent", [b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", b"\r\n"])
def test_half_a_header_ends_with_a_refusal(hasty, sent):
    assert refusal(rest(connected(hasty, sent)))[0] == 408


def test_half_a_header_after_an_answer_ends_likewise(hasty):
    own = connected(hasty, HEALTH)
    assert answer(own)[0] == 200
    own.sendall(HEALTH[:-2])
    assert refusal(rest(own))[0] == 408


def test_a_header_that_comes_byte_by_byte_has_the_same_time(hasty):
    """Each byte is progress; only a time for all of them ends it."""
    own = connected(hasty, b"GET / HTTP/1.1\r\nX: ")
    ended = threading.Event()

    def dribble():
        try:
            while not ended.wait(0.05):
                own.sendall(b"x")
        except OSError:
            pass

    thread = threading.Thread(target=dribble)
    thread.start()
    received = rest(own)
    ended.set()
    thread.join()
    assert refusal(received)[0] == 408


def test_half_a_body_ends_with_a_refusal_and_no_word_in_the_log(hasty):
    before = len(hasty.lines)
    status, detail = refusal(rest(connected(hasty, posted("/api/v1/probe", PROBE)[:-5])))
    assert (status, detail["loc"]) == (408, ["body"])
    assert "Traceback" not in "".join(hasty.lines[before:])


def test_a_body_that_comes_in_time_is_answered(hasty):
    own = connected(hasty, posted("/api/v1/probe", PROBE)[:-5])
    own.sendall(PROBE[-5:])
    assert answer(own)[0] == 200
    own.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the system says what a reader took on Linux")
def test_readers_that_stop_are_left_and_cost_no_more_than_their_buffers(hasty):
    assert answer_and_close(hasty, LARGE) == 200
    sizes = [resident(hasty.process.pid)]

    def none_left():
        sizes.append(resident(hasty.process.pid))
        return established(hasty) == 0

    readers = [connected(hasty, LARGE, receives=4096) for _ in range(50)]
    assert established(hasty) == 50
    until(none_left)
    # 240 MB would be an answer for each.
    assert max(sizes) - sizes[0] < 80e6
    for own in readers:
        own.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the system says what a reader took on Linux")
def test_a_reader_who_takes_next_to_nothing_is_left_as_well(hasty):
    own = connected(hasty, LARGE, receives=4096)
    ended = threading.Event()
    taken = 0

    def sip():
        nonlocal taken
        while not ended.wait(0.1):
            try:
                piece = own.recv(16)
            except OSError:
                return
            taken += len(piece)
            if not piece:
                return

    thread = threading.Thread(target=sip)
    thread.start()
    until(lambda: established(hasty) == 0)
    ended.set()
    thread.join()
    own.close()
    assert taken < 4_000_000


def test_a_slow_reader_who_goes_on_gets_everything(hasty):
    """For longer than the time to take some, but never idle; then at once."""
    own = connected(hasty, LARGE, receives=65536)
    pause = threading.Event()
    received = bytearray()
    while not received.endswith(b"\r\n\r\n"):
        received += own.recv(1)
    head = received.decode().lower()
    size = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    got = 0
    while got < size:
        piece = own.recv(65_536)
        assert piece, f"{got} of {size} bytes"
        got += len(piece)
        if got < 2_000_000:
            pause.wait(0.1)
    own.close()


def answer_and_close(server, asked):
    own = connected(server, asked)
    status = answer(own)[0]
    own.close()
    return status


def established(server):
    """Connections that the server's process holds, as the system lists them."""
    port = int(server.address.rpartition(":")[2])
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table.read().splitlines()[1:]]
    here = f"{int.from_bytes(socket.inet_aton('127.0.0.1'), 'little'):08X}:{port:04X}"
    return sum(local == here and state == "01" for _, local, _, state, *_ in rows)
