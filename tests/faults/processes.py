"""Processes of a server, as Linux lists them."""

import os
import socket
from contextlib import suppress
from pathlib import Path


def workers(server):
    """Numbers of a server's workers."""
    parent = server.process.pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(child) for child in children if "spawn_main" in _command(child)]


def _command(number):
    try:
        return Path(f"/proc/{number}/cmdline").read_text()
    except FileNotFoundError:
        return ""


def holds(number, connection):
    """Whether a process has the other end of a connection."""
    there = _written(connection.getpeername())
    here = _written(connection.getsockname())
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1:3] == [there, here]:
            return f"socket:[{fields[9]}]" in _open(number)
    return False


def _open(number):
    found = set()
    for file in Path(f"/proc/{number}/fd").iterdir():
        with suppress(FileNotFoundError):  # Closed meanwhile.
            found.add(os.readlink(file))
    return found


def _written(address):
    host, port = address
    return f"{int.from_bytes(socket.inet_aton(host), 'little'):08X}:{port:04X}"
