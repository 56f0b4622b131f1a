"""Numbers of a run that lanes may differ by, by the names that requests give them."""

from dataclasses import dataclass, fields, replace
from typing import Any

import jax
import numpy as np
from jaxtyping import Float

from server.engine.gradient_changes import GradientChanges
from server.engine.runs import Run
from server.maps.kernels.lanes import Numbers, as_code
from surfaces.data_surface import DataSurface
from surfaces.surface import Surface

PENALTIES = ("l2", "l1", "weight_decay")
NOISE = "gradient_noise"
THRESHOLD = "clipping.threshold"
OF_POINTS = frozenset(("size", "noise", "outliers", "data_seed"))
"""Numbers that make other points: no program takes points a lane."""


@dataclass(frozen=True)
class Values:
    """Values of one number, one a lane."""

    name: str
    values: Float[np.ndarray, " lanes"]


def names(surface: Surface, run: Run) -> tuple[str, ...]:
    """All that an axis of a map may be."""
    of_method = _of(run.optimizer)
    of_surface = [f"surface.{name}" for name in _of_surface(surface)]
    if not run.optimizer.takes_estimates:
        return (*of_method, "regularization.l2", "regularization.l1", *of_surface)
    of_training = [THRESHOLD, *(f"regularization.{name}" for name in PENALTIES), NOISE]
    return (*of_method, *of_training, *of_surface)


def of_lanes(surface: Surface, run: Run, given: tuple[Values, ...]) -> Numbers:
    """What lanes are given: the run's and the surface's numbers, but for some.

    Args:
        surface: as it was asked for.
        run: the same.
        given: numbers by ``names``, of as many lanes each.
    """
    lanes = len(given[0].values)
    plain = Numbers.of(run)

    def spread(numbers: Any) -> Float[np.ndarray, "n lanes"]:
        return np.repeat(np.asarray(numbers, np.float64)[:, None], lanes, axis=1)

    method, changes = spread(plain.method), spread(plain.changes)
    deviation, of_surface = np.full(lanes, run.gradient_noise), spread(_leaves(surface))
    for one in given:
        kind, _, rest = one.name.rpartition(".")
        if kind == "surface":
            of_surface[_of(surface.ready()).index(rest)] = one.values
        elif kind == "regularization":
            changes[GradientChanges._fields.index(rest)] = one.values
        elif one.name == THRESHOLD:
            by_value = bool(np.isfinite(run.changes.clip_value))
            name = "clip_value" if by_value else "clip_norm"
            changes[GradientChanges._fields.index(name)] = one.values
        elif one.name == NOISE:
            deviation[:] = one.values
        else:
            method[_of(run.optimizer).index(one.name)] = one.values
    return Numbers(method, changes, deviation, of_surface)


def run_at(run: Run, name: str, value: float) -> Run:
    """A run with one of its numbers changed, as a click on a pixel adopts it."""
    optimizer: Any = run.optimizer
    kind, _, rest = name.rpartition(".")
    if kind == "regularization":
        return replace(run, changes=run.changes._replace(**{rest: value}))
    if name == THRESHOLD:
        by_value = bool(np.isfinite(run.changes.clip_value))
        field = "clip_value" if by_value else "clip_norm"
        return replace(run, changes=run.changes._replace(**{field: value}))
    if name == NOISE:
        return replace(run, gradient_noise=value)
    return replace(run, optimizer=replace(optimizer, **{name: value}))


def surface_at(surface: Surface, name: str, value: float) -> Surface:
    """A surface with one of its numbers changed, by a name of an axis; else as it is."""
    kind, _, rest = name.rpartition(".")
    made: Any = surface
    return replace(made, **{rest: value}) if kind == "surface" else surface


def _of(declared: Any) -> list[str]:
    """Names of the numbers of a declaration, in the order of its leaves."""
    each = [(field.name, getattr(declared, field.name)) for field in fields(declared)]
    return [
        name
        for name, value in each
        # Points are arrays of several shapes.
        if value is not None and not isinstance(value, str | tuple) and np.ndim(value) == 0
    ]


def _of_surface(surface: Surface) -> list[str]:
    """Numbers of a surface that its own code takes."""
    ready = surface.ready()
    if type(ready) is not type(surface):
        return []
    return [
        name for name in _of(ready) if not (isinstance(surface, DataSurface) and name in OF_POINTS)
    ]


def _leaves(surface: Surface) -> list[float]:
    """All single numbers of a surface, as programs take them."""
    return [float(leaf) for leaf in jax.tree.leaves(as_code(surface)) if np.ndim(leaf) == 0]
