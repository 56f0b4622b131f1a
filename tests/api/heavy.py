"""Work that takes minutes: its requests, and clients that are let in or not."""

import http.client
import json
import time
from urllib.parse import urlsplit

POINTS = {"id": "logistic_regression", "parameters": {"size": 1000}}
SEARCHING = {"optimizer": {"id": "exact_line_search"}}
HEAVY = {"surface": POINTS, "runs": [SEARCHING] * 16, "steps": 10_000}
"""Minutes of work."""
OTHER = {**HEAVY, "tolerance": 0.5}
TRAINING = {"depth": 64, "width": 256, "steps": 2000, "frames": 2}
ENDS = 60
"""Seconds in which what was stopped must have ended; by itself it takes minutes."""


def post(server, path, body, accept="application/json"):
    """A connection on which a request was sent."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=2 * ENDS)
    headers = {"Content-Type": "application/json", "Accept": accept}
    connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
    return connection


def status(server, body):
    """What becomes of a heavy request: 503 at once, or it is let in and this client leaves."""
    connection = post(server, "trajectories", body)
    connection.sock.settimeout(1.0)
    try:
        return connection.getresponse().status
    except TimeoutError:
        return None
    finally:
        connection.close()


def let_in(server, body):
    """The connection of a heavy request that is worked on; who came before may still be ending."""
    deadline = time.monotonic() + ENDS
    while time.monotonic() < deadline:
        connection = post(server, "trajectories", body)
        connection.sock.settimeout(1.0)
        try:
            assert connection.getresponse().status == 503
        except TimeoutError:
            return connection
        connection.close()
    raise AssertionError("never let in")


def streamed(server):
    """The connection of a training that has told of its progress, likewise."""
    deadline = time.monotonic() + ENDS
    while time.monotonic() < deadline:
        connection = post(server, "networks/training", TRAINING, "text/event-stream")
        answer = connection.getresponse()
        if answer.status == 200:
            assert answer.readline() == b"event: progress\n"
            return connection, answer
        assert answer.status == 503
        connection.close()
    raise AssertionError("never let in")


def until(found, wanted):
    deadline = time.monotonic() + ENDS
    while (now := found()) != wanted:
        assert time.monotonic() < deadline, now
