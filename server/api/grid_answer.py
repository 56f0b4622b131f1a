"""The shape of a sampled surface, for ``/openapi.json``."""

from typing import Literal

from pydantic import BaseModel

from server.api.answers import Eigenvalues, Numbers, SurfaceContent, Table


class LevelLines(BaseModel):
    """Level lines, one after the other; one that ends where it began is closed.

    ``level`` and ``length`` say for each line which level it stands at and how many vertices it
    has. The vertices of all lines follow one another in ``x`` and ``y``; typed, these are `u2`:
    65,535ths of the rectangle's sides, from x_min and y_min.
    """

    level: list[int]
    length: list[int]
    x: Numbers
    y: Numbers


class SteepnessShade(BaseModel):
    """log₁₀‖∇f‖ from ``low`` to ``high``, as finely as ``shade``; typed, 0 to 254 of `u1`."""

    low: float
    high: float
    shade: Table


class GridAnswer(BaseModel):
    """A surface sampled on a rectangle; a value that is not finite is null (NaN when typed).

    ``loss`` is f; typed, it is f less the ``reference``, so that four bytes hold what differs.
    ``level_heights`` are the ``levels`` less the reference, with digits that float64 has not left
    in f: ``heights_from`` is then ``gradient``, summed up from which they and a typed ``loss``
    are. ``shade`` counts heights in level lines, from -1 to their number, evenly spaced over the
    rectangle and finer than ``loss`` where that curves; typed, it is `u1`, of which 0 to 254
    stand for that range and 255 for no surface.
    ``learning_rates`` are each optimiser's default here. ``ranges`` are the parts of their bounds
    that numbers are usually from on this surface, by name: ``learning_rate`` holds 2/λ_max and is
    where a search looks by default. ``suggested`` are numbers of the surface itself that fit its
    points best, such as the bias of a logistic fit.
    """

    surface: SurfaceContent
    learning_rates: dict[str, float]
    ranges: dict[str, tuple[float, float]]
    formula: str
    formula_mathml: str
    points: dict[str, list[float]] | None = None
    suggested: dict[str, float] | None = None
    x: Numbers
    y: Numbers
    loss: Table
    reference: float
    heights_from: Literal["loss", "gradient"]
    levels: list[float]
    level_heights: list[float]
    gradient_norm: Table | None = None
    hessian_eigenvalues: Eigenvalues | None = None
    lines: LevelLines | None = None
    shade: Table | None = None
    steepness: SteepnessShade | None = None
