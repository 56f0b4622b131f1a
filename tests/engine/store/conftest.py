"""A folder for programs, and what is compiled meanwhile."""

import jax
import pytest


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "programs"


@pytest.fixture
def compiled():
    """Seconds of each compile by XLA from now on."""
    taken = []

    def listen(event, seconds, **_):
        if event == "/jax/core/compile/backend_compile_duration":
            taken.append(seconds)

    jax.monitoring.register_event_duration_secs_listener(listen)
    yield taken
    jax.monitoring.unregister_event_duration_listener(listen)
