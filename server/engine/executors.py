"""Who walks a path: most methods go step by step, a whole path is solved at once."""

from collections.abc import Sequence

import numpy as np

from server.engine.flow import flow
from server.engine.paths import Walk, Walked, walk_paths
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
) -> list[Walked]:
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
    return [answers[i] for i in range(len(walks))]


def _solved(programs: Programs, surface: Surface, walk: Walk, precision: Precision) -> Walked:
    """A whole path, seen after the sum of its rates so far."""
    times = np.concatenate([[0.0], np.cumsum(walk.rate)])
    points, stuck = flow(programs, surface, walk.start, times, walk.nuances)
    return Walked(points.astype(precision), None, {}, np.zeros(len(walk.rate), bool), stuck)
