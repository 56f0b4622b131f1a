"""What every answer about a surface says of it: its numbers, its minima, how points were read."""

from typing import NotRequired, cast

import numpy as np
from typing_extensions import TypedDict

from server.api.answers import ConventionContent
from server.engine.views import View
from surfaces.data import DataSurface
from surfaces.declaration import parameters
from surfaces.formula import Formula
from surfaces.pasted.conventions import Convention
from surfaces.pasted.reading import Table
from surfaces.scaling import Scaling
from surfaces.surface import Interval, Known, Minimum, Point, Surface

Parameters = dict[str, bool | float | int | str]
"""Numbers and words of a declaration by name."""


class ReadingContent(ConventionContent):
    """How pasted points were read.

    ``columns`` were found, those ``used`` are numbered from 1: x and y, or x1, x2 and label.
    ``names`` are of all columns, null without a row of them. ``whole_numbers``: no decimal mark
    was seen. ``alternatives`` read all of it too, and give other numbers; any may be sent as
    ``reading`` beside the points.
    """

    rows: int
    columns: int
    names: tuple[str, ...] | None
    used: tuple[int, ...]
    whole_numbers: bool
    alternatives: list[ConventionContent]


class Scaled(TypedDict):
    """What columns were shifted and divided by, (z − mean)/deviation, one number a column."""

    mean: tuple[float, ...]
    deviation: tuple[float, ...]


class Standardised(TypedDict):
    """Whether the points' columns were brought to mean 0 and deviation 1 before anything else.

    ``condition_number`` is λ_max/λ_min of the Hessian of least squares of the points as given,
    null where it is infinite; ``standardise: "auto"`` does so to given points above 10⁴.
    Starts, paths and minima are of the scaled columns, ``points`` of the grid are not.
    """

    on: bool
    condition_number: float | None
    features: Scaled | None
    targets: Scaled | None


class _Named(TypedDict):
    id: str
    names: tuple[str, str]
    formula: NotRequired[str]


class SurfaceContent(_Named):
    """A surface with its numbers, and its minima for those numbers.

    ``minima_known``: whether ``minima`` lists all isolated ones in the domain, only the lowest
    («global»), or none.
    ``names`` are what x and y of points and paths are called in the formula, w and b perhaps.
    ``start`` is where paths begin that are not given one; null where a formula was found finite
    nowhere in its domain.
    """

    parameters: Parameters
    domain: tuple[Interval, Interval]
    start: Point | None
    minima: tuple[Minimum, ...]
    minima_known: Known
    reading: NotRequired[ReadingContent]
    standardised: NotRequired[Standardised]


def surface_content(surface: Surface, view: View, table: Table | None = None) -> SurfaceContent:
    """A surface as it was resolved, and how its points were read."""
    named: _Named = {"id": surface.id, "names": surface.names}
    if isinstance(surface, Formula):
        named["formula"] = surface.text
    content: SurfaceContent = {
        **named,
        "parameters": {} if isinstance(surface, Formula) else parameters_of(surface),
        "domain": view.domain,
        "start": view.start,
        "minima": surface.minima(),
        "minima_known": surface.minima_known,
    }
    if table is not None:
        content["reading"] = reading_content(table)
    if isinstance(surface, DataSurface):
        content["standardised"] = _standardised(surface)
    return content


def parameters_of(declared: object) -> Parameters:
    """A declaration's numbers and words by name."""
    return {field.name: getattr(declared, field.name) for field in parameters(declared)}


def _convention(convention: Convention) -> ConventionContent:
    # Nothing of it is left to be found: a table was read by it.
    return cast(ConventionContent, convention._asdict())


def reading_content(table: Table) -> ReadingContent:
    """How a pasted table was read."""
    return {
        "rows": len(table.values),
        "columns": table.width,
        "names": table.names,
        "used": table.used,
        **_convention(table.convention),
        "whole_numbers": table.whole,
        "alternatives": [_convention(other) for other in table.alternatives],
    }


def _standardised(surface: DataSurface) -> Standardised:
    condition_number = surface.condition_number()
    scalings = surface.scalings()
    features, targets = (None, None) if scalings is None else scalings
    return {
        "on": scalings is not None,
        "condition_number": condition_number if np.isfinite(condition_number) else None,
        "features": None if features is None else scaled_content(features),
        "targets": None if targets is None else scaled_content(targets),
    }


def scaled_content(scaling: Scaling) -> Scaled:
    """What columns were shifted and divided by."""
    return {"mean": scaling.mean, "deviation": scaling.deviation}
