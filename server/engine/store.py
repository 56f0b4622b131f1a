"""Compiled programs on disk, so that a compile happens once per installation.

An entry is code that will be run. So a folder is used only if nobody else can write to it, and an
entry is unpickled only when it is whole and was made for this very key; everything else is
compiled anew and written over. The boundary is the user: whoever can write as the server's own, or
as root, could change the server itself as well, and a digest is no signature against him.
"""

import contextlib
import json
import logging
import os
import secrets
import stat
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import cast

import platformdirs

try:
    import fcntl
except ImportError:  # Where files have no owners either: ``opened`` opens no store there.
    fcntl = None

from server.engine.identity import digest

logger = logging.getLogger("steepest")

MAGIC = b"steepest program 1\n"
PREPARED = "prepared-"
"""Beginning of the name of a list of entries: those that are made ahead, for an environment."""
ROOM = 128 * 2**20
"""Bytes of a folder; beyond them what was not loaded for longest is removed."""
PATIENCE, LOOKS = 120.0, 0.02
"""Seconds for which another process is waited for that makes the same, and between two looks."""
SHIPPED = Path(__file__).parent.parent.parent / "programs"
"""Where an image or a package carries programs of its own, if it does."""


class Refused(Exception):
    """A folder that others could have written to, and why."""


class Folder:
    """A folder of entries, each a file named by the digest of its key.

    Args:
        path: made if it is not there, unless ``shipped``.
        shipped: made by whoever installed this, and only read: may be root's.
        room: bytes that all entries may take.

    Raises:
        Refused: see the class.
        FileNotFoundError: nothing is shipped.
        OSError: the folder cannot be made or opened.
    """

    def __init__(self, path: Path, *, shipped: bool = False, room: int = ROOM):
        self.path, self._shipped, self._room = path, shipped, room
        if not shipped:
            path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                path.mkdir(mode=0o700)
        try:
            # All that follows goes through this handle: no other folder can be put in its place.
            self._handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except NotADirectoryError:
            raise Refused(f"{path} is a link or no folder") from None
        try:
            self._check(os.fstat(self._handle), 0o755 if shipped else 0o700)
        except Refused:
            os.close(self._handle)
            raise

    def _check(self, status: os.stat_result, most: int) -> None:
        owners = (os.geteuid(), 0) if self._shipped else (os.geteuid(),)
        if status.st_uid not in owners:
            raise Refused(f"{self.path} belongs to another user (number {status.st_uid})")
        if extra := stat.S_IMODE(status.st_mode) & ~most & 0o777:
            what = "write to" if extra & 0o022 else "read"
            raise Refused(f"others may {what} {self.path}: chmod {most:o} it, or remove it")

    def has(self, name: str) -> bool:
        """Whether there is an entry of a name, whole or not."""
        try:
            os.stat(name, dir_fd=self._handle, follow_symlinks=False)
        except OSError:
            return False
        return True

    def read(self, name: str) -> bytes | None:
        """An entry's bytes; ``None`` if there is none that only its owner could have written."""
        try:
            # A pipe in its place would otherwise wait for a writer.
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            file = os.open(name, flags, dir_fd=self._handle)
        except OSError:
            return None
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise Refused(f"{name} in {self.path} is no file")
            self._check(status, 0o644 if self._shipped else 0o600)
        except Refused as why:
            os.close(file)
            logger.warning("an entry of the programs is not used: %s", why)
            return None
        with os.fdopen(file, "rb") as opened:
            # A disk that fell read-only still gives what it has.
            with contextlib.suppress(OSError):
                if not self._shipped:
                    os.utime(file)
            try:
                return opened.read()
            except OSError as why:
                logger.warning("%s in %s cannot be read: %s", name, self.path, why)
                return None

    def write(self, name: str, content: bytes) -> None:
        """Put an entry in its place at once and whole, and remove what there is no room for.

        Raises:
            OSError: it cannot be written.
        """
        if len(content) > self._room:
            return
        temporary = f".{name}.{secrets.token_hex(4)}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(temporary, flags, 0o600, dir_fd=self._handle)
        try:
            with os.fdopen(file, "wb") as opened:
                opened.write(content)
            os.replace(temporary, name, src_dir_fd=self._handle, dst_dir_fd=self._handle)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary, dir_fd=self._handle)
            raise
        self._make_room()

    def _make_room(self) -> None:
        """Remove the least recently used, remains of a killed process among them."""
        with os.scandir(self._handle) as found:
            files = [(one.name, one.stat(follow_symlinks=False)) for one in _there(found)]
        total = sum(status.st_size for _, status in files)
        for name, status in sorted(files, key=lambda file: file[1].st_mtime_ns):
            if total <= self._room:
                break
            with contextlib.suppress(OSError):
                os.unlink(name, dir_fd=self._handle)
            total -= status.st_size

    @contextlib.contextmanager
    def locked(self, name: str = "lock", seconds: float = 0.0) -> Generator[bool]:
        """Whether this is now the only process inside; its end, however it comes, lets go.

        Args:
            name: of the lock.
            seconds: for which another process is waited for at most.
        """
        file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600, dir_fd=self._handle)
        try:
            until = monotonic() + seconds
            while not (mine := _taken(file)) and monotonic() < until:
                sleep(LOOKS)
            yield mine
        finally:
            os.close(file)

    @contextlib.contextmanager
    def turn(self, name: str) -> Generator[None]:
        """Inside alone, and of the lock nothing is left; nobody is waited for for ever.

        Who waited holds the file that was removed, a newcomer another: what is made is there then.

        Raises:
            OSError: there can be no lock.
        """
        with self.locked(name, PATIENCE):
            try:
                yield
            finally:
                with contextlib.suppress(OSError):
                    os.unlink(name, dir_fd=self._handle)

    def names(self) -> list[str]:
        """Of all entries."""
        with os.scandir(self._handle) as found:
            return [one.name for one in found]


def _taken(file: int) -> bool:
    assert fcntl is not None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _there(found: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    """Files that another process has not removed meanwhile."""
    for one in found:
        with contextlib.suppress(FileNotFoundError):
            one.stat(follow_symlinks=False)
            yield one


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
        for folder in self._folders:
            content = folder.read(PREPARED + digest(json.dumps(environment)))
            told = {} if content is None else _told(content)
            if isinstance(names := told.get("programs"), list):
                return all(self._there(str(name)) for name in cast(list[object], names))
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
        return False

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
