"""The outcomes of paths, from their points: what is looked at, in few calls for all."""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from server.engine.gradient_changes import penalised_eigenvalues, penalty
from server.engine.outcomes.courses import FAR, courses
from server.engine.outcomes.facts import SurfaceFacts
from server.engine.outcomes.path_outcome import WORD_OF, PathFacts, PathOutcome, PointFacts
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
from server.results import Bools, Floats, Integers

STRETCHES = 8
"""Stretches of a path within the tolerance that are looked at, and points of each."""
NOWHERE = np.zeros(0, int)


class PathArrays(NamedTuple):
    """P paths of n steps as arrays; after the end of a path there may be anything."""

    points: Float[np.ndarray, "P n+1 2"]
    loss: Float[np.ndarray, "P n+1"]
    norm: Float[np.ndarray, "P n+1"]
    strides: Float[np.ndarray, "P n"]


def outcomes(
    paths: Sequence[PathFacts], along: PathArrays, seen: SurfaceFacts
) -> list[PathOutcome]:
    """What became of paths of the same number of steps.

    Args:
        paths: P of them.
        along: the same as arrays.
        seen: the surface that they are on.
    """
    _, _, norm, strides = along
    within = norm <= seen.tolerance
    for p, path in enumerate(paths):
        within[p, path.worded :] = False
    inside = set(np.flatnonzero(within.any(axis=1)).tolist())
    checks = [
        _checks(mask, ways, NEAR * seen.diagonal / 4) if p in inside else NOWHERE
        for p, (mask, ways) in enumerate(zip(within, strides, strict=True))
    ]
    kinds = _kinds(paths, checks, seen)
    found: dict[int, PathOutcome] = {}
    for noisy in {path.noisy for path in paths}:
        own = [p for p, path in enumerate(paths) if path.noisy == noisy]
        mine = along if len(own) == len(paths) else PathArrays(*(values[own] for values in along))
        with np.errstate(all="ignore"):
            away = _away(mine, FAR * seen.diagonal)
            course = courses(mine.loss, mine.norm, mine.strides, away, seen.diagonal, noisy)
        words = WORD_OF[course.course]
        for row, p in enumerate(own):
            seen.programs.token.check()
            way = PointFacts(
                within[p, : paths[p].worded],
                course.course[row],
                words[row],
                course.first,
                course.low[row],
                course.high[row],
            )
            found[p] = PathOutcome(paths[p], seen, way, checks[p], kinds[p])
    return [found[p] for p in range(len(paths))]


def _away(along: PathArrays, far: float) -> Floats | None:
    """How far points are from the start, shape [P, n + 1]; ``None`` where none can be far."""
    # Nobody is further away than they walked.
    if (along.strides.sum(axis=1) < far / 2).all():
        return None
    offsets = along.points - along.points[:, :1]
    return np.hypot(offsets[..., 0], offsets[..., 1])


def _kinds(
    paths: Sequence[PathFacts], checks: Sequence[Integers], seen: SurfaceFacts
) -> list[list[Rest]]:
    """What kinds of places paths are at, at the steps to be looked at; few calls for all."""
    points = np.concatenate([path.points[at] for path, at in zip(paths, checks, strict=True)])
    ends = np.cumsum([len(at) for at in checks])
    if len(points) == 0:
        return [[] for _ in paths]
    found, ground_of_f = seen.around(points.astype(np.float64))
    curvatures = np.split(found, ends[:-1])
    asked: list[tuple[PathFacts, Ground, Place]] = []
    for path, steps, plain in zip(paths, checks, curvatures, strict=True):
        if len(steps) == 0:
            continue
        ground = seen.moved if path.penalised else ground_of_f
        own = penalised_eigenvalues(plain, path.points[steps], path.changes)
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
            rest = unknown(ground, place, next(around) + penalty(next(ring), path.changes))
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
    edges = (np.flatnonzero(within[1:] != within[:-1]) + 1).tolist()
    edges = [*([0] if within[0] else []), *edges, *([len(within)] if within[-1] else [])]
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    if len(stretches) > STRETCHES:
        some = np.linspace(0, len(stretches) - 1, STRETCHES).round().astype(int)
        stretches = [stretches[i] for i in some]
    chosen: set[int] = set()
    for begin, end in stretches:
        chosen |= {begin, end - 1}
        way = np.cumsum(strides[begin : end - 1])
        length = float(way[-1]) if len(way) else 0.0
        if apart <= length < inf:
            parts = int(min(STRETCHES - 1, 1 + length / apart))
            marks = np.linspace(0, length, parts + 1)[1:-1]
            chosen.update((begin + 1 + np.searchsorted(way, marks)).tolist())
    return np.array(sorted(chosen))
