"""A surface as a request chooses it: a built-in one, pasted points, or a typed formula."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    create_model,
    field_validator,
)
from pydantic_core import PydanticCustomError

from server import limits
from server.api import intervals, pasted_choices
from server.api.choices import Coordinate, Fields, Strict, fields_of
from server.api.pasted_choices import Columns, ReadingRequest, columns_of
from server.declarations import BY_ID
from server.engine import finite
from server.errors import InputError
from surfaces.catalog import SURFACES
from surfaces.data import DataSurface
from surfaces.formula import Formula
from surfaces.formulas.mistakes import FormulaError
from surfaces.pasted.reading import Table
from surfaces.points import Points
from surfaces.surface import Surface


class AnySurface(Strict):
    """What all choices of a built-in surface share."""

    id: str
    parameters: Strict

    def resolve(self) -> Surface:
        """The surface, with its own default for each parameter that was left out."""
        return BY_ID.surfaces[self.id](**self.parameters.model_dump())

    def table(self) -> Table | None:
        """Pasted points as they were read; ``None`` where none were pasted."""
        return None


class AnyDataSurface(AnySurface):
    """What choices of a surface of points share: the reader's own points, as a pasted table.

    ``reading`` says how they are written where that cannot be found, ``columns`` which of them
    are used, by number from 1 or by name.
    """

    points: pasted_choices.Text | None = Field(
        None,
        description="A pasted table: x and y of a curve, x1, x2 and label of classes (−1 and 1, or "
        f"0 and 1), {pasted_choices.TEXT}",
    )
    reading: ReadingRequest | None = Field(None, description=pasted_choices.READING)
    columns: Columns = Field(None, description=columns_of("x and y (x1, x2 and label)"))

    def resolve(self) -> Surface:
        """The surface, with the points given or synthetic ones.

        Raises:
            InputError: the points cannot be used; names the row, the column and the cell.
        """
        surface = super().resolve()
        for name in ("reading", "columns"):
            if self.points is None and getattr(self, name) is not None:
                message = f"accepted beside points only: {name}"
                raise InputError(("surface", name), message, "without_points")
        read = self._read()
        if read is None or not isinstance(surface, DataSurface):
            return surface
        return surface.with_points(read[0])

    def table(self) -> Table | None:
        read = self._read()
        return None if read is None else read[1]

    def _read(self) -> tuple[Points, Table] | None:
        if self.points is None:
            return None
        declared = BY_ID.surfaces[self.id]
        assert issubclass(declared, DataSurface)
        return pasted_choices.read(
            self.points, declared.kind, self.reading, self.columns, "surface"
        )


Ends = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


FORMULA = {"type": "string", "minLength": 1, "maxLength": limits.PUBLISHED["formula"]}


class FormulaSurface(Strict):
    """A function that nobody declared: ``{"formula": "x^2 + y^2"}``.

    It is read as it is pasted: ``2x``, ``5(x+1)``, ``x²``, ``√(x²+y²)``, ``|x|``, ``½``, ``π``,
    other characters for minus, times and divided by, ``x₁`` and ``x₂`` for x and y, and
    ``f(x, y) =`` in front. Small and capital letters are one. ``^`` and ``**`` bind tighter than
    a sign, to the right; a product without its sign is an ordinary product. What has two
    readings, such as ``1/2x``, ``x^2y``, ``e^2x``, ``√x²`` or ``sin⁻¹(x)``, is refused with both.

    ``domain`` is [[-4, 4], [-3, 3]] if left out. A start that is left out lies near its upper
    left corner, or else where the formula and its gradient are finite. A refusal names the
    ``position`` and ``length`` of the mistake in characters (Unicode code points) as sent.
    """

    id: Literal["formula"] = "formula"
    # Of what is longer the refusal says the position, so it is only described.
    formula: Annotated[str, WithJsonSchema(FORMULA)]
    domain: Annotated[list[Ends], Field(min_length=2, max_length=2)] | None = None

    def table(self) -> Table | None:
        """``None``: nothing is pasted."""
        return None

    @field_validator("id", mode="before")
    @classmethod
    def _alone(cls, given: object) -> object:
        if given != "formula":
            raise PydanticCustomError("either", "give an id or a formula, not both")
        return given

    def resolve(self) -> Surface:
        """The surface.

        Raises:
            InputError: it is not a formula, and where it stops being one; or the domain is
                empty or too narrow.
        """
        domain = Formula.domain
        if self.domain is not None:
            (x_min, x_max), (y_min, y_max) = self.domain
            domain = ((x_min, x_max), (y_min, y_max))
            for name, ends in zip("xy", domain, strict=True):
                intervals.check(("surface", "domain"), name, ends, finite.SIDE, "rectangle")
        surface = Formula(self.formula, domain)
        try:
            surface.ready()
        except FormulaError as error:
            raise InputError(
                ("surface", "formula"),
                f"at character {error.position + 1}: {error.message}",
                f"formula_{error.kind}",
                {"position": error.position, "length": error.length, "values": error.values},
            ) from error
        return surface


def surface_model(surface: type[Surface]) -> type[AnySurface]:
    """``{"id": ..., "parameters": {...}}`` of one surface, and ``points`` where it has them."""
    parameters = create_model(
        f"{surface.__name__}Parameters", __base__=Strict, **fields_of(surface)
    )
    own: Fields = {
        "id": (Literal[surface.id], ...),
        "parameters": (parameters, Field(default_factory=parameters)),
    }
    base = AnyDataSurface if issubclass(surface, DataSurface) else AnySurface
    return create_model(
        f"{surface.__name__}Surface", __base__=base, __doc__=surface.summary.en, **own
    )


def _written_as(given: object) -> str | None:
    """Which surface is meant: a formula says so by being there."""
    if isinstance(given, FormulaSurface) or (isinstance(given, dict) and "formula" in given):
        return "formula"
    named: Any = given.get("id") if isinstance(given, dict) else getattr(given, "id", None)
    return named if isinstance(named, str) else None


if TYPE_CHECKING:
    SurfaceChoice = AnySurface | FormulaSurface
else:
    SurfaceChoice = Annotated[
        reduce(
            or_,
            (
                Annotated[model, Tag(model.model_fields["id"].annotation.__args__[0])]
                for model in (*map(surface_model, SURFACES), FormulaSurface)
            ),
        ),
        Discriminator(_written_as),
    ]
