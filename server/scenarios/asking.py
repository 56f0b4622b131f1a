"""What a scene asks: of the API by a path and a body, of the page by an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Number = float | int | str
Numbers = Mapping[str, Number]
Point = tuple[float, float]
Body = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What is asked of the API: a path below ``/api/v1`` and the body of its POST."""

    path: str
    body: Body


def query(pairs: Sequence[tuple[str, object]]) -> str:
    """Fields of an address, in their order."""
    return "&".join(f"{name}={value}" for name, value in pairs)
