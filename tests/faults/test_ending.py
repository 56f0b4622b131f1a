"""A server that is told to end: what was admitted is answered whole, the rest is told, and it ends.

A server that takes longer than it may says so in its log and ends with another status, which is
what is looked at here: no clock of ours.
"""

import json
import os
import signal
import sys
import threading
from contextlib import contextmanager

import pytest

from tests.api.heavy import HEAVY, POINTS, TRAINING, streamed
from tests.api.test_scoreboard import SMALL
from tests.faults.clients import HEALTH, answer, connected, posted, refusal, rest, until, worked
from tests.faults.processes import holds, workers
from tests.serving import serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")

SETTINGS = {
    "STEEPEST_WARM_UP": "false",
    "STEEPEST_WORK_SECONDS": "1e4",
    "STEEPEST_DEADLINE_SECONDS": "1e4",
    "STEEPEST_HEADER_SECONDS": "600",
    "STEEPEST_BODY_SECONDS": "600",
    "STEEPEST_WRITE_SECONDS": "600",
}
LARGE = b"GET /vendor/plotly.min.js HTTP/1.1\r\nHost: x\r\n\r\n"
CATALOG = b"GET /api/v1/catalog HTTP/1.1\r\nHost: x\r\n\r\n"
LATE = "Timeout (0:"
"""How the log of a server begins to tell where it stood when its time was over."""
ENDING = (
    "event: error",
    {"detail": [{"loc": [], "msg": "the server is ending; try again shortly", "type": "ending"}]},
)


def ended(server):
    """The status of a server that was told to end; it was in time."""
    status = server.process.wait(60)
    until(lambda: server.process.stderr is None or server.process.poll() is not None)
    log = "".join(server.lines)
    assert LATE not in log
    assert "Traceback" not in log
    return status


@contextmanager
def asking(server, many, asked):
    """Clients that ask without a pause until they are hung up on; their answers."""
    statuses, broken, began = [], [], threading.Barrier(many + 1)

    def ask():
        own, first = connected(server, asked), True
        try:
            while (got := answer(own)) is not None:
                statuses.append(got[0])
                if first:
                    first = False
                    began.wait()
                own.sendall(asked)
        except ConnectionError:
            pass  # Hung up on between two requests.
        except AssertionError as error:
            broken.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=ask) for _ in range(many)]
    for thread in threads:
        thread.start()
    began.wait()
    yield statuses, broken
    for thread in threads:
        thread.join()


def test_under_load_every_answer_that_begins_is_whole():
    with serving("--workers", "2", ready=False, **SETTINGS) as server:
        with asking(server, 8, CATALOG) as (statuses, broken):
            server.process.send_signal(signal.SIGTERM)
        assert broken == []
        assert set(statuses) == {200}
        assert ended(server) == 0


def test_slow_clients_and_heavy_work_do_not_hold_it_up():
    with serving(ready=False, **SETTINGS) as server:
        silent = connected(server)
        half_header = connected(server, HEALTH[:-2])
        half_body = connected(server, posted("/api/v1/probe", b"{" * 500)[:-100])
        stopped = connected(server, LARGE, receives=4096)
        training, events = streamed(server)
        heavy = connected(server, posted("/api/v1/trajectories", json.dumps(HEAVY).encode()))
        until(lambda: holds(server.process.pid, heavy) and reads(server, heavy))
        server.process.send_signal(signal.SIGTERM)
        # What could not be finished is told so, in the one shape.
        for own in (half_body, heavy):
            status, detail = refusal(rest(own))
            assert (status, detail["msg"].partition(";")[0]) == (503, "the server is ending")
        assert rest(silent) == rest(half_header) == b""
        assert ended(server) == 0
        stopped.close()
        events.close()
        training.close()


def test_what_can_be_finished_is_and_nobody_else_is_let_in():
    with serving(ready=False, **SETTINGS) as server:
        body = json.dumps({"surface": {"id": "bowl"}, "at": [[1, 1]]}).encode()
        whole = posted("/api/v1/probe", body)
        own = connected(server, whole)
        assert answer(own)[0] == 200  # Its program is there now.
        own.sendall(whole[:-5])
        until(lambda: reads(server, own))
        server.process.send_signal(signal.SIGTERM)
        until(lambda: refuses(server))
        own.sendall(whole[-5:])
        status, headers, _ = answer(own)
        assert (status, headers["connection"]) == (200, "close")
        assert own.recv(1) == b""
        own.close()
        assert ended(server) == 0


def test_the_key_that_interrupts_ends_it_quietly():
    """A terminal sends it to the parent and its workers."""
    with serving("--workers", "2", ready=False, **SETTINGS) as server:
        assert answered(server) == 200
        for one in [*workers(server), server.process.pid]:
            os.kill(one, signal.SIGINT)
        assert ended(server) == 0


def test_one_of_two_workers_is_killed_and_only_its_clients_feel_it_and_none_outlives_its_parent():
    with serving("--workers", "2", ready=False, **SETTINGS) as server:
        held = [connected(server, HEALTH) for _ in range(12)]
        assert {answer(own)[0] for own in held} == {200}
        first, second = workers(server)
        of_first = [holds(first, own) for own in held]
        assert [holds(second, own) for own in held] == [not one for one in of_first]
        os.kill(first, signal.SIGKILL)
        for own, lost in zip(held, of_first, strict=True):
            try:
                own.sendall(HEALTH)
                got = answer(own)
            except ConnectionError:
                got = None
            assert (got is None) == lost
            own.close()
        assert answered(server) == 200
        until(lambda: len(workers(server)) == 2 and first not in workers(server))
        assert answered(server) == 200
        assert "ended with status -9" in "".join(server.lines)
        orphans = workers(server)
        server.process.kill()
        until(lambda: [one for one in orphans if lives(one)], [])


AXES = {
    "x": {"name": "learning_rate.input", "from": 1e-3, "to": 1e6, "count": 1024, "scale": "log"},
    "y": {"name": "learning_rate.output", "from": 1e-3, "to": 1e6, "count": 1024, "scale": "log"},
}
STREAMS = {
    "networks/training": TRAINING,
    "maps/trainability": {"network": {"width": 16, "points": 272}, "steps": 500, **AXES},
    # It tells of each surface: of the first soon.
    "scoreboard": {**SMALL, "surfaces": [{"id": "bowl"}, POINTS], "tuned": "both", "steps": 10_000},
}
"""By path: work that by itself takes minutes."""


@pytest.mark.parametrize("path", STREAMS)
def test_a_stream_is_told_that_the_server_ends(path):
    with serving(ready=False, STEEPEST_MAP_SECONDS="1e4", **SETTINGS) as server:
        body = json.dumps(STREAMS[path]).encode()
        own = connected(server, posted(f"/api/v1/{path}", body, "Accept: text/event-stream"))
        begun = own.recv(1 << 16)
        assert begun.startswith(b"HTTP/1.1 200 ")
        server.process.send_signal(signal.SIGTERM)
        assert last_event(rest(own)) == ENDING
        assert ended(server) == 0
        # Nobody was cut off, and no work had to be waited for.
        assert "Cancel " not in "".join(server.lines)


def test_who_listens_in_a_hall_is_told_so_too():
    with serving(ready=False, **SETTINGS) as server:
        own = connected(server, posted("/api/v1/halls", b"{}"))
        hall = json.loads(answer(own)[2])["hall"]
        own.sendall(f"GET /api/v1/halls/{hall}/events HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert own.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        server.process.send_signal(signal.SIGTERM)
        assert last_event(rest(own)) == ENDING
        assert ended(server) == 0


def last_event(received):
    """Name and content of the event before the end of a chunked answer that is whole."""
    assert received.endswith(b"\r\n0\r\n\r\n")
    event, data = received.removesuffix(b"\r\n0\r\n\r\n").rstrip().rsplit(b"\n", 2)[-2:]
    return event.strip().decode(), json.loads(data.strip().removeprefix(b"data: "))


def test_a_stream_that_is_dropped_ends_its_work():
    """The processor has nothing to do any more: as the system counts it, over a while."""
    with serving(ready=False, **SETTINGS) as server:
        training, events = streamed(server)
        events.close()
        training.close()

        def idle():
            before = worked(server.process.pid)
            threading.Event().wait(1)
            return worked(server.process.pid) - before < 0.3

        until(idle)
        assert TRAINING["steps"] > 1000  # By itself it would work for minutes.


def answered(server):
    own = connected(server, HEALTH)
    status = answer(own)[0]
    own.close()
    return status


def refuses(server):
    try:
        connected(server).close()
    except ConnectionRefusedError:
        return True
    return False


def reads(server, own):
    """Whether the server has taken all that was sent to it."""
    there, here = own.getpeername(), own.getsockname()
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table.read().splitlines()[1:]]
    [waiting] = [
        row[4].partition(":")[2]
        for row in rows
        if row[1].endswith(f":{there[1]:04X}") and row[2].endswith(f":{here[1]:04X}")
    ]
    return int(waiting, 16) == 0


def lives(number):
    try:
        with open(f"/proc/{number}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
