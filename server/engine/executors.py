"""Who walks a path: most methods go step by step, a whole path is solved at once."""

from collections.abc import Sequence

import numpy as np

from server.engine.evaluation import loss_and_gradient, precision_of
from server.engine.flow import flow
from server.engine.paths import Together, Walk, Walked, merged, walk_together
from server.engine.programs import Programs
from server.errors import InputError
from server.optimizers.optimizer import WholePath
from server.results import Precision
from surfaces.surface import Surface


def execute(
    programs: Programs,
    surface: Surface,
    walks: Sequence[Walk],
    precision: Precision,
    starts: int,
) -> Together:
    """Every walk by the executor of its kind of method; f and ∇f are without penalties.

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
    if not whole:
        return _seen(programs, surface, walk_together(programs, surface, walks, precision))
    parts: list[tuple[Sequence[int], Together]] = []
    stepping = [i for i in range(len(walks)) if i not in whole]
    if stepping:
        some = [walks[i] for i in stepping]
        parts.append((stepping, walk_together(programs, surface, some, precision)))
    for i in whole:
        try:
            solved = _solved(programs, surface, walks[i], precision)
        except InputError as error:
            raise error.within("runs", i // starts) from error
        points = solved.points[None]
        unseen = np.empty_like(points)
        parts.append(([i], Together([solved], points, unseen[..., 0], unseen)))
    return _seen(programs, surface, merged(len(walks), parts))


def _seen(programs: Programs, surface: Surface, together: Together) -> Together:
    """The same, with f and ∇f looked up where a walk did not see them on its way."""
    walked, points, loss, gradient = together
    left = [i for i, one in enumerate(walked) if one.loss is None]
    if left:
        flat = points[left].reshape(-1, 2)
        values, gradients = loss_and_gradient(programs, surface, flat, precision_of(flat))
        loss[left] = values.reshape(len(left), -1)
        gradient[left] = gradients.reshape(len(left), -1, 2)
    return together


def _solved(programs: Programs, surface: Surface, walk: Walk, precision: Precision) -> Walked:
    """A whole path, seen after the sum of its rates so far."""
    method = walk.optimizer
    assert isinstance(method, WholePath)
    times = np.concatenate([[0.0], np.cumsum(walk.rate)])
    points, stuck = flow(programs, type(method), surface, walk.start, times, walk.changes)
    clipped = np.zeros(len(walk.rate), bool)
    return Walked(points.astype(precision), None, {}, clipped, None, stuck=stuck)
