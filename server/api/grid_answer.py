"""What ``/grid`` answers: a surface sampled on a rectangle; typed, as a page draws it."""

from typing import Literal, NotRequired

import numpy as np
from jaxtyping import UInt
from latex2mathml.converter import convert
from typing_extensions import TypedDict

from server.api.answers import Numbers, Table
from server.api.surface_answer import SurfaceContent
from server.encoding import Encoding
from server.results import Floats, Grid, Lines
from surfaces.data import DataSurface
from surfaces.points import COLUMNS, used
from surfaces.surface import Interval, Surface, equation, one_line

Steps = UInt[np.ndarray, "..."]

SHADES = 254
"""Steps of a typed shade; one more says that there is no surface."""
SHARES = 65_535
"""Steps of a typed vertex along a side of the rectangle."""


class EigenvalueTables(TypedDict):
    """The two eigenvalues of the Hessian at each point."""

    smaller: Table
    larger: Table


class LevelLines(TypedDict):
    """Level lines, one after the other; one that ends where it began is closed.

    ``level`` and ``length`` say for each line which level it stands at and how many vertices it
    has. The vertices of all lines follow one another in ``x`` and ``y``; typed, these are `u2`:
    65,535ths of the rectangle's sides, from x_min and y_min.
    """

    level: list[int]
    length: list[int]
    x: Numbers
    y: Numbers


class SteepnessShade(TypedDict):
    """log₁₀‖∇f‖ from ``low`` to ``high``, as finely as ``shade``; typed, 0 to 254 of `u1`."""

    low: float
    high: float
    shade: Table


class Picture(TypedDict):
    """A surface's formula, and its points as they were given."""

    formula: str
    formula_mathml: str
    points: NotRequired[dict[str, list[float]]]
    suggested: NotRequired[dict[str, float]]


class Sampled(TypedDict):
    """The samples, and the level lines and colours made of them."""

    x: Numbers
    y: Numbers
    loss: Table
    reference: float
    heights_from: Literal["loss", "gradient"]
    levels: list[float]
    level_heights: list[float]
    gradient_norm: NotRequired[Table]
    hessian_eigenvalues: NotRequired[EigenvalueTables]
    lines: NotRequired[LevelLines]
    shade: NotRequired[Table]
    steepness: NotRequired[SteepnessShade]


class GridAnswer(Picture, Sampled):
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
    ranges: dict[str, Interval]


def picture(surface: Surface) -> Picture:
    """What a picture shows besides the grid."""
    content: Picture = {
        "formula": one_line(surface),
        "formula_mathml": convert(equation(surface), display="block"),
    }
    if isinstance(surface, DataSurface):
        features, targets = used(surface.raw())
        columns = [*features.T[: len(COLUMNS[surface.kind]) - 1], targets]
        names = COLUMNS[surface.kind]
        content["points"] = {
            name: column.tolist() for name, column in zip(names, columns, strict=True)
        }
        content["suggested"] = surface.suggested()
    return content


def sampled(grid: Grid, encoding: Encoding) -> Sampled:
    """Plain, the losses; typed, their heights above the reference, which four bytes can hold."""
    is_plain = encoding == "plain"
    fit = _as_it_is if is_plain else _narrowed
    content: Sampled = {
        "x": grid.x,
        "y": grid.y,
        "loss": grid.loss if is_plain else _narrowed(grid.heights),
        "reference": grid.reference,
        "heights_from": "loss" if grid.exact else "gradient",
        "levels": grid.levels.tolist(),
        "level_heights": grid.level_heights.tolist(),
    }
    if grid.gradient_norm is not None:
        content["gradient_norm"] = fit(grid.gradient_norm)
    if grid.eigenvalues is not None:
        smaller, larger = grid.eigenvalues[..., 0], grid.eigenvalues[..., 1]
        content["hessian_eigenvalues"] = {"smaller": fit(smaller), "larger": fit(larger)}
    if grid.lines is not None:
        x, y = _plain_vertices(grid, grid.lines) if is_plain else _typed_vertices(grid.lines)
        level, length = grid.lines.level.tolist(), grid.lines.length.tolist()
        content["lines"] = {"level": level, "length": length, "x": x, "y": y}
    if grid.shade is not None:
        share = (grid.shade + 1) / (max(len(grid.levels), 1) + 1)
        content["shade"] = grid.shade if is_plain else _stepped(share)
    if grid.steepness is not None:
        low, high, numbers = grid.steepness.low, grid.steepness.high, grid.steepness.numbers
        shade = numbers if is_plain else _stepped((numbers - low) / (high - low))
        content["steepness"] = {"low": low, "high": high, "shade": shade}
    return content


def _as_it_is(values: Floats) -> Floats:
    return values


def _narrowed(values: Floats) -> Floats:
    """What is only looked at: four bytes a number wherever they can hold the range."""
    with np.errstate(over="ignore"):
        rounded = values.astype(np.float32)
    holds = np.array_equal(np.isfinite(rounded), np.isfinite(values))
    return rounded if holds else values


def _plain_vertices(grid: Grid, lines: Lines) -> tuple[Floats, Floats]:
    x, y = lines.vertices.T
    return grid.x[0] + x * (grid.x[-1] - grid.x[0]), grid.y[0] + y * (grid.y[-1] - grid.y[0])


def _typed_vertices(lines: Lines) -> tuple[Steps, Steps]:
    steps = np.rint(lines.vertices * SHARES).astype(np.uint16)
    return steps[:, 0], steps[:, 1]


def _stepped(share: Floats) -> Steps:
    """Shares of a scale of colours, in one byte each."""
    steps = np.where(np.isnan(share), SHADES + 1, np.rint(np.clip(share, 0, 1) * SHADES))
    return steps.astype(np.uint8)
