"""Maps that were computed, in a private folder that all processes of a machine share."""

import json
import logging
from pathlib import Path

import numpy as np
import platformdirs
import zstandard

from server.engine.folder import Folder, Refused
from server.engine.identity import digest
from server.maps.running.devices import Fields

logger = logging.getLogger("steepest")


class Kept:
    """Maps by all that they depend on, those that were asked for last.

    Args:
        folder: of them; ``None``: none is kept.

    Attributes:
        hits, misses: how often a map was there, and was not.
    """

    def __init__(self, folder: Folder | None = None):
        self._folder = folder
        self.hits = self.misses = 0

    def get(self, key: str) -> Fields | None:
        """All fields of a map, [ny, nx] each, if it is there and whole."""
        content = None if self._folder is None else self._folder.read(digest(key))
        fields = None if content is None else _read(content)
        if fields is None:
            self.misses += 1
        else:
            self.hits += 1
        return fields

    def keep(self, key: str, fields: Fields) -> None:
        """Keep a map, if it can be kept; if not, the log says why once."""
        if self._folder is None:
            return
        try:
            self._folder.write(digest(key), _written(fields))
        except OSError as error:
            logger.warning("maps are not kept in %s any more: %s", self._folder.path, error)
            self._folder = None


def _written(fields: Fields) -> bytes:
    described = [[name, one.dtype.str, one.shape] for name, one in fields.items()]
    packed = zstandard.ZstdCompressor(level=1, write_checksum=True)
    raw = b"".join(np.ascontiguousarray(one).data for one in fields.values())
    return json.dumps(described).encode() + b"\n" + packed.compress(raw)


def _read(content: bytes) -> dict[str, np.ndarray] | None:
    described, _, packed = content.partition(b"\n")
    try:
        raw = zstandard.ZstdDecompressor().decompress(packed)
        fields, at = dict[str, np.ndarray](), 0
        for name, dtype, shape in json.loads(described):
            count = int(np.prod(shape))
            fields[name] = np.frombuffer(raw, dtype, count, at).reshape(shape)
            at += fields[name].nbytes
        return fields
    except (zstandard.ZstdError, ValueError, TypeError):
        logger.warning("a map that was kept is damaged: it is computed anew")
        return None


def opened(where: str | None, megabytes: int) -> Kept:
    """Where a setting says: a folder, "off", or the user's cache if left out.

    What cannot be used is not, and the log says why: maps are computed each time.
    """
    if where == "off" or not megabytes:
        return Kept()
    path = Path(where) if where else platformdirs.user_cache_path("steepest") / "maps"
    try:
        return Kept(Folder(path, room=megabytes * 10**6))
    except (Refused, OSError) as why:
        logger.warning(
            "maps are not kept: %s; set STEEPEST_MAPS to a folder of your own, or to off", why
        )
        return Kept()
