"""Request models made from the declarations: an id and that declaration's own numbers.

Each optimiser, surface, schedule and clipping becomes one model, told apart by ``id``, that
refuses unknown fields; a new declaration appears in the API by being in its catalogue.
"""

from collections.abc import Iterable
from dataclasses import fields
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    create_model,
)

from server import defaults, limits
from server.catalog import BY_ID
from server.gradient_changes import CLIPPINGS, Clipping
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from server.schedules.catalog import SCHEDULES
from server.schedules.schedule import Schedule

Coordinate = Annotated[float, Field(ge=-limits.COORDINATE, le=limits.COORDINATE)]


class Strict(BaseModel):
    """Refuses unknown fields, and numbers that are not finite or not numbers.

    Frozen, and so hashable where its fields are: pydantic then shares a default instead of
    copying it deeply for every request.
    """

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class AnyOptimizer(Strict):
    """What all optimiser choices share."""

    id: str

    def resolve(self, scales: defaults.Scales) -> Optimizer:
        """The optimiser, with what was left out as its convention and the surface set it."""
        declared = BY_ID["optimizers"][self.id]
        given = {name: getattr(self, name) for name in self.model_fields_set if name != "id"}
        convention = given.get("convention", declared.convention)
        numbers = {
            "learning_rate": defaults.learning_rate(declared, scales),
            **defaults.hyperparameters(declared, convention),
        }
        return declared(**(numbers | given))


class AnySchedule(Strict):
    """What all schedule choices share."""

    id: str

    def resolve(self) -> Schedule:
        """The schedule with its numbers."""
        return BY_ID["schedules"][self.id](**self.model_dump(exclude={"id"}))


class AnyClipping(Strict):
    """What all clipping choices share."""

    id: str

    def resolve(self) -> Clipping:
        """The clipping with its threshold."""
        return BY_ID["clippings"][self.id](**self.model_dump(exclude={"id"}))


class AnyPart(Strict):
    """What all choices of a part of a network share."""

    kind: ClassVar[str]

    id: str

    def resolve(self) -> Any:
        """The declaration with its numbers."""
        return BY_ID[self.kind][self.id](**self.model_dump(exclude={"id"}))


def fields_of(declared: type[Any]) -> dict[str, Any]:
    """A declaration's parameters as a model's fields."""
    hints = get_type_hints(declared, include_extras=True)
    return {
        field.name: (hints[field.name], field.default)
        for field in fields(declared)
        if field.name != "points"
    }


def model_of(declared: type[Any], base: type[Strict], kind: str) -> type[Any]:
    """``{"id": ..., <numbers>}`` of one declaration."""
    own: dict[str, Any] = {"id": (Literal[declared.id], ...), **fields_of(declared)}
    return create_model(
        f"{declared.__name__}{kind}", __base__=base, __doc__=declared.summary.en, **own
    )


def _one_of(models: Iterable[type[Any]]) -> Any:
    return Annotated[reduce(or_, models), Field(discriminator="id")]


def _by_name(given: Any) -> Any:
    """An id alone stands for that id with its default numbers."""
    return {"id": given} if isinstance(given, str) else given


def part_of_network(kind: str, what: str) -> Any:
    """A choice among the declarations of one kind: ``"tanh"`` or ``{"id": "elu", ...}``."""
    base = type(f"Any{what}", (AnyPart,), {"kind": kind, "__module__": __name__})
    models = [model_of(one, base, what) for one in BY_ID[kind].values()]
    return Annotated[_one_of(models), BeforeValidator(_by_name)]


if TYPE_CHECKING:
    OptimizerChoice = AnyOptimizer
    ScheduleChoice = AnySchedule
    ClippingChoice = AnyClipping
    ActivationChoice = InitializerChoice = DatasetChoice = AnyPart
else:
    OptimizerChoice = _one_of(model_of(one, AnyOptimizer, "Optimizer") for one in OPTIMIZERS)
    ScheduleChoice = _one_of(model_of(one, AnySchedule, "Schedule") for one in SCHEDULES)
    ClippingChoice = _one_of(model_of(one, AnyClipping, "Clipping") for one in CLIPPINGS)
    ActivationChoice = part_of_network("activations", "Activation")
    InitializerChoice = part_of_network("initializers", "Initializer")
    DatasetChoice = part_of_network("datasets", "Dataset")
