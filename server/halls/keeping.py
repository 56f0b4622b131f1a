"""What keeps halls: the same operations on a file of this machine, or on a Redis for several."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Literal, Protocol

import orjson
from pydantic import TypeAdapter

from server.halls.hall import Hall

Change = Callable[[Hall], Hall]
Made = Literal["made", "taken", "full"]
Counted = Literal["counted", "closed", "full"]
HALL = TypeAdapter(Hall)


def written(hall: Hall) -> bytes:
    """A hall as it is kept."""
    return orjson.dumps(asdict(hall))


def read(content: bytes | str) -> Hall:
    """A hall that was kept."""
    return HALL.validate_json(content)


class UnreachableError(RuntimeError):
    """What keeps halls does not answer, or takes nothing any more."""


class Keeping(Protocol):
    """Where halls are kept. Times are Unix times in seconds.

    Each raises ``UnreachableError`` where it cannot be reached.

    Attributes:
        threads: how many may use it at once.
    """

    threads: int

    def make(self, name: str, hall: Hall, most: int, now: float) -> Made:
        """Keep a new hall, if its name is free and there are fewer than ``most``."""
        ...

    def find(self, name: str, now: float) -> Hall | None:
        """A hall that has not expired."""
        ...

    def change(self, name: str, change: Change, now: float) -> Hall | None:
        """Put another in its place, computed from it; nobody changes it in between."""
        ...

    def count(self, name: str, round: int, device: str, answer: bytes, most: int) -> Counted:
        """Keep a device's answer in place of its last one, while the round is open."""
        ...

    def answers(self, name: str, round: int) -> Sequence[Any]:
        """All answers of a round."""
        ...

    def forget(self, name: str, round: int) -> None:
        """Forget the answers of a round."""
        ...

    def revision(self, name: str) -> int:
        """A number that is another after every change and every answer; -1 where none is known."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...
