"""The shape of a search for learning rates, for ``/openapi.json``."""

from pydantic import BaseModel

from server.api.answers import Bilingual, OutcomeContent, ResolvedRun, SurfaceContent
from server.results import Precision


class Curve(BaseModel):
    """What became of one run at each learning rate; null where the path diverged.

    ``held_loss`` is the geometric mean over the steps of how far from ``reference_loss`` the
    path is from that step on at most. ``steps_to_tolerance`` is the first step from which the
    gradient norm stays within the tolerance, be that at a minimum, at a saddle or on a plateau.
    """

    learning_rate: list[float]
    loss: list[float | None]
    best_loss: list[float | None]
    held_loss: list[float | None]
    steps_to_tolerance: list[int | None]


class Walked(BaseModel):
    """What became of the path that was walked again; numbers are null where it diverged.

    ``outcome`` says what it came to: a small gradient alone is not yet a minimum.
    """

    loss: float | None
    best_loss: float | None
    held_loss: float | None
    steps_to_tolerance: int | None
    outcome: OutcomeContent


class Best(BaseModel):
    """The learning rate that serves the objective best, and what the search saw of it.

    ``fragile``: the rates beside it are at least 10 times worse. ``walked``: the same rate once
    more as a path, as ``/trajectories`` walks it; ``reproduced``: it agrees with what the search
    saw, to 1 %. ``skipped``: better rates whose paths did not, the best first.
    """

    learning_rate: float
    loss: float
    best_loss: float
    held_loss: float
    steps_to_tolerance: int | None
    fragile: bool
    reproduced: bool
    walked: Walked
    skipped: list[float]


class SearchedRun(ResolvedRun):
    """A run with its best learning rate; nothing to tune in a flow, and null if all diverged.

    ``reference_loss`` is the lowest known minimum; where none is known, or a penalty moves it,
    the lowest loss that the search saw inside the domain. ``critical_learning_rate`` is 2/λ_max
    at ``minimum``, for gradient descent only.
    """

    best: Best | None
    curve: Curve | None
    reference_loss: float | None
    critical_learning_rate: float | None


class Bottom(BaseModel):
    """The minimum nearest to where the best run ended, or that end where none is known.

    Where it has no Hessian, as the tip of a cone, ``no_curvature`` says so.
    """

    x: float
    y: float
    known: bool
    hessian_eigenvalues: tuple[float, float] | None
    no_curvature: Bilingual | None = None


class SearchAnswer(BaseModel):
    """The best learning rate of every run, under one budget, range and objective."""

    surface: SurfaceContent
    start: tuple[float, float]
    steps: int
    precision: Precision
    seed: int
    tolerance: float
    search: dict[str, float | int | str]
    gradient_evaluations: int
    minimum: Bottom | None
    runs: list[SearchedRun]
