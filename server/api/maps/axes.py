"""A number of a run or a surface along a side of a map, as a request names it."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from server import limits
from server.api import intervals
from server.api.choices import WHOLE, Coordinate, Strict
from server.api.runs import RunRequest
from server.api.surface_choices import AnySurface, SurfaceChoice
from server.errors import InputError, unknown_id_message
from server.maps.description import Axis
from server.results import Precision

Side = Literal["x", "y"]
OF_TRAINING = ("clipping.", "regularization.", "gradient_noise")
"""Beginnings of the names of numbers that are neither the optimizer's nor the surface's."""


class AxisRequest(Strict):
    """Values of one number, ends included, by its name: ``learning_rate``, ``surface.a``."""

    name: Annotated[str, Field(min_length=1, max_length=limits.LABEL)]
    low: Annotated[Coordinate, Field(alias="from")]
    high: Annotated[Coordinate, Field(alias="to")]
    count: Annotated[int, Field(ge=2, le=limits.MAP_SIDE), WHOLE] = 128
    scale: Literal["linear", "log"] = "linear"

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not self.low < self.high:
            raise PydanticCustomError("empty_range", "from must be less than to")
        if self.scale == "log" and self.low <= 0:
            raise PydanticCustomError(
                "not_for_log", "a logarithmic scale needs from greater than 0"
            )
        return self

    @property
    def points(self) -> tuple[tuple[float, float], int]:
        """Its ends, and how many values there are."""
        return (self.low, self.high), self.count

    def axis(self, side: Side, precision: Precision = "float64") -> Axis:
        """What a description takes.

        Raises:
            InputError: its values are closer than the precision tells.
        """
        # Of a logarithmic axis too: where its ends are near, its values are spaced evenly enough.
        intervals.check((side,), side, *self.points, "interval", precision)
        return Axis(self.name, self.low, self.high, self.count, self.scale)


def accepted(run: RunRequest, surface: SurfaceChoice, known: Iterable[str]) -> list[str]:
    """Numbers of a run and its surface that may stand on an axis.

    Args:
        run: whose they are.
        surface: the same.
        known: what lanes may differ by; choices of yes or no and counts are no axes.
    """
    own = _numbers(type(run.optimizer))
    if isinstance(surface, AnySurface):
        own += [f"surface.{name}" for name in _numbers(type(surface.parameters))]
    return [name for name in known if name in own or name.startswith(OF_TRAINING)]


def _numbers(model: type[Strict]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.annotation is float]


def check(
    axis: AxisRequest, side: Side, run: RunRequest, surface: SurfaceChoice, known: list[str]
) -> None:
    """Refuse what cannot stand on an axis, or ends that cannot be such a number.

    Raises:
        InputError: and what would be accepted.
    """
    if axis.name not in known:
        message = unknown_id_message("number", axis.name, known, few=True)
        raise InputError((side, "name"), message, "unknown_axis")
    for place, value in (("from", axis.low), ("to", axis.high)):
        try:
            _with(axis.name, value, run, surface)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            said = first["msg"].removeprefix("Input should be ")
            raise InputError(
                (side, place), f"accepted for {axis.name}: {said}", first["type"]
            ) from None


def _with(name: str, value: float, run: RunRequest, surface: SurfaceChoice) -> None:
    """Validate what is asked for with one number in the place of another."""
    head, _, rest = name.rpartition(".")
    if head == "surface":
        assert isinstance(surface, AnySurface)
        type(surface.parameters).model_validate({**surface.parameters.model_dump(), rest: value})
        return
    asked: dict[str, Any] = run.model_dump(exclude_unset=True)
    if head == "clipping":
        # Without a clipping of its own a run is clipped by norm.
        asked["clipping"] = {**(asked.get("clipping") or {"id": "norm"}), rest: value}
    elif head == "regularization":
        asked[head] = {**asked.get(head, {}), rest: value}
    elif name == "gradient_noise":
        asked[name] = value
    else:
        asked["optimizer"][name] = value
    RunRequest.model_validate(asked)
