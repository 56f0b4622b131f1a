"""Maps that a scene opens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from server.scenarios.asking import Body, Numbers, Request, query


@dataclass(frozen=True)
class Span:
    """What stands on an axis of a map: a number, and where it runs.

    Attributes:
        name: of the number, as in requests.
        low, high: its ends.
        scale: "log" or "linear".
    """

    name: str
    low: float
    high: float
    scale: Literal["linear", "log"] = "log"

    def text(self) -> str:
        """As the page's address has it."""
        ends = f"{self.name}:{self.low:.15g}:{self.high:.15g}"
        return f"{ends}:log" if self.scale == "log" else ends

    def body(self, count: int) -> Body:
        """As the API takes it."""
        return {
            "name": self.name,
            "from": self.low,
            "to": self.high,
            "count": count,
            "scale": self.scale,
        }


@dataclass(frozen=True)
class Trainability:
    """A network trained with every pair of two numbers, on the page of maps.

    Attributes:
        network: its numbers and its activation, by the names of the API.
        x, y: what stands on the axes.
        steps: of training.
        detail: values along each side.
        zooms: closer views that the claim also looks at, of 64 values along each side.
    """

    network: Numbers
    x: Span
    y: Span
    steps: int = 100
    detail: int = 128
    zooms: Sequence[tuple[Span, Span]] = ()

    page: ClassVar[Literal["maps"]] = "maps"

    def address(self) -> str:
        """The page with this state, below the product's own address."""
        return "maps.html#" + query(
            [
                ("view", "trainability"),
                *((f"network.{name}", value) for name, value in self.network.items()),
                ("trained", self.steps),
                ("across", self.x.text()),
                ("up", self.y.text()),
                ("detail", self.detail),
            ]
        )

    def requests(self) -> list[Request]:
        """The map, then the closer ones."""

        def one(x: Span, y: Span, count: int) -> Request:
            body: Body = {
                "network": dict(self.network),
                "steps": self.steps,
                "x": x.body(count),
                "y": y.body(count),
            }
            return Request("/maps/trainability", body)

        return [one(self.x, self.y, self.detail), *(one(x, y, 64) for x, y in self.zooms)]

    def but(self, **changes: Any) -> "Trainability":
        """The same with some of it changed."""
        return replace(self, **changes)
