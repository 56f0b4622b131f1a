"""The outcomes of paths, from their points: what is looked at, in few calls for all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from server.engine.nuances import penalised_eigenvalues, penalty
from server.engine.outcomes.courses import courses
from server.engine.outcomes.rests import (
    NEAR,
    RING,
    Ground,
    Place,
    Rest,
    known,
    neighbours,
    unknown,
)
from server.engine.outcomes.seeing import Seen
from server.engine.outcomes.telling import WORD_OF, Path, Told, Way
from server.results import Bools, Floats, Integers

STRETCHES = 8
"""Stretches of a path within the tolerance that are looked at, and points of each."""
NOWHERE = np.zeros(0, int)


class Together(NamedTuple):
    """P paths of n steps as arrays; after the end of a path there may be anything."""

    points: Float[np.ndarray, "P n+1 2"]
    loss: Float[np.ndarray, "P n+1"]
    norm: Float[np.ndarray, "P n+1"]
    strides: Float[np.ndarray, "P n"]


def outcomes(paths: Sequence[Path], along: Together, seen: Seen) -> list[Told]:
    """What became of paths of the same number of steps.

    Args:
        paths: P of them.
        along: the same as arrays.
        seen: the surface that they are on.
    """
    points, loss, norm, strides = along
    stands = np.arange(loss.shape[1]) < np.array([[path.worded] for path in paths])
    within = stands & (norm <= seen.tolerance)
    noisy = np.array([path.noisy for path in paths])
    told: dict[int, Told] = {}
    checks = [
        _checks(mask, ways, NEAR * seen.diagonal / 4) if mask.any() else NOWHERE
        for mask, ways in zip(within, strides, strict=True)
    ]
    kinds = _kinds(paths, checks, seen)
    with np.errstate(all="ignore"):
        offsets = points - points[:, :1]
        away = np.hypot(offsets[..., 0], offsets[..., 1])
    for kind in {path.noisy for path in paths}:
        own = np.flatnonzero(noisy == kind)
        with np.errstate(all="ignore"):
            course = courses(loss[own], norm[own], strides[own], away[own], seen.diagonal, kind)
        words = WORD_OF[course.course]
        for row, p in enumerate(own.tolist()):
            way = Way(
                within[p, : paths[p].worded],
                course.course[row],
                words[row],
                course.first,
                course.low[row],
                course.high[row],
                away[p],
            )
            told[p] = Told(paths[p], seen, way, checks[p], kinds[p])
    return [told[p] for p in range(len(paths))]


def _kinds(paths: Sequence[Path], checks: Sequence[Integers], seen: Seen) -> list[list[Rest]]:
    """What kinds of places paths are at, at the steps to be looked at; few calls for all."""
    points = np.concatenate([path.points[at] for path, at in zip(paths, checks, strict=True)])
    ends = np.cumsum([len(at) for at in checks])
    if len(points) == 0:
        return [[] for _ in paths]
    found, ground_of_f = seen.around(points.astype(np.float64))
    curvatures = np.split(found, ends[:-1])
    asked: list[tuple[Path, Ground, Place]] = []
    for path, steps, plain in zip(paths, checks, curvatures, strict=True):
        if len(steps) == 0:
            continue
        ground = seen.moved if path.penalised else ground_of_f
        own = penalised_eigenvalues(plain, path.points[steps], path.nuances)
        for step, (smaller, larger) in zip(steps, own.tolist(), strict=True):
            x, y = path.points[step].tolist()
            place = Place(x, y, float(path.loss[step]), float(path.norm[step]), smaller, larger)
            asked.append((path, ground, place))
    at_known = [known(ground, place) for _, ground, place in asked]
    rings = [
        neighbours(ground, place)
        for (_, ground, place), rest in zip(asked, at_known, strict=True)
        if rest is None
    ]
    around = iter(seen.losses(np.concatenate(rings or [np.zeros((0, 2))])).reshape(-1, RING))
    rests: list[Rest] = []
    ring = iter(rings)
    for (path, ground, place), rest in zip(asked, at_known, strict=True):
        if rest is None:
            rest = unknown(ground, place, next(around) + penalty(next(ring), path.nuances))
        rests.append(rest)
    return [rests[end - len(at) : end] for end, at in zip(ends, checks, strict=True)]


def _checks(within: Bools, strides: Floats, apart: float) -> Integers:
    """Steps whose places are looked at: the ends of stretches, and on the way where it is long.

    Up to ``STRETCHES`` stretches, evenly chosen, up to as many points in each.

    Args:
        within: whether each point is within the tolerance, shape [n + 1].
        strides: lengths of the steps, shape [n].
        apart: how far a path goes on between two looks.
    """
    edges = np.diff(within.astype(np.int8), prepend=0, append=0)
    begins, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    some = np.unique(np.linspace(0, len(begins) - 1, STRETCHES).round().astype(int))
    chosen: list[Any] = []
    for begin, end in zip(begins[some], ends[some], strict=True):
        way = np.cumsum(strides[begin:end])
        parts = min(STRETCHES - 1, 1 + int(way[-1] / apart)) if len(way) else 1
        marks = np.linspace(0, way[-1] if len(way) else 0.0, parts + 1)[1:-1]
        chosen += [[begin], begin + 1 + np.searchsorted(way, marks), [end]]
    return np.unique(np.concatenate(chosen).astype(int))
