"""What a program that does not compile does to readiness."""

import logging
import threading

import pytest

from server.engine.warmup import WarmUp, Work


def broken(_):
    raise RuntimeError("XLA is out of memory")


def nothing(_):
    """Compiled at once."""


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ((nothing, nothing), (nothing, broken), ("ready", 2, 1)),
        ((nothing, broken), (nothing,), ("failed", 2, 0)),
        ((nothing,), (), ("ready", 1, 0)),
    ],
)
def test_only_a_built_in_program_makes_the_server_unready(programs, caplog, first, then, expected):
    done = threading.Event()
    last = Work("last", lambda _: done.set())
    warm_up = WarmUp(
        programs,
        [Work("first", do) for do in first],
        [*(Work("seldom", do) for do in then), last],
        threads=1,
    )
    assert warm_up.progress().status == "warming"
    with caplog.at_level(logging.CRITICAL, "steepest"):
        warm_up.start()
        done.wait(60)
        warm_up.stop()
    progress = warm_up.progress()
    assert (progress.status, progress.done, progress.failed) == expected
    assert progress.afterwards == 0
