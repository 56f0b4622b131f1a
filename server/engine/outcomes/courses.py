"""Words for points that are on their way: what the loss did over the last tenth."""

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from server.results import Floats, Integers

LEAST = 10
"""Points of each half of the last tenth, where there are as many."""
LEAST_NOISY = 20
"""The same of a noisy run: fewer say nothing."""
SURE = 2.0
"""Standard errors by which the means of two halves of a noisy loss have to differ."""
SHRINKING = 0.99
"""Of its height: a swing that keeps more than this in half a tenth of the way is not shrinking."""
IDLE = 1e-6
"""Of what gradient and way promise: a loss that changes by less goes round in circles."""
ROUNDING = 1e-14
"""A loss that rises by less, relative to itself, does not rise."""
FAR = 10.0
"""Diagonals of the domain from the start, where a fall that speeds up is without bound."""


class Course(IntEnum):
    """What a loss does.

    Over the last tenth of the points so far, at least twenty, cut in halves:

    - START: there are no two points yet.
    - FALLING: it never rises.
    - SHRINKING: it rises, but from the first half to the second its height over the lowest
      point shrinks by 1 % or more.
    - STILL: the point does not move.
    - CYCLING: the point moves, and the loss neither rises nor ends lower than it began; or it
      changes by less than a millionth of the gradient's norm times the length of the way.
    - SWINGING: it rises, and its height does not shrink.
    - RISING: it is at its highest so far, over the start, and either the lowest of the second
      half is over the highest of the first, or its height has doubled.
    - SINKING: it falls below the start, further than 10 diagonals of the domain from where it
      started, by steps that grow longer.

    A noisy run's swings shrink or grow by luck: of its last tenth, at least forty points, the
    means of the halves must differ by two standard errors to be SHRINKING or RISING.
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
    """The course at each point of P paths, and what it rests on.

    Attributes:
        course: shape [P, N].
        first: first step of the last tenth, shape [N].
        low, high: ends of the loss in it, shapes [P, N].
    """

    course: Integers
    first: Integers
    low: Floats
    high: Floats


def courses(
    loss: Floats,
    norm: Floats,
    strides: Floats,
    away: Floats,
    diagonal: float,
    *,
    noisy: bool = False,
) -> Courses:
    """What the losses of some paths do, at each point from those before it.

    Args:
        loss: of each point, shape [P, N]; anything after the end of a path.
        norm: of the gradient there, shape [P, N].
        strides: length of each step, shape [P, N - 1].
        away: distance of each point from the start, shape [P, N].
        diagonal: of the domain.
        noisy: whether the gradients are random.
    """
    steps = np.arange(loss.shape[1])
    half = np.maximum(LEAST_NOISY if noisy else LEAST, -(-(steps + 1) // 20))
    half = np.minimum(half, (steps + 1) // 2)
    middle, first = steps - half + 1, np.maximum(steps - 2 * half + 1, 0)
    both = np.concatenate([loss, -loss])
    before, after = _highest(both, first, half), _highest(both, middle, half)
    (high_before, low_before), (high, low) = np.split(before, 2), np.split(after, 2)
    low_before, low_after = -low_before, -low
    low, top = np.minimum(low_before, low_after), np.maximum(high_before, high)
    rising = (low_after > high_before) | (high - low > 2 * (high_before - low))
    rising &= (top > loss[:, :1]) & (top == np.maximum.accumulate(loss, axis=1))
    if noisy:
        change = _change(loss, first, middle, half)
        shrinking = change < -SURE
        rising &= change > SURE
    else:
        shrinking = high - low <= SHRINKING * (high_before - low)
    way = _sums(strides)
    promised = norm * (way - way[:, first])
    course = np.where(loss < loss[:, first], Course.FALLING, Course.CYCLING)
    far = away > FAR * diagonal
    if far.any():
        walked = [way[:, at] for at in (first, np.maximum(middle - 1, 0), steps)]
        grows = walked[2] - walked[1] > 1.01 * (walked[1] - walked[0])
        course[far & grows & (loss < loss[:, :1])] = Course.SINKING
    swinging = np.where(shrinking, Course.SHRINKING, Course.SWINGING)
    risen = _sums(np.diff(loss, axis=1) > ROUNDING * np.abs(loss[:, 1:]))
    course = np.where(risen > risen[:, first], np.where(rising, Course.RISING, swinging), course)
    course[(course != Course.RISING) & (top - low <= IDLE * promised)] = Course.CYCLING
    moved = _sums(strides > 0)
    course[moved == moved[:, first]] = Course.STILL
    course[:, half == 0] = Course.START
    return Courses(course, first, low, top)


def _sums(values: Any) -> Any:
    """Of the values of the steps up to each point, shape [P, N]."""
    kind = np.int32 if values.dtype == bool else values.dtype
    sums = np.zeros((len(values), values.shape[1] + 1), kind)
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _change(loss: Floats, first: Integers, middle: Integers, half: Integers) -> Floats:
    """Mean of the second half less that of the first, in standard errors, shape [P, N]."""
    count = np.maximum(half, 1)
    sums, squares = _sums(loss), _sums(loss**2)
    parts = [
        [(of[:, at + half] - of[:, at]) / count for of in (sums, squares)] for at in (first, middle)
    ]
    spread = sum(square - mean**2 for mean, square in parts)
    return (parts[1][0] - parts[0][0]) / np.sqrt(np.maximum(spread, 0) / count)


def _highest(values: Floats, begin: Integers, count: Integers) -> Floats:
    """The highest of ``count`` values from ``begin`` on, for each column, shape [P, N].

    That of two spans of a power of two each, which overlap; 0 where the count is 0.
    """
    answer = np.zeros(values.shape)
    spans, span = values, 1
    while span <= count[-1]:
        # Counts only grow, so those that a span serves stand together.
        here = slice(*np.searchsorted(count, [span, 2 * span]))
        left = begin[here]
        answer[:, here] = np.maximum(spans[:, left], spans[:, left + count[here] - span])
        spans = np.maximum(spans[:, :-span], spans[:, span:])
        span *= 2
    return answer
