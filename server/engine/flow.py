"""Paths of a velocity, gradient flow's for one: accurate, and at ease where they are stiff."""

from math import floor, log10

import numpy as np

from server.engine import price
from server.engine.evaluation import loss_and_gradient
from server.engine.families import as_member
from server.engine.flowing import BREAKS, ROWS, SLIDES, Solving, empty, flowing
from server.engine.gradient_changes import GradientChanges, penalty_gradient
from server.engine.programs import Programs
from server.engine.surface_costs import of_surface
from server.errors import InputError
from server.optimizers.optimizer import WholePath
from server.results import Floats
from surfaces.surface import Surface

PATIENCE = 1.5
"""Seconds by price that a flow may take besides two steps for each time: one that slides along a
kink would take them for ever."""
SOME, MANY = 5_000, 200_000
"""The fewest and the most steps that this may be."""
TRIED = 0.01
"""The first step that is tried, as a share of the way to the first time."""
REACH = 4.0
"""Failed steps along the velocity at which a place without one is looked for."""


def flow(
    programs: Programs,
    method: type[WholePath],
    surface: Surface,
    start: Floats,
    times: Floats,
    changes: GradientChanges,
) -> tuple[Floats, Floats | None]:
    """Where a path of dx/dt = velocity(f + penalties, x) is at given times.

    Args:
        programs: the compiled programs.
        method: whose velocity it is.
        surface: what is descended.
        start: shape [2].
        times: ascending, shape [n].
        changes: whose penalties count.

    Returns:
        Points of shape [n, 2], in float64, not finite after a blow-up; and the first place,
        shape [2], where the velocity was not, if there was one.

    Raises:
        InputError: it takes more steps than two for each time and what ``PATIENCE`` allows.
    """
    dtype = np.dtype(np.float64)
    member = as_member(surface, dtype, alone=True)
    program = programs.get(flowing(method), member)
    points = np.full((len(times), 2), np.nan)
    (call,) = empty(dtype, 0)
    ahead = times[times > 0]
    first_step = TRIED * ahead[0] if len(ahead) else 1.0
    solving = call.solving._replace(x=np.asarray(start, dtype), dt=np.asarray(first_step, dtype))
    seconds = price.step(of_surface(surface), method.id)
    most = 2 * len(times) + int(min(max(PATIENCE / seconds, SOME), MANY))
    of_call = np.int32(price.steps_per_call(seconds, MANY))
    done, first = 0, True
    while done < len(times) and solving.stands != BREAKS:
        if solving.steps > most or solving.stands == SLIDES:
            raise InputError(
                ("optimizer", "learning_rate"),
                "the flow slides along a kink, or takes too many steps of its solver for another "
                "reason; take fewer steps or a smaller learning rate",
                "flow_too_long",
            )
        some = times[done : done + ROWS]
        call.times[: len(some)] = some
        reached, count, solving = program(
            member,
            call._replace(
                solving=solving,
                first=np.bool_(first),
                count=np.int32(len(some)),
                most=of_call,
                changes=np.array(changes, dtype),
            ),
        )
        solving = Solving(*map(np.asarray, solving))
        points[done : done + int(count)] = np.asarray(reached)[: int(count)]
        done, first = done + int(count), False
    stuck = _stuck(programs, surface, solving, changes) if done < len(times) else None
    return points, stuck


def _stuck(
    programs: Programs, surface: Surface, solving: Solving, changes: GradientChanges
) -> Floats | None:
    """The place without a velocity at which a flow broke off; one where f is finite comes first.

    That may be where it came to, a little ahead, or between: the solver knows its place no better
    than how far ahead that is, so it is also looked for at the nearest round numbers.
    """

    def seen(x: Floats) -> tuple[float, Floats]:
        (loss,), (gradient,) = loss_and_gradient(programs, surface, x[None], "float64")
        return float(loss), -(gradient + penalty_gradient(x, changes))

    with np.errstate(all="ignore"):
        ahead = solving.x + REACH * solving.failed * seen(solving.x)[1]
        apart = float(np.abs(ahead - solving.x).max())
        places = [solving.x, ahead]
        if 0 < apart < np.inf:
            places.append(np.round(ahead, max(0, floor(-log10(2 * apart)))) + 0.0)
        without: list[Floats] = []
        for x in places:
            loss, velocity = seen(x)
            if np.isfinite(x).all() and not np.isfinite(velocity).all():
                if np.isfinite(loss):
                    return x
                without.append(x)
    return without[0] if without else None
