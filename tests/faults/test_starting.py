"""A server that cannot be started as it was asked for says so in a line or two, and ends with 2."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from server.settings import Settings, SettingsError, read

WRONG = 2
TOO_LONG = 300


def started(*arguments, **environment):
    """Status and lines of a server that ends by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "server", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
        timeout=TOO_LONG,
    )
    return done.returncode, done.stdout.splitlines()


WRONG_SETTINGS = [
    ("COMPUTE_TREADS", "2", ["STEEPEST_COMPUTE_THREADS"]),
    ("HEADER_SECOND", "2", ["STEEPEST_HEADER_SECONDS"]),
    ("ZZZZ", "2", ["STEEPEST_WAITING", "STEEPEST_DEVICE"]),
    ("COMPUTE_THREADS", "many", ["many", "whole number from 1 to 64"]),
    ("WAITING", "-1", ["-1", "from 0 to 10000"]),
    ("WORK_SECONDS", "nan", ["nan", "above 0 to 86400"]),
    ("DEVICE", "tpu", ["tpu", "auto, cpu, gpu"]),
    ("WARM_UP", "perhaps", ["perhaps", "true and false"]),
    ("FRONTEND", "/nowhere/at/all", ["/nowhere/at/all", "directory"]),
    ("PROXIES", "localhost", ["localhost", "10.0.0.0/8"]),
]


@pytest.mark.parametrize(("name", "value", "says"), WRONG_SETTINGS)
def test_a_setting_that_is_none_is_named_with_what_would_be_one(monkeypatch, name, value, says):
    monkeypatch.setenv(f"STEEPEST_{name}", value)
    with pytest.raises(SettingsError) as wrong:
        read()
    [line] = wrong.value.lines
    assert line.startswith(f"STEEPEST_{name} ")
    assert all(one in line for one in says)


@pytest.mark.parametrize("many", ["1", "2"])
def test_everything_that_is_wrong_ends_the_start_a_line_each(many):
    wrong = {f"STEEPEST_{name}": value for name, value, _ in WRONG_SETTINGS}
    status, lines = started("--workers", many, **wrong)
    assert status == WRONG
    assert sorted(line.split()[1] for line in lines) == sorted(wrong)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "65536"], "from 0 to 65535"),
        (["--workers", "0"], "from 1 to 256"),
        (["--host", "no.such.host.invalid"], "no.such.host.invalid"),
        (["--host", "192.0.2.1"], "192.0.2.1"),
        (["--device", "gpu"], "no GPU"),
        (["--device", "gpu", "--workers", "2"], "no GPU"),
    ],
)
def test_what_cannot_be_had_is_said_in_a_line_or_two(arguments, says):
    status, lines = started(*arguments, JAX_PLATFORMS="cpu")
    said = [line for line in lines if line.startswith("steepest: ")]
    assert status == WRONG
    assert says in said[0]
    assert len(said) <= 2
    assert "Traceback" not in "".join(lines)


@pytest.mark.parametrize("many", ["1", "2"])
def test_a_port_that_is_taken_is_said(many):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, [line] = started("--port", port, "--workers", many)
    assert status == WRONG
    assert port in line


def test_workers_that_cannot_start_are_not_begun_for_ever():
    """A flag that XLA does not know kills each of them, as a fault of the system would."""
    status, lines = started("--workers", "2", XLA_FLAGS="--xla_no_such_flag=1")
    assert status not in (0, None)
    assert any("giving up" in line for line in lines)


PLUGINS = {
    "libraries": "def initialize():\n    raise RuntimeError('no CUDA library')\n",
    "driver": """
from jax._src import xla_bridge

def factory():
    raise RuntimeError("no driver")

def initialize():
    xla_bridge.register_backend_factory("absent", factory, priority=400, fail_quietly=False)
""",
}


@pytest.mark.parametrize("missing", PLUGINS)
def test_without_a_driver_it_computes_on_the_cpu_and_says_so_in_one_line(tmp_path, missing):
    """JAX finds a plugin for a device, as with the CUDA extra, and the device is not there."""
    plugin = tmp_path / "jax_plugins" / "absent"
    plugin.mkdir(parents=True)
    (plugin / "__init__.py").write_text(PLUGINS[missing])
    code = "from server.runtime import configure; print(configure('auto').wide.platform)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{Path.cwd()}", "JAX_PLATFORMS": ""},
        timeout=TOO_LONG,
    )
    assert done.stdout.strip() == "cpu"
    [line] = done.stderr.splitlines()
    assert "computed on the CPU" in line
    assert PLUGINS[missing].partition("Error(")[2][1:8] in line


def test_every_setting_is_in_the_readme():
    named = set(re.findall(r"`STEEPEST_([A-Z_]+)`", Path("README.md").read_text()))
    assert named == {name.upper() for name in Settings.model_fields}
