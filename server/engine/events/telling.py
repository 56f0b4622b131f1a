"""The events of paths: the curvature is looked up for all at once, then each is told of."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from server.engine.anatomy import effective_rates
from server.engine.events.catalog import KINDS
from server.engine.events.path import Found, Path
from server.engine.gradient_changes import penalised_eigenvalues
from server.engine.outcomes.facts import SurfaceFacts
from server.engine.outcomes.writing import INFINITE, filled_in
from server.engine.runs import Run
from server.results import Event, Floats, Integers, Trajectory
from surfaces.declaration import Text
from surfaces.surface import Surface

LOOKS = 512
"""Points of a path at which its curvature is looked up; where events need it, between them too."""
DEAR_LOOKS = 48
"""The same of a surface with programs of its own, whose curvature costs a thousand times more;
between them nothing is looked up."""


def looks_of(points: int, family: str | None) -> Integers:
    """Steps at which the curvature of a path is looked up, the first and the last among them."""
    most = DEAR_LOOKS if family is None else LOOKS
    return np.unique(np.linspace(0, points - 1, min(points, most)).round().astype(int))


def tell(
    surface: Surface, runs: Sequence[Run], paths: Sequence[Trajectory], seen: SurfaceFacts
) -> list[tuple[Event, ...]]:
    """What happened on each path, in order of steps.

    Args:
        surface: what was descended, ready.
        runs: of each path.
        paths: what became of them.
        seen: the same surface through its programs.
    """
    looks = [looks_of(len(path.loss), seen.declared.family) for path in paths]
    flat = np.concatenate([path.points[at] for path, at in zip(paths, looks, strict=True)])
    curved = seen.curvatures(flat.astype(np.float64))
    parts = np.split(curved, np.cumsum([len(at) for at in looks])[:-1])
    answer: list[tuple[Event, ...]] = []
    for run, path, at, plain in zip(runs, paths, looks, parts, strict=True):
        seen.programs.token.check()
        own = penalised_eigenvalues(plain, path.points[at], run.changes)
        answer.append(_events(_path(surface, run, path, at, own, seen)))
    return answer


def _path(
    surface: Surface,
    run: Run,
    path: Trajectory,
    looks: Integers,
    eigenvalues: Floats,
    seen: SurfaceFacts,
) -> Path:
    points = path.points.astype(np.float64)

    def curvature(steps: Integers) -> Floats:
        if seen.declared.family is None or np.isin(steps, looks).all():
            return eigenvalues[np.searchsorted(looks, steps, side="right") - 1]
        return penalised_eigenvalues(seen.curvatures(points[steps]), points[steps], run.changes)

    # A last point without a derivative ends the way before it.
    n = len(points) - (not isfinite(float(path.gradient_norm[-1])))
    here = looks < n
    effective = effective_rates(run.optimizer, path)
    return Path(
        surface,
        run.optimizer,
        run.changes,
        run.gradient_noise,
        run.batch_size is not None,
        points[:n],
        path.loss[:n].astype(np.float64),
        path.gradient[:n].astype(np.float64),
        path.gradient_norm[:n].astype(np.float64),
        path.learning_rate[: n - 1],
        {name: values[: n - 1].astype(np.float64) for name, values in path.state.items()},
        None if effective is None else effective[: n - 1],
        path.clipped[path.clipped < n],
        path.converged_at,
        seen.tolerance,
        seen.diagonal,
        float(np.finfo(path.points.dtype).eps),
        looks[here],
        eigenvalues[here],
        curvature,
    )


def _events(path: Path) -> tuple[Event, ...]:
    found: list[Event] = []
    if path.last == 0:
        return ()
    for kind, look in KINDS.items():
        with np.errstate(all="ignore"):
            one = look(path)
        text = None if one is None else told(one)
        if one is not None and text is not None:
            numbers = {k: v if isfinite(v) else None for k, v in one.numbers.items()}
            found.append(Event(one.step, kind, numbers, text))
    return tuple(sorted(found, key=lambda event: event.step))


def told(found: Found) -> Text | None:
    """Its sentences, but for those with a number that left the finite range.

    ``None`` without the first, which says what the event is: that a path left is its outcome.
    """
    values = {**found.numbers, **found.more}
    said = [filled_in((text,), values) for text in found.texts]
    if INFINITE in said[0].en:
        return None
    kept = [text for text in said if INFINITE not in text.en]
    return Text("".join(text.en for text in kept), "".join(text.ru for text in kept))
