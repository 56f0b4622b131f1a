"""Float64 and the CPU before anything else uses JAX; programs compiled once for all tests."""

import pytest

from server import runtime

PLACEMENT = runtime.configure("cpu")


@pytest.fixture(scope="session")
def programs():
    from server.engine import store
    from server.engine.programs import Programs
    from server.settings import Settings

    return Programs(PLACEMENT, store=store.opened(Settings().programs))
