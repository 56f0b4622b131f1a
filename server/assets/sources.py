"""Files of a folder as they are now: read and compressed when asked for, and again when changed."""

from asyncio import to_thread
from collections.abc import Callable
from pathlib import Path
from typing import Final

from server.assets.asset import ASK, TYPES, Asset, asset
from server.assets.codings import IDENTITY, Coding, compressed

INDEX: Final = "index.html"


class Sources:
    """A folder that is worked on while it is served.

    Args:
        folder: nothing outside of it is answered.
        written: what is sent of a file, by its address within the folder.
    """

    def __init__(self, folder: Path, written: Callable[[str], bytes]):
        self._folder, self._written = folder.resolve(), written
        self._known: dict[Path, tuple[bytes, Asset]] = {}

    async def __call__(self, address: str) -> Asset | None:
        """The file at an address; None where there is none. Disk and compression have a thread."""
        return await to_thread(self._look, address)

    def _look(self, address: str) -> Asset | None:
        try:
            path = (self._folder / (address.removeprefix("/") or INDEX)).resolve()
            if path.suffix not in TYPES or not path.is_relative_to(self._folder):
                return None
            body = self._written(path.relative_to(self._folder).as_posix())
            known = self._known.get(path)
            if known is None or known[0] != body:
                bodies: dict[Coding, bytes] = {IDENTITY: body, **compressed(body, quickly=True)}
                known = self._known[path] = body, asset(path.suffix, ASK, bodies)
            return known[1]
        except (OSError, ValueError):
            return None
