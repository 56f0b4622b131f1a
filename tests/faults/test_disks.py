"""Disks that are full, read-only or not there: the server serves on, and says once what it lost."""

import json
import os
import subprocess
import sys

import pytest

from tests.faults.clients import HEALTH, PROBE, answer, connected, posted, until
from tests.serving import serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and mounts of Linux")

UNSHARE = ["unshare", "--mount"]
MAY_MOUNT = subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode == 0
mounts = pytest.mark.skipif(not MAY_MOUNT, reason="only root may mount a file system")
READ_ONLY = """
mount --bind / / && mount -o remount,ro,bind / / || exit 1
for place in /tmp /var/tmp /dev/shm /run "$STEEPEST_PROGRAMS"; do
    test -d "$place" && mount --bind "$place" "$place" && mount -o remount,ro,bind "$place"
done
exec "$@"
"""
"""Everything that a process might write to, its temporary folders too, and then the process."""
TINY = 'mount -t tmpfs -o size=16k,mode=0700 tmpfs "$STEEPEST_PROGRAMS" && exec "$@"'
NO_ROOM = 'ulimit -f 0; exec "$@"'
"""No file may have a single byte: the way of a full disk for whoever may not mount one."""


def shell(script):
    return ["sh", "-c", script, "sh"]


@pytest.fixture
def store(tmp_path):
    """A folder for programs that is writable until the server begins."""
    folder = tmp_path / "programs"
    folder.mkdir(mode=0o700)
    return folder


def serves(server):
    """It answers health, a page, and what needs a program that has to be compiled."""
    page = connected(server, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer(page)[0] == 200
    page.close()
    own = connected(server, HEALTH + posted("/api/v1/probe", PROBE))
    assert answer(own)[0] == 200
    status, _, body = answer(own)
    assert status == 200
    assert json.loads(body)["points"][0]["loss"] > 0
    own.close()


def log(server):
    return "".join(server.lines)


@pytest.mark.parametrize(
    "under",
    [shell(NO_ROOM), pytest.param([*UNSHARE, *shell(TINY)], marks=mounts)],
    ids=["no file may grow", "a small file system"],
)
def test_a_full_disk_loses_the_store_and_nothing_else(store, under):
    """Preparing ahead would be for nothing: the server sees to its programs itself."""
    with serving(ready=False, under=under, STEEPEST_PROGRAMS=str(store)) as server:
        serves(server)
        until(lambda: "programs are compiled in this process" in log(server))
        assert "Traceback" not in log(server)
        serves(server)
    assert [one for one in os.listdir(store) if one.startswith(".")] == []


@mounts
def test_a_read_only_system_without_a_temporary_folder_is_served_from(store):
    settings = {"STEEPEST_PROGRAMS": str(store), "STEEPEST_WARM_UP": "false"}
    with serving(
        "--workers", "2", ready=False, under=[*UNSHARE, *shell(READ_ONLY)], **settings
    ) as server:
        serves(server)
        assert "are not kept" in log(server)
        assert "Traceback" not in log(server)
        with pytest.raises(OSError, match="Read-only"):
            seen = f"/proc/{server.process.pid}/root{store}/written"
            os.close(os.open(seen, os.O_CREAT | os.O_WRONLY))


@pytest.mark.parametrize("folder", ["/proc/nowhere", "/dev/null"])
def test_a_store_that_cannot_be_is_said_once(folder):
    settings = {"STEEPEST_PROGRAMS": folder, "STEEPEST_WARM_UP": "false"}
    with serving(ready=False, TMPDIR="/nowhere", **settings) as server:
        own = connected(server, HEALTH)
        assert answer(own)[0] == 200
        own.close()
        assert log(server).count("STEEPEST_PROGRAMS") == 1
        assert "Traceback" not in log(server)
