"""One application for all API tests, driven in-process."""

import time
from threading import Event

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings


@pytest.fixture(scope="session")
def client():
    with TestClient(create_app(Settings(device="cpu"))) as client:
        wait(client, lambda progress: progress["status"] == "ready")
        yield client


def wait(client, enough):
    deadline = time.monotonic() + 600
    while not enough(progress := client.get("/readyz").json()):
        assert time.monotonic() < deadline, progress
        # Asking without a pause would take the interpreter from those who compile.
        Event().wait(0.05)
