"""Clients that do what browsers do not: bytes on a socket, and what comes back."""

import json
import os
import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 120
"""Seconds after which something that ought to have happened has not; a loaded machine is slow."""
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
PROBE = json.dumps({"surface": {"id": "bowl"}, "at": [[1, 1]]}).encode()


def connected(server, sent=b"", receives=None, own_address="127.0.0.1"):
    """A connection on which something was sent.

    Args:
        receives: bytes of its receive buffer, small for a reader that stops.
        own_address: from where it comes.
    """
    where = urlsplit(server.address)
    own = socket.socket()
    if receives is not None:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receives)
    own.settimeout(PATIENCE)
    own.bind((own_address, 0))
    try:
        own.connect((where.hostname, where.port))
    except OSError:
        own.close()
        raise
    with suppress(ConnectionError):  # Refused already: the answer can be read all the same.
        own.sendall(sent)
    return own


def posted(path, body, *more):
    """A request with a body, as bytes."""
    lines = [f"POST {path} HTTP/1.1", "Host: x", "Content-Type: application/json",
             f"Content-Length: {len(body)}", *more]  # fmt: skip
    return "\r\n".join([*lines, "", ""]).encode() + body


def rest(own):
    """All that comes until the server closes; it waits for that."""
    received = bytearray()
    try:
        while piece := own.recv(1 << 16):
            received += piece
    except ConnectionResetError:
        pass
    own.close()
    return bytes(received)


def answer(own):
    """The next answer on a connection: status, headers, body; ``None`` if it closes before one."""
    head = bytearray()
    while not head.endswith(b"\r\n\r\n"):
        try:
            piece = own.recv(1)
        except ConnectionResetError:
            piece = b""
        if not piece:
            assert not head, f"a header ends early: {bytes(head)}"
            return None
        head += piece
    first, *lines = head.decode().strip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = bytearray()
    while len(body) < int(headers["content-length"]):
        piece = own.recv(int(headers["content-length"]) - len(body))
        assert piece, f"an answer of {headers['content-length']} bytes ends after {len(body)}"
        body += piece
    return int(first.split()[1]), headers, bytes(body)


def refusal(received):
    """Status and the one entry of ``detail`` of an answer that ended its connection."""
    head, _, body = received.partition(b"\r\n\r\n")
    [detail] = json.loads(body)["detail"]
    assert detail.keys() == {"loc", "msg", "type"}
    assert b"\r\nconnection: close" in head
    return int(head.split()[1]), detail


def until(found, wanted=True):
    """Wait for something that the system or the server can be asked about."""
    deadline = time.monotonic() + PATIENCE
    while (now := found()) != wanted:
        assert time.monotonic() < deadline, now
        time.sleep(0.05)


def resident(pid):
    """Bytes of memory that a process holds, as the system counts them."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def worked(pid):
    """Seconds of processor time that a process has used."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
