"""One application for all API tests, driven in-process."""

import time

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings


def pytest_collection_modifyitems(items):
    """What a warm server compiles is looked at first: other tests would compile it unseen."""
    items.sort(key=lambda item: "warm_client" not in item.fixturenames)


@pytest.fixture(scope="session")
def client():
    with TestClient(create_app(Settings(device="cpu"))) as client:
        wait(client, lambda progress: progress["status"] == "ready")
        yield client


@pytest.fixture(scope="session")
def warm_client(client):
    """The same, once what is asked less often is compiled too."""
    wait(client, lambda progress: progress["afterwards"] == 0)
    return client


def wait(client, enough):
    deadline = time.monotonic() + 600
    while not enough(progress := client.get("/readyz").json()):
        assert time.monotonic() < deadline, progress
