"""What became of requests: by kind, how long, how many a second."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

GOOD = ("200", "304", "cached")
REFUSED = "503"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One request.

    Attributes:
        scheduled: when it was to be sent, in seconds of the monotonic clock.
        ended: when its answer had come whole, or it failed.
        kind: a status, ``cached``, or how it failed.
        size: bytes of the body as sent.
    """

    scheduled: float
    ended: float
    kind: str
    size: int = 0

    @property
    def seconds(self) -> float:
        return self.ended - self.scheduled

    @property
    def good(self) -> bool:
        return self.kind in GOOD


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least this share does not pass; infinite for none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else float("inf")


@dataclass
class Tally:
    """Outcomes of one kind of request."""

    outcomes: list[Outcome] = field(default_factory=list[Outcome])

    def add(self, outcome: Outcome) -> Outcome:
        self.outcomes.append(outcome)
        return outcome

    def seconds(self, share: float) -> float:
        """Percentile of the good ones' latency."""
        return percentile((one.seconds for one in self.outcomes if one.good), share)

    @property
    def worst(self) -> float:
        return max((one.seconds for one in self.outcomes), default=0.0)

    @property
    def good(self) -> int:
        return sum(one.good for one in self.outcomes)

    @property
    def kinds(self) -> Counter[str]:
        return Counter(one.kind for one in self.outcomes)

    @property
    def failed(self) -> int:
        """Neither answered nor refused with a moment to come back."""
        return sum(not one.good and one.kind != REFUSED for one in self.outcomes)

    @property
    def lost(self) -> int:
        """Connections that the server ended under a request."""
        return sum(
            one.kind in ("reset", "truncated") or one.kind.startswith("not connected")
            for one in self.outcomes
        )

    def goodput(self, begun: float, ended: float) -> float:
        """Good answers a second that came between two moments."""
        inside = sum(one.good and begun <= one.ended < ended for one in self.outcomes)
        return inside / (ended - begun)

    def told(self) -> str:
        """All kinds with their counts, on one line."""
        return ", ".join(f"{kind}: {count}" for kind, count in sorted(self.kinds.items())) or "none"
