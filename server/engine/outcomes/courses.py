"""Words for points that are on their way: what the loss did over the last tenth."""

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from server.results import Bools, Floats, Integers

LEAST = 10
"""Points of each half of the last tenth, where there are as many."""
LEAST_NOISY = 20
"""The same of a noisy run: fewer say nothing."""
SURE = 2.0
"""Standard errors by which the means of two halves of a noisy loss have to differ."""
KEPT = 0.99
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
    away: Floats | None,
    diagonal: float,
    noisy: bool = False,
) -> Courses:
    """What the losses of some paths do, at each point from those before it.

    Args:
        loss: of each point, shape [P, N]; anything after the end of a path.
        norm: of the gradient there, shape [P, N].
        strides: length of each step, shape [P, N - 1].
        away: distance of each point from the start, shape [P, N]; ``None`` where none is far.
        diagonal: of the domain.
        noisy: whether the gradients are random.
    """
    # Points before paths: what is picked by point are whole rows then.
    at = _last_tenths(loss.shape[1], LEAST_NOISY if noisy else LEAST)
    first = at.first
    both = np.empty((2, *loss.T.shape), loss.dtype)
    both[0] = loss.T
    np.negative(both[0], out=both[1])
    loss = both[0]
    norm, strides = np.ascontiguousarray(norm.T), np.ascontiguousarray(strides.T)
    (high_before, low_before), (high, low_after) = _highest(both, at)
    low_before, low_after = -low_before, -low_after
    low, top = np.minimum(low_before, low_after), np.maximum(high_before, high)
    # Up to each point: how far it was walked, and how often the loss rose.
    walked, risen = np.zeros(loss.shape), np.zeros(loss.shape, np.int32)
    np.cumsum(strides, axis=0, out=walked[1:])
    np.cumsum(loss[1:] - loss[:-1] > ROUNDING * np.abs(loss[1:]), axis=0, out=risen[1:])
    way = walked - walked.take(first, axis=0)
    flags = Flags(
        sinking=NONE,
        below=loss < loss.take(first, axis=0),
        rose=risen > risen.take(first, axis=0),
        shrinking=NONE,
        rising=NONE,
        idle=top - low <= IDLE * (norm * way),
        still=NONE,
    )
    if away is not None and (away > FAR * diagonal).any():
        halfway = walked.take(np.maximum(at.middle - 1, 0), axis=0)
        grows = walked - halfway > 1.01 * (halfway - walked.take(first, axis=0))
        flags = flags._replace(sinking=(FAR * diagonal < away.T) & grows & (loss < loss[:1]))
    if flags.rose.any():
        rising = (low_after > high_before) | (high - low > 2 * (high_before - low))
        rising &= top > loss[:1]
        if noisy:
            change = _change(loss, at)
            shrinking = change < -SURE
            rising &= change > SURE
        else:
            shrinking = high - low <= KEPT * (high_before - low)
        if rising.any():
            rising &= top == np.maximum.accumulate(loss, axis=0)
        flags = flags._replace(shrinking=shrinking, rising=rising)
    moves = strides > 0
    if not moves.all():
        moved = np.zeros(loss.shape, np.int32)
        np.cumsum(moves, axis=0, out=moved[1:])
        flags = flags._replace(still=moved == moved.take(first, axis=0))
    code = np.zeros(loss.shape, np.uint8)
    for bit, flag in enumerate(flags):
        if flag is not NONE:
            code |= flag.view(np.uint8) << bit
    course = COURSES.take(code)
    course[0] = Course.START
    return Courses(course.T, first, low.T, top.T)


class Flags(NamedTuple):
    """What there is to see of each point, which decides its course; shapes [N, P].

    Attributes:
        sinking: far below the start and further and further away.
        below: the loss is lower than where the last tenth began.
        rose: in it the loss rose.
        shrinking: its swings shrink.
        rising: it is at its highest.
        idle: it changes by next to nothing, for the way that was walked.
        still: the point has not moved.
    """

    sinking: Bools
    below: Bools
    rose: Bools
    shrinking: Bools
    rising: Bools
    idle: Bools
    still: Bools


NONE = np.zeros(1, bool)
"""Of nobody."""


def _course(
    sinking: bool,
    below: bool,
    rose: bool,
    shrinking: bool,
    rising: bool,
    idle: bool,
    still: bool,
) -> Course:
    if still:
        return Course.STILL
    if rose and rising:
        return Course.RISING
    if idle:
        return Course.CYCLING
    if rose:
        return Course.SHRINKING if shrinking else Course.SWINGING
    if sinking:
        return Course.SINKING
    return Course.FALLING if below else Course.CYCLING


COURSES = np.array(
    [
        _course(*(bool(code >> bit & 1) for bit in range(len(Flags._fields))))
        for code in range(1 << len(Flags._fields))
    ],
    np.int8,
)
"""By the flags of a point, the first of which is the lowest bit."""


class _Spans(NamedTuple):
    """Points whose halves two spans of a power of two cover, and where those begin."""

    here: slice
    halves: tuple[tuple[Integers, Integers], tuple[Integers, Integers]]


class _Tenths(NamedTuple):
    """The last tenth of the points up to each of N, in halves, shapes [N].

    Attributes:
        first: where the first half begins.
        middle: where the second does.
        half: how many points each has.
        spans: of 1, 2, 4 … points: those that cover halves, of the first and of the second.
    """

    first: Integers
    middle: Integers
    half: Integers
    spans: tuple[_Spans, ...]


@lru_cache(maxsize=16)
def _last_tenths(points: int, least: int) -> _Tenths:
    steps = np.arange(points)
    half = np.maximum(least, -(-(steps + 1) // 20))
    half = np.minimum(half, (steps + 1) // 2)
    first, middle = np.maximum(steps - 2 * half + 1, 0), steps - half + 1
    spans: list[_Spans] = []
    for power in range(int(half[-1]).bit_length()):
        span = 1 << power
        # Counts only grow, so those that a span serves stand together.
        here = slice(*np.searchsorted(half, [span, 2 * span]).tolist())
        more = half[here] - span
        before, after = ((begin[here], begin[here] + more) for begin in (first, middle))
        spans.append(_Spans(here, (before, after)))
    return _Tenths(first, middle, half, tuple(spans))


def _change(loss: Floats, at: _Tenths) -> Floats:
    """Mean of the second half less that of the first, in standard errors, shape [N, P]."""
    half = at.half[:, None]
    count = np.maximum(half, 1)
    parts: list[tuple[Floats, Floats]] = []
    sums, squares = (
        np.concatenate([np.zeros((1, loss.shape[1])), np.cumsum(of, axis=0)])
        for of in (loss, loss**2)
    )
    for begin in (at.first, at.middle):
        end = begin + at.half
        mean, square = ((of[end] - of[begin]) / count for of in (sums, squares))
        parts.append((mean, square))
    spread = sum(square - mean**2 for mean, square in parts)
    return (parts[1][0] - parts[0][0]) / np.sqrt(np.maximum(spread, 0) / count)


def _highest(values: Floats, at: _Tenths) -> tuple[Floats, Floats]:
    """The highest of each half of the last tenth up to each point, shapes [..., N, P].

    That of two spans of a power of two each, which overlap; 0 where a half is empty.
    """
    before, after = np.zeros(values.shape), np.zeros(values.shape)
    highest, span = values, 1
    for here, halves in at.spans:
        for answer, (left, right) in zip((before, after), halves, strict=True):
            one, other = highest.take(left, axis=-2), highest.take(right, axis=-2)
            np.maximum(one, other, out=answer[..., here, :])
        highest = np.maximum(highest[..., :-span, :], highest[..., span:, :])
        span *= 2
    return before, after
