"""The shapes of the answers, for ``/openapi.json``; the bytes are written by ``encoding``."""

from typing import Any, Literal

from pydantic import BaseModel

from server.results import OutcomeId, Precision, Status
from surfaces.pasted.conventions import Decimal, Grouping, Separator
from surfaces.surface import Known


class ConventionContent(BaseModel):
    """What parts columns, fractions and thousands in pasted points."""

    separator: Separator
    decimal: Decimal
    grouping: Grouping


class ValueReading(ConventionContent):
    """What the cell that a refusal names is worth under one reading."""

    value: float


class Refusal(BaseModel):
    """One thing that was wrong: where, and what would be accepted."""

    loc: list[str | int]
    msg: str
    type: str
    position: int | None = None
    length: int | None = None
    row: int | None = None
    column: int | None = None
    values: dict[str, str | float] | None = None
    readings: list[ValueReading] | None = None
    columns: list[str] | None = None


class Refused(BaseModel):
    """Why a request was refused."""

    detail: list[Refusal]


class TypedArray(BaseModel):
    """``encoding=typed``: base64 of little-endian numbers, as plotly.js reads them."""

    dtype: Literal["f4", "f8", "u1", "u2"]
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


class Slopes(BaseModel):
    """The gradient at each point; null where it is not finite."""

    x: list[float | None] | TypedArray
    y: list[float | None] | TypedArray


class Final(BaseModel):
    """The last point of a path; ``gradient_norm`` is null where there is no derivative."""

    x: float
    y: float
    loss: float
    gradient_norm: float | None
    distance_to_minimum: float | None


class Eigenvalues(BaseModel):
    """The two eigenvalues of the Hessian at each point."""

    smaller: Numbers | Table
    larger: Numbers | Table


class Bilingual(BaseModel):
    """One text in both languages."""

    en: str
    ru: str


class OutcomeContent(BaseModel):
    """What a path came to: a word, the step from which on it holds, and why.

    Of a point whose gradient norm is within the tolerance ``id`` says what kind of place it is:
    ``minimum`` (the lowest known one, or as low), ``local_minimum`` (another known one, or one by
    its Hessian), ``saddle``, ``maximum``, or ``flat`` (the curvature vanishes too, or no
    stationary point is near). Elsewhere it says what the loss did over the last tenth of the
    way, at least twenty points: ``descending``, ``oscillating`` (it rises, and its swings do not
    shrink), ``growing`` (over the start, highest so far; or falling without bound). A path that
    ended early says why: ``not_finite`` (the only one with ``status: "diverged"``),
    ``no_derivative`` (f is finite there, its gradient is not), ``no_step`` (0/0 in the rule, or a
    Hessian that is singular or not there). ``text`` gives the reason as a sentence, ``numbers``
    what it rests on, by name; ``smaller`` and ``larger`` are eigenvalues of the Hessian.
    """

    id: OutcomeId
    at: int
    text: Bilingual
    numbers: dict[str, float | int | None]


class TrajectoryContent(BaseModel):
    """One run from one start: point 0 is the start, ``learning_rate`` has one number a step.

    ``status`` is of the gradient alone: ``converged`` when its norm ended within the tolerance,
    wherever that is, ``diverged`` when the path left the finite range, else ``running``.
    ``outcome`` says what the path came to; with ``include=outcomes``, ``outcomes`` has every
    change of it on the way, at most 32, each as it stood when it came up, from the points up
    to there alone. The arrays are shorter than ``steps`` + 1 where the path ended early; where it
    did for want of a derivative, the last gradient is null (NaN when typed).
    """

    x: Numbers
    y: Numbers
    loss: Numbers
    gradient_norm: list[float | None] | TypedArray
    learning_rate: Numbers
    gradient: Slopes | None = None
    state: dict[str, Pair] | None = None
    status: Status
    diverged_at: int | None
    converged_at: int | None
    outcome: OutcomeContent
    outcomes: list[OutcomeContent] | None = None
    final: Final
    path_length: float
    clipped: list[int]
    surface_loss: Numbers | None = None
    hessian_eigenvalues: Eigenvalues | None = None


class ReadingContent(ConventionContent):
    """How pasted points were read.

    ``columns`` were found, those ``used`` are numbered from 1: x and y, or x1, x2 and label.
    ``names`` are of all columns, null without a row of them. ``whole_numbers``: no decimal mark
    was seen. ``alternatives`` read all of it too, and give other numbers; any may be sent as
    ``surface.reading``.
    """

    rows: int
    columns: int
    names: list[str] | None
    used: list[int]
    whole_numbers: bool
    alternatives: list[ConventionContent]


class Scaled(BaseModel):
    """What columns were shifted and divided by, (z − mean)/deviation, one number a column."""

    mean: list[float]
    deviation: list[float]


class Standardised(BaseModel):
    """Whether the points' columns were brought to mean 0 and deviation 1 before anything else.

    ``condition_number`` is λ_max/λ_min of the Hessian of least squares of the points as given,
    null where it is infinite; ``standardise: "auto"`` does so to given points above 10⁴.
    Starts, paths and minima are of the scaled columns, ``points`` of the grid are not.
    """

    on: bool
    condition_number: float | None
    features: Scaled | None
    targets: Scaled | None


class SurfaceContent(BaseModel):
    """A surface with its numbers, and its minima for those numbers.

    ``minima_known``: whether ``minima`` lists all isolated ones in the domain, only the lowest
    («global»), or none.
    ``names`` are what x and y of points and paths are called in the formula, w and b perhaps.
    ``start`` is where paths begin that are not given one; null where a formula was found finite
    nowhere in its domain.
    """

    id: str
    names: tuple[str, str]
    formula: str | None = None
    parameters: dict[str, float | int | str]
    domain: tuple[tuple[float, float], tuple[float, float]]
    start: tuple[float, float] | None
    minima: list[Point]
    minima_known: Known
    reading: ReadingContent | None = None
    standardised: Standardised | None = None


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
    ``critical_learning_rate`` 2/λ_max where λ_max is positive. An eigenvalue that is rounding
    beside the other is 0. Where there is no Hessian, at a corner for example, all three are null
    and ``no_curvature`` says why.
    """

    x: float
    y: float
    loss: float | None
    gradient: Vector | None
    gradient_norm: float | None
    hessian_eigenvalues: tuple[float, float] | None
    condition_number: float | None
    critical_learning_rate: float | None
    no_curvature: Bilingual | None = None
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
