"""What requests cost, from what they say: nothing is resolved, and no point is read."""

from collections.abc import Mapping, Sequence
from math import prod
from types import ModuleType
from typing import Any, Protocol, TypeVar

from server.declarations import BY_ID
from server.engine import costs, price, surface_costs
from server.engine.costs import Evaluation
from server.engine.events.telling import looks_of
from server.engine.networks.network import size_of
from server.engine.price import NetworkSize, Price
from server.engine.surface_costs import turns
from server.maps import pricing as map_costs
from server.maps.basins import Basins
from server.maps.checking import count_of
from server.maps.costs import PLAIN as PLAIN_LANE
from server.maps.costs import Lane
from server.maps.pricing import lane_step, rated
from server.maps.pricing import runs as runs_of
from server.maps.refinement import is_refined, usual_pixels_refined
from server.maps.stability import Stability
from server.maps.winner import Winner
from server.networks.dataset import CAPACITY
from server.optimizers.catalog import WHOLE_PATHS
from server.scoreboard import pricing as scoreboard_pricing
from surfaces.formulas.lowering import compile_formula
from surfaces.formulas.mistakes import FormulaError
from surfaces.surface import Surface

LIGHT = Price(costs.FEW)
"""Of what is always light: functions of one number."""
TURN, IN_FORMULA, IN_NETWORK = 10, 40, 700
"""Operations of a computation graph: of a loop's turn, a formula in code, a slice's network."""


Cost = TypeVar("Cost")


def evaluation(surface: Any) -> Evaluation:
    """What one point of a chosen surface costs; of one that will be refused, little."""
    return _of_chosen(surface, surface_costs, costs.PLAIN)


def on_lanes(surface: Any) -> Lane:
    """What a step of gradient descent on it costs where thousands go side by side."""
    return _of_chosen(surface, map_costs, PLAIN_LANE)


def _of_chosen(surface: Any, by: ModuleType, least: Cost) -> Cost:
    """A chosen surface's cost, by a module that knows those of surfaces."""
    try:
        if surface.id == "formula":
            return by.of_formula(surface.formula)
    except FormulaError:
        return least
    text = getattr(surface, "points", None)
    if text is not None:
        # A line a row; which of them are rows is not looked at.
        return by.of_points(surface.id, len(text.splitlines()))
    return by.of_surface(_declared(surface))


def _declared(surface: Any) -> Surface:
    """A built-in surface, of its own points."""
    return BY_ID.surfaces[surface.id](**surface.parameters.model_dump())


def trajectories(asked: Any, form: str) -> Price:
    """Of paths, written as plain, typed, csv or npz."""
    shown = {"gradient": 2, "state": 6, "hessian": 2, "outcomes": 1 if form == "csv" else 0,
             "rates": 2, "events": 0}  # fmt: skip
    numbers = (11 if form == "csv" else 5) + sum(shown[name] for name in set(asked.include))
    return price.trajectories(
        evaluation(asked.surface),
        [run.optimizer.id for run in asked.runs],
        len(asked.starts or [()]),
        asked.steps,
        looked_up=[_is_looked_up(run) for run in asked.runs],
        numbers=numbers,
        form=form,
        curvature="hessian" in asked.include,
        events=_looks(asked) if "events" in asked.include and form not in ("csv", "npz") else 0,
    )


def _looks(asked: Any) -> int:
    """At how many points of each path events ask for the curvature."""
    declared = BY_ID.surfaces.get(asked.surface.id)
    return len(looks_of(asked.steps + 1, "plain" if declared is None else declared.family))


def anatomy(asked: Any) -> Price:
    """Of walks up to one step, and of what is looked up there."""
    optimizers = [run.optimizer.id for run in asked.runs]
    surface = evaluation(asked.surface)
    return price.trajectories(
        surface, optimizers, 1, asked.step, looked_up=[False] * len(optimizers), numbers=0,
        form="plain", slopes=2 * len(optimizers),
    )  # fmt: skip


def _is_looked_up(run: Any) -> bool:
    """Whether the losses along its path are other than those that its steps see."""
    declared = BY_ID.optimizers[run.optimizer.id]
    convention = run.optimizer.model_dump(exclude_unset=True).get("convention")
    ahead = declared.forms[convention or declared.convention].looks_ahead
    return ahead or run.batch_size is not None or declared in WHOLE_PATHS


def search(asked: Any) -> Price:
    """Of a search for learning rates."""
    optimizers = [run.optimizer.id for run in asked.runs]
    return price.search(evaluation(asked.surface), optimizers, asked.search.count, asked.steps)


def grid(asked: Any, form: str) -> Price:
    """Of a picture."""
    shown: Mapping[str, int] = {"gradient": 1, "hessian": 2, "lines": 0}
    return price.grid(
        evaluation(asked.surface),
        asked.nx,
        asked.ny,
        numbers=2 + sum(shown[name] for name in set(asked.include)),
        form=form,
        curvature="hessian" in asked.include,
        lines="lines" in asked.include,
    )


def probe(asked: Any) -> Price:
    """Of the local truth at points."""
    return price.probe(evaluation(asked.surface), len(asked.at), beside=asked.batch is not None)


def graph(asked: Any) -> Price:
    """Of a computation graph."""
    surface = asked.surface
    if surface.id == "formula":
        try:
            return price.graph(len(compile_formula(surface.formula)[1].instructions))
        except FormulaError:
            return LIGHT
    declared = _declared(surface)
    operations = {"loops": TURN * turns(declared), None: IN_NETWORK}
    return price.graph(operations.get(declared.family, IN_FORMULA))


def basins(asked: Any, form: str) -> Price:
    """Of a map of starts."""
    return _of_starts(asked, [asked.run], written(form, Basins))


def winner(asked: Any, form: str) -> Price:
    """Of a map of which run is first."""
    return _of_starts(asked, asked.runs, written(form, Winner), looked_at=True)


def stability(asked: Any, form: str) -> Price:
    """Of a map of two numbers."""
    sides = {("x", "count"): asked.x.count, ("y", "count"): asked.y.count}
    more = written(form, Stability) + rated(asked.steps)
    return _map(asked, [asked.run], sides, more, looked_at=True)


class _WithFields(Protocol):
    """What knows the fields of a map."""

    def fields(self) -> Mapping[str, object]: ...


def written(form: str, of: _WithFields) -> float:
    """Seconds in which all fields of a map's pixel are written."""
    return len(of.fields()) * costs.WRITTEN[form]


def _of_starts(asked: Any, runs: Sequence[Any], more: float, *, looked_at: bool = False) -> Price:
    nx, ny = asked.nx, asked.ny
    refined = is_refined(nx, ny, exact=asked.exact)
    share = usual_pixels_refined(nx, ny, Basins.strides[0]) / (nx * ny) if refined else 1.0
    sides = {("nx",): nx, ("ny",): ny}
    return _map(asked, runs, sides, more, share, looked_at=looked_at)


def _map(
    asked: Any,
    runs: Sequence[Any],
    sides: Mapping[tuple[str, ...], int],
    more: float,
    share: float = 1.0,
    *,
    looked_at: bool,
) -> Price:
    """Of runs from, or with, every pixel, or a share of them; each costs so much more."""
    surface, precision = on_lanes(asked.surface), asked.priced_in
    ids, pixels = [one.optimizer.id for one in runs], prod(sides.values())
    step = share * pixels * lane_step(surface, ids, precision, looked_at=looked_at)
    whole = share * runs_of(surface, ids, asked.steps, precision, looked_at=looked_at) + more
    checked = count_of(*sides.values()) if precision == "float32" else 0
    step += checked * lane_step(surface, ids, "float64", looked_at=looked_at)
    check = checked * runs_of(surface, ids, asked.steps, "float64", looked_at=looked_at)
    parts = [price.Part(("steps",), asked.steps, step)]
    parts += [price.Part(field, count, pixels * whole / count, 2) for field, count in sides.items()]
    return Price(costs.FEW + pixels * whole + check, parts)


def _size(asked: Any) -> NetworkSize:
    return size_of(asked.depth, asked.width, asked.precision)


def _counted(asked: Any) -> int:
    """Numbers that histograms of a network count."""
    return 2 * asked.depth * asked.width * CAPACITY if asked.include else 0


def signal(asked: Any) -> Price:
    """Of networks measured at initialisation."""
    return price.signal(_size(asked), asked.seeds, _counted(asked))


def training(asked: Any) -> Price:
    """Of a training."""
    frames = min(asked.frames, asked.steps + 1)
    return price.training(_size(asked), asked.steps, frames, _counted(asked))


def scoreboard_surfaces(asked: Any) -> list[Price]:
    """Of a comparison on each of its surfaces."""
    optimizers = [run.optimizer.id for run in asked.runs]
    looked_up = [_is_looked_up(run) for run in asked.runs]
    return [
        scoreboard_pricing.on_surface(
            evaluation(one),
            optimizers,
            asked.count,
            asked.steps,
            looked_up=looked_up,
            tuned=asked.terms.tuned,
        )
        for one in asked.chosen
    ]


def scoreboard(asked: Any) -> Price:
    """Of a comparison."""
    return scoreboard_pricing.together(scoreboard_surfaces(asked))
