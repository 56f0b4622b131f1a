"""Where a walk breaks off, and what its broken step was given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from server.engine.evaluation import hessian_eigenvalues, loss_and_gradient, precision_of
from server.engine.gradient_changes import penalised_eigenvalues, penalty, penalty_gradient
from server.engine.outcomes.endings import Break, Ending, ending, largest
from server.engine.paths import Walk, Walked, gradient_place
from server.engine.programs import Programs
from server.results import Bools, Floats
from surfaces.surface import Surface


@dataclass(frozen=True)
class Along:
    """A path: points [n + 1, 2], losses [n + 1], gradients [n + 1, 2], shown states [n, 2]."""

    points: Floats
    loss: Floats
    gradient: Floats
    states: dict[str, Floats]


def finite_points(
    points: Floats, loss: Floats, gradient_norm: Floats, states: Sequence[dict[str, Floats]]
) -> Bools:
    """Whether each point of each path is finite, with its slope and the state that led to it."""
    with np.errstate(all="ignore"):
        remembered = sum(values.sum() for state in states for values in state.values())
        if np.isfinite(points.sum() + loss.sum() + gradient_norm.sum() + remembered):
            return np.ones(loss.shape, bool)
    finite = np.isfinite(points).all(axis=2) & np.isfinite(loss) & np.isfinite(gradient_norm)
    for path, state in enumerate(states):
        for values in state.values():
            finite[path, 1:] &= np.isfinite(values).all(axis=1)
    return finite


def why_ended(
    programs: Programs, surface: Surface, walk: Walk, walked: Walked, along: Along, at: int
) -> Ending:
    """Why step ``at`` of a walk, the first whose result is not finite, is so."""
    before = along.points[at - 1], along.gradient[at - 1], along.loss[at - 1 : at]
    if walked.states is None:
        return _flow_ended(programs, surface, walked, at)
    shown = [values[at - 1] for values in along.states.values()]
    earlier = [values[at - 2] for values in along.states.values()] if at > 1 else []

    def given() -> tuple[float, Floats, Floats]:
        return _given(programs, surface, walk, walked, along, at)

    shift = walk.optimizer.hessian_shift

    def divisor() -> Floats:
        point = along.points[at - 1 : at]
        values = hessian_eigenvalues(programs, surface, point, "float64")
        return penalised_eigenvalues(values, point, walk.changes)[0] + shift

    return ending(
        Break(
            at=at,
            point=along.points[at],
            loss=float(along.loss[at]),
            gradient=along.gradient[at],
            has_state=all(np.isfinite(values).all() for values in shown),
            before=np.concatenate([*before, *earlier]),
            given=given,
            divisor=None if shift is None else divisor,
        )
    )


def _given(
    programs: Programs, surface: Surface, walk: Walk, walked: Walked, along: Along, at: int
) -> tuple[float, Floats, Floats]:
    """Loss and gradient that a step's rule was given, and where they were taken."""
    point = along.points[at - 1]
    if not walk.optimizer.takes_estimates:
        return float(along.loss[at - 1]), along.gradient[at - 1], point
    point = gradient_place(walk, walked, at)
    if walk.batch is not None:
        made: Any = surface
        weights = walk.batch[at - 1].astype(np.float64)
        surface = replace(made, points=made.points._replace(weights=weights))
    with np.errstate(all="ignore"):
        precision = precision_of(point)
        losses, gradients = loss_and_gradient(programs, surface, point[None], precision)
        loss = float(losses[0]) + float(penalty(point, walk.changes))
        gradient = gradients[0] + penalty_gradient(point, walk.changes)
        if walk.noise is not None:
            gradient = gradient + walk.noise[at - 1]
    return loss, gradient, point


def _flow_ended(programs: Programs, surface: Surface, walked: Walked, at: int) -> Ending:
    """A flow ends where its velocity is not finite, or by growing past all bounds."""
    if walked.stuck is not None:
        loss = float(loss_and_gradient(programs, surface, walked.stuck[None], "float64")[0][0])
        if np.isfinite(loss) and abs(loss) < largest(np.dtype(np.float64)):
            x, y = walked.stuck.tolist()
            return Ending("no_derivative", "ahead", at, at, (x, y))
    return Ending("not_finite", "step", at, at)
