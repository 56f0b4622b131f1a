"""Float64 and the CPU before anything else uses JAX; programs compiled once for all tests."""

import pytest

from server import runtime

PLACEMENT = runtime.configure("cpu")


@pytest.fixture(scope="session")
def programs():
    from server.engine.programs import Programs

    return Programs(PLACEMENT)
