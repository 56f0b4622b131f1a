"""The shapes of the answers, for ``/openapi.json``; the bytes are written by ``encoding``."""

from typing import Any, Literal

from pydantic import BaseModel

from server.results import Precision, Status
from surfaces.surface import Known


class Refusal(BaseModel):
    """One thing that was wrong: where, and what would be accepted."""

    loc: list[str | int]
    msg: str
    type: str
    position: int | None = None
    length: int | None = None
    row: int | None = None
    column: int | None = None
    values: dict[str, str | int] | None = None


class Refused(BaseModel):
    """Why a request was refused."""

    detail: list[Refusal]


class TypedArray(BaseModel):
    """``encoding=typed``: base64 of little-endian floats, as plotly.js reads them."""

    dtype: Literal["f4", "f8"]
    bdata: str
    shape: str | None = None


Numbers = list[float] | TypedArray
Table = list[list[float | None]] | TypedArray


class Point(BaseModel):
    """A known minimum."""

    x: float
    y: float
    loss: float


class Pair(BaseModel):
    """Two components, one number a step or point each."""

    x: Numbers
    y: Numbers


class Final(BaseModel):
    """The last point of a path."""

    x: float
    y: float
    loss: float
    gradient_norm: float
    distance_to_minimum: float | None


class Eigenvalues(BaseModel):
    """The two eigenvalues of the Hessian at each point."""

    smaller: Numbers | Table
    larger: Numbers | Table


class TrajectoryContent(BaseModel):
    """One run from one start: point 0 is the start, ``learning_rate`` has one number a step."""

    x: Numbers
    y: Numbers
    loss: Numbers
    gradient_norm: Numbers
    learning_rate: Numbers
    gradient: Pair | None = None
    state: dict[str, Pair] | None = None
    status: Status
    diverged_at: int | None
    converged_at: int | None
    final: Final
    path_length: float
    clipped: list[int]
    surface_loss: Numbers | None = None
    hessian_eigenvalues: Eigenvalues | None = None


class SurfaceContent(BaseModel):
    """A surface with its numbers, and its minima for those numbers.

    ``minima_known``: whether ``minima`` lists all isolated ones in the domain, only the lowest
    («global»), or none.
    """

    id: str
    formula: str | None = None
    parameters: dict[str, float | int | str]
    domain: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float]
    minima: list[Point]
    minima_known: Known


class ResolvedRun(BaseModel):
    """A run as it was resolved."""

    label: str
    optimizer: dict[str, float | str]
    schedule: dict[str, Any]
    clipping: dict[str, Any] | None
    regularization: dict[str, float]
    gradient_noise: float
    batch_size: int | None


class RunContent(ResolvedRun):
    """A run and its trajectory from each start."""

    trajectories: list[TrajectoryContent]


class TrajectoryAnswer(BaseModel):
    """Every run from every start."""

    surface: SurfaceContent
    steps: int
    precision: Precision
    seed: int
    tolerance: float
    runs: list[RunContent]


class GridAnswer(BaseModel):
    """A surface sampled on a rectangle; a value that is not finite is null (NaN when typed)."""

    surface: SurfaceContent
    learning_rates: dict[str, float]
    formula_mathml: str | None = None
    points: dict[str, list[float]] | None = None
    x: Numbers
    y: Numbers
    loss: Table
    levels: list[float]
    gradient_norm: Table | None = None
    hessian_eigenvalues: Eigenvalues | None = None


class Curve(BaseModel):
    """What became of one run at each learning rate; null where the path diverged."""

    learning_rate: list[float]
    loss: list[float | None]
    best_loss: list[float | None]
    steps_to_tolerance: list[int | None]


class Best(BaseModel):
    """The learning rate that serves the objective best."""

    learning_rate: float
    loss: float
    best_loss: float
    steps_to_tolerance: int | None


class SearchedRun(ResolvedRun):
    """A run with its best learning rate; nothing to tune in a flow, and null if all diverged.

    ``critical_learning_rate`` is 2/λ_max at ``minimum``, for gradient descent only.
    """

    best: Best | None
    curve: Curve | None
    critical_learning_rate: float | None


class Bottom(BaseModel):
    """The minimum nearest to where the best run ended, or that end where none is known."""

    x: float
    y: float
    known: bool
    hessian_eigenvalues: tuple[float, float]


class SearchAnswer(BaseModel):
    """The best learning rate of every run, under one budget, range and objective."""

    surface: SurfaceContent
    start: tuple[float, float]
    steps: int
    seed: int
    tolerance: float
    search: dict[str, float | int | str]
    gradient_evaluations: int
    minimum: Bottom | None
    runs: list[SearchedRun]


class Vector(BaseModel):
    """Two components."""

    x: float
    y: float


class BatchSlope(BaseModel):
    """The same of a batch of points; ``rows`` are its points, from 0."""

    loss: float | None
    gradient: Vector | None
    rows: list[int]


class ProbedPoint(BaseModel):
    """The local truth at one point; null where it is not finite.

    ``condition_number`` is λ_max/λ_min where the Hessian is positive definite,
    ``critical_learning_rate`` 2/λ_max where λ_max is positive.
    """

    x: float
    y: float
    loss: float | None
    gradient: Vector | None
    gradient_norm: float | None
    hessian_eigenvalues: tuple[float, float] | None
    condition_number: float | None
    critical_learning_rate: float | None
    batch: BatchSlope | None = None


class ProbeAnswer(BaseModel):
    """The local truth at each point that was asked for."""

    surface: SurfaceContent
    points: list[ProbedPoint]


def documented(answer: type[BaseModel], *others: str) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: its answer, its other media types, its refusals."""
    content: dict[str, Any] = {
        media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in others
    }
    return {
        200: {"model": answer, "content": content},
        413: {"model": Refused, "description": "The body is larger than the limit"},
        422: {"model": Refused, "description": "A field cannot be used"},
        503: {"model": Refused, "description": "At capacity; come back after Retry-After"},
    }
