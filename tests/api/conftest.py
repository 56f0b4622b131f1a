"""One application for all API tests, driven in-process."""

import time

import pytest
from starlette.testclient import TestClient

from server.app import create_app
from server.settings import Settings


@pytest.fixture(scope="session")
def client():
    with TestClient(create_app(Settings(device="cpu"))) as client:
        deadline = time.monotonic() + 600
        while client.get("/readyz").json().get("afterwards") != 0:
            assert time.monotonic() < deadline, client.get("/readyz").text
        yield client
