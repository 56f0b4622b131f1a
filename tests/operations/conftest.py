"""One server for all: two workers, its log in JSON."""

import http.client
import json
import time
from urllib.parse import urlsplit

import pytest

from tests.serving import serving

LONG = 120
"""Seconds after which something that must happen is held not to."""


@pytest.fixture(scope="package")
def server():
    with serving("--workers", "2", STEEPEST_LOG="json") as server:
        yield server


def ask(server, path, method="GET", body=None, **headers):
    """An answer by a connection of its own, and its body."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=LONG)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def until(wanted):
    """What is wanted, as soon as it is true."""
    deadline = time.monotonic() + LONG
    while not (found := wanted()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found


def events(server):
    """All that was logged so far."""
    found = []
    for line in list(server.lines):
        try:
            found.append(json.loads(line))
        except ValueError:
            raise AssertionError(f"no JSON: {line!r}") from None
    return found


def logged(server, request_id):
    """The line of a request, as soon as it is there."""
    return until(
        lambda: next((one for one in events(server) if one.get("request_id") == request_id), None)
    )
