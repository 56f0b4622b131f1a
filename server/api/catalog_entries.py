"""The declarations become the catalogue."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pydantic import TypeAdapter

from server import defaults, limits
from server.api.catalog_answer import (
    ActivationEntry,
    Catalog,
    DatasetEntry,
    Entry,
    FormulaEntry,
    InitializerEntry,
    Language,
    LossEntry,
    NetworkEntry,
    OptimizerEntry,
    ParametersSchema,
    PastedDatasetEntry,
    SurfaceEntry,
)
from server.api.mathml import inline_mathml, letter, letter_mathml, mathml
from server.api.scenario_answer import listed
from server.engine.networks.network import accepted_losses
from server.engine.networks.training import DEFAULT_OPTIMIZER, SCALES
from server.engine.views import declared
from server.gradient_changes import CLIPPINGS, Estimate, Regularization
from server.maps import numbers
from server.networks.datasets import DATASETS, SeededDataset
from server.networks.initializers import INITIALIZERS, Initializer
from server.networks.losses import LOSSES, Loss
from server.networks.pasted import PASTED, PastedDataset
from server.networks.shape import Draws, Shape
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer, aligned
from server.runtime import Placement
from server.scenarios.catalog import SCENARIOS
from server.schedules.catalog import SCHEDULES
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.catalog import SURFACES
from surfaces.convention import CONVENTION, NO_CURVATURE
from surfaces.data import DataSurface
from surfaces.declaration import Described, Formulated
from surfaces.formulas.operations import ALIASES, CONSTANTS, FUNCTIONS, MANY, VARIABLES
from surfaces.formulas.parsing import OPERATORS
from surfaces.formulas.tokens import SPELLINGS
from surfaces.points import COLUMNS
from surfaces.surface import Surface, equation, one_line


def product_version() -> str:
    """The version of the installed package, or of a checkout that is not installed."""
    try:
        return version("steepest")
    except PackageNotFoundError:
        return "0.1.0"


def parameters_schema(declared: type[object]) -> ParametersSchema:
    """JSON Schema of a declaration's numbers, with the symbols as MathML and plain text too."""
    schema = TypeAdapter[Any](declared).json_schema()
    properties: dict[str, dict[str, Any]] = schema.get("properties", {})
    properties.pop("points", None)
    for described in properties.values():
        if "symbol" in described:
            described["symbol_mathml"] = letter_mathml(described["symbol"])
            described["symbol_text"] = letter(described["symbol"])
    return {"type": "object", "properties": properties, "additionalProperties": False}


def surface_entry(surface: type[Surface]) -> SurfaceEntry:
    """One surface as the catalogue shows it."""
    made = surface()
    return {
        **_described(surface),
        "formula": one_line(made),
        "formula_mathml": mathml(equation(made)),
        "names": surface.names,
        "parameters": parameters_schema(surface),
        "domain": surface.domain,
        "start": surface.start,
        "minima": made.minima(),
        "minima_known": surface.minima_known,
        "tags": surface.tags,
        "points": list(COLUMNS[surface.kind]) if issubclass(surface, DataSurface) else None,
        "rates_tuned": surface.rates_tuned,
        "learning_rates": {
            optimizer.id: defaults.learning_rate(optimizer, declared(made))
            for optimizer in OPTIMIZERS
        },
        "ranges": declared(made).ranges,
        "axes": numbers.of_surface(made),
    }


def optimizer_entry(optimizer: type[Optimizer]) -> OptimizerEntry:
    """One optimiser as the catalogue shows it, with every convention's form."""
    first = next(iter(optimizer.forms.values()))
    return {
        **_described(optimizer),
        "formula": first.formula,
        "formula_mathml": mathml(first.formula),
        "kind": optimizer.kind,
        "reference_only": not optimizer.takes_estimates,
        "tunable": optimizer.tunable,
        "parameters": parameters_schema(optimizer),
        "conventions": {
            convention: {
                "formula": form.formula,
                "formula_mathml": mathml(form.formula),
                "note": form.note,
                "source": form.source,
                "defaults": dict(defaults.hyperparameters(optimizer, convention)),
                "parity": form.parity,
                "switched": {
                    name: {"formula": aligned(lines), "formula_mathml": mathml(aligned(lines))}
                    for name, lines in form.switched.items()
                },
            }
            for convention, form in optimizer.forms.items()
        },
        "state": optimizer.state_type._fields,
    }


def formula_entry(declared: type[Formulated], left: str) -> FormulaEntry:
    """What every declaration with one formula shows.

    Args:
        declared: its declaration.
        left: LaTeX of what its formula is equal to, with the sign; empty if it says so itself.
    """
    return {
        **_described(declared),
        "formula": declared.formula,
        "formula_mathml": mathml(left + declared.formula),
        "parameters": parameters_schema(declared),
    }


def activation_entry(activation: type[Activation]) -> ActivationEntry:
    """One activation as the catalogue shows it: with its derivative, and what it does at 0."""
    return {
        **formula_entry(activation, r"\varphi = "),
        "derivative": activation.derivative,
        "derivative_mathml": mathml(r"\varphi' = " + activation.derivative),
        "range": activation.range,
        "range_mathml": inline_mathml(activation.range),
        "at_zero": activation.at_zero,
        "largest_slope": activation().largest_slope(),
        "in_lecture": activation.in_lecture,
    }


def loss_entry(loss: type[Loss]) -> LossEntry:
    """One loss as the catalogue shows it: the mean, and what one example costs."""
    return {
        **formula_entry(loss, ""),
        "one": loss.one,
        "one_mathml": inline_mathml(rf"\ell(\hat{{y}}, y) = {loss.one}"),
        "of_probabilities": loss.of_probabilities,
    }


def initializer_entry(initializer: type[Initializer]) -> InitializerEntry:
    """One initializer as the catalogue shows it, with numbers worth a name of their own."""
    return {
        **formula_entry(initializer, ""),
        "presets": initializer.presets,
    }


def dataset_entry(dataset: type[SeededDataset]) -> DatasetEntry:
    """One dataset as the catalogue shows it, with the losses it allows, the default first."""
    return {
        **formula_entry(dataset, ""),
        "kind": dataset.kind,
        "region": dataset.region,
        "losses": [loss.id for loss in accepted_losses(dataset)],
    }


def pasted_dataset_entry(dataset: type[PastedDataset]) -> PastedDatasetEntry:
    """Own points of one kind as the catalogue shows them: their columns, and losses."""
    return {
        **_described(dataset),
        "kind": dataset.kind,
        "columns": COLUMNS[dataset.kind],
        "losses": [loss.id for loss in accepted_losses(dataset)],
    }


def network_entry() -> NetworkEntry:
    """What a network is besides its parts, and how its training is asked for."""
    shape, draws = parameters_schema(Shape), parameters_schema(Draws)
    return {
        "parameters": {
            "type": "object",
            "properties": shape["properties"] | draws["properties"],
        },
        "training": {
            "optimizer": DEFAULT_OPTIMIZER,
            "learning_rates": {
                optimizer.id: defaults.learning_rate(optimizer, SCALES)
                for optimizer in OPTIMIZERS
                if optimizer.takes_estimates
            },
        },
    }


def language() -> Language:
    """What a formula may be made of, how it may be spelled, and which slopes its corners have."""
    return {
        "variables": VARIABLES,
        "constants": sorted(CONSTANTS),
        "operators": OPERATORS,
        "spellings": {sign: [*others] for sign, others in SPELLINGS.items()},
        "aliases": ALIASES,
        "functions": {
            name: {"arguments": arity, "many": name in MANY}
            for name, arity in sorted(FUNCTIONS.items())
        },
        "corners": CONVENTION,
        "no_curvature": NO_CURVATURE,
    }


def catalog(placement: Placement, work_seconds: float, map_seconds: float) -> Catalog:
    """The whole catalogue.

    Args:
        placement: the device that it names.
        work_seconds: what one request may cost, beside the limits of ``limits``.
        map_seconds: what one map may.
    """
    device = placement.wide
    return {
        "surfaces": [surface_entry(surface) for surface in SURFACES],
        "optimizers": [optimizer_entry(optimizer) for optimizer in OPTIMIZERS],
        "schedules": [formula_entry(schedule, r"\alpha_k / \alpha = ") for schedule in SCHEDULES],
        "clippings": [
            {**formula_entry(clipping, ""), "note": clipping.note} for clipping in CLIPPINGS
        ],
        "regularization": parameters_schema(Regularization),
        "gradient_noise": parameters_schema(Estimate)["properties"]["gradient_noise"],
        "formulas": language(),
        "activations": [activation_entry(activation) for activation in ACTIVATIONS],
        "initializers": [initializer_entry(initializer) for initializer in INITIALIZERS],
        "losses": [loss_entry(loss) for loss in LOSSES],
        "datasets": [dataset_entry(dataset) for dataset in DATASETS],
        "pasted_datasets": [pasted_dataset_entry(dataset) for dataset in PASTED],
        "network": network_entry(),
        "scenarios": [listed(scenario) for scenario in SCENARIOS],
        "limits": {
            **limits.PUBLISHED,
            "work_seconds": work_seconds,
            "map_seconds": map_seconds,
        },
        "device": {"platform": device.platform, "kind": device.device_kind},
        "version": product_version(),
    }


def _described(declared: type[Described]) -> Entry:
    return {
        "id": declared.id,
        "title": declared.title,
        "summary": declared.summary,
        "reference": declared.reference,
    }
