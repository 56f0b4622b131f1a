"""One server for all tests of the door, in a process of its own."""

import pytest

from tests.serving import serving


@pytest.fixture(scope="session")
def server():
    with serving(ready=False) as server:
        yield server
