"""Float64 and the CPU before anything else uses JAX; programs compiled once for all tests."""

import os
import tempfile

import pytest

from server import runtime

PLACEMENT = runtime.configure("cpu")
STORE = "STEEPEST_PROGRAMS"
HALLS = "STEEPEST_HALLS"


def pytest_configure(config):
    """One private store, empty at first, for this process and the servers it starts.

    ``make pytest`` makes one for all of its processes. Nobody's own store is read or written.
    """
    if HALLS not in os.environ:
        halls = tempfile.TemporaryDirectory(prefix="steepest-halls-")
        os.environ[HALLS] = halls.name
        config.add_cleanup(halls.cleanup)
        config.add_cleanup(lambda: os.environ.pop(HALLS))
    if STORE not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="steepest-programs-")
        os.environ[STORE] = folder.name
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(lambda: os.environ.pop(STORE))


@pytest.fixture(scope="session")
def programs():
    from server.engine import store
    from server.engine.programs import Programs
    from server.settings import Settings

    return Programs(PLACEMENT, store=store.opened(Settings().programs))
