"""What states of all pages are made of: numbers, requests, the text of an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Number = float | int | str
Numbers = Mapping[str, Number]
Body = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What is asked of the API: a path below ``/api/v1`` and the body of its POST."""

    path: str
    body: Body


def query(pairs: Sequence[tuple[str, object]]) -> str:
    """Fields of an address."""
    return "&".join(f"{name}={value}" for name, value in pairs)
