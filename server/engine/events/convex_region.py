"""The path enters the region where the function is convex, for good."""

import numpy as np

from server.engine.events.path import SIGN, Found, Path
from server.results import Bools, Floats, Integers
from surfaces.declaration import Text

STAYS = 3
"""Points at the end that have to be inside."""

TEXT = Text(
    "From here on the function is convex around it: both curvatures are positive, {smaller} and "
    "{larger}, and stay so to the end. Near a minimum the descent is that of a bowl.",
    "Отсюда функция вокруг выпукла: обе кривизны положительны, {smaller} и {larger}, и такими "
    "остаются до конца. Вблизи минимума спуск — как в чаше.",
)


def convex_region(path: Path) -> Found | None:
    """The step from which on no curvature is negative, if one was before."""

    def inside(_: Integers, eigenvalues: Floats) -> Bools:
        return eigenvalues[:, 0] > SIGN * np.abs(eigenvalues[:, 1])

    within = inside(path.looks, path.eigenvalues)
    negative = path.eigenvalues[:, 0] < -SIGN * np.abs(path.eigenvalues[:, 1])
    outside = np.flatnonzero(~within)
    if len(outside) == 0 or not within[-1] or not negative[outside[-1]]:
        return None
    after = np.arange(len(path.looks)) > outside[-1]
    step = path.first(after, inside)
    if path.last + 1 - step < STAYS:
        return None
    [[smaller, larger]] = path.curvature(np.array([step]))
    return Found(step, (TEXT,), {"smaller": float(smaller), "larger": float(larger)})
