"""What requests cost, from what they say: nothing is resolved, and no point is read."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from server.catalog import BY_ID
from server.engine import costs, price
from server.engine.costs import Evaluation
from server.engine.networks.layers import LAYERS
from server.engine.networks.network import WIDTHS
from server.engine.price import NetworkSize, Price
from server.networks.datasets import CAPACITY
from surfaces.data import DataSurface
from surfaces.formulas.lowering import compile_formula
from surfaces.formulas.mistakes import FormulaError
from surfaces.points import BUCKETS

LIGHT = Price(costs.FEW)
"""Of what is always light: functions of one number."""
CALLS_IN_GRAPH = 3
"""Operations of JAX that an instruction of a formula is on average, in a computation graph."""


def evaluation(surface: Any) -> Evaluation:
    """What one point of a chosen surface costs; of one that will be refused, little."""
    if surface.id == "formula":
        return _of_formula(surface.formula)
    declared, numbers = BY_ID["surfaces"][surface.id], surface.parameters
    if issubclass(declared, DataSurface):
        return price.of_points(surface.id, _rows(surface))
    if declared.family is None:
        return costs.NETWORK
    if declared.family == "loops":
        return price.of_loop(_turns(numbers))
    return costs.PLAIN


@lru_cache(maxsize=256)
def _of_formula(text: str) -> Evaluation:
    try:
        return price.of_formula(compile_formula(text)[1])
    except FormulaError:
        return costs.PLAIN


def _rows(surface: Any) -> int:
    """Of the programs that its points fit into, a line each."""
    text = surface.points
    count = surface.parameters.size if text is None else text.count("\n") + text.count("\r") + 1
    return next((bucket for bucket in BUCKETS if bucket >= count), BUCKETS[-1])


def _turns(numbers: BaseModel) -> int:
    """Whole numbers of a loop say how long it is."""
    return sum(value for value in dict(numbers).values() if isinstance(value, int))


def trajectories(asked: Any, form: str) -> Price:
    """Of paths, written as plain, typed, csv or npz."""
    shown = {"gradient": 2, "state": 6, "hessian": 2, "outcomes": 1 if form == "csv" else 0}
    numbers = (11 if form == "csv" else 5) + sum(shown[name] for name in set(asked.include))
    return price.trajectories(
        evaluation(asked.surface),
        [run.optimizer.id for run in asked.runs],
        len(asked.starts or [()]),
        asked.steps,
        numbers=numbers,
        form=form,
        curvature="hessian" in asked.include,
    )


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
    return price.probe(evaluation(asked.surface), len(asked.at))


def graph(asked: Any) -> Price:
    """Of a computation graph."""
    surface = asked.surface
    if surface.id == "formula":
        try:
            return price.graph(len(compile_formula(surface.formula)[1].instructions))
        except FormulaError:
            return LIGHT
    declared = BY_ID["surfaces"][surface.id]
    turns = _turns(surface.parameters) if declared.family == "loops" else 10
    return price.graph(CALLS_IN_GRAPH * turns + (declared.family is None) * 700)


def network_size(asked: Any) -> NetworkSize:
    """What a network's price follows from."""
    capacity = next(width for width in WIDTHS if width >= asked.width)
    return NetworkSize(asked.depth, capacity, LAYERS, CAPACITY, asked.precision == "float64")


def _counted(asked: Any) -> int:
    """Numbers that histograms of a network count."""
    return 2 * asked.depth * asked.width * CAPACITY if asked.include else 0


def signal(asked: Any) -> Price:
    """Of networks measured at initialisation."""
    return price.signal(network_size(asked), asked.seeds, _counted(asked))


def training(asked: Any) -> Price:
    """Of a training."""
    frames = min(asked.frames, asked.steps + 1)
    return price.training(network_size(asked), asked.steps, frames, _counted(asked))
