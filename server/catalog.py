"""The declarations become the catalogue: all that a client needs to draw the controls."""

from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from latex2mathml.converter import convert
from pydantic import TypeAdapter

from server import defaults, limits
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from server.runtime import Placement
from surfaces.catalog import SURFACES
from surfaces.declaration import Reference, Text
from surfaces.surface import Surface

SURFACES_BY_ID = {surface.id: surface for surface in SURFACES}
OPTIMIZERS_BY_ID = {optimizer.id: optimizer for optimizer in OPTIMIZERS}


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
        "learning_rates": {
            optimizer.id: defaults.learning_rate(optimizer, surface) for optimizer in OPTIMIZERS
        },
    }


def optimizer_entry(optimizer: type[Optimizer]) -> dict[str, Any]:
    """One optimiser as the catalogue shows it, with every convention's form."""
    lecture = optimizer.forms["lecture"]
    return {
        **_described(optimizer.id, optimizer.title, optimizer.summary, optimizer.reference),
        "formula": lecture.formula,
        "formula_mathml": mathml(lecture.formula),
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


CONSTANT_SCHEDULE = {
    "id": "constant",
    "title": {"en": "Constant", "ru": "Постоянная"},
    "summary": {
        "en": "Every step uses the same learning rate.",
        "ru": "На каждом шаге одна и та же скорость обучения.",
    },
    "formula": r"\alpha_k = \alpha",
    "formula_mathml": mathml(r"\alpha_k = \alpha"),
    "reference": {"citation": "The lecture, section 5", "url": None},
    "parameters": {"type": "object", "properties": {}, "additionalProperties": False},
}


def catalog(placement: Placement) -> dict[str, Any]:
    """The whole catalogue."""
    device = placement.wide
    return {
        "surfaces": [surface_entry(surface) for surface in SURFACES],
        "optimizers": [optimizer_entry(optimizer) for optimizer in OPTIMIZERS],
        "schedules": [CONSTANT_SCHEDULE],
        "clippings": [],
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
