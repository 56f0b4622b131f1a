"""Request models made from the declarations: an id and that declaration's own numbers.

Each optimiser, surface, schedule and clipping becomes one model, told apart by ``id``, that
refuses unknown fields; a new declaration appears in the API by being in its catalogue.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Self,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from server import defaults, limits
from server.declarations import BY_ID
from server.gradient_changes import CLIPPINGS, Clipping
from server.networks.initializers import INITIALIZERS, Initializer
from server.optimizers.catalog import OPTIMIZERS
from server.optimizers.optimizer import Optimizer
from server.schedules.catalog import SCHEDULES
from server.schedules.schedule import Schedule
from surfaces.activations.activation import Activation
from surfaces.activations.catalog import ACTIVATIONS
from surfaces.declaration import Described, parameters

Coordinate = Annotated[float, Field(ge=-limits.COORDINATE, le=limits.COORDINATE)]


def _whole(given: object) -> object:
    """JSON has one kind of number: 5.0 is the whole number 5 (JSON Schema, ``integer``)."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


WHOLE = BeforeValidator(_whole)
"""Of a whole number, last in its annotation: however it is written."""


class Strict(BaseModel):
    """Refuses unknown fields, and numbers that are not finite or not numbers.

    Frozen, and so hashable where its fields are: pydantic then shares a default instead of
    copying it deeply for every request.
    """

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class AnyOptimizer(Strict):
    """What all optimiser choices share."""

    id: str

    @model_validator(mode="after")
    def _in_its_convention(self) -> Self:
        """What does something in other conventions only is refused here."""
        convention: str = getattr(self, "convention", "")
        for name in sorted(self.model_fields_set):
            extra: Any = type(self).model_fields[name].json_schema_extra or {}
            where = extra.get("when", {}).get("convention", [convention])
            if convention not in where:
                raise PydanticCustomError(
                    "not_for_this_convention",
                    "{name} can be given beside the convention {where} alone",
                    {"name": name, "where": " or ".join(where)},
                )
        return self

    def resolve(self, scales: defaults.Scales) -> Optimizer:
        """The optimiser, with what was left out as its convention and the surface set it."""
        declared = BY_ID.optimizers[self.id]
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
        return BY_ID.schedules[self.id](**self.model_dump(exclude={"id"}))


class AnyClipping(Strict):
    """What all clipping choices share."""

    id: str

    def resolve(self) -> Clipping:
        """The clipping with its threshold."""
        return BY_ID.clippings[self.id](**self.model_dump(exclude={"id"}))


class AnyActivation(Strict):
    """What all activation choices share."""

    id: str

    def resolve(self) -> Activation:
        """The activation with its number."""
        return BY_ID.activations[self.id](**self.model_dump(exclude={"id"}))


class AnyInitializer(Strict):
    """What all initializer choices share."""

    id: str

    def resolve(self) -> Initializer:
        """The initializer with its numbers."""
        return BY_ID.initializers[self.id](**self.model_dump(exclude={"id"}))


Fields = dict[str, Any]
"""A model's fields as pydantic makes it from them: type and default by name."""


def fields_of(declared: type[object]) -> Fields:
    """A declaration's parameters as a model's fields."""
    hints = get_type_hints(declared, include_extras=True)
    return {field.name: (_of_json(hints[field.name]), field.default)
            for field in parameters(declared)}  # fmt: skip


def _of_json(hint: Any) -> Any:
    """A parameter's type as JSON gives it."""
    whole = get_origin(hint) is Annotated and get_args(hint)[0] is int
    return Annotated[hint, WHOLE] if whole else hint


def model_of(declared: type[Described], base: type[Strict], kind: str) -> type[Strict]:
    """``{"id": ..., <numbers>}`` of one declaration."""
    own: Fields = {"id": (Literal[declared.id], ...), **fields_of(declared)}
    return create_model(
        f"{declared.__name__}{kind}", __base__=base, __doc__=declared.summary.en, **own
    )


def one_of(models: Iterable[type[Strict]]) -> object:
    """A choice among models, told apart by their id."""
    return Annotated[reduce(or_, models), Field(discriminator="id")]


def _by_name(given: object) -> object:
    """An id alone stands for that id with its default numbers."""
    return {"id": given} if isinstance(given, str) else given


def named(models: Iterable[type[Strict]]) -> object:
    """The same, written as ``"tanh"`` or ``{"id": "elu", ...}``."""
    return Annotated[one_of(models), BeforeValidator(_by_name)]


def _models(declared: Iterable[type[Described]], base: type[Strict], kind: str) -> Any:
    return (model_of(one, base, kind) for one in declared)


if TYPE_CHECKING:
    OptimizerChoice = AnyOptimizer
    ScheduleChoice = AnySchedule
    ClippingChoice = AnyClipping
    ActivationChoice = AnyActivation
    InitializerChoice = AnyInitializer
else:
    OptimizerChoice = one_of(_models(OPTIMIZERS, AnyOptimizer, "Optimizer"))
    ScheduleChoice = one_of(_models(SCHEDULES, AnySchedule, "Schedule"))
    ClippingChoice = one_of(_models(CLIPPINGS, AnyClipping, "Clipping"))
    ActivationChoice = named(_models(ACTIVATIONS, AnyActivation, "Activation"))
    InitializerChoice = named(_models(INITIALIZERS, AnyInitializer, "Initializer"))
