"""Clocks that jump: durations are measured by clocks that cannot."""

import ast
from pathlib import Path

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


def test_no_duration_is_measured_by_a_clock_that_may_jump():
    found = {
        str(path): lines
        for path in (*Path("server").rglob("*.py"), *Path("surfaces").rglob("*.py"))
        if (lines := list(wall_clocks(path.read_text()))) and str(path) not in ALLOWED
    }
    assert found == {}


def test_such_clocks_are_found():
    assert list(wall_clocks("import time\nfrom time import time as now\ntime.time()\nnow()")) == [3, 4]
    assert list(wall_clocks("import datetime\ndatetime.datetime.now()")) == [2]
    assert list(wall_clocks("from time import monotonic\nmonotonic()")) == []
