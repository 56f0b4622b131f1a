"""A folder that nobody else can write to, and its entries.

What lies in one is code that will be run, and so it is used only while it is its owner's alone.
The boundary is the user: whoever can write as the server's own, or as root, could change the
server itself as well.
"""

import contextlib
import logging
import os
import secrets
import stat
from collections.abc import Generator, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Where files have no owners either: ``store.opened`` opens no folder there.
    fcntl = None

logger = logging.getLogger("steepest")

ROOM = 128 * 2**20
"""Bytes of a folder; beyond them what was not loaded for longest is removed."""


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
    def locked(self) -> Generator[bool]:
        """Whether this is now the only process inside; its end, however it comes, lets go."""
        file = os.open("lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600, dir_fd=self._handle)
        try:
            try:
                assert fcntl is not None
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(file)

    def names(self) -> list[str]:
        """Of all entries."""
        with os.scandir(self._handle) as found:
            return [one.name for one in found]


def _there(found: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    """Files that another process has not removed meanwhile."""
    for one in found:
        with contextlib.suppress(FileNotFoundError):
            one.stat(follow_symlinks=False)
            yield one
