"""Clocks that jump: durations are measured by clocks that cannot."""

import ast
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.faults.clients import HEALTH, answer, connected, until
from tests.serving import serving

WALL = {
    ("time", "time"), ("time", "time_ns"), ("datetime", "now"), ("datetime", "utcnow"),
    ("datetime", "today"), ("date", "today"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
"""Calls that ask the clock on the wall: set by hand, by the network, by daylight saving."""
ALLOWED: set[str] = set()
"""Files that tell a person the time of day."""


def wall_clocks(source):
    """Lines that ask the clock on the wall, however it was imported."""
    tree = ast.parse(source)
    plain = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("time", "datetime")
        for alias in node.names
        if (node.module, alias.name) in WALL
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in plain:
                yield node.lineno
            case ast.Attribute(attr=name, value=ast.Name(id=module)) if (module, name) in WALL:
                yield node.lineno
            case ast.Attribute(attr=name, value=ast.Attribute(attr=owner)) if (owner, name) in WALL:
                yield node.lineno


LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


@pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")
def test_a_clock_that_jumps_a_day_ahead_and_two_back_ends_nothing(tmp_path):
    """Half a header waits meanwhile, and its time is not over."""
    clock = tmp_path / "clock"
    clock.write_text("+0")
    faked = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "STEEPEST_HEADER_SECONDS": "600",
        "STEEPEST_WARM_UP": "false",
    }
    with serving(ready=False, **faked) as server:
        own = connected(server, HEALTH)
        before = date(answer(own))
        half = connected(server, HEALTH[:-2])
        for days in ("+1d", "-1d"):
            clock.write_text(days)

            def told(own=own, days=int(days[:-1])):
                own.sendall(HEALTH)
                return round((date(answer(own)) - before).total_seconds() / 86_400) == days

            until(told)
        half.sendall(b"\r\n")
        assert answer(half)[0] == 200
        own.close()
        half.close()


def date(got):
    status, headers, _ = got
    assert status == 200
    return parsedate_to_datetime(headers["date"])


def test_no_duration_is_measured_by_a_clock_that_may_jump():
    found = {
        str(path): lines
        for path in (*Path("server").rglob("*.py"), *Path("surfaces").rglob("*.py"))
        if (lines := list(wall_clocks(path.read_text()))) and str(path) not in ALLOWED
    }
    assert found == {}


def test_such_clocks_are_found():
    assert list(wall_clocks("import time\nfrom time import time as now\ntime.time()\nnow()")) == [
        3,
        4,
    ]
    assert list(wall_clocks("import datetime\ndatetime.datetime.now()")) == [2]
    assert list(wall_clocks("from time import monotonic\nmonotonic()")) == []
