"""What readiness means: programs are made, lanes move, and the process is not about to end."""

import asyncio
import threading
from contextlib import ExitStack

import pytest

from server.admission import Admission, lanes
from server.engine.warmup import WarmUp
from server.readiness import Readiness
from tests.operations.conftest import until

pytestmark = pytest.mark.filterwarnings("error")


def test_it_is_ready_when_nothing_is_left_to_compile_and_not_when_it_ends(programs):
    release = threading.Event()

    class Waits:
        name = "waits"

        def do(self, programs):
            release.wait(60)

    warm_up = WarmUp(programs, first=[Waits()], then=[])
    readiness = Readiness(warm_up, Admission(1, 1))
    assert readiness.status() == "warming"
    warm_up.start()
    assert readiness.status() == "warming"
    release.set()
    until(readiness.ready)
    readiness.end()
    assert readiness.status() == "ending"


def test_it_is_not_while_all_threads_hold_on_to_work_that_should_have_ended(programs, monkeypatch):
    monkeypatch.setattr(lanes, "STUCK", 0.0)
    warm_up = WarmUp(programs, first=[], then=[])
    release = threading.Event()

    async def hang():
        # Time enough to begin, also on a busy machine: what waits for longer is dropped.
        admission = Admission(threads=2, waiting=4, deadline=3.0)
        readiness = Readiness(warm_up, admission)
        assert readiness.ready()
        with ExitStack() as jobs:

            def work(token, tell):
                release.wait(60)
                return b""

            jobs.enter_context(admission.joined(None, 1.0, work))
            await asyncio.to_thread(until, lambda: admission.heavy.running == 1)
            # One of two: work still moves.
            assert readiness.ready()
            jobs.enter_context(admission.joined(None, 1.0, work))
            await asyncio.to_thread(until, lambda: readiness.status() == "stuck")
            release.set()
            await asyncio.to_thread(until, readiness.ready)
        admission.close()

    asyncio.run(hang())
