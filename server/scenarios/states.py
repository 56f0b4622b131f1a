"""What a scene opens: a page in some state, as its address, and what that page then asks.

Both are made of the same declaration, so that a claim computed from the requests is a claim about
what the hall sees; a browser test compares the two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal
from urllib.parse import quote

from server.scenarios.asking import Body, Number, Numbers, Request, query
from server.scenarios.map_states import Trainability

Point = tuple[float, float]


@dataclass(frozen=True)
class Run:
    """One run, with what differs from its defaults.

    Attributes:
        optimizer: its id; numbers and convention are the optimizer's.
        schedule, clipping: ids; their numbers stand beside them.
        noise: of the gradient.
        batch: points a step; None for all.
        label: the run's own name, where its optimizer's does not tell runs apart.
    """

    optimizer: str
    numbers: Numbers = field(default_factory=dict[str, Number])
    convention: str | None = None
    schedule: str | None = None
    schedule_numbers: Numbers = field(default_factory=dict[str, Number])
    clipping: str | None = None
    threshold: float | None = None
    penalties: Numbers = field(default_factory=dict[str, Number])
    noise: float = 0.0
    batch: int | None = None
    label: str | None = None

    def text(self) -> str:
        """The run as the page's address has it."""
        parts = [self.optimizer]
        if self.convention:
            parts.append(self.convention)
        parts += [
            # A yes or no is 1 or 0 in an address.
            f"{name}:{int(value) if isinstance(value, bool) else value}"
            for name, value in self.numbers.items()
        ]
        if self.schedule:
            parts.append(f"schedule:{self.schedule}")
        parts += [f"schedule.{name}:{value}" for name, value in self.schedule_numbers.items()]
        if self.clipping:
            parts.append(f"clipping:{self.clipping}")
        if self.threshold is not None:
            parts.append(f"clipping.threshold:{self.threshold}")
        parts += [f"penalty.{name}:{value}" for name, value in self.penalties.items()]
        if self.noise:
            parts.append(f"noise:{self.noise}")
        if self.batch is not None:
            parts.append(f"batch:{self.batch}")
        if self.label:
            parts.append(f"label:{quote(self.label, safe='')}")
        return ",".join(parts)

    def body(self) -> Body:
        """The run as the API takes it."""
        body: Body = {"optimizer": {"id": self.optimizer, **self.numbers}}
        if self.convention:
            body["optimizer"]["convention"] = self.convention
        if self.schedule:
            body["schedule"] = {"id": self.schedule, **self.schedule_numbers}
        if self.clipping:
            threshold = {} if self.threshold is None else {"threshold": self.threshold}
            body["clipping"] = {"id": self.clipping, **threshold}
        if self.penalties:
            body["regularization"] = dict(self.penalties)
        if self.noise:
            body["gradient_noise"] = self.noise
        if self.batch is not None:
            body["batch_size"] = self.batch
        if self.label:
            body["label"] = self.label
        return body


@dataclass(frozen=True)
class Descent:
    """Runs over a surface, on the first page.

    Attributes:
        surface: its id, or "formula" with the formula beside it.
        starts: the surface's own where there are none.
        tolerance: the norm of the gradient under which a run has arrived; None for the page's.
        shown: other fields of the address, which only say how it is shown, such as
            ``{"view": "-2,2,-1,3", "edit": "1"}``.
        include: what more the claim needs of ``/trajectories``.
        graph: whether the computation graph at the first start is opened, and asked for.
        searched: whether the claim also asks for the best learning rate of every run.
        asked: what the claim is computed from besides these.
    """

    surface: str
    runs: Sequence[Run]
    parameters: Numbers = field(default_factory=dict[str, Number])
    formula: str | None = None
    starts: Sequence[Point] = ()
    steps: int = 500
    seed: int = 0
    tolerance: float | None = None
    shown: Mapping[str, str] = field(default_factory=dict[str, str])
    include: Sequence[str] = ()
    graph: bool = False
    searched: bool = False
    asked: Sequence[Request] = ()

    page: ClassVar[Literal["descent"]] = "descent"

    def address(self) -> str:
        """The page with this state, below the product's own address."""
        return "./#" + query(
            [
                ("surface", self.surface),
                *([("formula", quote(self.formula, safe="()^*/,"))] if self.formula else []),
                *((f"surface.{name}", value) for name, value in self.parameters.items()),
                *(("start", f"{x},{y}") for x, y in self.starts),
                *(("run", run.text()) for run in self.runs),
                ("steps", self.steps),
                *([("seed", self.seed)] if self.seed else []),
                *([("graph", 1)] if self.graph else []),
                *([] if self.tolerance is None else [("tolerance", self.tolerance)]),
                *self.shown.items(),
            ]
        )

    def requests(self) -> list[Request]:
        """The one race, then the graph where it is opened, and what else is wanted."""
        surface: Body = (
            {"formula": self.formula}
            if self.formula
            else {"id": self.surface, "parameters": dict(self.parameters)}
        )
        body: Body = {"surface": surface, "steps": self.steps, "seed": self.seed}
        if self.tolerance is not None:
            body["tolerance"] = self.tolerance
        if self.starts:
            body["starts"] = [list(start) for start in self.starts]
        body["runs"] = [run.body() for run in self.runs]
        race = {**body, "include": list(self.include)} if self.include else body
        found = [Request("/trajectories", race)]
        if self.graph:
            at = body["starts"][0]
            found.append(Request("/backpropagation", {"surface": surface, "at": at}))
        if self.searched:
            found.append(Request("/learning-rate-search", body))
        return [*found, *self.asked]

    def but(self, **changes: Any) -> "Descent":
        """The same with some of it changed."""
        return replace(self, **changes)


@dataclass(frozen=True)
class Signal:
    """One network, or two that differ in some knobs, on the second page.

    Attributes:
        a: knobs by the names of the address, such as ``{"depth": 30, "activation": "sigmoid",
            "initializer.standard_deviation": 1.0}``; data and chance among them.
        b: what the second network has otherwise; None for one network alone.
        view: whether it is measured at its beginning, or trained.
        shown: other fields of the address, such as ``{"show": "distributions"}``.
    """

    a: Numbers
    b: Numbers | None = None
    view: Literal["signal", "training"] = "signal"
    shown: Mapping[str, str] = field(default_factory=dict[str, str])

    page: ClassVar[Literal["signal"]] = "signal"

    def address(self) -> str:
        """The page with this state, below the product's own address."""
        pairs: list[tuple[str, object]] = [] if self.view == "signal" else [("view", self.view)]
        pairs += self.a.items()
        if self.b is not None:
            pairs.append(("b", ",".join(f"{name}:{value}" for name, value in self.b.items())))
        return "signal.html#" + query([*pairs, *self.shown.items()])

    def requests(self) -> list[Request]:
        """One for each network."""
        path = f"/networks/{self.view}"
        both = [self.a] if self.b is None else [self.a, _beside(self.a, self.b)]
        bodies = [_network(knobs) for knobs in both]
        if self.view == "training":
            # The page trains by Adam, and in PyTorch's convention, where nobody chose another.
            for body in bodies:
                body["optimizer"] = {
                    "id": "adam",
                    "convention": "pytorch",
                    **body.get("optimizer", {}),
                }
        return [Request(path, body) for body in bodies]

    def but(self, **changes: Any) -> "Signal":
        """The same with some of it changed."""
        return replace(self, **changes)


PARTS = ("activation", "initializer", "dataset", "optimizer", "schedule", "clipping")


def _beside(a: Numbers, b: Numbers) -> Numbers:
    """A's knobs as B has them: numbers of a part that B has otherwise are that part's defaults."""
    others = {part for part in PARTS if part in b}
    return {**{name: one for name, one in a.items() if name.partition(".")[0] not in others}, **b}


def _network(knobs: Numbers) -> Body:
    body: Body = {}
    for name, value in knobs.items():
        part, _, inner = name.partition(".")
        if part in PARTS:
            body.setdefault(part, {})[inner or "id"] = value
        elif name == "convention":
            body.setdefault("optimizer", {})["convention"] = value
        elif name == "batch":
            body["batch_size"] = value
        elif name == "skip":
            body["skip"] = bool(value)
        else:
            body[name] = value
    return body


@dataclass(frozen=True)
class Functions:
    """Activations or losses side by side, on the third page.

    Attributes:
        fields: of the address, such as ``{"view": "activations", "z": "1.5"}``.
        asked: what the claim is computed from.
    """

    fields: Mapping[str, str]
    asked: Sequence[Request] = ()

    page: ClassVar[Literal["functions"]] = "functions"

    def address(self) -> str:
        """The page with this state, below the product's own address."""
        return "functions.html#" + query([*self.fields.items()])

    def requests(self) -> list[Request]:
        """What the claim is computed from."""
        return list(self.asked)

    def but(self, **changes: Any) -> "Functions":
        """The same with some of it changed."""
        return replace(self, **changes)


State = Descent | Signal | Functions | Trainability
