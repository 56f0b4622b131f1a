"""Paths: optimisers stepping over a surface, many paths in one call.

A call holds up to ``JOBS`` paths and ``CAPACITY`` steps; longer work is cut into calls, and a
path that is cut goes on from its last row, bitwise as if it had not been cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float

from server.engine import price
from server.engine.families import as_member
from server.engine.gradient_changes import PLAIN, GradientChanges
from server.engine.layout import JobLayout, RowLayout
from server.engine.objective_methods import advanced
from server.engine.programs import Kernel, Programs
from server.engine.rules import Method, Rules
from server.engine.surface_costs import of_surface
from server.engine.walk import CAPACITY, JOBS, Advance, Jobs, stepped, walk_by
from server.optimizers.catalog import GRADIENT_RULES, OBJECTIVE_METHODS
from server.optimizers.optimizer import Optimizer
from server.results import Bools, Floats, Integers, Precision
from surfaces.surface import Surface


@dataclass(frozen=True)
class Walker:
    """Rules that share one program, and that program.

    Attributes:
        rules: the rules.
        kernel: the program.
        job, row: where the parts of its vectors stand.
        alone: whether it is compiled for each surface alone. Second derivatives and line
            searches of all surfaces at once would take XLA many seconds.
    """

    rules: Rules[Any]
    kernel: Kernel
    job: JobLayout
    row: RowLayout
    alone: bool = False


def _walker(
    name: str,
    methods: Sequence[type[Method]],
    advance: Advance[Method],
    *,
    alone: bool = False,
) -> Walker:
    rules = Rules(methods)

    def arguments(dtype: np.dtype[Any], rows: int) -> tuple[Any, ...]:
        return (Jobs.empty(rules, dtype, rows),)

    key = (walk_by, advance, *methods)
    kernel = Kernel(name, walk_by(rules, advance), arguments, key=key)
    return Walker(rules, kernel, JobLayout.of(rules), RowLayout.of(rules), alone)


@cache
def walkers() -> tuple[Walker, ...]:
    """The lecture's rules, all rules of one gradient, each method that asks for more.

    The lecture's rules remember least, so that their rows are short; whoever needs more takes
    the second for all.
    """
    lecture = [one for one in GRADIENT_RULES if one.kind == "lecture"]
    return (
        _walker("walk the lecture's rules", lecture, stepped),
        _walker("walk any rule", GRADIENT_RULES, stepped),
        *(_walker(f"walk {one.id}", [one], advanced, alone=True) for one in OBJECTIVE_METHODS),
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
        changes: what is done to the gradient.
        noise: what is added to the gradient of each step, shape [n, 2], if anything is.
        batch: 0/1 weights of the surface's points at each step, shape [n, rows], if it is not
            all of them.
    """

    optimizer: Optimizer
    start: Floats
    rate: Floats
    changes: GradientChanges = PLAIN
    noise: Floats | None = None
    batch: Any = None


class Walked(NamedTuple):
    """What came of a walk of n steps.

    Attributes:
        points: the start first, shape [n + 1, 2].
        states: packed, after each step, shape [n, states]; ``None`` for a whole path.
        shown: the parts of the state that are shown, by name, each of shape [n, 2].
        clipped: whether each step's gradient was clipped, shape [n].
        evaluations: gradients that each step asked for, shape [n]; ``None`` for a whole path.
        loss, gradient: f and ∇f at each point, shapes [n + 1] and [n + 1, 2]; ``None`` where the
            steps saw others: those of batches, or further ahead.
        stuck: where a whole path had no finite velocity, if there was such a place, shape [2].
    """

    points: Floats
    states: Floats | None
    shown: dict[str, Floats]
    clipped: Bools
    evaluations: Integers | None
    loss: Floats | None = None
    gradient: Floats | None = None
    stuck: Floats | None = None


class Together(NamedTuple):
    """Walks of n steps, one by one and as arrays, in which nothing stands for ``None``."""

    walked: list[Walked]
    points: Float[np.ndarray, "P n+1 2"]
    loss: Float[np.ndarray, "P n+1"]
    gradient: Float[np.ndarray, "P n+1 2"]


class _Segment(NamedTuple):
    """Some consecutive steps of one path, and the rows of the call that hold them."""

    path: int
    first_step: int
    steps: int
    row: int


def calls(paths: int, steps: int, rows: int = CAPACITY) -> Iterator[list[_Segment]]:
    """Cut ``paths`` paths of ``steps`` steps into calls of up to ``rows`` rows, in order."""
    segments: list[_Segment] = []
    row = 0
    for path in range(paths):
        done = 0
        while done < steps:
            if row == rows or len(segments) == JOBS:
                yield segments
                segments, row = [], 0
            count = min(steps - done, rows - row)
            segments.append(_Segment(path, done, count, row))
            done, row = done + count, row + count
    if segments:
        yield segments


def walk_paths(
    programs: Programs, surface: Surface, walks: Sequence[Walk], precision: Precision
) -> list[Walked]:
    """Walk paths one by one; see ``walk_together``."""
    return walk_together(programs, surface, walks, precision).walked


def walk_together(
    programs: Programs, surface: Surface, walks: Sequence[Walk], precision: Precision
) -> Together:
    """Walk paths of ``n`` steps each; from the step that overflows on, rows are not finite.

    Args:
        programs: the compiled programs.
        surface: what is descended.
        walks: all of the same number of steps.
        precision: of the arithmetic and of the answer.
    """
    first, every, *others = walkers()
    if all(walk.optimizer in first.rules or walk.optimizer not in every.rules for walk in walks):
        every = first
    parts: list[tuple[list[int], Together]] = []
    for walker in (every, *others):
        chosen = [i for i, walk in enumerate(walks) if walk.optimizer in walker.rules]
        if chosen:
            some = [walks[i] for i in chosen]
            parts.append((chosen, _walk_all(programs, walker, surface, some, np.dtype(precision))))
    if len(parts) == 1:
        return parts[0][1]
    return merged(len(walks), parts)


def merged(count: int, parts: Sequence[tuple[Sequence[int], Together]]) -> Together:
    """Parts as one, each with the places of its walks among all."""
    walked: dict[int, Walked] = {}
    arrays = [np.empty((count, *like.shape[1:]), like.dtype) for like in parts[0][1][1:]]
    for places, part in parts:
        walked |= dict(zip(places, part.walked, strict=True))
        for array, values in zip(arrays, part[1:], strict=True):
            array[places] = values
    return Together([walked[i] for i in range(count)], *arrays)


def _walk_all(
    programs: Programs,
    walker: Walker,
    surface: Surface,
    walks: Sequence[Walk],
    dtype: np.dtype[Any],
) -> Together:
    """Walk paths whose rules share one program."""
    rules = walker.rules
    job, row = walker.job, walker.row
    steps = len(walks[0].rate)
    member = as_member(surface, dtype, alone=walker.alone)
    program = programs.get(walker.kernel, member)
    # Row 0 is the start. A step more than was asked for, at rate 0, sees what the last point costs.
    rows = np.empty((len(walks), steps + 2, row.width), dtype)
    rows[:, 0] = 0
    rows[:, 0, row.point] = [walk.start for walk in walks]
    own = [[*rules.numbers_of(walk.optimizer), *walk.changes] for walk in walks]
    given = np.array(own, dtype)
    cost = of_surface(surface)
    slowest = max(price.step(cost, walk.optimizer.id) for walk in walks)
    for segments in calls(len(walks), steps + 1, price.steps_per_call(slowest, CAPACITY)):
        jobs = Jobs.empty(rules, dtype, member.rows)._replace(count=np.int32(len(segments)))
        for j, (path, first, count, begin) in enumerate(segments):
            walk = walks[path]
            asked = min(count, steps - first)
            now, here = slice(first, first + asked), slice(begin, begin + asked)
            jobs.integers[j] = rules.index(walk.optimizer), begin, count
            jobs.floats[j, job.first_step] = first + 1
            jobs.floats[j, job.given] = given[path]
            jobs.floats[j, job.moving] = rows[path, first, row.moving]
            jobs.rate[here] = walk.rate[now]
            if walk.noise is not None:
                jobs.noise[here] = walk.noise[now]
            if member.rows:
                jobs.batch[begin : begin + count] = member.arrays[-1]
                if walk.batch is not None:
                    jobs.batch[here] = walk.batch[now]
        done = np.asarray(program(member, jobs))
        for path, first, count, begin in segments:
            rows[path, first + 1 : first + 1 + count] = done[begin : begin + count]
    # What all paths are looked at by stands together: strides of a row would cost more than this.
    points, loss, gradient = (
        np.ascontiguousarray(some)
        for some in (rows[:, :-1, row.point], rows[:, 1:, row.loss], rows[:, 1:, row.gradient])
    )
    states = rows[:, 1:-1, row.state]
    clipped = rows[:, 1:-1, row.clipped] != 0
    answers: list[Walked] = []
    for i, walk in enumerate(walks):
        variant = rules.variant(walk.optimizer)
        shown = {name: states[i][:, at] for name, at in variant.shown.items()}
        asked = variant.evaluations(states[i])
        walked = Walked(points[i], states[i], shown, clipped[i], asked)
        if walk.batch is None and not variant.looks_ahead:
            walked = walked._replace(loss=loss[i], gradient=gradient[i])
        answers.append(walked)
    return Together(answers, points, loss, gradient)


def gradient_place(walk: Walk, walked: Walked, at: int) -> Floats:
    """Where step ``at`` of a walk takes its gradient, shape [2]."""
    point = walked.points[at - 1]
    rule: Any = walk.optimizer
    variant = walker_of(rule).rules.variant(rule)
    if at == 1 or not variant.looks_ahead or walked.states is None:
        return point
    return np.asarray(rule.look_at(point, variant.unpack(walked.states[at - 2])))
