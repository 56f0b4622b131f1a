"""A second start compiles nothing, by JAX's own events: neither before it is ready nor after."""

import json
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "tests.api.everything"]


def everything():
    """What a process of its own compiled while it was asked for everything."""
    done = subprocess.run(COMMAND, stdout=subprocess.PIPE, text=True, check=True, timeout=900)
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def second_start():
    """Of two processes with one store; where the first finds all in it, it is a second itself."""
    first = everything()
    return everything() if first["before ready"] or first["compiled"] else first


def test_a_second_start_compiles_nothing_at_all(second_start):
    """Over every surface, optimiser, convention, schedule and size."""
    assert second_start["refused"] == []
    assert second_start["before ready"] == []
    assert second_start["compiled"] == {}


def test_compile_events_are_counted_at_all(second_start):
    """The process would have seen a compile, if there were one."""
    assert second_start["one on purpose"] > 0
