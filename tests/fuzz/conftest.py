"""The application of the API's tests, and a real server, shared."""

import pytest

from tests.api.conftest import client  # noqa: F401
from tests.serving import serving


@pytest.fixture(scope="session")
def address():
    """A server as people start it."""
    with serving() as server:
        yield server.address
        assert server.process.poll() is None, "the server ended"
        assert not [line for line in server.lines if "Traceback" in line], server.lines
