"""Files of a folder as they are now: read and compressed when asked for, and again when changed."""

from asyncio import to_thread
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.assets.asset import ASK, TYPES, Asset, asset
from server.assets.codings import IDENTITY, Coding, compressed

INDEX: Final = "index.html"

Stamp = tuple[int, int]
"""When a file was written, in nanoseconds, and how many bytes: others where it has changed."""


class Sources:
    """A folder that is worked on while it is served.

    Args:
        folder: nothing outside of it is answered.
        written: a file's content as it is sent, from its name's ending and its content.
    """

    def __init__(self, folder: Path, written: Callable[[str, bytes], bytes]):
        self._folder, self._written = folder.resolve(), written
        self._known: dict[Path, tuple[Stamp, Asset]] = {}

    async def __call__(self, address: str) -> Asset | None:
        """The file at an address; None where there is none. Disk and compression have a thread."""
        return await to_thread(self._look, address)

    def _look(self, address: str) -> Asset | None:
        try:
            path = (self._folder / (address.removeprefix("/") or INDEX)).resolve()
            if path.suffix not in TYPES or not path.is_relative_to(self._folder):
                return None
            told = path.stat()
            stamp = (told.st_mtime_ns, told.st_size)
            known = self._known.get(path)
            if known is None or known[0] != stamp:
                body = self._written(path.suffix, path.read_bytes())
                bodies: dict[Coding, bytes] = {IDENTITY: body, **compressed(body, quickly=True)}
                known = self._known[path] = stamp, asset(path.suffix, ASK, bodies)
            return known[1]
        except (OSError, ValueError):
            return None
