"""A page that was bundled ahead: what its folder says of itself, and its files."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from server.assets.asset import ASK, FOREVER, Asset, asset
from server.assets.codings import IDENTITY, SUFFIXES, Coding

MANIFEST: Final = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a folder holds.

    Attributes:
        sources: the hash of what it was made of.
        hashed: files whose names have their content's hash in them.
        others: files by address, as people know it.
    """

    sources: str
    hashed: tuple[str, ...]
    others: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Put it beside the files that it names, last of all."""
        text = json.dumps(asdict(self), indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def manifest_of(folder: Path) -> Manifest | None:
    """What a folder says that it holds; None where there is no page, or only a part of one."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(said["sources"], tuple(said["hashed"]), dict(said["others"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def hash_of(sources: Mapping[str, Path]) -> str:
    """One hash of files under their addresses."""
    whole = blake2b(digest_size=12)
    for address, path in sorted(sources.items()):
        content = path.read_bytes()
        whole.update(f"{address}\n{len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()


def assets_of(folder: Path, manifest: Manifest) -> dict[str, Asset]:
    """Every file by its address, read into memory.

    Raises:
        OSError: one of them cannot be read.
    """
    known = {name: _read(folder / name, FOREVER) for name in manifest.hashed}
    assets = {f"/{name}": one for name, one in known.items()}
    for address, name in manifest.others.items():
        # A library has two addresses: the page's, and the one that people know.
        one = known.get(name)
        assets[address] = (
            _read(folder / name, ASK) if one is None else Asset(one.media_type, ASK, one.forms)
        )
    return assets


def _read(path: Path, caching: str) -> Asset:
    bodies: dict[Coding, bytes] = {IDENTITY: path.read_bytes()}
    for coding, suffix in SUFFIXES.items():
        compressed = path.with_name(path.name + suffix)
        if compressed.exists():
            bodies[coding] = compressed.read_bytes()
    return asset(path.suffix, caching, bodies)
