"""What work costs before it is begun: its evaluations times what ``costs`` says of each.

A price is in seconds of one core. It is a sum of products, so that it also says how much of what
was asked for would fit below a limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from server.engine import costs
from server.engine.costs import Evaluation
from server.engine.evaluation import BLOCK, FEW
from server.errors import InputError
from server.optimizers.catalog import OPTIMIZERS

CALL = 0.1
"""Seconds that one call of a program may take: so soon work notices that it is to stop."""
LANES = 128
"""Rates that a search tries side by side; the last call of them is padded."""
REFINED = 524_288
"""Most samples that a picture's level lines add, sixteen to a cell; a fifth of them mostly."""
USUALLY = 0.2
UNTUNABLE = {one.id for one in OPTIMIZERS if not one.tunable}
"""Optimisers that no rate is sought for."""


@dataclass(frozen=True)
class Part:
    """A number of the request with which the price grows.

    Attributes:
        field: where the request says it.
        value: what it says.
        least: the smallest that it may say.
        seconds: what one more of it costs.
    """

    field: tuple[str | int, ...]
    value: int
    seconds: float
    least: int = 1


@dataclass(frozen=True)
class Price:
    """What work costs.

    Attributes:
        seconds: of one core.
        parts: numbers with which it grows, the one that is best reduced first.
    """

    seconds: float
    parts: Sequence[Part] = field(default=())

    def fits(self, limit: float) -> Mapping[tuple[str | int, ...], int]:
        """The most of each number with which the price is within a limit, the others kept."""
        over = self.seconds - limit
        most = {
            one.field: one.value - ceil(over / one.seconds) for one in self.parts if one.seconds
        }
        least = {one.field: one.least for one in self.parts}
        return {place: value for place, value in most.items() if value >= least[place]}


def check(price: Price, limit: float) -> None:
    """Refuse what costs more than a limit.

    Raises:
        InputError: placed at the number that is best reduced; ``values`` hold the ``price``, the
            ``limit`` and what ``fits``, by name.
    """
    if price.seconds <= limit:
        return
    fits = price.fits(limit)
    chosen = next(iter(fits), price.parts[0].field if price.parts else ())
    enough = {str(place[-1]): value for place, value in fits.items()}
    accepted = " or ".join(f"at most {value} {name}" for name, value in enough.items())
    raise InputError(
        chosen,
        f"about {price.seconds:.2g} s of computing; one request takes at most {limit:g} s; "
        f"accepted with the rest as it is: {accepted or 'less of everything'}",
        "too_much_work",
        {"values": {"price": price.seconds, "limit": limit, "fits": enough}},
    )


def step(surface: Evaluation, optimizer_id: str) -> float:
    """What one step of an optimiser costs."""
    method = costs.METHODS.get(optimizer_id)
    if method is None:
        return surface.step
    return method.own + method.steps * max(surface.step - costs.PLAIN.step, 0)


def steps_per_call(seconds: float, most: int) -> int:
    """How many steps of a price one call of a program may take."""
    return max(1, min(most, int(CALL / seconds))) if seconds > 0 else most


def _padded(count: float, block: int) -> float:
    return block * ceil(count / block)


def looked_at(surface: Evaluation, points: int, curvatures: int = 0) -> float:
    """Losses and gradients of some points, and curvatures, in whole calls."""
    found = _padded(points, BLOCK) * surface.slopes
    return found + _padded(curvatures, FEW) * surface.curvature


def trajectories(
    surface: Evaluation,
    optimizers: Sequence[str],
    starts: int,
    steps: int,
    *,
    looked_up: Sequence[bool],
    numbers: float,
    form: str,
    curvature: bool = False,
    events: int = 0,
    slopes: int = 0,
) -> Price:
    """Paths of every optimiser from every start.

    Args:
        surface: what is descended.
        optimizers: their ids.
        starts: how many.
        steps: of each path.
        looked_up: of each optimiser, whether losses of its points are looked up afterwards,
            because its steps see others.
        numbers: written of each point.
        form: how they are written: plain, typed, csv or npz.
        curvature: whether the eigenvalues of the Hessian are asked for at each point.
        events: at how many points of each path they are looked up to tell what happened on it;
            0 where nobody asks.
        slopes: how many gradients are looked up besides.
    """
    path = costs.PATH + (costs.EVENTS + events * surface.curvature if events else 0)
    point = (
        (costs.EVENT_POINT if events else 0)
        + curvature * surface.curvature
        + costs.POINT
        + numbers * costs.WRITTEN[form]
    )
    of_steps = [
        step(surface, one) + point + later * surface.slopes
        for one, later in zip(optimizers, looked_up, strict=True)
    ]
    of_runs = [path + steps * one for one in of_steps]
    # What a surface says of itself and the ends of paths are looked at too.
    seconds = costs.FEW + looked_at(surface, 1, 1) + starts * sum(of_runs)
    seconds += slopes * looked_at(surface, 1)
    parts = [Part(("steps",), steps, starts * sum(of_steps))]
    if starts > 1:
        parts.append(Part(("starts",), starts, sum(of_runs)))
    if len(optimizers) > 1:
        # Any of them may be left out.
        parts.append(Part(("runs",), len(optimizers), starts * min(of_runs)))
    return Price(seconds, parts)


def search(surface: Evaluation, optimizers: Sequence[str], rates: int, steps: int) -> Price:
    """Every optimiser with every rate."""

    def of(optimizer_id: str) -> float:
        if optimizer_id in UNTUNABLE:
            return 0.0
        if optimizer_id in costs.METHODS:
            return rates * (step(surface, optimizer_id) + costs.POINT)
        own = max(surface.slopes - costs.PLAIN.slopes, 0)
        return _padded(rates, LANES) * (2.2 * own + costs.SEARCHED)

    of_runs = [of(one) for one in optimizers]
    each = sum(of_runs)
    winners = sum(step(surface, one) + surface.slopes for one in optimizers)
    fixed = costs.FEW + looked_at(surface, 1, 1) + 4 * len(optimizers) * costs.PATH
    seconds = fixed + steps * (each + 4 * winners)
    parts = [
        Part(("steps",), steps, each + 4 * winners),
        Part(("search", "count"), rates, steps * each / rates, 2),
    ]
    if len(optimizers) > 1:
        parts.append(Part(("runs",), len(optimizers), steps * min(of_runs)))
    return Price(seconds, parts)


def grid(
    surface: Evaluation,
    nx: int,
    ny: int,
    *,
    numbers: float,
    form: str,
    curvature: bool,
    lines: bool,
) -> Price:
    """A picture's samples.

    Args:
        surface: what is sampled.
        nx: how many along x.
        ny: the same along y.
        numbers: written of each sample.
        form: how they are written.
        curvature: whether the eigenvalues of the Hessian are asked for.
        lines: whether level lines and shade are.
    """
    sample = surface.slopes + curvature * surface.curvature + costs.SAMPLE
    sample += numbers * costs.WRITTEN[form]
    refined = USUALLY * min(16 * nx * ny, REFINED) * lines
    added = refined * (surface.slopes + costs.REFINED)
    seconds = costs.FEW + looked_at(surface, 1) + nx * ny * sample + added
    # Fewer samples may be refined as often as more: only below a number is it less work.
    return Price(seconds, [Part(("nx",), nx, ny * sample, 2), Part(("ny",), ny, nx * sample, 2)])


def probe(surface: Evaluation, points: int, *, beside: bool) -> Price:
    """The local truth at some points, and if asked a batch's ``beside``."""
    each = looked_at(surface, points, points)
    seconds = costs.FEW + (1 + beside) * each + looked_at(surface, 1)
    return Price(seconds, [Part(("at",), points, surface.curvature)])


def graph(operations: int) -> Price:
    """A computation graph of so many operations."""
    return Price(costs.FEW + operations * costs.OPERATION, [])


@dataclass(frozen=True)
class NetworkSize:
    """What a network's price follows from.

    Attributes:
        depth: hidden layers that are computed.
        capacity: units of each, with those that its program adds.
        layers: that its program has room for.
        rows: of the data, with those that are added.
        double: whether the arithmetic is in double precision.
    """

    depth: int
    capacity: int
    layers: int
    rows: int
    double: bool

    @property
    def _size(self) -> int:
        return 2 if self.double else 1

    @property
    def there_and_back(self) -> float:
        """One forward and backward pass."""
        units = self.depth * self.capacity * self.rows
        return self._size * (self.capacity * units * costs.WEIGHT_ROW + units * costs.UNIT_ROW)

    @property
    def emptied(self) -> float:
        """Making the arrays that passes are kept in."""
        return self._size * self.layers * self.capacity * self.rows * costs.EMPTIED

    @property
    def training_step(self) -> float:
        """One step of training."""
        own = self.depth * costs.WEIGHT + self.layers * costs.ROOM
        return self.there_and_back + self._size * self.capacity**2 * own


def signal(network: NetworkSize, seeds: int, histograms: int) -> Price:
    """Networks measured at initialisation.

    Args:
        network: each of them.
        seeds: how many.
        histograms: numbers that are counted.
    """
    each = network.there_and_back + network.emptied
    seconds = costs.FEW + seeds * each + histograms * costs.HISTOGRAM
    return Price(seconds, [Part(("seeds",), seeds, each)])


def training(network: NetworkSize, steps: int, frames: int, histograms: int) -> Price:
    """A network's training.

    Args:
        network: it.
        steps: of the optimiser.
        frames: pictures that are kept on the way.
        histograms: numbers that are counted in each.
    """
    each = network.training_step
    frame = costs.LOOK * network.there_and_back + histograms * costs.HISTOGRAM
    if histograms:
        frame += network.there_and_back + network.emptied
    seconds = costs.FEW + network.emptied + steps * each + frames * frame
    return Price(seconds, [Part(("steps",), steps, each), Part(("frames",), frames, frame, 2)])
