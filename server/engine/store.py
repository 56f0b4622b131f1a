"""Compiled programs on disk, so that a compile happens once per installation.

An entry is code that will be run. So it is unpickled only when it is whole and was made for this
very key; everything else is compiled anew and written over. A digest is no signature against who
can write to the folder: that nobody else can is what ``Folder`` sees to.
"""

import contextlib
import json
import logging
import os
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path
from typing import cast

import platformdirs

from server.engine.folder import Folder, Refused
from server.engine.identity import digest

logger = logging.getLogger("steepest")

MAGIC = b"steepest program 1\n"
PREPARED = "prepared-"
"""Beginning of the name of a list of entries: those that are made ahead, for an environment."""
SHIPPED = Path(__file__).parent.parent.parent / "programs"
"""Where an image or a package carries programs of its own, if it does."""


class Store:
    """Programs in a private folder, and behind it those that were shipped.

    Args:
        own: where new programs are written; ``None`` if nowhere.
        shipped: where others are, and nothing is written.
    """

    def __init__(self, own: Folder | None, shipped: Folder | None = None):
        self.own, self.shipped = own, shipped
        self._warned = False
        self._folders = [one for one in (shipped, own) if one is not None]

    @property
    def keeps(self) -> bool:
        """Whether new programs are kept: until the folder takes no more."""
        return self.own is not None

    def has(self, key: str) -> bool:
        """Whether there is an entry for a key."""
        return self._there(digest(key))

    def _there(self, name: str) -> bool:
        return any(folder.has(name) for folder in self._folders)

    def is_prepared(self, environment: Mapping[str, str]) -> bool:
        """Whether all programs that are made ahead are here.

        The log is told once if those that were shipped are for something else.
        """
        noted = self.noted(environment)
        if noted is not None:
            return noted
        self._complain(environment)
        return False

    def noted(self, environment: Mapping[str, str]) -> bool | None:
        """Whether all that was noted for an environment is here; ``None``: nothing was."""
        for folder in self._folders:
            content = folder.read(PREPARED + digest(json.dumps(environment)))
            told = {} if content is None else _told(content)
            if isinstance(names := told.get("programs"), list):
                return all(self._there(str(name)) for name in cast(list[object], names))
        return None

    def _complain(self, environment: Mapping[str, str]) -> None:
        for name in self.shipped.names() if self.shipped and not self._warned else []:
            if name.startswith(PREPARED) and self.shipped is not None:
                theirs = _told(self.shipped.read(name) or b"").get("environment")
                if not isinstance(theirs, dict):
                    continue
                known = cast(dict[str, object], theirs)
                other = [one for one in environment if known.get(one) != environment[one]]
                self._warned = True
                logger.warning(
                    "the programs in %s are for another %s: they are compiled anew",
                    self.shipped.path, ", ".join(other),
                )  # fmt: skip
                break

    def note_prepared(self, environment: Mapping[str, str], names: Iterable[str]) -> None:
        """Remember that all programs that are made ahead are here."""
        told = json.dumps({"environment": environment, "programs": sorted(names)}, indent=1)
        self._write(PREPARED + digest(json.dumps(environment)), told.encode())

    def load(self, key: str) -> bytes | None:
        """The payload of a key's entry; ``None`` if there is none that is whole and its own."""
        name = digest(key)
        for folder in self._folders:
            content = folder.read(name)
            if content is not None:
                payload = _unwrapped(content, key)
                if payload is not None:
                    return payload
                logger.warning("%s in %s is damaged: compiled anew", name, folder.path)
        return None

    @contextlib.contextmanager
    def turn(self, key: str) -> Generator[None]:
        """Wait while another process makes what belongs here under a key: it may be there then."""
        with contextlib.ExitStack() as inside:
            if self.own is not None:
                # Where there can be no locks, several make the same.
                with contextlib.suppress(OSError):
                    inside.enter_context(self.own.turn(f"{digest(key)}.lock"))
            yield

    def save(self, key: str, payload: bytes) -> None:
        """Keep a payload, if it can be kept; if not, the log says why once."""
        self._write(digest(key), _front(key, payload) + payload)

    def _write(self, name: str, content: bytes) -> None:
        if self.own is None:
            return
        try:
            self.own.write(name, content)
        except OSError as error:
            logger.warning("programs are not kept in %s any more: %s", self.own.path, error)
            self.own = None


def _front(key: str, payload: bytes) -> bytes:
    """What stands before a payload in its entry."""
    header = json.dumps({"key": key, "bytes": len(payload), "digest": digest(payload)})
    return MAGIC + header.encode() + b"\n"


def _unwrapped(content: bytes, key: str) -> bytes | None:
    """The payload of an entry that is whole and this key's, else ``None``."""
    payload = content[len(MAGIC) :].partition(b"\n")[2]
    return payload if content[: -len(payload) or None] == _front(key, payload) else None


def _told(content: bytes) -> dict[str, object]:
    """What a list says; nothing if it is damaged."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return cast(dict[str, object], told) if isinstance(told, dict) else {}


def opened(where: str | Path | None = None, shipped: Path | None = SHIPPED) -> Store | None:
    """The store of a setting: a path, "off", or the user's cache if left out.

    What cannot be used is not, and the log says why: the server runs on without it.
    """
    if where == "off":
        return None
    if not hasattr(os, "geteuid"):
        logger.info("programs are kept on systems with owners of files only")
        return None
    path = Path(where) if where else platformdirs.user_cache_path("steepest") / "programs"
    own = _usable(path)
    behind = None if shipped is None else _usable(shipped, shipped=True)
    return Store(own, behind) if own or behind else None


def _usable(path: Path, *, shipped: bool = False) -> Folder | None:
    if shipped and not path.exists():
        return None
    try:
        return Folder(path, shipped=shipped)
    except (Refused, OSError) as why:
        logger.warning(
            "compiled programs are not kept: %s; "
            "set STEEPEST_PROGRAMS to a folder of your own, or to off", why
        )  # fmt: skip
        return None
