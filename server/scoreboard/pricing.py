"""What a comparison costs before it is begun."""

from collections.abc import Sequence

from server.engine import price
from server.engine.costs import Evaluation
from server.engine.price import Part, Price
from server.scoreboard import tuning
from server.scoreboard.comparison import Tuned


def on_surface(
    surface: Evaluation,
    optimizers: Sequence[str],
    starts: int,
    steps: int,
    *,
    looked_up: Sequence[bool],
    tuned: Tuned,
) -> Price:
    """On one surface.

    Args:
        surface: what it costs to evaluate.
        optimizers: of the runs, their ids.
        starts: how many.
        steps: of each path.
        looked_up: see ``price.trajectories``.
        tuned: whose rates are tuned.
    """
    times = 2 if tuned == "both" else 1
    walked = price.trajectories(
        surface,
        list(optimizers) * times,
        starts,
        steps,
        looked_up=list(looked_up) * times,
        numbers=0,
        form="plain",
    )
    if tuned == "no":
        return walked
    found = price.search(surface, optimizers, tuning.RATES, steps)
    searched = min(starts, tuning.STARTS)
    return Price(
        walked.seconds + searched * found.seconds,
        [
            *walked.parts,
            *(
                Part(one.field, one.value, searched * one.seconds)
                for one in found.parts
                if one.field in (("steps",), ("runs",))
            ),
        ],
    )


def together(prices: Sequence[Price]) -> Price:
    """On all surfaces: what each number of the request adds is added up."""
    sums: dict[tuple[str | int, ...], Part] = {}
    for one in prices:
        for part in one.parts:
            before = sums[part.field].seconds if part.field in sums else 0.0
            sums[part.field] = Part(part.field, part.value, before + part.seconds)
    seconds = sum(one.seconds for one in prices)
    if len(prices) > 1:
        least = min(one.seconds for one in prices)
        sums[("surfaces",)] = Part(("surfaces",), len(prices), least)
    return Price(seconds, list(sums.values()))
