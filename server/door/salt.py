"""What all answers depend on besides their questions: this code, where it runs, its settings."""

from hashlib import blake2b
from pathlib import Path
from typing import Any

from server.engine.identity import ROOT, environment

SOURCES = ("server", "surfaces")


def version(salt: bytes) -> str:
    """A name of all answers together: it changes with the salt, and says nothing of it."""
    return blake2b(salt, digest_size=6).hexdigest()


def salt(devices: tuple[Any, ...], *settings: object) -> bytes:
    """Thirty-two bytes that change whenever an answer might.

    Args:
        devices: on which programs run.
        *settings: that are seen in answers.
    """
    together = blake2b(digest_size=32)
    paths = [path for one in SOURCES for path in (ROOT / one).rglob("*.py")]
    for path in sorted(paths, key=Path.as_posix):
        together.update(f"{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    known = [sorted(environment(device).items()) for device in devices]
    together.update(repr((known, settings)).encode())
    return together.digest()
