"""A process that fills the store: what is told of it, however it ends."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from server.engine.folder import Folder
from server.engine.identity import environment
from server.engine.preparation import Preparation, fill
from server.engine.programs import Programs
from server.engine.store import Store
from server.engine.warmup import Work
from server.maps.running.worker import STEPS_BACK
from tests.conftest import PLACEMENT
from tests.serving import serving

REPORT = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from server.engine.warmup import Progress
for done in range(3):
    print(json.dumps(asdict(Progress(done, 2, 2 - done, 0, "ready" if done == 2 else "warming"))),
          flush=True)
"""
WAIT = "sys.stdin.read()\n"


def preparation(folder, code):
    kept = Store(Folder(folder))
    command = (sys.executable, "-c", code)
    return Preparation(Programs(PLACEMENT, store=kept), kept, kept.own, command)


def until(prepared, wanted):
    while not wanted(prepared.progress()):
        assert prepared._thread.is_alive() or wanted(prepared.progress())


@pytest.mark.parametrize(
    ("ending", "status"), [("", "ready"), ("sys.exit(1)", "ready"), ("1 / 0", "ready")]
)
def test_what_the_process_reports_is_told(tmp_path, ending, status):
    prepared = preparation(tmp_path / "programs", REPORT + ending)
    assert prepared.progress().status == "warming"
    prepared.start()
    prepared._thread.join(60)
    progress = prepared.progress()
    assert (progress.done, progress.total, progress.status) == (2, 2, status)


def test_a_process_that_dies_before_the_built_in_programs_are_there_is_a_failure(tmp_path):
    code = REPORT.replace("range(3)", "range(2)") + "import os; os.kill(os.getpid(), 9)"
    prepared = preparation(tmp_path / "programs", code)
    prepared.start()
    prepared._thread.join(60)
    progress = prepared.progress()
    assert (progress.status, progress.done, progress.afterwards) == ("failed", 1, 0)


def test_stopping_ends_the_process(tmp_path):
    prepared = preparation(tmp_path / "programs", REPORT + WAIT)
    prepared.start()
    until(prepared, lambda progress: progress.done == 2)
    prepared.stop()
    assert not prepared._thread.is_alive()
    assert prepared._process.poll() is not None


def test_one_of_several_prepares_and_the_others_are_ready_with_it(tmp_path):
    folder = tmp_path / "programs"
    first = preparation(folder, REPORT + WAIT)
    first.start()
    until(first, lambda progress: progress.done == 2)
    second = preparation(folder, "raise SystemExit(1)")
    second.start()
    assert second.progress().status == "warming"
    Store(Folder(folder)).note_prepared(environment(PLACEMENT.sequential), [])
    second._thread.join(60)
    assert second.progress().status == "ready"
    assert second._process is None
    first.stop()


def test_what_is_prepared_is_ready_at_once_and_begins_no_process(tmp_path):
    prepared = preparation(tmp_path / "programs", "raise SystemExit(1)")
    Store(Folder(tmp_path / "programs")).note_prepared(environment(PLACEMENT.sequential), [])
    prepared.start()
    assert prepared.progress().status == "ready"
    assert prepared._process is None
    prepared.stop()


FURTHER = {"maps": "of now"}


def ahead_of_maps(folder, code):
    """A store in which all is that a server waits for, and not what comes after it."""
    kept = Store(Folder(folder))
    kept.note_prepared(environment(PLACEMENT.sequential), [])
    command = (sys.executable, "-c", code)
    programs = Programs(PLACEMENT, store=kept)
    return Preparation(programs, kept, kept.own, command, further=FURTHER)


def test_a_server_is_ready_while_what_comes_after_is_compiled(tmp_path):
    """The process has nothing to report then, and what becomes of it changes nothing."""
    folder = tmp_path / "programs"
    begun = tmp_path / "begun"
    first = ahead_of_maps(folder, f"import sys; open({str(begun)!r}, 'w').close(); {WAIT}1 / 0")
    first.start()
    assert first.progress().status == "ready"
    while not begun.exists():
        assert first._thread.is_alive()
    assert first.progress().status == "ready"
    second = ahead_of_maps(folder, "raise SystemExit(1)")
    second.start()
    second._thread.join(60)
    assert (second._process, second.progress().status) == (None, "ready")
    first._process.stdin.close()
    first._thread.join(60)
    assert (first._process.returncode, first.progress().status) == (1, "ready")


def test_what_comes_after_is_compiled_once(tmp_path):
    Store(Folder(tmp_path / "programs")).note_prepared(FURTHER, [])
    prepared = ahead_of_maps(tmp_path / "programs", "raise SystemExit(1)")
    prepared.start()
    assert not prepared._thread.is_alive()
    assert (prepared._process, prepared.progress().status) == (None, "ready")


def test_the_status_is_of_what_is_waited_for_which_is_noted_before_the_rest(tmp_path, caplog):
    kept, noted = Store(Folder(tmp_path / "programs")), []
    around = environment(PLACEMENT.sequential)

    def further():
        noted.append(kept.is_prepared(around))
        raise OSError("no semaphores here")

    def filled(**works):
        return fill(Programs(PLACEMENT, store=kept), kept, lambda _: None, further, **works)

    assert filled(first=[Work("impossible", lambda _: 1 / 0)], then=[]) == 1
    assert filled(first=[], then=[Work("impossible", lambda _: 1 / 0)]) == 1
    assert noted == []
    assert filled(first=[], then=[]) == 0
    assert noted == [True]
    assert "no semaphores here" in caplog.text


def test_the_process_ends_with_its_parent(tmp_path):
    command = [sys.executable, "-m", "server.prepare", "--attached", str(tmp_path / "programs")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    process.stdin.close()
    ended = threading.Thread(target=process.wait)
    ended.start()
    ended.join(60)
    assert process.poll() == 1
    assert all("status" in json.loads(line) for line in process.stdout)
    process.stdout.close()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_however_the_server_ends_it_leaves_nobody_behind(tmp_path, ending):
    """Neither processes nor somebody who holds its log open."""
    Store(Folder(tmp_path / "programs")).note_prepared(environment(PLACEMENT.sequential), [])
    with serving(ready=False, STEEPEST_PROGRAMS=str(tmp_path / "programs")) as server:
        child = of(server.process.pid, 10)
        # Ctrl-C is sent to all of a session in the foreground.
        assert os.getsid(child) != os.getsid(server.process.pid)
        # All but maps is noted to be there: the process has begun a worker for them, or will soon.
        worker = of(child, 10 + STEPS_BACK)
        handles = {os.pidfd_open(child), os.pidfd_open(worker)}
        server.process.send_signal(ending)
        server.process.wait(60)
        # A process that has ended is readable to whoever holds it.
        ended = set()
        while ended != handles:
            readable, _, _ = select.select(handles - ended, [], [], 60)
            assert readable
            ended.update(readable)
        for handle in handles:
            os.close(handle)


def of(parent, niceness):
    """The process that another began, once it has stepped back so far."""
    while True:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            for child in tasks.read_text().split():
                if os.getpriority(os.PRIO_PROCESS, int(child)) >= niceness:
                    return int(child)


def test_what_the_process_complains_of_is_in_the_servers_log(tmp_path, caplog):
    code = REPORT + "print('no room', file=sys.stderr)"
    prepared = preparation(tmp_path / "programs", code)
    prepared.start()
    prepared._thread.join(60)
    assert "preparing programs: no room" in caplog.text
