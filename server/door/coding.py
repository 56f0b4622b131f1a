"""Content codings: which one a client likes best, and bytes in it."""

import zlib
from collections.abc import Callable
from typing import Final

import brotli
import zstandard

from server.door.answers import PLAIN

FROM_BYTES = 1024
"""Shorter answers are sent as they are."""
READ = 1024
"""Bytes of an Accept-Encoding that are read; what is longer names nothing that we offer."""


def _zstd(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=1).compress(body)


def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, quality=1)


def _gzip(body: bytes) -> bytes:
    # Packed numbers have no repetitions; to look for them takes twice as long for nothing.
    packing = zlib.compressobj(1, zlib.DEFLATED, 31, 9, zlib.Z_FILTERED)
    return packing.compress(body) + packing.flush()


CODINGS: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    b"zstd": _zstd,
    b"br": _brotli,
    b"gzip": _gzip,
}
"""The quickest first, where a client likes several equally: 0.1, 0.4 and 2.5 ms for six default
paths, which all of them bring to three fifths."""
PACKED = (b"application/x-npz", b"text/event-stream")
"""Media types that gain nothing."""


def chosen(accepted: bytes) -> bytes:
    """The coding that an Accept-Encoding header likes best (RFC 9110, section 12.5.3)."""
    if not accepted:
        return PLAIN
    weights: dict[bytes, float] = {}
    for part in accepted[:READ].lower().split(b","):
        name, _, rest = part.partition(b";")
        weights[name.strip()] = _quality(rest)
    everything = weights.get(b"*", 0.0)
    offered = [(weights.get(name, everything), name) for name in CODINGS]
    best, name = max(offered, key=lambda one: one[0])
    return name if best > 0 and best >= weights.get(PLAIN, 0.0) else PLAIN


def _quality(parameters: bytes) -> float:
    name, _, value = parameters.partition(b"=")
    if name.strip() != b"q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def worth_coding(media_type: bytes, body: bytes) -> bool:
    """Whether it is long enough and not packed already."""
    return len(body) >= FROM_BYTES and not media_type.startswith(PACKED)
