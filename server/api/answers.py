"""The shapes of the answers, for ``/openapi.json``; the bytes are written by ``encoding``."""

from typing import Any, Literal

from pydantic import BaseModel

from server.results import Precision, Status


class Refusal(BaseModel):
    """One thing that was wrong: where, and what would be accepted."""

    loc: list[str | int]
    msg: str
    type: str


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


class SurfaceContent(BaseModel):
    """A surface with its numbers, and its minima for those numbers."""

    id: str
    parameters: dict[str, float]
    domain: tuple[tuple[float, float], tuple[float, float]]
    minima: list[Point]


class RunContent(BaseModel):
    """A run as it was resolved, and its trajectory from each start."""

    label: str
    optimizer: dict[str, float | str]
    schedule: dict[str, Any]
    trajectories: list[TrajectoryContent]


class TrajectoryAnswer(BaseModel):
    """Every run from every start."""

    surface: SurfaceContent
    steps: int
    precision: Precision
    seed: int
    tolerance: float
    runs: list[RunContent]


class Eigenvalues(BaseModel):
    """The two eigenvalues of the Hessian at each point of a grid."""

    smaller: Table
    larger: Table


class GridAnswer(BaseModel):
    """A surface sampled on a rectangle; a value that is not finite is null (NaN when typed)."""

    surface: SurfaceContent
    x: Numbers
    y: Numbers
    loss: Table
    levels: list[float]
    gradient_norm: Table | None = None
    hessian_eigenvalues: Eigenvalues | None = None


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
