"""What a compiled program depends on, as text that is the same in every process.

A program is known by the objects that made it: its function, the classes of surface and
optimiser, shapes and dtypes. Objects are named by where they are declared, and what is declared
there is covered by a digest of the sources. What has no such name (a function inside a function,
a class of a test) has no identity, and its programs are not kept on disk.
"""

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import FunctionType
from typing import Any, cast

import jax
import numpy as np
from jax._src.lib import xla_client  # pyright: ignore[reportPrivateImportUsage]

ROOT = Path(__file__).parent.parent.parent
DOOR = ("admission", "api", "app", "assets", "bundle", "catalog", "connections", "door", "encoding",
        "halls", "logs", "metrics", "middleware", "origins", "pages", "readiness", "scenarios",
        "scoreboard", "settings", "watchdog", "__")  # fmt: skip
"""Beginnings of names in server/ of what answers requests, which no program is made of."""
RUNNING = ROOT / "server" / "maps" / "running"
"""Nor of what hands maps to workers."""
PACKAGES = ("jax", "jaxlib", "numpy", "optax", "diffrax", "equinox", "lineax", "optimistix")
TRACED = (
    "jax_enable_x64",
    "jax_default_matmul_precision",
    "jax_numpy_dtype_promotion",
    "jax_debug_nans",
)
"""Settings of JAX that change what it traces."""
OURS = ("server", "surfaces")
OTHERS = ("builtins", "numpy", "jax", "optax", "functools", *PACKAGES)
"""Whose names are covered by a version."""


class NoIdentityError(TypeError):
    """Something that another process could not tell from something else."""


def text(part: Any) -> str:
    """A part of a program's key as text.

    Raises:
        NoIdentityError: the part, or something in it, is not declared under a name.
    """
    if part is None or isinstance(part, bool | int | float | str | np.dtype):
        return repr(part)
    if isinstance(part, type | FunctionType):
        return _declared(part)
    if isinstance(part, tuple | list):
        return f"({', '.join(map(text, cast(list[Any], part)))})"
    if isinstance(part, Mapping):
        return text(sorted(cast(Mapping[str, Any], part).items()))
    if isinstance(part, jax.tree_util.PyTreeDef):
        return _tree(part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        values = [getattr(part, field.name) for field in dataclasses.fields(part)]
        return _declared(type(part)) + text(values)
    raise NoIdentityError(f"{part!r} has no name that outlives this process")


def _declared(one: Callable[..., Any]) -> str:
    package = one.__module__.partition(".")[0]
    if package not in (*OURS, *OTHERS) or "<" in one.__qualname__:
        raise NoIdentityError(f"{one.__module__}.{one.__qualname__} is declared elsewhere")
    return f"{one.__module__}.{one.__qualname__}"


def _tree(tree: Any) -> str:
    node = tree.node_data()
    if node is None:
        return "*" if tree.num_leaves else "None"
    kind, static = node
    return f"{_declared(kind)}{text(static)}[{', '.join(map(_tree, tree.children()))}]"


def digest(of: str | bytes) -> str:
    """Sixteen bytes as hexadecimal digits: of what names a file, or says that it is whole."""
    raw = of.encode() if isinstance(of, str) else of
    return blake2b(raw, digest_size=16).hexdigest()


def sources() -> list[Path]:
    """The files of which programs are made."""
    server = [one for one in (ROOT / "server").iterdir() if not one.name.startswith(DOOR)]
    found = [path for folder in server if folder.is_dir() for path in folder.rglob("*.py")]
    found = [path for path in found if RUNNING not in path.parents]
    return sorted([*found, *(one for one in server if one.suffix == ".py"),
                   *(ROOT / "surfaces").rglob("*.py")])  # fmt: skip


@cache
def source_digest() -> str:
    """Of all files of which programs are made."""
    return of_files(sources())


def of_files(paths: Iterable[Path]) -> str:
    """Digest of files of ours, by their places and contents."""
    together = blake2b(digest_size=16)
    for path in paths:
        raw = path.read_bytes()
        together.update(f"{path.relative_to(ROOT)} {len(raw)}\n".encode() + raw)
    return together.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


@cache
def environment(device: Any) -> dict[str, str]:
    """All that programs for a device depend on besides their own keys, by name.

    The processor is told by the features that XLA compiles for: a program for others would end
    the process.
    """
    topology = xla_client.get_topology_for_devices([device])
    return {
        "sources": source_digest(),
        "python": sys.version.split()[0],
        **{package: _version(package) for package in PACKAGES},
        **{name: str(getattr(jax.config, name)) for name in TRACED},
        "XLA_FLAGS": os.environ.get("XLA_FLAGS", ""),
        "platform": f"{device.platform} {device.client.platform_version}",
        "processor": f"{device.device_kind} {topology.fingerprint():016x}",
    }
