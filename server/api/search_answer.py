"""What ``/learning-rate-search`` answers: the best rate of every run, and the whole curve."""

from typing_extensions import TypedDict

from server.api.answers import Column, NullableColumn
from server.api.runs import ResolvedRun
from server.api.surface_answer import SurfaceContent
from server.engine.runs import Run
from server.engine.stability import Goal, critical_rate
from server.results import Curve, Outcome, Precision, Winner
from surfaces.declaration import Text


class CurveContent(TypedDict):
    """What became of one run at each learning rate; null where the path diverged.

    ``held_loss`` is the geometric mean over the steps of how far from ``reference_loss`` the
    path is from that step on at most. ``steps_to_tolerance`` is the first step from which the
    gradient norm stays within the tolerance, be that at a minimum, at a saddle or on a plateau.
    """

    learning_rate: Column
    loss: NullableColumn
    best_loss: NullableColumn
    held_loss: NullableColumn
    steps_to_tolerance: list[int | None]


class AtOneRate(TypedDict):
    """The same of one learning rate."""

    loss: float
    best_loss: float
    held_loss: float
    steps_to_tolerance: int | None


class Walked(TypedDict):
    """What became of the path that was walked again; numbers are null where it diverged.

    ``outcome`` says what it came to: a small gradient alone is not yet a minimum.
    """

    loss: float | None
    best_loss: float | None
    held_loss: float | None
    steps_to_tolerance: int | None
    outcome: Outcome


class Best(AtOneRate):
    """The learning rate that serves the objective best, and what the search saw of it.

    ``fragile``: the rates beside it are at least 10 times worse. ``walked``: the same rate once
    more as a path, as ``/trajectories`` walks it; ``reproduced``: it agrees with what the search
    saw, to 1 %. ``skipped``: better rates whose paths did not, the best first.
    """

    learning_rate: float
    fragile: bool
    reproduced: bool
    walked: Walked
    skipped: list[float]


class Found(TypedDict):
    """What a search found of one run."""

    best: Best | None
    curve: CurveContent | None
    reference_loss: float | None
    critical_learning_rate: float | None


class SearchedRun(ResolvedRun, Found):
    """A run with its best learning rate; nothing to tune in a flow, and null if all diverged.

    ``reference_loss`` is the lowest known minimum; where none is known, or a penalty moves it,
    the lowest loss that the search saw inside the domain. ``critical_learning_rate`` is 2/λ_max
    at ``minimum``, for gradient descent only.
    """


class GoalContent(TypedDict):
    """The minimum nearest to where the best run ended, or that end where none is known.

    Where it has no Hessian, as the tip of a cone, ``no_curvature`` says so.
    """

    x: float
    y: float
    known: bool
    hessian_eigenvalues: tuple[float, float] | None
    no_curvature: Text | None


class SearchAnswer(TypedDict):
    """The best learning rate of every run, under one budget, range and objective."""

    surface: SurfaceContent
    start: tuple[float, float]
    steps: int
    precision: Precision
    seed: int
    tolerance: float
    search: dict[str, float | int | str]
    gradient_evaluations: int
    minimum: GoalContent | None
    runs: list[SearchedRun]


def goal_content(goal: Goal) -> GoalContent:
    """Where the search came to."""
    x, y = goal.point.tolist()
    smaller, larger = goal.hessian_eigenvalues.tolist()
    return {
        "x": x,
        "y": y,
        "known": goal.known,
        "hessian_eigenvalues": (smaller, larger) if goal.no_curvature is None else None,
        "no_curvature": goal.no_curvature,
    }


def found_content(run: Run, curve: Curve | None, winner: Winner | None, goal: Goal | None) -> Found:
    """What the search found of one run."""
    return {
        "best": None if curve is None or winner is None else _best(curve, winner),
        "curve": None if curve is None else _curve(curve),
        "reference_loss": None if curve is None else curve.scale.zero,
        "critical_learning_rate": critical_rate(run, goal),
    }


def _best(curve: Curve, winner: Winner) -> Best:
    seen = _at(curve, winner.index)
    return {
        "learning_rate": float(curve.learning_rate[winner.index]),
        **seen,
        "fragile": winner.fragile,
        "reproduced": winner.reproduced,
        "walked": {**_at(winner.walked, 0), "outcome": winner.outcome},
        "skipped": [float(curve.learning_rate[i]) for i in winner.skipped],
    }


def _at(curve: Curve, index: int) -> AtOneRate:
    steps = int(curve.steps_to_tolerance[index])
    return {
        "loss": float(curve.loss[index]),
        "best_loss": float(curve.best_loss[index]),
        "held_loss": float(curve.held_loss[index]),
        "steps_to_tolerance": None if steps < 0 else steps,
    }


def _curve(curve: Curve) -> CurveContent:
    return {
        "learning_rate": curve.learning_rate,
        "loss": curve.loss,
        "best_loss": curve.best_loss,
        "held_loss": curve.held_loss,
        "steps_to_tolerance": [
            None if steps < 0 else steps for steps in curve.steps_to_tolerance.tolist()
        ],
    }
