"""What a step of a path is made of, and the effective rates along one.

The path is walked as ``trajectories`` walks it, up to the step; what was done to the gradient is
told apart from what the rule did with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from server.engine.chance import batches_of, gradient_noise, on_batch
from server.engine.evaluation import loss_and_gradient
from server.engine.gradient_changes import cut, penalty_gradient
from server.engine.paths import Walk, Walked, gradient_place, walk_paths
from server.engine.programs import Programs
from server.engine.runs import Run, check
from server.optimizers.anatomy import EffectiveRate, Memories, Role, Steps, Term
from server.optimizers.optimizer import Optimizer, WholePath
from server.results import Floats, Precision, Trajectory
from surfaces.data import DataSurface
from surfaces.declaration import symbols
from surfaces.surface import Surface

PieceRole = Role | Literal["penalty", "noise", "clipping"]
AHEAD = r"\nabla f(x + \beta v)"
"""What a formula that looks ahead writes in place of g."""
GRADIENT = re.compile(re.escape(AHEAD) + r"|(?<![A-Za-z\\])g(?![A-Za-z'_])")


@dataclass(frozen=True)
class GradientParts:
    """What a rule was given as the gradient, each part of shape [2]; they add up to ``used``.

    Attributes:
        exact: ∇f over all points.
        penalty: of what is added to f.
        noise: of chance: the batch's gradient less the exact one, and noise.
        clipping: what cutting it added.
        used: what the rule was given.
    """

    exact: Floats
    penalty: Floats
    noise: Floats
    clipping: Floats
    used: Floats


@dataclass(frozen=True)
class Piece:
    """One vector of the sum that a step is.

    Attributes:
        role: what it comes from.
        formula: LaTeX of it.
        vector: what it adds to the point, shape [2].
        new: whether letters of the state stand for their values after the step.
    """

    role: PieceRole
    formula: str
    vector: Float[np.ndarray, "2"]
    new: bool = False


@dataclass(frozen=True)
class StepAnatomy:
    """A step and its parts.

    Attributes:
        head, end: the points before and after it, shape [2]; the pieces add up to what is between.
        looked_at: where its gradient was taken.
        gradient: what the rule was given.
        pieces: in the order of the formula.
        rate: the effective rate of each coordinate, values of shape [2]; ``None`` without one.
        values: of the letters of the formula by their LaTeX: a number, or one for each coordinate.
        before, after: the same of what a step changes: x and the state.
    """

    head: Float[np.ndarray, "2"]
    end: Float[np.ndarray, "2"]
    looked_at: Float[np.ndarray, "2"]
    gradient: GradientParts
    pieces: tuple[Piece, ...]
    rate: EffectiveRate | None
    values: Mapping[str, Floats]
    before: Mapping[str, Floats]
    after: Mapping[str, Floats]


def anatomies(
    programs: Programs,
    surface: Surface,
    runs: Sequence[Run],
    starts: Floats,
    start: int,
    step: int,
    *,
    precision: Precision = "float64",
    seed: int = 0,
) -> list[StepAnatomy | None]:
    """What the step of each run is made of, from one of the starts.

    Args:
        programs: the compiled programs.
        surface: what is descended, with plain numbers.
        runs: R of them, of at least so many steps.
        starts: shape [S, 2]; noise differs from start to start.
        start: which of them.
        step: its number, from 1.
        precision: of the walk.
        seed: of noise and batches.

    Returns:
        One a run; ``None`` where there is no step: of a curve, or where the path has ended.

    Raises:
        InputError: the surface does not allow a run (see ``runs.check``).
    """
    surface = surface.ready()
    check(runs, surface)
    walks = [
        Walk(
            run.optimizer,
            starts[start],
            run.learning_rate[:step],
            run.changes,
            gradient_noise(run.gradient_noise, step, seed, start),
            batches_of(surface, run.batch_size, range(1, step + 1), seed),
        )
        for run in runs
    ]
    stepping = [i for i, walk in enumerate(walks) if not isinstance(walk.optimizer, WholePath)]
    walked = walk_paths(programs, surface, [walks[i] for i in stepping], precision)
    found = dict(zip(stepping, walked, strict=True))

    def one(i: int) -> StepAnatomy | None:
        if i not in found or not np.isfinite(found[i].points[: step + 1]).all():
            return None
        batch = _of_batch(surface, runs[i].batch_size, step, seed)
        return _anatomy(programs, surface, batch, walks[i], found[i], step)

    with np.errstate(all="ignore"):
        return [one(i) for i in range(len(runs))]


def _of_batch(surface: Surface, size: int | None, step: int, seed: int) -> Surface | None:
    if size is None or not isinstance(surface, DataSurface):
        return None
    return on_batch(surface, size, step, seed)


def _gradient(
    programs: Programs,
    surface: Surface,
    batch: Surface | None,
    walk: Walk,
    at: Floats,
    step: int,
) -> GradientParts:
    """What the rule was given at a place [2], in the order of a training loop."""

    def slope(of: Surface) -> Floats:
        return loss_and_gradient(programs, of, at[None], "float64")[1][0]

    exact, added = slope(surface), penalty_gradient(at, walk.changes)
    noise = np.zeros(2) if batch is None else slope(batch) - exact
    if walk.noise is not None:
        noise = noise + walk.noise[step - 1]
    whole = exact + added + noise
    # Where clipping is off its bounds are infinite, and 0/0 of a gradient of 0 is not taken.
    with np.errstate(invalid="ignore"):
        used = cut(whole, np.hypot(*whole), walk.changes.clip_norm, walk.changes.clip_value)
    return GradientParts(exact, added, noise, used - whole, used)


def _shown_first(optimizer: Any, x: Floats) -> dict[str, Floats]:
    """The state before the first step, as it is shown."""
    shown = optimizer.shown(optimizer.init(jnp.asarray(x, "float64")))
    return {name: np.asarray(value, np.float64) for name, value in shown._asdict().items()}


def _memories(
    optimizer: Optimizer, shown: Mapping[str, Floats], x: Floats, rate: Floats, first: int
) -> Memories:
    """Of steps from ``first`` on; ``shown`` holds the state from the step before on."""
    count = len(rate)
    before = {name: values[-count - 1 : -1] for name, values in shown.items()}
    if first == 1:
        begun = _shown_first(optimizer, x)
        before = {name: np.vstack([begun[name], rest]) for name, rest in before.items()}
    after = {name: values[-count:] for name, values in shown.items()}
    kind = optimizer.state_type
    k = np.arange(first, first + count, dtype=np.float64)[:, None]
    return Memories(kind(**before), kind(**after), np.asarray(rate, np.float64)[:, None], k)


def _anatomy(
    programs: Programs,
    surface: Surface,
    batch: Surface | None,
    walk: Walk,
    walked: Walked,
    step: int,
) -> StepAnatomy:
    points = np.asarray(walked.points, np.float64)
    head, end = points[step - 1], points[step]
    place = np.asarray(gradient_place(walk, walked, step), np.float64)
    given = _gradient(programs, surface, batch, walk, place, step)
    optimizer, rate = walk.optimizer, walk.rate[step - 1 : step]
    shown = {name: np.asarray(values[:step], np.float64) for name, values in walked.shown.items()}
    if step > 1:
        shown = {name: values[-2:] for name, values in shown.items()}
    pulled = -rate[:, None] * walk.changes.weight_decay
    decay = Term("decay", r"-\alpha\lambda_w x", pulled, head[None])
    memories = _memories(optimizer, shown, points[0], rate, step)
    moved = end - head - decay.vector[0]
    steps = Steps(
        before=memories.before,
        after=memories.after,
        rate=memories.rate,
        k=memories.k,
        x=head[None],
        gradient=given.used[None],
        moved=moved[None],
    )
    terms = (*optimizer.terms(steps), *([decay] if walk.changes.weight_decay else []))
    effective = optimizer.effective_rate(memories)
    letters = optimizer.letters
    derived = {letter: value[0] for letter, value in optimizer.derived(steps).items()}
    numbers = {
        letter: np.array([getattr(optimizer, name)])
        for name, letter in symbols(type(optimizer)).items()
    }
    values = {
        **numbers,
        r"\alpha": rate,
        r"\lambda_w": np.array([walk.changes.weight_decay]),
        "k": np.array([float(step)]),
        "g": given.used,
        AHEAD: given.used,
        r"\nabla f": given.exact,
        r"\nabla R": given.penalty,
        r"\xi": given.noise,
        r"\Delta g": given.clipping,
        **({} if effective is None else {r"\tilde\alpha": effective.values[0]}),
        **derived,
    }

    def state(of: Any, x: Floats) -> dict[str, Floats]:
        return {"x": x, **{letters.get(name, name): one[0] for name, one in of._asdict().items()}}

    return StepAnatomy(
        head=head,
        end=end,
        looked_at=place,
        gradient=given,
        pieces=tuple(piece for term in terms for piece in _pieces(term, given)),
        rate=effective and replace(effective, values=effective.values[0]),
        values=values,
        before=state(memories.before, head),
        after=state(memories.after, end),
    )


def _pieces(term: Term, given: GradientParts) -> list[Piece]:
    """A term; one of the gradient in as many pieces as that has."""
    whole = Piece(term.role, term.formula, term.vector[0], term.new)
    changes = (given.penalty, given.noise, given.clipping)
    if term.role != "gradient" or not any(part.any() for part in changes):
        return [whole]
    parts: list[tuple[PieceRole, str, Floats]] = [
        ("gradient", r"\nabla f", given.exact),
        ("penalty", r"\nabla R", given.penalty),
        ("noise", r"\xi", given.noise),
        ("clipping", r"\Delta g", given.clipping),
    ]
    if AHEAD in term.formula:
        parts[0] = ("gradient", AHEAD, given.exact)
    return [
        Piece(role, GRADIENT.sub(lambda _, to=letter: to, term.formula), term.factor[0] * part)
        for role, letter, part in parts
        if part.any() or role == "gradient"
    ]


def effective_rates(optimizer: Optimizer, trajectory: Trajectory) -> Floats | None:
    """What each coordinate was multiplied by at each step of a path, shape [n, 2]."""
    steps = len(trajectory.learning_rate)
    if steps == 0 or isinstance(optimizer, WholePath):
        return None
    shown = {name: np.asarray(values, np.float64) for name, values in trajectory.state.items()}
    with np.errstate(all="ignore"):
        start = np.asarray(trajectory.points[0], np.float64)
        found = optimizer.effective_rate(
            _memories(optimizer, shown, start, trajectory.learning_rate, 1)
        )
    return None if found is None else found.values
