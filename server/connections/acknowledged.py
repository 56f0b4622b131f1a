"""How much of an answer its client's machine has taken.

What the transport still holds tells little: a socket's own buffer of megabytes empties in large
pieces, so that a slow but honest reader seems to stand still for minutes.
"""

import asyncio
import socket
import struct

BYTES_ACKED = 120
"""Offset of ``tcpi_bytes_acked`` in Linux's ``struct tcp_info``, a 64-bit number."""
SIZE = 128


def acknowledged(transport: asyncio.Transport) -> int:
    """Bytes that the other end has acknowledged so far.

    Where the system does not say so (it is Linux that does), what the transport has handed to it
    instead, counted from an unknown beginning.
    """
    connected = transport.get_extra_info("socket")
    if connected is not None and hasattr(socket, "TCP_INFO"):
        try:
            told = connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, SIZE)
        except OSError:
            told = b""
        if len(told) == SIZE:
            return struct.unpack_from("=Q", told, BYTES_ACKED)[0]
    return -transport.get_write_buffer_size()
