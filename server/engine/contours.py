"""Level lines as polylines: no closed one round nothing, and no more vertices than are seen."""

from collections.abc import Callable, Sequence

import contourpy
import numpy as np

from server.engine.token import ENDLESS
from server.results import Bools, Floats, Integers, Lines

VERTICES = 32
"""Places on a closed line at which the gradient is asked for first; more on a long one."""
ROUNDS = 6
"""How often the way between two of them is quartered where the gradient turns by a right angle."""
OPPOSITE = np.pi - 1e-3
"""A turn that cannot be told from one the other way round."""
SEEN = 2e-4
"""How far a line may be moved, in parts of the picture's longer side: a fifth of a pixel."""

Slopes = Callable[[Floats], Floats]


def level_lines(
    numbers: Floats, count: int, slopes: Slopes, check: Callable[[], None] = ENDLESS.check
) -> Lines:
    """Lines at level numbers 0 ... count - 1 of a grid.

    A valley thinner than the grid looks like a string of pits. Round a true pit or hill the
    gradient turns once as one goes round (Poincaré and Hopf); round a false one it turns there
    and back. So a closed line is drawn only if the gradient does turn.

    Args:
        numbers: level numbers, shape [ny, nx]; NaN where there is no surface.
        count: how many levels.
        slopes: gradients [n, 2] at places [n, 2], which are shares of the picture's sides.
        check: called for each level; raises where nobody waits for the lines any more.
    """
    sides = np.array(numbers.shape[::-1]) - 1
    generator = contourpy.contour_generator(z=np.ma.masked_invalid(numbers))
    lines: list[Floats] = []
    levels: list[int] = []
    for level in range(count):
        check()
        for line in generator.lines(level):
            lines.append(np.asarray(line) / sides)
            levels.append(level)
    true = _round_something(lines, slopes)
    lines = [line for line, one in zip(lines, true, strict=True) if one]
    lengths, vertices = _thinned(lines, sides / sides.max())
    return Lines(np.array(levels, int)[true], lengths, vertices)


def is_closed(line: Floats) -> bool:
    """Whether a polyline [n, 2] ends where it began."""
    return len(line) > 3 and bool((line[0] == line[-1]).all())


def _round_something(lines: Sequence[Floats], slopes: Slopes) -> Bools:
    """False for each closed line round which the gradient does not turn once."""
    true = np.ones(len(lines), bool)
    closed = [k for k, line in enumerate(lines) if is_closed(line)]
    if not closed:
        return true
    turns, unsure = _turns([lines[k] for k in closed], slopes)
    true[closed] = ~unsure & (np.abs(np.abs(turns) - 1) < 0.25)
    return true


def _turns(lines: Sequence[Floats], slopes: Slopes) -> tuple[Floats, Bools]:
    """How often the gradient turns along each closed line, and where that cannot be told."""
    vertices = np.concatenate(lines)
    first = np.cumsum([0, *(len(line) for line in lines[:-1])])
    last = first + [len(line) - 1 for line in lines]

    def angles(at: Floats) -> Floats:
        below = np.floor(at).astype(int)
        above = np.minimum(below + 1, len(vertices) - 1)
        share = (at - below)[:, None]
        slope = slopes(vertices[below] * (1 - share) + vertices[above] * share)
        return np.arctan2(slope[:, 1], slope[:, 0])

    parts = np.minimum(last - first, np.maximum(VERTICES, (last - first) // 4))
    of = np.repeat(np.arange(len(lines)), parts)
    part = np.arange(len(of)) - np.repeat(np.cumsum(parts) - parts, parts)
    width = (last - first) / parts
    ends = first[of, None] + (part[:, None] + [0, 1]) * width[of, None]
    between = angles(ends.ravel()).reshape(ends.shape)
    turned = np.zeros(len(lines))
    unsure = np.zeros(len(lines), bool)
    for attempt in range(ROUNDS + 1):
        turn = (np.diff(between, axis=1)[:, 0] + np.pi) % (2 * np.pi) - np.pi
        done = (np.abs(turn) < np.pi / 2) | (attempt == ROUNDS)
        np.add.at(turned, of[done], turn[done])
        unsure[of[done & ~(np.abs(turn) < OPPOSITE)]] = True
        if done.all():
            break
        of, ends, between = of[~done], ends[~done], between[~done]
        quarters = ends[:, :1] + np.diff(ends, axis=1) * [0.25, 0.5, 0.75]
        inner = angles(quarters.ravel()).reshape(quarters.shape)
        ends, between = (
            np.lib.stride_tricks.sliding_window_view(
                np.concatenate([outer[:, :1], within, outer[:, 1:]], axis=1), 2, axis=1
            ).reshape(-1, 2)
            for outer, within in ((ends, quarters), (between, inner))
        )
        of = np.repeat(of, 4)
    return turned / (2 * np.pi), unsure


def _thinned(lines: Sequence[Floats], proportions: Floats) -> tuple[Integers, Floats]:
    """Lines without the vertices that are not seen: how many are left of each, and those."""
    if not lines:
        return np.empty(0, int), np.empty((0, 2))
    vertices = np.concatenate(lines)
    of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    missed = np.zeros(len(vertices))
    """By how much what was left out after a vertex misses the line to the next one."""
    while len(vertices) > 2:
        place = np.arange(len(of)) - np.searchsorted(of, of)
        inner = (of[2:] == of[:-2]) & (place[1:-1] % 2 == 1)
        chosen = np.flatnonzero(inner) + 1
        before, at, after = (vertices[chosen + k] * proportions for k in (-1, 0, 1))
        along = after - before
        length = np.hypot(along[:, 0], along[:, 1])
        across = np.abs(along[:, 0] * (at - before)[:, 1] - along[:, 1] * (at - before)[:, 0])
        with np.errstate(all="ignore"):
            distance = np.where(length > 0, across / length, np.inf)
        total = distance + np.maximum(missed[chosen - 1], missed[chosen])
        unseen = chosen[total < SEEN]
        if len(unseen) == 0:
            break
        missed[unseen - 1] = total[total < SEEN]
        keep = np.ones(len(of), bool)
        keep[unseen] = False
        vertices, of, missed = vertices[keep], of[keep], missed[keep]
    return np.bincount(of, minlength=len(lines)), vertices
