"""Who walks a path: most methods go step by step, a whole path is solved at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from server.engine.evaluation import loss_and_gradient
from server.engine.flow import flow
from server.engine.paths import Walk, Walked, walk_paths
from server.engine.programs import Programs
from server.errors import InputError
from server.optimizers.optimizer import WholePath
from server.results import Precision
from surfaces.surface import Surface


class Executed(NamedTuple):
    """What came of P walks of n steps, and f and ∇f at their points, penalties left out."""

    walked: Sequence[Walked]
    points: Float[np.ndarray, "P n+1 2"]
    loss: Float[np.ndarray, "P n+1"]
    gradient: Float[np.ndarray, "P n+1 2"]


def execute(
    programs: Programs,
    surface: Surface,
    walks: Sequence[Walk],
    precision: Precision,
    starts: int,
) -> Executed:
    """Every walk by the executor of its kind of method.

    Args:
        programs: the compiled programs.
        surface: what is descended, ready.
        walks: all of the same number of steps.
        precision: of the arithmetic and of the answer.
        starts: walks of each run; those of the first run come first.

    Raises:
        InputError: a whole path takes too long; placed at its run.
    """
    whole = [i for i, walk in enumerate(walks) if isinstance(walk.optimizer, WholePath)]
    stepping = [i for i in range(len(walks)) if i not in whole]
    some = [walks[i] for i in stepping]
    answers = dict(zip(stepping, walk_paths(programs, surface, some, precision), strict=True))
    for i in whole:
        try:
            answers[i] = _solved(programs, surface, walks[i], precision)
        except InputError as error:
            raise error.within("runs", i // starts) from error
    ordered = [answers[i] for i in range(len(walks))]
    return _seen(programs, surface, ordered, precision)


def _seen(
    programs: Programs, surface: Surface, walked: Sequence[Walked], precision: Precision
) -> Executed:
    """All walks as arrays; f and ∇f are looked up where a walk did not see them on its way."""
    points = np.stack([one.points for one in walked])
    loss, gradient = np.empty(points.shape[:2], points.dtype), np.empty_like(points)
    left: list[int] = []
    for i, one in enumerate(walked):
        if one.loss is None or one.gradient is None:
            left.append(i)
        else:
            loss[i], gradient[i] = one.loss, one.gradient
    if left:
        flat = points[left].reshape(-1, 2)
        values, slopes = loss_and_gradient(programs, surface, flat, precision)
        loss[left] = values.reshape(len(left), -1)
        gradient[left] = slopes.reshape(len(left), -1, 2)
    return Executed(walked, points, loss, gradient)


def _solved(programs: Programs, surface: Surface, walk: Walk, precision: Precision) -> Walked:
    """A whole path, seen after the sum of its rates so far."""
    method = walk.optimizer
    assert isinstance(method, WholePath)
    times = np.concatenate([[0.0], np.cumsum(walk.rate)])
    points, stuck = flow(programs, type(method), surface, walk.start, times, walk.nuances)
    clipped = np.zeros(len(walk.rate), bool)
    return Walked(points.astype(precision), None, {}, clipped, stuck=stuck)
