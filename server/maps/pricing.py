"""What maps cost before they are begun, in seconds of one core: ``costs`` says what pieces do."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from server.engine.surface_costs import counted, turns
from server.maps import costs
from server.maps.costs import Lane
from server.results import Precision
from surfaces.data_surface import DataSurface
from surfaces.formula import Formula
from surfaces.points import BUCKETS
from surfaces.slices import Sliced
from surfaces.surface import Surface

NANO = 1e-9


def of_surface(surface: Surface) -> Lane:
    """A lane's step of gradient descent: as measured, else by what the surface is made of."""
    if isinstance(surface, Formula):
        return of_formula(surface.text)
    if isinstance(surface, DataSurface):
        held = surface.size if surface.points is None else len(surface.points.targets)
        return of_points(surface.id, held)
    if surface.family == "loops":
        return costs.PLAIN + costs.TURN.times(turns(surface))
    # A slice that is ready declares no family any more.
    if surface.family is None or isinstance(surface, Sliced):
        return costs.NETWORK
    return costs.SURFACES.get(surface.id, costs.PLAIN)


@lru_cache(maxsize=256)
def of_formula(text: str) -> Lane:
    """The same of a typed formula, which is code of its own here.

    Raises:
        FormulaError: it is none.
    """
    quick, slow = counted(text)
    return costs.PLAIN + costs.QUICK.times(quick) + costs.SLOW.times(slow)


def of_points(surface_id: str, count: int) -> Lane:
    """The same of a surface of so many points: programs hold more."""
    rows = next((bucket for bucket in BUCKETS if bucket >= count), BUCKETS[-1])
    return costs.PLAIN + costs.ROWS.get(surface_id, costs.ROWS["neuron"]).times(rows)


def lane_step(
    surface: Lane, optimizer_ids: Iterable[str], precision: Precision, *, looked_at: bool = False
) -> float:
    """Seconds of one step of every run from one place.

    Args:
        surface: a step of gradient descent on it.
        optimizer_ids: of the runs.
        precision: of the arithmetic.
        looked_at: whether every step is, which takes another gradient.
    """
    methods = [costs.METHODS.get(one, costs.USUAL) for one in optimizer_ids]
    steps = sum(one.steps + looked_at for one in methods)
    own = sum(one.own.of(precision) for one in methods)
    return NANO * (steps * surface.of(precision) + own)


def runs(
    surface: Lane,
    optimizer_ids: Sequence[str],
    steps: int,
    precision: Precision,
    *,
    looked_at: bool = False,
) -> float:
    """Seconds of one pixel: so many steps of every run, and what became of it."""
    each = lane_step(surface, optimizer_ids, precision, looked_at=looked_at)
    return len(optimizer_ids) * NANO * costs.PIXEL + steps * each


def rated(steps: int) -> float:
    """Seconds in which it is found out of a pixel by what its gradient shrinks."""
    return NANO * costs.RATED * min(steps, costs.BLOCKS)


def training_step(width: int, points: int, batch: int, precision: Precision) -> float:
    """Seconds of one step of a network, all weights and examples."""
    cost = costs.TRAININGS[precision]
    passes = cost.pass_of(width, batch or points)
    if batch:
        passes += costs.FORWARDS * cost.pass_of(width, points)
    return NANO * (passes + width**2 * cost.moved)
