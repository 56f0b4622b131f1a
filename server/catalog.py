"""The declarations become the catalogue: all that a client needs to draw the controls."""

from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from latex2mathml.converter import convert
from pydantic import TypeAdapter

from server import defaults, limits
from server.engine.views import declared
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from server.optimizers.reference import Reference as OptimizerReference
from server.runtime import Placement
from server.schedules.catalog import SCHEDULES
from server.training import CLIPPINGS, Estimate, Regularization
from surfaces.catalog import SURFACES
from surfaces.data import DataSurface
from surfaces.declaration import Reference, Text
from surfaces.formulas.operations import CONSTANTS, FUNCTIONS, MANY, VARIABLES
from surfaces.points import COLUMNS
from surfaces.surface import Surface

BY_ID: dict[str, dict[str, Any]] = {
    "surfaces": {surface.id: surface for surface in SURFACES},
    "optimizers": {optimizer.id: optimizer for optimizer in OPTIMIZERS},
    "schedules": {schedule.id: schedule for schedule in SCHEDULES},
    "clippings": {clipping.id: clipping for clipping in CLIPPINGS},
}
"""Every declaration by kind and id."""


def product_version() -> str:
    """The version of the installed package, or of a checkout that is not installed."""
    try:
        return version("steepest")
    except PackageNotFoundError:
        return "0.1.0"


def mathml(latex: str) -> str:
    """A formula as display MathML."""
    return convert(latex, display="block")


def parameters_schema(declared: type[Any]) -> dict[str, Any]:
    """JSON Schema of a declaration's numbers, with the symbols as inline MathML too."""
    schema = TypeAdapter[Any](declared).json_schema()
    properties: dict[str, dict[str, Any]] = schema.get("properties", {})
    properties.pop("points", None)
    for described in properties.values():
        if "symbol" in described:
            described["symbol_mathml"] = convert(described["symbol"])
    return {"type": "object", "properties": properties, "additionalProperties": False}


def surface_entry(surface: type[Surface]) -> dict[str, Any]:
    """One surface as the catalogue shows it."""
    return {
        **_described(surface.id, surface.title, surface.summary, surface.reference),
        "formula": surface.formula,
        "formula_mathml": mathml(f"f(x, y) = {surface.formula}"),
        "parameters": parameters_schema(surface),
        "domain": surface.domain,
        "start": surface.start,
        "minima": [asdict(minimum) for minimum in surface().minima()],
        "tags": surface.tags,
        "points": list(COLUMNS[surface.kind]) if issubclass(surface, DataSurface) else None,
        "learning_rates": {
            optimizer.id: defaults.learning_rate(optimizer, declared(surface))
            for optimizer in OPTIMIZERS
        },
    }


def optimizer_entry(optimizer: type[Optimizer]) -> dict[str, Any]:
    """One optimiser as the catalogue shows it, with every convention's form."""
    first = next(iter(optimizer.forms.values()))
    return {
        **_described(optimizer.id, optimizer.title, optimizer.summary, optimizer.reference),
        "formula": first.formula,
        "formula_mathml": mathml(first.formula),
        "kind": optimizer.kind,
        "reference_only": issubclass(optimizer, OptimizerReference),
        "tunable": not issubclass(optimizer, OptimizerReference) or optimizer.steps,
        "parameters": parameters_schema(optimizer),
        "conventions": {
            convention: {
                "formula": form.formula,
                "formula_mathml": mathml(form.formula),
                "note": asdict(form.note),
                "source": asdict(form.source),
                "defaults": defaults.hyperparameters(optimizer, convention),
                "parity": form.parity,
            }
            for convention, form in optimizer.forms.items()
        },
        "state": optimizer.state_type._fields,
    }


def entry(declared: Any, left: str) -> dict[str, Any]:
    """A schedule or a clipping as the catalogue shows it.

    Args:
        declared: its declaration.
        left: LaTeX of what its formula is equal to, with the sign; empty if it says so itself.
    """
    return {
        **_described(declared.id, declared.title, declared.summary, declared.reference),
        "formula": declared.formula,
        "formula_mathml": mathml(left + declared.formula),
        "parameters": parameters_schema(declared),
    }


def language() -> dict[str, Any]:
    """What a formula may be made of."""
    return {
        "variables": VARIABLES,
        "constants": sorted(CONSTANTS),
        "functions": {
            name: {"arguments": arity, "many": name in MANY}
            for name, arity in sorted(FUNCTIONS.items())
        },
    }


def catalog(placement: Placement) -> dict[str, Any]:
    """The whole catalogue."""
    device = placement.wide
    return {
        "surfaces": [surface_entry(surface) for surface in SURFACES],
        "optimizers": [optimizer_entry(optimizer) for optimizer in OPTIMIZERS],
        "schedules": [entry(schedule, r"\alpha_k / \alpha = ") for schedule in SCHEDULES],
        "clippings": [entry(clipping, "") for clipping in CLIPPINGS],
        "regularization": parameters_schema(Regularization),
        "gradient_noise": parameters_schema(Estimate)["properties"]["gradient_noise"],
        "formulas": language(),
        "activations": [],
        "initializers": [],
        "losses": [],
        "datasets": [],
        "scenarios": [],
        "limits": limits.PUBLISHED,
        "device": {"platform": device.platform, "kind": device.device_kind},
        "version": product_version(),
    }


def _described(id: str, title: Text, summary: Text, reference: Reference) -> dict[str, Any]:
    return {
        "id": id,
        "title": asdict(title),
        "summary": asdict(summary),
        "reference": asdict(reference),
    }
