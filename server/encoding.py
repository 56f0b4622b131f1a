"""Arrays become JSON or typed arrays; equal results become equal bytes."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any, Literal

import numpy as np
import orjson
from latex2mathml.converter import convert
from numpy.typing import NDArray
from pybase64 import b64encode_as_string

from server.engine.views import View
from server.optimizers.optimizer import Optimizer
from server.results import Floats, Trajectory
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.pasted.reading import Table
from surfaces.points import COLUMNS, used
from surfaces.surface import Surface, equation, one_line

Encoding = Literal["plain", "typed"]
Encoder = Callable[[Any], Any]


def plain(values: Floats) -> Any:
    """An array for JSON: nested lists of numbers, null where not finite."""
    return np.ascontiguousarray(values)


def typed(values: Floats) -> dict[str, str]:
    """An array in the form that plotly.js decodes by itself, without loss.

    ``{"dtype": "f4", "bdata": base64 of little-endian bytes}``, with ``shape`` when it has two
    dimensions. Four bytes a number where that loses nothing, else eight.
    """
    with np.errstate(over="ignore"):
        rounded = values.astype("<f4")
    return encoded(rounded if (rounded == values).all() else values.astype("<f8"))


def encoded(values: NDArray[Any]) -> dict[str, str]:
    """An array in that form, as it is."""
    data = b64encode_as_string(np.ascontiguousarray(values).data)
    content = {"dtype": f"{values.dtype.kind}{values.itemsize}", "bdata": data}
    if values.ndim > 1:
        content["shape"] = ", ".join(str(side) for side in values.shape)
    return content


ENCODERS: dict[Encoding, Encoder] = {"plain": plain, "typed": typed}


def to_json(content: Any) -> bytes:
    """Compact JSON; NumPy arrays are written as lists."""
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)


def surface_content(surface: Surface, view: View, table: Table | None = None) -> dict[str, Any]:
    """A surface with its numbers, its minima for those numbers, and how its points were read."""
    typed = {"formula": surface.text} if isinstance(surface, Formula) else {}
    return {
        "id": surface.id,
        "names": surface.names,
        **typed,
        "parameters": {} if typed else numbers_of(surface),
        "domain": view.domain,
        "start": view.start,
        "minima": [asdict(minimum) for minimum in surface.minima()],
        "minima_known": surface.minima_known,
        **({} if table is None else {"reading": reading_content(table)}),
        **({"standardised": _standardised(surface)} if isinstance(surface, DataSurface) else {}),
    }


def reading_content(table: Table) -> dict[str, Any]:
    """How pasted points were read, and how else they may be; columns are numbered from 1."""
    return {
        "rows": len(table.values),
        "columns": table.width,
        "names": table.names,
        "used": table.used,
        **table.convention._asdict(),
        "whole_numbers": table.whole,
        "alternatives": [other._asdict() for other in table.alternatives],
    }


def _standardised(surface: DataSurface) -> dict[str, Any]:
    """Whether and how the points' columns were shifted and scaled, and what decided it."""
    condition_number = surface.condition_number()
    scalings = surface.scalings()
    of_targets = None if scalings is None else scalings.targets
    return {
        "on": scalings is not None,
        "condition_number": condition_number if np.isfinite(condition_number) else None,
        "features": None if scalings is None else scalings.features._asdict(),
        "targets": None if of_targets is None else of_targets._asdict(),
    }


def picture_content(surface: Surface) -> dict[str, Any]:
    """What a picture shows besides the grid: its formula, and the points as they were given."""
    formula = {
        "formula": one_line(surface),
        "formula_mathml": convert(equation(surface), display="block"),
    }
    if isinstance(surface, DataSurface):
        features, targets = used(surface.raw())
        columns = [*features.T[: len(COLUMNS[surface.kind]) - 1], targets]
        points = dict(zip(COLUMNS[surface.kind], map(plain, columns), strict=True))
        return {**formula, "points": points, "suggested": surface.suggested()}
    return formula


def optimizer_content(optimizer: Optimizer) -> dict[str, Any]:
    """An optimiser with every number it ran with."""
    return {"id": optimizer.id, **numbers_of(optimizer)}


def numbers_of(declared: Any) -> dict[str, Any]:
    """A declaration's fields by name; ``asdict`` would copy each deeply."""
    return {
        field.name: getattr(declared, field.name)
        for field in fields(declared)
        if field.name != "points"
    }


def trajectory_content(
    trajectory: Trajectory, include: Sequence[str], encode: Encoder
) -> dict[str, Any]:
    """One trajectory as the API answers it."""
    points = trajectory.points
    last = len(points) - 1
    content: dict[str, Any] = {
        "x": encode(points[:, 0]),
        "y": encode(points[:, 1]),
        "loss": encode(trajectory.loss),
        "gradient_norm": encode(trajectory.gradient_norm),
        "learning_rate": encode(trajectory.learning_rate),
        "status": trajectory.status,
        "diverged_at": trajectory.diverged_at,
        "converged_at": trajectory.converged_at,
        "outcome": asdict(trajectory.outcome),
        "final": {
            "x": points[last, 0],
            "y": points[last, 1],
            "loss": trajectory.loss[last],
            "gradient_norm": trajectory.gradient_norm[last],
            "distance_to_minimum": trajectory.distance_to_minimum,
        },
        "path_length": trajectory.path_length,
        "clipped": trajectory.clipped.tolist(),
    }
    if trajectory.outcomes is not None:
        content["outcomes"] = [asdict(outcome) for outcome in trajectory.outcomes]
    if trajectory.surface_loss is not None:
        content["surface_loss"] = encode(trajectory.surface_loss)
    if "gradient" in include:
        content["gradient"] = _pair(trajectory.gradient, encode)
    if "state" in include:
        content["state"] = {
            name: _pair(values, encode) for name, values in trajectory.state.items()
        }
    if trajectory.hessian_eigenvalues is not None:
        content["hessian_eigenvalues"] = eigenvalues_content(trajectory.hessian_eigenvalues, encode)
    return content


def eigenvalues_content(values: Floats, encode: Encoder) -> dict[str, Any]:
    """Two eigenvalues of each point [..., 2]."""
    return {"smaller": encode(values[..., 0]), "larger": encode(values[..., 1])}


def _pair(values: Floats, encode: Encoder) -> dict[str, Any]:
    return {"x": encode(values[:, 0]), "y": encode(values[:, 1])}
