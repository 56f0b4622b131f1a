"""Under which addresses phones reach this server, where its page was opened on the machine itself.

A server that listens on 127.0.0.1 alone is reached by no phone, and then nothing is found here.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from typing import Final

from starlette.types import Scope

PATIENCE: Final = 0.3
"""Seconds in which the machine answers itself."""
ELSEWHERE: Final = ("192.0.2.1", 9)
"""Of no machine (RFC 5737); to ask for the way there sends nothing."""


def addresses(scope: Scope) -> list[str]:
    """Addresses of this machine at which it answers; only who asks from the machine is told."""
    client, here = scope.get("client"), scope.get("server")
    if not client or not here or not here[1] or not _is_own(client[0]):
        return []
    port = int(here[1])
    return [f"http://{one}:{port}" for one in sorted(set(_own())) if _answers(one, port)]


def _is_own(address: str) -> bool:
    with suppress(ValueError):
        return ip_address(address).is_loopback
    return False


def _own() -> Iterator[str]:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(ELSEWHERE)
        yield way.getsockname()[0]
    with suppress(OSError):
        for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            if not _is_own(str(one[4][0])):
                yield str(one[4][0])


def _answers(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), PATIENCE):
            return True
    except OSError:
        return False
