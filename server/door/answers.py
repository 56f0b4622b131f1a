"""What was answered already, as long as it fits: whole answers, by what was asked."""

from asyncio import Future
from collections import OrderedDict
from dataclasses import dataclass, field

PLAIN = b"identity"


@dataclass(eq=False)
class Answer:
    """A whole answer.

    Attributes:
        status: of HTTP.
        headers: that the route gave, without those of length.
        bodies: its bytes by content coding, ``PLAIN`` always among them.
        making: codings that are being made.
    """

    status: int
    headers: list[tuple[bytes, bytes]]
    bodies: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])
    making: "dict[bytes, Future[bytes]]" = field(default_factory=dict[bytes, "Future[bytes]"])

    def size(self) -> int:
        """Bytes that it holds, roughly."""
        return 512 + sum(map(len, self.bodies.values()))


class Answers:
    """Answers by key, those that were asked for last; used in the event loop's thread only.

    Args:
        most: bytes that all of them may hold. One that takes an eighth of it is not kept.

    Attributes:
        hits, misses: how often an answer was there, and was not.
        bytes: what they hold now.
    """

    def __init__(self, most: int):
        self._most = most
        self._kept: OrderedDict[bytes, tuple[Answer, int]] = OrderedDict()
        self.hits = self.misses = self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes) -> Answer | None:
        """The answer, if it is there."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: bytes, answer: Answer) -> None:
        """Keep it, or count again what it holds; what was longest not asked for goes."""
        known = self._kept.pop(key, None)
        self.bytes -= known[1] if known else 0
        size = answer.size()
        if size > self._most // 8:
            return
        self._kept[key] = (answer, size)
        self.bytes += size
        while self.bytes > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self.bytes -= gone
