"""Paths: optimisers stepping over a surface, many paths in one call.

A call holds up to ``JOBS`` paths and ``CAPACITY`` steps; longer work is cut into calls, and a
path that is cut goes on from its last row, bitwise as if it had not been cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from server.engine.families import as_member
from server.engine.nuances import PLAIN, Nuances
from server.engine.programs import Kernel, Programs
from server.engine.references import travelled
from server.engine.rules import Rules
from server.engine.walk import CAPACITY, JOBS, Jobs, stepped, walk_by
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from server.optimizers.reference import Reference
from server.results import Bools, Floats, Precision
from surfaces.surface import Surface


@dataclass(frozen=True)
class Walker:
    """Rules that share one program, and that program.

    Attributes:
        rules: the rules.
        kernel: the program.
        alone: whether it is compiled for each surface alone. Second derivatives and line
            searches of all surfaces at once would take XLA many seconds.
    """

    rules: Rules
    kernel: Kernel
    alone: bool = False


def _walker(
    name: str, optimizers: Sequence[type[Optimizer]], advance: Any, *, alone: bool = False
) -> Walker:
    rules = Rules(optimizers)

    def arguments(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
        return (Jobs.empty(rules, dtype, rows),)

    key = (walk_by, advance, *optimizers)
    return Walker(rules, Kernel(name, walk_by(rules, advance), arguments, key=key), alone)


@cache
def walkers() -> tuple[Walker, ...]:
    """Programs by what they cost: the lecture's rules, all rules of a gradient, each reference.

    The lecture's rules remember least, so that their rows are short; whoever needs more takes
    the second for all.
    """
    lecture = [one for one in OPTIMIZERS if one.kind == "lecture"]
    stepping = [one for one in OPTIMIZERS if not issubclass(one, Reference)]
    references = [one for one in OPTIMIZERS if issubclass(one, Reference) and one.steps]
    return (
        _walker("walk the lecture's rules", lecture, stepped),
        _walker("walk any rule", stepping, stepped),
        *(_walker(f"walk {one.id}", [one], travelled, alone=True) for one in references),
    )


def walker_of(optimizer: Optimizer) -> Walker:
    """The first walker that knows an optimiser."""
    return next(one for one in walkers() if optimizer in one.rules)


class Walk(NamedTuple):
    """One path to walk.

    Attributes:
        optimizer: with its numbers.
        start: shape [2].
        rate: the learning rate of each step, shape [n].
        nuances: what is done to the gradient.
        noise: what is added to the gradient of each step, shape [n, 2], if anything is.
        batch: 0/1 weights of the surface's points at each step, shape [n, rows], if it is not
            all of them.
    """

    optimizer: Optimizer
    start: Floats
    rate: Floats
    nuances: Nuances = PLAIN
    noise: Floats | None = None
    batch: Any = None


class Walked(NamedTuple):
    """Points, the start first [n + 1, 2]; packed states [n, states]; clipped steps [n].

    ``stuck`` is where a flow had no finite velocity, if there was such a place.
    """

    points: Floats
    states: Floats
    clipped: Bools
    stuck: Floats | None = None


class _Segment(NamedTuple):
    """Some consecutive steps of one path, and the rows of the call that hold them."""

    path: int
    first_step: int
    steps: int
    row: int


def calls(paths: int, steps: int) -> Iterator[list[_Segment]]:
    """Cut ``paths`` paths of ``steps`` steps into calls, in order."""
    segments: list[_Segment] = []
    row = 0
    for path in range(paths):
        done = 0
        while done < steps:
            if row == CAPACITY or len(segments) == JOBS:
                yield segments
                segments, row = [], 0
            count = min(steps - done, CAPACITY - row)
            segments.append(_Segment(path, done, count, row))
            done, row = done + count, row + count
    if segments:
        yield segments


def walk_paths(
    programs: Programs, surface: Surface, walks: Sequence[Walk], precision: Precision
) -> list[Walked]:
    """Walk paths of ``n`` steps each; from the step that overflows on, rows are not finite.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        walks: all of the same number of steps.
        precision: of the arithmetic and of the answer.
    """
    answers: dict[int, Walked] = {}
    left = list(range(len(walks)))
    first, every, *references = walkers()
    if all(walk.optimizer in first.rules or walk.optimizer not in every.rules for walk in walks):
        every = first
    for walker in (every, *references):
        chosen = [i for i in left if walks[i].optimizer in walker.rules]
        if chosen:
            some = [walks[i] for i in chosen]
            walked = _walk_all(programs, walker, surface, some, np.dtype(precision))
            answers |= dict(zip(chosen, walked, strict=True))
    return [answers[i] for i in left]


def _walk_all(
    programs: Programs,
    walker: Walker,
    surface: Surface,
    walks: Sequence[Walk],
    dtype: np.dtype[Any],
) -> list[Walked]:
    """Walk paths whose rules share one program."""
    rules = walker.rules
    steps = len(walks[0].rate)
    member = as_member(surface, dtype, alone=walker.alone)
    program = programs.get(walker.kernel, member)
    rows = np.empty((len(walks), steps + 1, 2 + rules.states + 1), dtype)
    rows[:, 0] = 0
    rows[:, 0, :2] = [walk.start for walk in walks]
    own = [[*rules.numbers_of(walk.optimizer), *walk.nuances] for walk in walks]
    numbers = np.array(own, dtype)
    for segments in calls(len(walks), steps):
        jobs = Jobs.empty(rules, dtype, member.rows)._replace(count=np.int32(len(segments)))
        for j, (path, first, count, row) in enumerate(segments):
            walk = walks[path]
            now, here = slice(first, first + count), slice(row, row + count)
            jobs.integers[j] = rules.index(walk.optimizer), row, count
            jobs.floats[j, 0] = first + 1
            jobs.floats[j, 1 : 1 + numbers.shape[1]] = numbers[path]
            jobs.floats[j, 1 + numbers.shape[1] :] = rows[path, first, :-1]
            jobs.rate[here] = walk.rate[now]
            if walk.noise is not None:
                jobs.noise[here] = walk.noise[now]
            if member.rows:
                jobs.batch[here] = member.arrays[-1] if walk.batch is None else walk.batch[now]
        walked = np.asarray(program(member, jobs))
        for path, first, count, row in segments:
            rows[path, first + 1 : first + 1 + count] = walked[row : row + count]
    return [Walked(one[:, :2], one[1:, 2:-1], one[1:, -1] != 0) for one in rows]
