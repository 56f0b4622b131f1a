"""Content codings: bytes compressed ahead, and which of them a client wants."""

import gzip
import re
from collections.abc import Iterable
from typing import Final, Literal

import brotli
from zstandard import ZstdCompressor

Coding = Literal["identity", "gzip", "br", "zstd"]
IDENTITY: Final = "identity"
SUFFIXES: Final[dict[Coding, str]] = {"gzip": ".gz", "br": ".br", "zstd": ".zst"}
"""What a file's name ends with when it is compressed so."""
WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def compressed(content: bytes, *, quickly: bool = False) -> dict[Coding, bytes]:
    """Content in each coding that makes it smaller.

    Never in the event loop: a megabyte takes two seconds, or a tenth of one.

    Args:
        content: the bytes.
        quickly: whether it may be some percent larger, at a twentieth of the time.
    """
    gzip_level, brotli_quality, zstd_level = (6, 5, 6) if quickly else (9, 11, 19)
    made: dict[Coding, bytes] = {
        "gzip": gzip.compress(content, gzip_level, mtime=0),
        "br": brotli.compress(content, quality=brotli_quality),
        "zstd": ZstdCompressor(level=zstd_level).compress(content),
    }
    return {coding: one for coding, one in made.items() if len(one) < len(content)}


def wanted(accepted: str | None, offered: Iterable[Coding]) -> Coding | None:
    """Which of the offered codings an ``Accept-Encoding`` likes best (RFC 9110, section 12.5.3).

    Args:
        accepted: the header; None where there is none, which takes anything and is given none.
        offered: codings there are, the one to be taken among equals first.

    Returns:
        None where the header refuses all of them.
    """
    if accepted is None:
        return IDENTITY
    weights = _weights(accepted)
    # What is not named is as good as *, and without it refused; identity never is.
    rest = weights.get("*", 0.0)
    best: Coding | None = None
    most = 0.0
    for coding in offered:
        weight = weights.get(coding, rest)
        if weight > most:
            best, most = coding, weight
    if best is not None and most >= weights.get(IDENTITY, 0.0):
        return best
    refused = weights.get(IDENTITY, weights.get("*", 1.0)) == 0
    return best if refused else IDENTITY


def _weights(accepted: str) -> dict[str, float]:
    """The weight of each coding that a header names; what cannot be read is left out."""
    weights: dict[str, float] = {}
    for one in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        if not parameters:
            weights[name.removeprefix("x-")] = 1.0
        elif len(parameters) == 1 and (weight := WEIGHT.fullmatch(parameters[0])):
            weights[name.removeprefix("x-")] = float(weight[1])
    return weights
