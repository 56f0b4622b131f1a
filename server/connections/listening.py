"""Sockets that listen, and as many open files as the system allows."""

import logging
import os
import socket
import sys

try:
    import resource
except ImportError:  # Where there is no such limit.
    resource = None

logger = logging.getLogger("steepest")

BACKLOG = 4096
"""Connections that the system may hold until they are accepted; it may allow fewer."""
ACCEPTED_AT_ONCE = 32
"""libuv accepts one connection of a listening socket and then looks after everything else once: a
thousand newcomers would wait for a thousand rounds. So it is given the socket this many times."""
OTHER_FILES = 256
"""Open files of a process that are no connections let in: those turned away, programs, pages, the
listening socket as often as it is given, pipes, libraries."""


class CannotListenError(Exception):
    """An address that cannot be listened on, and why."""


def bound(host: str, port: int) -> socket.socket:
    """A socket bound to an address; it does not listen yet.

    Raises:
        CannotListenError: in words for whoever started the server.
    """
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        # Of "localhost" the one that everybody has.
        found.sort(key=lambda one: one[0] != socket.AF_INET)
        family, kind, protocol, _, address = found[0]
        own = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise CannotListenError(f"cannot listen on {where}: {_words(error)}") from error
    try:
        if os.name == "posix":
            own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        own.bind(address)
        # Another process may have bound it and listen: only now the system says so.
        own.listen(BACKLOG)
    except OSError as error:
        own.close()
        raise CannotListenError(f"cannot listen on {where}: {_words(error)}") from error
    own.set_inheritable(True)
    return own


def _words(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def several(listening: socket.socket) -> list[socket.socket]:
    """The same socket, as often as connections shall be accepted at once."""
    if sys.platform == "win32":  # asyncio's own loop accepts as many as there are.
        return [listening]
    more = [listening.dup() for _ in range(ACCEPTED_AT_ONCE - 1)]
    for one in more:
        one.set_inheritable(True)
    return [listening, *more]


def address(listening: socket.socket) -> str:
    """The address as a browser takes it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def connections_allowed(wanted: int) -> int:
    """Allow as many open files as may be, and say how many connections that leaves.

    Args:
        wanted: connections; fewer are allowed where there are not as many files.
    """
    if resource is None:
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        soft = most
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    allowed = max(16, soft - OTHER_FILES)
    logger.warning(
        "%d connections at once instead of %d: the system allows %d open files",
        allowed, wanted, soft,
    )  # fmt: skip
    return allowed
