"""Request models made from the declarations: an id and that declaration's own numbers.

Each optimiser and each surface becomes one model, told apart by ``id``, that refuses
unknown fields; a new declaration appears in the API by being in its catalogue.
"""

from dataclasses import fields
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from server import defaults
from server.catalog import OPTIMIZERS_BY_ID, SURFACES_BY_ID
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from surfaces.catalog import SURFACES
from surfaces.surface import Surface


class Strict(BaseModel):
    """Refuses unknown fields, and numbers that are not finite or not numbers."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class AnyOptimizer(Strict):
    """What all optimiser choices share."""

    id: str

    def resolve(self, surface: type[Surface]) -> Optimizer:
        """The optimiser, with what was left out as its convention and the surface set it."""
        declared = OPTIMIZERS_BY_ID[self.id]
        given = self.model_dump(exclude={"id"}, exclude_unset=True)
        convention = given.get("convention", declared.convention)
        numbers = {
            "learning_rate": defaults.learning_rate(declared, surface),
            **defaults.hyperparameters(declared, convention),
        }
        return declared(**(numbers | given))


class AnySurface(Strict):
    """What all surface choices share."""

    id: str
    parameters: Any

    def resolve(self) -> Surface:
        """The surface, with its own default for each parameter that was left out."""
        return SURFACES_BY_ID[self.id](**self.parameters.model_dump())


def _numbers(declared: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(declared, include_extras=True)
    return {field.name: (hints[field.name], field.default) for field in fields(declared)}


def surface_model(surface: type[Surface]) -> type[AnySurface]:
    """``{"id": ..., "parameters": {...}}`` of one surface."""
    parameters = create_model(f"{surface.__name__}Parameters", __base__=Strict, **_numbers(surface))
    own: dict[str, Any] = {
        "id": (Literal[surface.id], ...),
        "parameters": (parameters, Field(default_factory=parameters)),
    }
    return create_model(
        f"{surface.__name__}Surface", __base__=AnySurface, __doc__=surface.summary.en, **own
    )


def optimizer_model(optimizer: type[Optimizer]) -> type[AnyOptimizer]:
    """``{"id": ..., <hyperparameters>}`` of one optimiser."""
    own: dict[str, Any] = {"id": (Literal[optimizer.id], ...), **_numbers(optimizer)}
    return create_model(
        f"{optimizer.__name__}Optimizer",
        __base__=AnyOptimizer,
        __doc__=optimizer.summary.en,
        **own,
    )


if TYPE_CHECKING:
    SurfaceChoice = AnySurface
    OptimizerChoice = AnyOptimizer
else:
    SurfaceChoice = Annotated[
        reduce(or_, (surface_model(surface) for surface in SURFACES)), Field(discriminator="id")
    ]
    OptimizerChoice = Annotated[
        reduce(or_, (optimizer_model(optimizer) for optimizer in OPTIMIZERS)),
        Field(discriminator="id"),
    ]
