"""Words for points that are on their way: what the loss did over the last tenth."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from server.results import Bools, Floats, Integers

LEAST = 5
"""Points of each half of the last tenth, where there are as many."""
SHRINKING = 0.99
"""Of its height: a swing that keeps more than this in half a tenth of the way is not shrinking."""
FAR = 10.0
"""Diagonals of the domain from the start, where a fall that speeds up is without bound."""


class Course(IntEnum):
    """What a loss does.

    Over the last tenth of the points so far, at least ten, cut in halves:

    - START: there are no two points yet.
    - FALLING: it never rises.
    - SHRINKING: it rises, but from the first half to the second its height over the lowest
      point shrinks by 1 % or more.
    - STILL: the point does not move.
    - CYCLING: the point moves, and the loss neither rises nor ends lower than it began.
    - SWINGING: it rises, and its height does not shrink.
    - RISING: it is at its highest so far, over the start, and either the lowest of the second
      half is over the highest of the first, or its height has doubled.
    - SINKING: it falls below the start, further than 10 diagonals of the domain from where it
      started, by steps that grow longer.
    """

    START = 0
    FALLING = 1
    SHRINKING = 2
    STILL = 3
    CYCLING = 4
    SWINGING = 5
    RISING = 6
    SINKING = 7


class Courses(NamedTuple):
    """The courses at M places, and what they rest on, each of shape [M].

    ``first`` is the first step of the last tenth; ``low`` and ``high`` the ends of the loss in
    it.
    """

    course: Integers
    first: Integers
    low: Floats
    high: Floats

    def part(self, begin: int, end: int) -> "Courses":
        """Those of some consecutive places."""
        here = slice(begin, end)
        return Courses(self.course[here], self.first[here], self.low[here], self.high[here])


def courses(
    loss: Floats,
    strides: Floats,
    away: Floats,
    diagonal: float,
    paths: Integers,
    steps: Integers,
) -> Courses:
    """The courses of some paths at some steps.

    Args:
        loss: of each point, shape [P, N]; only points up to a step count for it.
        strides: length of each step, shape [P, N - 1].
        away: distance of each point from the start, shape [P, N].
        diagonal: of the domain.
        paths: which paths, shape [M].
        steps: at which steps, shape [M].
    """
    half = np.minimum(np.maximum(LEAST, -(-(steps + 1) // 20)), (steps + 1) // 2)
    middle, first = steps - half + 1, np.maximum(steps - 2 * half + 1, 0)
    highs, lows = np.empty((2, len(steps))), np.empty((2, len(steps)))
    for part, begin in enumerate((first, middle)):
        highs[part] = _extremes(loss, np.maximum, paths, begin, half)
        lows[part] = _extremes(loss, np.minimum, paths, begin, half)
    highest = np.maximum.accumulate(loss, axis=1)[paths, steps]
    risen, moved = _counts(loss[:, 1:] > loss[:, :-1]), _counts(strides > 0)
    rises = risen[paths, steps] > risen[paths, first]
    moves = moved[paths, steps] > moved[paths, first]
    begun, now, start = loss[paths, first], loss[paths, steps], loss[paths, 0]
    low, high = lows.min(axis=0), highs.max(axis=0)
    heights = highs - low
    travelled = np.zeros(loss.shape)
    np.cumsum(strides, axis=1, out=travelled[:, 1:])
    way = [travelled[paths, at] for at in (first, np.maximum(middle - 1, 0), steps)]
    rising = (high > start) & (high == highest)
    rising &= (lows[1] > highs[0]) | (heights[1] > 2 * heights[0])
    sinking = (now < start) & (away[paths, steps] > FAR * diagonal)
    sinking &= way[2] - way[1] > 1.01 * (way[1] - way[0])
    course = np.select(
        [
            half == 0,
            ~moves,
            rises & rising,
            rises & (heights[1] <= SHRINKING * heights[0]),
            rises,
            sinking,
            now < begun,
        ],
        [
            Course.START,
            Course.STILL,
            Course.RISING,
            Course.SHRINKING,
            Course.SWINGING,
            Course.SINKING,
            Course.FALLING,
        ],
        Course.CYCLING,
    )
    return Courses(course, first, low, high)


def _counts(happens: Bools) -> Integers:
    """How often something has happened in the steps up to each point, shape [P, N]."""
    counts = np.zeros((len(happens), happens.shape[1] + 1), np.int32)
    np.cumsum(happens, axis=1, out=counts[:, 1:])
    return counts


def _extremes(
    loss: Floats, of: np.ufunc, paths: Integers, begin: Integers, count: Integers
) -> Floats:
    """The extreme of ``count`` losses from ``begin`` on: of two spans of a power of two each.

    0 where the count is 0.
    """
    answer = np.zeros(len(paths))
    spans, span = loss, 1
    while True:
        here = (span <= count) & (count < 2 * span)
        if here.any():
            path, left = paths[here], begin[here]
            right = left + count[here] - span
            answer[here] = of(spans[path, left], spans[path, right])
        if 2 * span > count.max(initial=0):
            return answer
        spans = of(spans[:, :-span], spans[:, span:])
        span *= 2
